/** What one transfer measured, on both sides. */
import * as v from 'valibot';
import { amount, count } from './numbers.ts';

/** CPU time and events of one thread inside the timed window. */
const costSchema = v.object({
  cpuNs: count,
  userNs: count,
  systemNs: count,
  voluntarySwitches: count,
  involuntarySwitches: count,
  minorFaults: count,
  majorFaults: count,
  calls: v.record(v.string(), count),
});
export type Cost = v.InferOutput<typeof costSchema>;

/** Sends that asked the kernel not to copy: calls sent, completions received, and completions that said COPIED. */
export const zerocopySchema = v.object({ sent: count, completed: count, copied: count });
export type ZerocopyCount = v.InferOutput<typeof zerocopySchema>;

/** What one transfer measured. */
export const sampleSchema = v.object({
  round: count,
  warmup: v.boolean(),
  wallNs: count,
  senderDoneNs: count,
  setupNs: count,
  /** Share of the source in the page cache before the transfer; null where this user may not know it. */
  residency: v.nullable(amount),
  outlier: v.nullable(v.picklist(['mild', 'severe'])),
  /** Why it is kept and not counted: a cold transfer whose source was in the page cache. */
  excluded: v.optional(v.nullable(v.picklist(['not-cold'])), null),
  sender: costSchema,
  receiver: v.nullable(costSchema),
  zerocopy: v.optional(v.nullable(zerocopySchema), null),
  /** What the mode found out or did differently, by the names of `TransferMeasurement.observed`. */
  observed: v.optional(v.record(v.string(), count), {}),
});
export type Sample = v.InferOutput<typeof sampleSchema>;
