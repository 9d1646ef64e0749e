/** The statistics of design: medians with bootstrap intervals, paired ratios, verdicts, marked outliers. */
import { medianAbsoluteDeviation, medianSorted, quantileSorted } from 'simple-statistics';
import { seededRandom } from './random.ts';
import type { Interval, Ratio, Verdict } from './result.ts';

/** Resamples of a final result. A live page uses fewer. */
export const RESAMPLES = 10_000;
/** Differences below this are never called differences, however quiet the host (2 %). */
export const SMALLEST_DIFFERENCE = 0.02;
/** Fixed, so that the same samples always give the same interval. */
const BOOTSTRAP_SEED = 20_031;

/**
 * Median with its 95 % bootstrap percentile interval (Efron and Tibshirani 1993, ch. 13): the 2.5 and 97.5 % quantiles
 * of the medians of resamples. Fewer than two values have no interval.
 * @throws RangeError for no values at all
 */
export function medianInterval(values: readonly number[], resamples = RESAMPLES): Interval {
  if (values.length === 0) throw new RangeError('a median needs at least one value');
  const median = medianSorted(sorted(values));
  if (values.length < 2) return { median, low: null, high: null };
  const medians = resampledMedians(values, resamples);
  return { median, low: quantileSorted(medians, 0.025), high: quantileSorted(medians, 0.975) };
}

/**
 * Ratio of two measurements that were taken in pairs, one pair a round: median and interval of the log ratios,
 * back on the ratio scale. Pairing removes what both felt alike, such as a slow minute of a shared host.
 * @param values one per round @param baseline of the same rounds, in the same order
 */
export function pairedRatio(values: readonly number[], baseline: readonly number[], resamples = RESAMPLES): Interval {
  if (values.length !== baseline.length) throw new RangeError('paired samples need the same rounds');
  const logs = values.map((value, round) => Math.log(value / (baseline[round] as number)));
  const { median, low, high } = medianInterval(logs, resamples);
  return {
    median: Math.exp(median),
    low: low === null ? null : Math.exp(low),
    high: high === null ? null : Math.exp(high),
  };
}

/**
 * The decision rule: interval wholly within ±difference is `same`, wholly beyond is `faster` or `slower`, all else
 * `unsettled`. Ratios are of throughput, so above 1 is faster.
 * @param difference relative, 0.02 for 2 %; used symmetrically on the log scale
 */
export function verdictOf(ratio: Interval, difference: number): Verdict {
  if (ratio.low === null || ratio.high === null) return 'unsettled';
  const margin = Math.log1p(difference);
  const [low, high] = [Math.log(ratio.low), Math.log(ratio.high)];
  if (low > margin) return 'faster';
  if (high < -margin) return 'slower';
  return low >= -margin && high <= margin ? 'same' : 'unsettled';
}

/**
 * The relative difference that two series of the very same thing showed (the median of the A/A ratio), and never less
 * than 2 %. The interval of the A/A ratio does not enter: the random part of the noise is in every interval already.
 */
export function noiseFloor(control: Interval | null): number {
  if (control === null) return SMALLEST_DIFFERENCE;
  return Math.max(SMALLEST_DIFFERENCE, Math.expm1(Math.abs(Math.log(control.median))));
}

export function judged(ratio: Interval, difference: number): Ratio {
  return { ...ratio, verdict: verdictOf(ratio, difference), p: null };
}

/**
 * Marks by Tukey's fences (1.5 and 3 interquartile ranges) or a scaled MAD z above 3.5 (Iglewicz and Hoaglin 1993).
 * Outliers are marked, never dropped. Fewer than five values are not judged.
 */
export function outliers(values: readonly number[]): readonly ('mild' | 'severe' | null)[] {
  if (values.length < 5) return values.map(() => null);
  const order = sorted(values);
  const [q1, q3] = [quantileSorted(order, 0.25), quantileSorted(order, 0.75)];
  const [median, mad] = [medianSorted(order), medianAbsoluteDeviation([...values])];
  return values.map((value) => {
    const beyond = Math.max(q1 - value, value - q3);
    if (beyond > 3 * (q3 - q1)) return beyond > 0 ? 'severe' : null;
    const z = mad === 0 ? 0 : (0.6745 * Math.abs(value - median)) / mad;
    return beyond > 1.5 * (q3 - q1) || z > 3.5 ? 'mild' : null;
  });
}

/** The most an interval from `rounds` values can cover the median with: 1 - 2 * 0.5^n, both extremes included. */
export function largestCoverage(rounds: number): number {
  return 1 - 2 * 0.5 ** rounds;
}

/** Half the width of an interval relative to its median; infinite without an interval. */
export function relativeHalfWidth(interval: Interval): number {
  if (interval.low === null || interval.high === null || interval.median === 0) return Number.POSITIVE_INFINITY;
  return (interval.high - interval.low) / 2 / Math.abs(interval.median);
}

function sorted(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b);
}

/** Sorted medians of resamples drawn with replacement. */
function resampledMedians(values: readonly number[], resamples: number): number[] {
  const random = seededRandom(BOOTSTRAP_SEED);
  const size = values.length;
  const drawn = new Float64Array(size);
  const medians = new Float64Array(resamples);
  for (let resample = 0; resample < resamples; resample++) {
    for (let index = 0; index < size; index++) drawn[index] = values[Math.floor(random() * size)] as number;
    drawn.sort();
    const middle = size >> 1;
    const upper = drawn[middle] as number;
    medians[resample] = size % 2 === 1 ? upper : ((drawn[middle - 1] as number) + upper) / 2;
  }
  return Array.from(medians.sort());
}
