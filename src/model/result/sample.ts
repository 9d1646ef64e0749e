/** What one transfer measured, on both sides. */
import * as v from 'valibot';
import { amount, count, sinceThen } from './numbers.ts';

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

/** One of the connections of a transfer. */
const streamSchema = v.object({
  bytes: count,
  /** From the start of the window until the last byte of this stream had arrived. */
  doneNs: count,
  /** Smoothed, by TCP_INFO of the sender; null where it cannot be had. */
  rttNs: v.nullable(count),
  /** Segments sent again, likewise. */
  retransmits: v.nullable(count),
});
export type StreamSample = v.InferOutput<typeof streamSchema>;

/** What one transfer measured. */
export const sampleSchema = v.object({
  round: count,
  warmup: v.boolean(),
  /** What was moved, where that was a matter of time; null: the bytes of the case. */
  bytes: sinceThen(count),
  wallNs: count,
  senderDoneNs: count,
  setupNs: count,
  /** Share of the source in the page cache before the transfer; null where this user may not know it. */
  residency: v.nullable(amount),
  outlier: v.nullable(v.picklist(['mild', 'severe'])),
  /**
   * Why it is kept and not counted: a cold transfer whose source was in the page cache, or one during which the process
   * did not get to run.
   */
  excluded: v.optional(v.nullable(v.picklist(['not-cold', 'held-up'])), null),
  /** Of all threads on that side together. */
  sender: costSchema,
  receiver: v.nullable(costSchema),
  zerocopy: v.optional(v.nullable(zerocopySchema), null),
  /** What the mode found out or did differently, by the names of `TransferMeasurement.observed`. */
  observed: v.optional(v.record(v.string(), count), {}),
  /** Each connection of a transfer over sockets; null on other paths. */
  streams: sinceThen(v.array(streamSchema)),
  /** What arrived in each interval of the window, as it was looked at from outside; the last one may be shorter. */
  intervals: sinceThen(v.object({ everyNs: count, bytes: v.array(count) })),
});
export type Sample = v.InferOutput<typeof sampleSchema>;
