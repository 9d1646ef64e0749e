/** What the cost model says of a case, and where one case overtakes another. */
import * as v from 'valibot';
import { amount, count, difference } from './numbers.ts';

/** A mode's time as the calibration predicts it: the sum of counts times unit costs. */
export const predictionSchema = v.object({
  totalNs: amount,
  parts: v.array(
    v.object({
      /** A unit cost of `calibration.unitCosts`. */
      unit: v.string(),
      /** How often, or how many bytes. */
      count: amount,
      ns: amount,
    }),
  ),
  /**
   * The same sum by the steps of the flow here, by their index: of the side that is predicted, and of it those that have a
   * cost of their own. Older documents have none.
   */
  steps: v.optional(v.array(v.object({ step: count, ns: v.number() })), []),
});
export type Prediction = v.InferOutput<typeof predictionSchema>;

/** Unit costs of this host, measured apart from the samples they predict. */
export const calibrationSchema = v.object({
  durationNs: count,
  /** By the names of src/model/cost/units.ts: ns per occurrence, or ns per byte. Most are one gauge less another. */
  unitCosts: v.record(
    v.string(),
    v.object({ median: difference, low: v.nullable(difference), high: v.nullable(difference) }),
  ),
});
export type Calibration = v.InferOutput<typeof calibrationSchema>;

/** From which size on one case beats another. */
export const crossoverSchema = v.object({
  mode: v.string(),
  baseline: v.string(),
  over: v.picklist(['buffer', 'object']),
  /** Whether it beats the other from a size on, or only up to one. */
  wins: v.optional(v.picklist(['from', 'up-to']), 'from'),
  /** The size the cost model gives; null where it knows none within the sizes that ran. */
  predictedBytes: v.nullable(amount),
  /** The two neighbouring sizes between which the measured verdict turns; null where it does not. */
  measured: v.nullable(v.object({ above: count, upTo: count })),
});
export type Crossover = v.InferOutput<typeof crossoverSchema>;
