/** How much of the sampled CPU time each label has. */
import type { LabelShare } from '../result/evidence.ts';
import { GIB } from '../units.ts';
import { labelOf } from './classify.ts';
import type { NamedStack } from './stacks.ts';

/** Of the standard normal distribution, for an interval of 95 %. */
const Z = 1.959964;

/** A share with its interval, 0 to 1. */
export interface Share {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** Share of `part` in `whole` with its Wilson score interval at 95 % (Wilson 1927); of nothing, nothing is known. */
export function wilson(part: number, whole: number): Share {
  if (whole === 0) return { share: 0, low: 0, high: 1 };
  const share = part / whole;
  const weight = (Z * Z) / whole;
  const centre = (share + weight / 2) / (1 + weight);
  const half = (Z / (1 + weight)) * Math.sqrt((share * (1 - share)) / whole + weight / (4 * whole));
  // Rounding must not take the bound of a share of 0 or 1 past it.
  return {
    share,
    low: part === 0 ? 0 : Math.max(0, centre - half),
    high: part === whole ? 1 : Math.min(1, centre + half),
  };
}

/** CPU milliseconds per GiB moved that so many samples stand for; 0 where nothing was moved. */
export function msPerGib(samples: number, pass: { readonly bytes: number; readonly periodNs: number }): number {
  return pass.bytes === 0 ? 0 : ((samples * pass.periodNs) / 1e6 / pass.bytes) * GIB;
}

/**
 * The labels of each thread, the largest first. Shares are of all samples but idle CPUs, which are no work of anybody's.
 * @param pass bytes moved by all its transfers together, and the CPU time one sample stands for
 */
export function labelShares(
  stacks: readonly NamedStack[],
  pass: { readonly bytes: number; readonly periodNs: number },
): LabelShare[] {
  const found = new Map<string, { label: string; thread: NamedStack['thread']; samples: number }>();
  let total = 0;
  for (const stack of stacks) {
    const label = labelOf(stack);
    if (label === 'idle') continue;
    total += stack.count;
    const key = `${stack.thread} ${label}`;
    const known = found.get(key);
    if (known === undefined) found.set(key, { label, thread: stack.thread, samples: stack.count });
    else known.samples += stack.count;
  }
  return [...found.values()]
    .map((each) => ({ ...each, ...wilson(each.samples, total), msPerGib: msPerGib(each.samples, pass) }))
    .sort((a, b) => b.samples - a.samples || a.label.localeCompare(b.label));
}
