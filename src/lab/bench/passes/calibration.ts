/** What things cost on this host, measured before and apart from the transfers whose times they predict. */
import { calibrate } from '../calibration.ts';
import { stopIfCancelled } from '../stopped.ts';
import type { Pass } from './pass.ts';

/** @throws Stopped when the run is cancelled. A host that cannot be calibrated is measured all the same. */
export async function calibrateHost({ addon, document, progress, cancelled }: Pass): Promise<void> {
  progress({ fraction: 0, phase: 'calibrating', case: null, round: null, mibPerSecond: null });
  const calibration = await calibrate(addon, document.result.experiment.directory, cancelled);
  stopIfCancelled(cancelled);
  document.record(
    calibration.ok
      ? { type: 'calibrated', calibration: calibration.value }
      : { type: 'not-calibrated', problem: calibration.problem },
  );
}
