/** When `rounds: auto` has measured enough. */
import type { Case, Result } from './result.ts';
import { relativeHalfWidth } from './statistics.ts';
import { summarise } from './summary.ts';

/** Half the width of an interval relative to its median (3 %). */
const NARROW_ENOUGH = 0.03;
const RESAMPLES = 1000;

export function isSettled(result: Result): boolean {
  return summarise(result, RESAMPLES).cases.every(isNarrow);
}

/** A result of `rounds: auto` in which every case says whether its interval became narrow enough. */
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
