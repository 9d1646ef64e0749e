/** Unit costs of this host, from the addon's repetitions to medians with their intervals. */
import * as l10n from '@vscode/l10n';
import type { NativeAddon } from '../../../native/addon.d.ts';
import type { Outcome } from '../../model/problems.ts';
import { describeSystemError, ok, refuse } from '../../model/problems.ts';
import type { Calibration } from '../../model/result/prediction.ts';
import { medianInterval } from '../../model/statistics/median.ts';
import { unlessCancelled } from './stopped.ts';

/**
 * @param directory where its unnamed files are made: the costs are those of this filesystem
 * @param cancelled then it fails with `cancelled`; what is under way ends with the process
 */
export async function calibrate(
  addon: NativeAddon,
  directory: string,
  cancelled: AbortSignal,
): Promise<Outcome<Calibration>> {
  const measured = await unlessCancelled(addon.calibrate(directory), cancelled);
  if (measured === null) {
    return refuse('cancelled', l10n.t('The calibration was cancelled.'), l10n.t('Calibrate again.'));
  }
  if (!measured.ok) return { ok: false, problem: describeSystemError(measured.error) };
  const { durationNs, unitCosts } = measured.value;
  return ok({
    durationNs,
    unitCosts: Object.fromEntries(
      Object.entries(unitCosts).map(([key, repetitions]) => [key, medianInterval(repetitions)]),
    ),
  });
}
