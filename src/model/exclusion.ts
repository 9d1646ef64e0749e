/** Which transfers are kept but not counted. */
import type { Experiment } from './result/experiment.ts';
import type { Sample } from './result/sample.ts';

/** A source with more of its pages in the page cache than this is not cold. */
const COLD_RESIDENCY = 0.01;

/**
 * A process that looked at its transfer five times a second and then not for so long was stopped (SIGSTOP, a debugger, a
 * frozen control group, a paused virtual machine), or starved of CPU: its transfer took time that nobody measured.
 */
const HELD_UP_MS = 1000;

/**
 * Why a transfer does not count, or null where it does: one that was to be cold, and whose source was in the page cache,
 * or one during which the process did not get to run.
 * @param residency share of the source in the page cache before the transfer; where it is unknown, nothing is held
 *   against the transfer
 * @param unseenMs the longest time of the transfer in which the process did not look at it
 */
export function exclusionOf(
  cache: Experiment['cache'],
  residency: number | null,
  unseenMs: number,
): Sample['excluded'] {
  if (unseenMs >= HELD_UP_MS) return 'held-up';
  return cache === 'cold' && residency !== null && residency > COLD_RESIDENCY ? 'not-cold' : null;
}

/** Whether medians and intervals are made from it: neither the warm-up nor what was excluded. */
export function counts(sample: Pick<Sample, 'warmup' | 'excluded'>): boolean {
  return !sample.warmup && sample.excluded === null;
}
