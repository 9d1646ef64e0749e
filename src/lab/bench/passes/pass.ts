/** What the passes of a run have in common. */
import type { NativeAddon } from '../../../../native/addon.d.ts';
import type { Progress } from '../../../model/events.ts';
import type { RunDocument } from '../runDocument.ts';
import type { Workload } from '../workload.ts';

export interface Pass {
  readonly addon: NativeAddon;
  readonly workload: Workload;
  readonly document: RunDocument;
  /** Takes the progress within this pass, from 0 to 1. */
  readonly progress: (progress: Progress) => void;
  /** Aborts the transfer under way and ends the run. */
  readonly cancelled: AbortSignal;
}
