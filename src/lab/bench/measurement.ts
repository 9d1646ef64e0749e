/** The work of a measurement, pass by pass. */
import type { NativeAddon } from '../../../native/addon.d.ts';
import type { Progress } from '../../model/events.ts';
import type { Experiment } from '../../model/result/experiment.ts';
import { FEWEST_AUTO_ROUNDS } from '../../model/stopRule.ts';
import { calibrateHost } from './passes/calibration.ts';
import { gatherEvidence } from './passes/evidence.ts';
import { timeCalls } from './passes/latency.ts';
import type { Pass } from './passes/pass.ts';
import { measureRounds } from './passes/rounds.ts';
import { verifyCases } from './passes/verification.ts';
import type { RunDocument } from './runDocument.ts';
import type { Workload } from './workload.ts';

interface Step {
  readonly work: (pass: Pass) => Promise<void>;
  /** About how long it takes, in transfers of each case; 0 where the experiment does without it. */
  readonly length: (experiment: Experiment) => number;
}

/** In this order. What a later step does cannot disturb what an earlier one measured. */
const STEPS: readonly Step[] = [
  { work: calibrateHost, length: () => 1 },
  { work: verifyCases, length: () => 1 },
  { work: measureRounds, length: ({ rounds }) => 1 + (rounds === 'auto' ? FEWEST_AUTO_ROUNDS : rounds) },
  { work: timeCalls, length: ({ latency }) => (latency ? 1 : 0) },
  { work: gatherEvidence, length: ({ evidence }) => (evidence === 'off' ? 0 : 5) },
];

/**
 * Measures every case of the document.
 * @param progress over all steps
 * @param cancelled aborts the transfer under way and ends the work; what was recorded until then stays
 * @throws Stopped when it ends early
 */
export async function measure(
  addon: NativeAddon,
  workload: Workload,
  document: RunDocument,
  progress: (progress: Progress) => void,
  cancelled: AbortSignal,
): Promise<void> {
  const steps = STEPS.map(({ work, length }) => ({ work, length: length(document.result.experiment) }));
  const whole = steps.reduce((sum, { length }) => sum + length, 0);
  let before = 0;
  for (const { work, length } of steps.filter((step) => step.length > 0)) {
    const start = before;
    const scaled = (now: Progress) => progress({ ...now, fraction: (start + now.fraction * length) / whole });
    await work({ addon, workload, document, progress: scaled, cancelled });
    before += length;
  }
}
