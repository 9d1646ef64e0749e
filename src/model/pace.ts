/** The one rate that all cases of an equal-rate experiment are paced to. */
import { movedBytes } from './moved.ts';
import type { Result } from './result/result.ts';
import { MIB } from './units.ts';

/**
 * Bytes per second that every case can keep up with: half of what the slowest did in its warm-up, in whole MiB where it
 * is more than one. Half, so that a pace is kept through a slow moment, and never more than there is to pace.
 * @returns null where nothing warmed up
 */
export function commonPace({ cases }: Result): number | null {
  const rates = cases.flatMap((one) =>
    one.status !== 'pending'
      ? []
      : one.samples
          .filter(({ warmup, wallNs }) => warmup && wallNs > 0)
          .map((sample) => movedBytes(one, sample) / (sample.wallNs / 1e9)),
  );
  if (rates.length === 0) return null;
  const half = Math.min(...rates) / 2;
  return half >= MIB ? Math.floor(half / MIB) * MIB : Math.max(1, Math.floor(half));
}

/** What a transfer is told of the pace: nothing before it is set, and nothing in other experiments. */
export function paceOf({ pacedBytesPerSecond }: Result): { readonly bytesPerSecond?: number } {
  return pacedBytesPerSecond === null ? {} : { bytesPerSecond: pacedBytesPerSecond };
}
