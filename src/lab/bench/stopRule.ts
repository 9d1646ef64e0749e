/** When a run with `rounds: auto` is done. */
import type { Case, Result } from '../../model/result.ts';
import { relativeHalfWidth } from '../../model/statistics.ts';
import { summarise } from '../../model/summary.ts';

/** Every interval is to be at most this wide (half, relative), after at least so many rounds. */
const NARROW_ENOUGH = 0.03;
export const FEWEST_AUTO_ROUNDS = 6;
export const MOST_AUTO_ROUNDS = 100;
const RESAMPLES = 1000;

export function isSettled(result: Result): boolean {
  return summarise(result, RESAMPLES).cases.every(isNarrow);
}

/** Says of every case of a `rounds: auto` run whether its interval became narrow enough. */
export function withSettled(result: Result): Result {
  if (result.experiment.rounds !== 'auto') return result;
  return {
    ...result,
    cases: result.cases.map((one) => ({ ...one, settled: one.summary === null ? null : isNarrow(one) })),
  };
}

function isNarrow(one: Case): boolean {
  return one.summary === null || relativeHalfWidth(one.summary.mibPerSecond) <= NARROW_ENOUGH;
}
