/** How much of the sampled CPU time each label has. */
import type { LabelShare } from '../result/evidence.ts';
import { GIB } from '../units.ts';
import { labelOf } from './classify.ts';
import type { NamedStack } from './stacks.ts';
import { wilson } from './wilson.ts';

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
