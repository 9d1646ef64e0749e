/** Stacks that the sampler recorded of real transfers, 64 KiB at a time, on the kernels named in the files' names. */
import { readFileSync } from 'node:fs';
import type { SamplerThread } from '../../../src/model/result/evidence.ts';
import type { Peer, ReceiverKind } from '../../../src/model/result/experiment.ts';
import type { PathId } from '../../../src/model/result/path.ts';

/** A recording as it is stored: functions by number, and calls as a tree. */
export interface Recording {
  readonly kernel: string;
  readonly cpuFlags: readonly string[];
  /** Whether the machine was one in software. */
  readonly emulated?: boolean;
  /** All names of one address. */
  readonly functions: readonly (readonly string[])[];
  /** A function, and the call it was called from; -1 where the stack begins. */
  readonly calls: readonly (readonly [called: number, from: number])[];
  readonly cases: readonly RecordedCase[];
}

export interface RecordedCase {
  readonly mode: string;
  readonly path: PathId;
  readonly receiver?: ReceiverKind;
  readonly peer?: Peer;
  /** Moved by all transfers together. */
  readonly bytes: number;
  readonly periodNs: number;
  /** Of all stacks; those that were met once only are left out below. */
  readonly samples: number;
  /** The call sampled in, or the name of the place in user space. */
  readonly stacks: readonly (readonly [thread: SamplerThread, where: number | string, count: number])[];
}

export interface RecordedStack {
  readonly thread: SamplerThread;
  /** Leaf first. */
  readonly frames: readonly (readonly string[])[];
  readonly user: string | null;
  readonly count: number;
}

export interface RecordedTransfers extends Omit<RecordedCase, 'stacks'> {
  readonly emulated: boolean;
  readonly stacks: readonly RecordedStack[];
}

/** @param kernel its release, `6.18` */
export function recordedOn(kernel: string): readonly RecordedTransfers[] {
  return decode(readFileSync(new URL(`stacks-${kernel}.json`, import.meta.url), 'utf8'));
}

/** @param text a recording */
export function decode(text: string): readonly RecordedTransfers[] {
  const { emulated = false, functions, calls, cases } = JSON.parse(text) as Recording;
  const framesOf = (where: number): (readonly string[])[] => {
    const frames: (readonly string[])[] = [];
    for (let at = calls[where]; at !== undefined; at = calls[at[1]]) frames.push(functions[at[0]] ?? []);
    return frames;
  };
  return cases.map((one) => ({
    ...one,
    emulated,
    stacks: one.stacks.map(([thread, where, count]) =>
      typeof where === 'number'
        ? { thread, frames: framesOf(where), user: null, count }
        : { thread, frames: [], user: where, count },
    ),
  }));
}
