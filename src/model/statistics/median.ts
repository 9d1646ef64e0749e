/** Medians, and how far they can be trusted. */
import type { Interval } from '../result/numbers.ts';

const CONFIDENCE = 0.95;
/** From fewer values no interval is claimed: five lie all on one side of their median in 6.25 % of all cases. */
export const FEWEST_FOR_INTERVAL = 6;

/**
 * Median with its 95 % interval, between two order statistics. It covers the true median with 95 to 99 % whatever
 * continuous distribution the values come from, and needs neither a model nor chance: see `lowerRank`.
 * @throws RangeError for no values at all
 */
export function medianInterval(values: readonly number[]): Interval {
  if (values.length === 0) throw new RangeError('a median needs at least one value');
  const order = Float64Array.from(values).sort();
  const median = atRank(order, (order.length + 1) / 2);
  if (order.length < FEWEST_FOR_INTERVAL) return { median, low: null, high: null };
  const rank = lowerRank(order.length);
  return { median, low: atRank(order, rank), high: atRank(order, order.length + 1 - rank) };
}

/** Half the width of an interval relative to its median; infinite without an interval. */
export function relativeHalfWidth(interval: Interval): number {
  if (interval.low === null || interval.high === null || interval.median === 0) return Number.POSITIVE_INFINITY;
  return (interval.high - interval.low) / 2 / Math.abs(interval.median);
}

/**
 * Where the interval of `size` values starts, as a rank from 1; it ends at the same rank from above. The highest rank
 * is taken whose coverage is at least 95 %.
 *
 * The values below the true median are B of Bin(n, 1/2), so from rank k on the interval covers it with 1 - 2 P(B < k)
 * (Thompson 1936). From half way between ranks k and k+1 on, which is the interpolation of Hettmansperger and Sheather
 * 1986 at 1/2, it covers it with at least 1 - 2 P(B < k) - P(B = k): it misses also where exactly k values lie below and
 * the nearest of them is nearer than the nearest of the n-k above, or the same the other way round. With distances D
 * below and U above, the chances of the two are at most those of min(k D) < min(k U) and of min(k U) < min(k D), which
 * together are at most 1.
 */
function lowerRank(size: number): number {
  let rank = 0;
  let fewerBelow = 0;
  let logChance = -size * Math.LN2;
  for (let k = 1; 2 * k <= size; k++) {
    fewerBelow += Math.exp(logChance);
    const covered = 1 - 2 * fewerBelow;
    if (covered < CONFIDENCE) break;
    logChance += Math.log((size - k + 1) / k);
    rank = covered - Math.exp(logChance) < CONFIDENCE ? k : k + 0.5;
  }
  return rank;
}

/** The value at a rank from 1; half way between two at a half. */
function atRank(order: Float64Array, rank: number): number {
  const below = order[Math.floor(rank) - 1] as number;
  const above = order[Math.ceil(rank) - 1] as number;
  return below + (above - below) / 2;
}
