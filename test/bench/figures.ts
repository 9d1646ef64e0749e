/** A measured figure beside its budget. */
import { test } from '@playwright/test';

export interface Figure {
  readonly what: string;
  readonly measured: string;
  /** The budget in words, or null for a figure without one. */
  readonly budget: string | null;
  readonly pass: boolean | null;
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
