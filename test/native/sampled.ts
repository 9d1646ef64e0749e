/** Transfers under the sampler, with names for what it saw. */
import type { TestContext } from 'vitest';
import type { NativeAddon, NativeError, NativeTransfer, SampledStack } from '../../native/addon.d.ts';
import { readKernelSymbols } from '../../src/lab/symbols.ts';
import { skip } from '../skip.ts';
import { addon, value } from './addon.ts';

const table = readKernelSymbols();

export interface Seen {
  readonly thread: SampledStack['thread'];
  readonly user: string | null;
  /** Leaf first, one string a frame with all its names. */
  readonly frames: readonly string[];
  readonly count: number;
}

/** So many samples of our own threads surely hold one of what takes a hundredth of the time. */
const ENOUGH = 600;
const MOST_TRANSFERS = 200;

export function skipWithoutSamples(context: TestContext, cpuWide = false): void {
  const rights = addon.evidenceRights();
  const missing: NativeError | null = cpuWide ? rights.cpuWide : rights.taskSamples;
  if (missing !== null) skip(context, `the kernel gives no samples here: ${missing.code} in ${missing.call}`);
  if (table.kind === 'hidden') skip(context, `the kernel hides its symbols: ${table.code}`);
}

export function skipWithoutTracepoint(context: TestContext): void {
  const missing = addon.evidenceRights().tracepoint;
  if (missing !== null) skip(context, `system calls cannot be traced here: ${missing.code} in ${missing.call}`);
}

export async function watch(
  start: () => NativeTransfer,
  options: { readonly cpuWide?: boolean; readonly from?: NativeAddon } = {},
): Promise<Seen[]> {
  const sampler = value((options.from ?? addon).openSampler(3989, options.cpuWide ?? false));
  const seen: Seen[] = [];
  try {
    for (let transfers = 0; samplesOf(seen) < ENOUGH && transfers < MOST_TRANSFERS; transfers++) {
      sampler.collect(0, 0);
      const { startedNs, wallNs } = value(await start().done);
      const { stacks, lost } = value(sampler.collect(startedNs, startedNs + wallNs));
      if (lost > 0) throw new Error(`${lost} samples were lost`);
      seen.push(...stacks.map(named));
    }
  } finally {
    sampler.close();
  }
  return seen;
}

function samplesOf(seen: readonly Seen[]): number {
  return seen.filter(({ thread }) => thread !== 'kernel').reduce((sum, { count }) => sum + count, 0);
}

function named({ thread, user, kernel, count }: SampledStack): Seen {
  if (table.kind === 'hidden') throw new Error('symbols were asked for, and are hidden');
  const { symbols } = table;
  const frames = kernel.map((address, depth) => symbols.namesAt(depth === 0 ? address : address - 1).join('|'));
  return { thread, user, frames, count };
}

/** How many samples have these functions in their stack, in this order from the leaf, with others in between or not. */
export function countThrough(seen: readonly Seen[], ...functions: readonly RegExp[]): number {
  return seen
    .filter(({ frames }) => {
      let from = 0;
      return functions.every((each) => {
        const at = frames.findIndex(
          (frame, depth) => depth >= from && frame.split('|').some((name) => each.test(name)),
        );
        from = at + 1;
        return at >= 0;
      });
    })
    .reduce((sum, { count }) => sum + count, 0);
}

export function countIn(seen: readonly Seen[], what: Partial<Pick<Seen, 'thread' | 'user'>>): number {
  return seen
    .filter(
      ({ thread, user }) =>
        (what.thread === undefined || thread === what.thread) && (what.user === undefined || user === what.user),
    )
    .reduce((sum, { count }) => sum + count, 0);
}
