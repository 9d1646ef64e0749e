/** When `rounds: auto` has measured enough. */
import { movedBytes } from './moved.ts';
import { sharesBlocks } from './remarks.ts';
import type { Case } from './result/case.ts';
import type { Experiment } from './result/experiment.ts';
import type { Result } from './result/result.ts';
import { FEWEST_FOR_INTERVAL, medianInterval, relativeHalfWidth } from './statistics/median.ts';
import { comparedNs, countedSamples } from './summary.ts';
import { mibPerSecond } from './units.ts';

/** Fewer rounds have no interval, and more would go on for ever on a host that never gets quiet. */
export const FEWEST_AUTO_ROUNDS = FEWEST_FOR_INTERVAL;
export const MOST_AUTO_ROUNDS = 100;
/** Half the width of an interval relative to its median (3 %). */
const NARROW_ENOUGH = 0.03;

/** Whether every case that can still get narrower is narrow enough. */
export function isSettled({ experiment, cases }: Result): boolean {
  return cases
    .filter((one) => one.status === 'pending' || one.status === 'ok')
    .every((one) => settledOf(experiment.kind, one) !== false);
}

/** A result of `rounds: auto` in which every case says whether its interval became narrow enough. */
export function withSettled(result: Result): Result {
  const { kind, rounds } = result.experiment;
  if (rounds !== 'auto') return result;
  return { ...result, cases: result.cases.map((one) => ({ ...one, settled: settledOf(kind, one) })) };
}

/**
 * Whether the interval of what cases are compared by is narrow: of MiB/s, or of CPU s/GiB at an equal rate. It is not
 * while there are too few rounds for an interval. Null where nothing was measured, and where no data moved.
 */
function settledOf(kind: Experiment['kind'], one: Case): boolean | null {
  const samples = countedSamples(one);
  if (samples.length === 0 || sharesBlocks(one)) return null;
  const values = samples.map((sample) =>
    kind === 'equal-rate' ? comparedNs(kind, one, sample) : mibPerSecond(movedBytes(one, sample), sample.wallNs),
  );
  return relativeHalfWidth(medianInterval(values)) <= NARROW_ENOUGH;
}
