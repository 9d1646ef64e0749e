/** The numbers documents are made of: what a double counts exactly, intervals and ratios. */
import * as v from 'valibot';

/** What a double counts exactly. */
const LARGEST = Number.MAX_SAFE_INTEGER;

export const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(LARGEST));

/** A measured or predicted amount: nothing here is below zero. */
export const amount = v.pipe(v.number(), v.minValue(0), v.maxValue(LARGEST));

export const fraction = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** A median with its 95 % interval. From fewer than six values none can be claimed: `low` and `high` are null. */
export const intervalSchema = v.object({
  median: amount,
  low: v.nullable(amount),
  high: v.nullable(amount),
});
export type Interval = v.InferOutput<typeof intervalSchema>;

export const verdictSchema = v.picklist(['faster', 'slower', 'same', 'unsettled']);
export type Verdict = v.InferOutput<typeof verdictSchema>;

export const ratioSchema = v.object({
  ...intervalSchema.entries,
  verdict: verdictSchema,
  /**
   * Paired t on the log ratios, by Holm within the cases of one buffer size; null where there are too few rounds. The
   * verdict does not depend on it.
   */
  p: v.optional(v.nullable(fraction), null),
});
export type Ratio = v.InferOutput<typeof ratioSchema>;

/** A share of samples with its Wilson 95 % interval, 0 to 1. */
export const shareSchema = v.object({ share: fraction, low: fraction, high: fraction });

/** What tells two measurements apart; where it is small, noise can turn it round. */
export const difference = v.pipe(v.number(), v.minValue(-LARGEST), v.maxValue(LARGEST));

/** A fact that older documents do not have, and that not every host tells. */
export function sinceThen<const S extends v.GenericSchema>(schema: S) {
  return v.optional(v.nullable(schema), null);
}
