/** What else happened on the host. */
import * as v from 'valibot';
import { amount, count } from './numbers.ts';

/** What else happened on the host while the run was under way. */
export const noiseReadingSchema = v.object({
  /** Since the start of the run. */
  atMs: count,
  /** Share of CPU time the hypervisor gave to others since the last reading, 0 to 1. */
  stealShare: v.nullable(amount),
  /** Tasks that wanted to run, ours among them. */
  runnable: v.nullable(count),
  /** Share of time in which some task waited for a CPU, or for I/O (PSI "some"), since the last reading. */
  cpuPressure: v.nullable(amount),
  ioPressure: v.nullable(amount),
  /** Mean frequency of the CPUs. */
  mhz: v.nullable(amount),
  /** What others wrote to the disk of the source since the last reading. */
  othersWrittenBytes: v.nullable(count),
});
export type NoiseReading = v.InferOutput<typeof noiseReadingSchema>;
