/** A measured figure beside its budget. */
import { test } from '@playwright/test';
import type { Interval } from '../../src/model/result/numbers.ts';

export interface Figure {
  /** Names it: two runs of the benchmark mean the same by the same words. */
  readonly what: string;
  readonly measured: string;
  /** The budget in words, or null for a figure without one. */
  readonly budget: string | null;
  readonly pass: boolean | null;
  /** What another day's run on such a machine can be held against; absent for times of one day. */
  readonly lasting?: Lasting;
}

/**
 * What does not depend on how busy the machine was: a ratio of two things measured in turns, a size, memory. A size has
 * an interval without width.
 */
export interface Lasting extends Interval {
  readonly better: 'higher' | 'lower';
}

/** A number that is the same whenever it is looked at, such as the size of a file. */
export function exactly(value: number): Lasting {
  return { median: value, low: value, high: value, better: 'lower' };
}

/** `0.992 (0.984 – 1.007)` */
export function ratioWords({ median, low, high }: Interval): string {
  return `${median.toFixed(3)} (${low?.toFixed(3)} – ${high?.toFixed(3)})`;
}

export const FIGURE = 'figure';

/** Adds a figure to the table of the benchmark under way. */
export function report(figure: Figure): void {
  test.info().annotations.push({ type: FIGURE, description: JSON.stringify(figure) });
}

export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}
