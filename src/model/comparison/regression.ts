/** Whether a comparison shows that something became slower: the rule of `--fail-if-slower`. */
import type { Interval } from '../result/numbers.ts';
import { type Comparison, gain } from './comparison.ts';

/** A case of a result that is certainly slower than the reference by more than allowed. */
export interface Regression {
  /** Index into the results. */
  readonly result: number;
  /** Name of the case. */
  readonly name: string;
  /** Of what the comparison is about, turned so that below 1 is worse. */
  readonly gain: Interval;
}

/**
 * The cases whose whole 95 % interval lies below 1 - `limit`, and beyond the noise as the verdict has it. It is about the
 * first quantity of the comparison: throughput, or at an equal rate CPU time. Without an interval nothing is certain, so
 * fewer than six rounds never make a regression.
 * @param limit share of the speed that may be lost: 0.05 for 5 %
 */
export function regressionsOf({ cases, quantities: [quantity] }: Comparison, limit: number): readonly Regression[] {
  if (quantity === undefined) return [];
  return cases.flatMap(({ name, entries }) =>
    entries.flatMap((entry, result): Regression[] => {
      const change = entry?.measured[quantity.id]?.change ?? null;
      if (change?.verdict !== 'slower') return [];
      const turned = gain(quantity, change.ratio);
      return turned.high !== null && turned.high < 1 - limit ? [{ result, name, gain: turned }] : [];
    }),
  );
}

/** Whether any case at all has an interval, so that a regression could have been found. */
export function canJudge({ cases, quantities: [quantity] }: Comparison): boolean {
  if (quantity === undefined) return false;
  return cases.some(({ entries }) => entries.some((one) => one?.measured[quantity.id]?.change?.ratio.low != null));
}
