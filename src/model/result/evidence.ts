/** What the kernel was seen to do, and by which rights. */
import * as v from 'valibot';
import { amount, count, shareSchema } from './numbers.ts';

/** Who was running when a sample was taken. `worker`: io_uring's; `kernel`: softirq and kernel threads. */
export const samplerThreadSchema = v.picklist(['sender', 'receiver', 'worker', 'kernel']);
export type SamplerThread = v.InferOutput<typeof samplerThreadSchema>;

const labelShareSchema = v.object({
  /** A label of src/model/evidence/labels.ts. */
  label: v.string(),
  thread: samplerThreadSchema,
  samples: count,
  ...shareSchema.entries,
  msPerGib: amount,
});
export type LabelShare = v.InferOutput<typeof labelShareSchema>;

/** What the measurements say of one step of a flow. */
const arrowVerdictSchema = v.object({
  /** `here`, or a classic flow of the mode and path by its place: `classic-0` on. */
  flow: v.string(),
  /** Index into the steps of that flow. */
  step: count,
  verdict: v.picklist(['seen', 'not-seen', 'not-observable']),
  /** Of all samples; null where the verdict does not come from samples. */
  share: v.nullable(shareSchema),
  msPerGib: v.nullable(amount),
  /** Where the verdict comes from, or why there is none. */
  reason: v.string(),
});
export type ArrowVerdict = v.InferOutput<typeof arrowVerdictSchema>;

/** A copy that was seen and that a flow does not have. */
const contradictionSchema = v.object({
  /** As of a verdict; or `promised`, for what the mode is meant for. */
  flow: v.string(),
  label: v.string(),
  ...shareSchema.entries,
  text: v.string(),
});
export type Contradiction = v.InferOutput<typeof contradictionSchema>;

/** What the evidence pass found out about a case. */
export const evidenceSchema = v.object({
  transfers: count,
  /** Moved by all of these transfers together. */
  bytes: count,
  /** Kernel and user samples within the windows of the transfers; 0 without a tier that samples. */
  samples: count,
  lost: count,
  /** CPU time one sample stands for. */
  periodNs: count,
  labels: v.array(labelShareSchema),
  /** System calls of the sender per transfer: by the mode's own count and by the kernel's tracepoint. */
  calls: v.nullable(v.object({ counted: count, traced: count })),
  /** /proc/self/io over the pass; null where it cannot be read. */
  disk: v.nullable(v.object({ readBytes: count, writtenBytes: count })),
  /** Byte counters of the interface over the pass; null on other paths. */
  interface: v.nullable(v.object({ sentBytes: count, receivedBytes: count })),
  arrows: v.array(arrowVerdictSchema),
  contradictions: v.array(contradictionSchema),
});
export type Evidence = v.InferOutput<typeof evidenceSchema>;

/** A kind of evidence: whether it was to be had, and how it could be. */
export const tierSchema = v.object({
  id: v.picklist(['always', 'task-samples', 'cpu-wide', 'tracepoint', 'symbols']),
  available: v.boolean(),
  /** Why it is missing, which one command would allow it, and which one undo that (null: none does); null where it is there. */
  missing: v.nullable(v.object({ reason: v.string(), allow: v.nullable(v.string()), undo: v.nullable(v.string()) })),
});
export type Tier = v.InferOutput<typeof tierSchema>;
