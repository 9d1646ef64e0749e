/** Which transfers are kept but not counted. */
import type { Experiment } from './result/experiment.ts';
import type { Sample } from './result/sample.ts';

/** A source with more of its pages in the page cache than this is not cold. */
const COLD_RESIDENCY = 0.01;

/**
 * Why a transfer does not count, or null where it does: one that was to be cold, and whose source was in the page cache.
 * @param residency share of the source in the page cache before the transfer; where it is unknown, nothing is held
 *   against the transfer
 */
export function exclusionOf(cache: Experiment['cache'], residency: number | null): Sample['excluded'] {
  return cache === 'cold' && residency !== null && residency > COLD_RESIDENCY ? 'not-cold' : null;
}

/** Whether medians and intervals are made from it: neither the warm-up nor what was excluded. */
export function counts(sample: Pick<Sample, 'warmup' | 'excluded'>): boolean {
  return !sample.warmup && sample.excluded === null;
}
