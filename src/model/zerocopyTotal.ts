/** Completions of sends by reference, over several transfers. */
import type { Sample, ZerocopyCount } from './result/sample.ts';

/** The sums over these samples; null where the mode does not ask for zero-copy sends. */
export function zerocopyTotal(samples: readonly Sample[]): ZerocopyCount | null {
  return samples.reduce<ZerocopyCount | null>(
    (sum, { zerocopy: one }) =>
      one === null
        ? sum
        : {
            sent: (sum?.sent ?? 0) + one.sent,
            completed: (sum?.completed ?? 0) + one.completed,
            copied: (sum?.copied ?? 0) + one.copied,
          },
    null,
  );
}
