/** Comparing two series that were not measured together. */
import type { Interval } from '../result/numbers.ts';

/**
 * Ratio of two medians of independent series, with the interval of everything that any two values within their intervals
 * would give: from the lowest above over the highest below to the highest above over the lowest below.
 *
 * It needs nothing but the two intervals of `medianInterval`, which are right for every continuous distribution. Where one
 * series is much noisier it is that series' own interval, with 95 % at least; where both are alike, the two have to miss
 * on opposite sides and it covers 99 % and more. Nothing is assumed about the distributions, and nothing must be: the
 * sharper interval of Moses around the estimate of Hodges and Lehmann (Hollander and Wolfe 1999, 4.3) is exact only where
 * the series differ by a shift alone, and covers as little as 7 % where two runs are noisy in different ways; adding the
 * halves in quadrature (Zou and Donner 2008) covers as little as 60 % there. Half again as wide as need be for series of
 * the same normal noise is the price; test/unit/comparison/simulation.test.ts holds the coverage.
 *
 * Without one of the intervals (fewer than six values) there is none. All values are above 0.
 */
export function independentRatio(above: Interval, below: Interval): Interval {
  return {
    median: above.median / below.median,
    low: above.low === null || below.high === null ? null : above.low / below.high,
    high: above.high === null || below.low === null ? null : above.high / below.low,
  };
}
