/** Comparing with the baseline: ratios from pairs, and the rule that makes a verdict of them. */
import type { Interval, Verdict } from '../result/numbers.ts';
import { medianInterval } from './median.ts';

/** Differences below this are never called differences, however quiet the host (2 %). */
export const SMALLEST_DIFFERENCE = 0.02;

/**
 * The logarithms of the ratios of measurements taken in pairs, one pair a round. Pairing removes what both felt alike,
 * such as a slow minute of a shared host.
 * @param values one per round @param baseline of the same rounds, in the same order
 */
export function logRatios(values: readonly number[], baseline: readonly number[]): readonly number[] {
  if (values.length !== baseline.length) throw new RangeError('paired samples need the same rounds');
  return values.map((value, round) => Math.log(value / (baseline[round] as number)));
}

/** Ratio of two paired measurements: median and interval of the log ratios, back on the ratio scale. */
export function pairedRatio(values: readonly number[], baseline: readonly number[]): Interval {
  const { median, low, high } = medianInterval(logRatios(values, baseline));
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
