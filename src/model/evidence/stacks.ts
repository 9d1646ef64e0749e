/** Samples with names: what a thread of the transfer was doing, and how often it was found doing so. */
import type { SamplerThread } from '../result/evidence.ts';

export interface NamedStack {
  readonly thread: SamplerThread;
  /** Leaf first; of each frame all names its address has in kallsyms, none where it is unknown. */
  readonly frames: readonly (readonly string[])[];
  /** `memcpy`, or the name of the mapped file, for a sample in user mode, whose frames are empty; null in the kernel. */
  readonly user: string | null;
  readonly count: number;
}
