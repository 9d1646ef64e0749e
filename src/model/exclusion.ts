/** Samples that are kept and shown, and not counted. */
import type { Experiment, Sample } from './result.ts';

/** A source with more of its pages in the page cache than this was not cold. */
export const COLD_RESIDENCY = 0.01;

/** @param residency share of the source in the page cache right before the transfer; null where it cannot be known */
export function exclusionOf(cache: Experiment['cache'], residency: number | null): Sample['excluded'] {
  return cache === 'cold' && residency !== null && residency > COLD_RESIDENCY ? 'not-cold' : null;
}
