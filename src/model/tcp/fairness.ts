/** How evenly the streams of a transfer shared the way. */
import type { StreamSample } from '../result/sample.ts';
import { mibPerSecond } from '../units.ts';

export interface Fairness {
  /**
   * Jain's index of the streams' rates, (Σx)² / (n Σx²): 1 where all are equal, 1/n where one has everything. R. Jain,
   * D. Chiu, W. Hawe: A Quantitative Measure of Fairness and Discrimination for Resource Allocation in Shared Computer
   * Systems, DEC Research Report TR-301, 1984.
   */
  readonly jain: number;
  /** MiB/s of the slowest and of the fastest stream, each over its own time. */
  readonly least: number;
  readonly most: number;
}

/** Of the streams that moved something; null where these are fewer than two. */
export function fairnessOf(streams: readonly StreamSample[] | null): Fairness | null {
  const rates = (streams ?? [])
    .filter(({ bytes, doneNs }) => bytes > 0 && doneNs > 0)
    .map(({ bytes, doneNs }) => mibPerSecond(bytes, doneNs));
  if (rates.length < 2) return null;
  const sum = rates.reduce((total, rate) => total + rate, 0);
  const squares = rates.reduce((total, rate) => total + rate * rate, 0);
  return { jain: sum ** 2 / (rates.length * squares), least: Math.min(...rates), most: Math.max(...rates) };
}
