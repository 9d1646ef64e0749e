/** What a comparison of results is: plain data, from which the page, the terminal and the tables are made. */
import type { Interval, Verdict } from '../result/numbers.ts';
import type { PathId } from '../result/path.ts';

export const COMPARISON_FORMAT = 'zero-copy-lab/comparison';
export const COMPARISON_VERSION = 1;

export const FEWEST_RESULTS = 2;
export const MOST_RESULTS = 8;

/** Two to eight results of one path and kind, paired by case. The first is the reference. */
export interface Comparison {
  readonly format: typeof COMPARISON_FORMAT;
  readonly version: typeof COMPARISON_VERSION;
  readonly path: PathId;
  readonly results: readonly ComparedResult[];
  /** What is compared; the first is what experiments of this kind are about. */
  readonly quantities: readonly Quantity[];
  /** Where the experiments differ, so that a difference may be theirs. */
  readonly warnings: readonly Difference[];
  /** Where the hosts differ. */
  readonly hostDifferences: readonly HostDifference[];
  readonly cases: readonly ComparedCase[];
  /** Cases that have no partner to be compared with, and why. */
  readonly apart: readonly CaseApart[];
}

/** How a result is told from the others. */
export interface ComparedResult {
  /** `A` for the reference, then `B`, ... */
  readonly letter: string;
  /** Of the file. */
  readonly name: string;
  readonly host: string;
  readonly kernel: string;
  readonly startedAt: string;
  readonly preset: string | null;
  /** Counted rounds, of the case that has most of them. */
  readonly rounds: number;
  /** See `Result.noiseFloor`. */
  readonly noiseFloor: number | null;
}

/**
 * `throughput` in MiB/s; `cpu` in CPU s/GiB, of both sides together where every result tells it; `relative`: the ratio to
 * the baseline of the same run, which takes the speed of the hour out.
 */
export type QuantityId = 'throughput' | 'relative' | 'cpu';

export interface Quantity {
  readonly id: QuantityId;
  readonly name: string;
  /** Empty for a ratio. */
  readonly unit: string;
  readonly moreIsBetter: boolean;
}

/** Something that is not the same in all results. */
export interface Difference {
  readonly kind: string;
  readonly name: string;
  /** One for each result. */
  readonly values: readonly string[];
  /** What it may do to the numbers, in a sentence. */
  readonly meaning: string;
}

export type HostDifference = Pick<Difference, 'name' | 'values'> & { readonly group: string };

/** A case of the reference and its partners. */
export interface ComparedCase {
  readonly mode: string;
  /** `read + write, 64 KiB`. */
  readonly name: string;
  readonly bufferBytes: number | null;
  readonly objectBytes: number | null;
  /** One for each result; null where it has no partner. */
  readonly entries: readonly (Entry | null)[];
}

export interface Entry {
  /** Index into the cases of its result. */
  readonly case: number;
  readonly rounds: number;
  /** Null where it was not measured, or is the thing that others are relative to. */
  readonly measured: Readonly<Record<QuantityId, Measured | null>>;
}

export interface Measured {
  readonly value: Interval;
  /** To the reference; null for the reference itself. */
  readonly change: Change | null;
}

/** This number over that of the reference, and what may be said of it: `faster` stands for better, `slower` for worse. */
export interface Change {
  readonly ratio: Interval;
  readonly verdict: Verdict;
  /** Differences below this relative size are not called differences. */
  readonly threshold: number;
}

export interface CaseApart {
  readonly name: string;
  readonly text: string;
}

/** `A`, `B`, ... */
export function letterOf(index: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + index);
}

export function quantityOf({ quantities }: Comparison, id: string | null): Quantity {
  return quantities.find((each) => each.id === id) ?? (quantities[0] as Quantity);
}

/** The ratio turned so that above 1 is better, whatever the quantity. */
export function gain({ moreIsBetter }: Quantity, ratio: Interval): Interval {
  if (moreIsBetter) return ratio;
  return {
    median: 1 / ratio.median,
    low: ratio.high === null ? null : 1 / ratio.high,
    high: ratio.low === null ? null : 1 / ratio.low,
  };
}
