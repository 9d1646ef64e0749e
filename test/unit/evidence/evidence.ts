/** Set-up of the evidence tests: stacks written by hand, and what a pass measured made into a result. */

import type { LabelId } from '../../../src/model/evidence/labels.ts';
import { labelShares, msPerGib } from '../../../src/model/evidence/shares.ts';
import type { NamedStack } from '../../../src/model/evidence/stacks.ts';
import { tiersOf } from '../../../src/model/evidence/tiers.ts';
import { judge } from '../../../src/model/evidence/verdicts.ts';
import { wilson } from '../../../src/model/evidence/wilson.ts';
import type { Case } from '../../../src/model/result/case.ts';
import type { Evidence, LabelShare, SamplerThread, Tier } from '../../../src/model/result/evidence.ts';
import type { Experiment } from '../../../src/model/result/experiment.ts';
import type { Host } from '../../../src/model/result/host.ts';
import type { Result } from '../../../src/model/result/result.ts';
import { GIB } from '../../../src/model/units.ts';
import { LOOPBACK } from '../../interfaces.ts';
import { aCost, aHost, anExperiment, aPlannedResult, aSample, aSocketExperiment } from '../fixtures.ts';
import type { RecordedTransfers } from './recorded.ts';

export const ALL_RIGHTS = { taskSamples: null, cpuWide: null, tracepoint: null, symbols: null };
export const ALL_TIERS = tiersOf(ALL_RIGHTS, { perfEventParanoid: -1, kptrRestrict: 0 });

/** A stack of the sender as profilers print it, leaf first: `memcpy < skb_copy_ubufs`; aliases by `|`. */
export function stack(text: string, thread: SamplerThread = 'sender'): NamedStack {
  const frames = text.split('<').map((names) =>
    names
      .trim()
      .split('|')
      .filter((name) => name !== ''),
  );
  return { thread, frames, user: null, count: 1 };
}

/** Samples by label and thread, as shares of them all. */
export function sharesFrom(
  samples: readonly (readonly [label: LabelId, samples: number, thread?: SamplerThread])[],
  pass: { readonly bytes: number; readonly periodNs: number },
): LabelShare[] {
  const total = samples.reduce((sum, [, count]) => sum + count, 0);
  return samples.map(([label, count, thread = 'sender']) => ({
    label,
    thread,
    samples: count,
    ...wilson(count, total),
    msPerGib: msPerGib(count, pass),
  }));
}

/** What a pass of 1 GiB found, one sample for every quarter of a millisecond. */
export function measuredWith(
  samples: Parameters<typeof sharesFrom>[0],
  changes: Partial<Evidence> = {},
): Omit<Evidence, 'arrows' | 'contradictions'> {
  const pass = { bytes: GIB, periodNs: 250_000 };
  return {
    transfers: 4,
    ...pass,
    samples: samples.reduce((sum, [, count]) => sum + count, 0),
    lost: 0,
    labels: sharesFrom(samples, pass),
    calls: null,
    disk: { readBytes: 0, writtenBytes: 0 },
    interface: null,
    ...changes,
  };
}

/** A host whose packets go over loopback. */
export function loopbackHost(changes: Partial<Host> = {}): Host {
  return aHost({ kernel: '6.18.0', interface: LOOPBACK, ...changes });
}

/** A result of one case with evidence, judged. */
export function examined(
  mode: string,
  measured: Omit<Evidence, 'arrows' | 'contradictions'>,
  changes: {
    readonly experiment?: Partial<Experiment>;
    readonly host?: Partial<Host>;
    readonly one?: Partial<Case>;
    readonly tiers?: Tier[];
  } = {},
): Result {
  const path = changes.experiment?.path ?? 'file-to-file';
  const settings = { ...changes.experiment, modes: [mode] };
  const experiment = path === 'file-to-socket' ? aSocketExperiment(settings) : anExperiment(settings);
  const planned = { ...aPlannedResult(experiment, loopbackHost(changes.host)), tiers: changes.tiers ?? ALL_TIERS };
  const index = planned.cases.findIndex((one) => one.mode === mode && !one.control);
  const cases = planned.cases.map((one, at): Case => (at === index ? { ...one, ...changes.one } : one));
  const result = { ...planned, cases };
  return {
    ...result,
    cases: cases.map((one, at) =>
      at === index ? { ...one, evidence: { ...measured, ...judge(result, index, measured) } } : one,
    ),
  };
}

/** The case that was examined. */
export function evidenceOf(result: Result): Evidence {
  const evidence = result.cases.flatMap((one) => one.evidence ?? [])[0];
  if (evidence === undefined) throw new Error('no case has evidence');
  return evidence;
}

/** A recording as the result of its pass. */
export function resultOf(recorded: RecordedTransfers, kernel: string): Result {
  const { mode, path, receiver, peer, bytes, periodNs, samples } = recorded;
  const labels = labelShares(recorded.stacks, recorded);
  const measured = {
    transfers: 1,
    bytes,
    samples,
    lost: 0,
    periodNs,
    labels,
    calls: null,
    disk: null,
    interface: null,
  };
  const experiment = {
    path,
    ...(receiver === undefined ? {} : { receiver: { kind: receiver, bufferBytes: 65536, directory: null } }),
    ...(peer === undefined ? {} : { peer }),
  };
  const transfer = aSample(1, { sender: aCost(), receiver: receiver === undefined ? null : aCost() });
  return examined(mode, measured, { experiment, host: { kernel }, one: { samples: [transfer] } });
}
