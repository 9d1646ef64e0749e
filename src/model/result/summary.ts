/** What the samples of a case come to. */
import * as v from 'valibot';
import { count, intervalSchema, ratioSchema } from './numbers.ts';

export const summarySchema = v.object({
  wallNs: intervalSchema,
  mibPerSecond: intervalSchema,
  cpuSecondsPerGib: intervalSchema,
  receiverCpuSecondsPerGib: v.nullable(intervalSchema),
  /** Both sides of the same transfers together; null where there is only one. */
  totalCpuSecondsPerGib: v.optional(v.nullable(intervalSchema), null),
  crossingsPerMib: intervalSchema,
  faultsPerMib: intervalSchema,
  contextSwitchesPerGib: intervalSchema,
  /**
   * To the baseline of the same round; null for the baseline itself and where the baseline did not run. Of throughput, so
   * above 1 is faster. Of `equal-rate`: how often the CPU seconds per GiB of both sides go into those of the baseline, so
   * `faster` means less CPU time.
   */
  ratioToBaseline: v.nullable(ratioSchema),
});
export type Summary = v.InferOutput<typeof summarySchema>;

/** How long single system calls took, from a pass of its own. A mode that moves everything by one call has one here. */
export const callLatencySchema = v.object({
  call: v.string(),
  count,
  p50Ns: count,
  p99Ns: count,
  p999Ns: count,
  maxNs: count,
});
export type CallLatency = v.InferOutput<typeof callLatencySchema>;
