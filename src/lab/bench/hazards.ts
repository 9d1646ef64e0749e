/** The work of an experiment with hazards: every case meets its hazard once, on a generated source of its own. */
import * as l10n from '@vscode/l10n';
import type { NativeAddon, Outcome } from '../../../native/addon.d.ts';
import type { Progress } from '../../model/events.ts';
import { canMeet, momentOf } from '../../model/hazards.ts';
import { findMode } from '../../model/modes/catalogue.ts';
import { explainFailure } from '../../model/refusals.ts';
import type { Case } from '../../model/result/case.ts';
import type { Experiment } from '../../model/result/experiment.ts';
import type { HazardReport } from '../../model/result/hazard.ts';
import type { Problem } from '../../model/result/problem.ts';
import type { RunDocument } from './runDocument.ts';
import { stopIfCancelled } from './stopped.ts';
import { requestOf } from './workload.ts';

/** A sender whose receiver stopped reading, and that has not noticed after this time, waits for as long as it is let. */
const PATIENCE_WITH_STALLS_MS = 500;
/** Any other transfer goes on to its end, however busy the host; this only keeps a mode that hangs from hanging the run. */
const PATIENCE_MS = 60_000;
const LOOK_INTERVAL_MS = 50;

/** @throws Stopped when it ends early */
export async function meetHazards(
  addon: NativeAddon,
  document: RunDocument,
  progress: (progress: Progress) => void,
  cancelled: AbortSignal,
): Promise<void> {
  const { cases, experiment } = document.result;
  for (const [index, one] of cases.entries()) {
    stopIfCancelled(cancelled);
    progress({ fraction: index / cases.length, phase: 'hazards', case: index, round: null, mibPerSecond: null });
    if (!isShown(one)) {
      document.record({ type: 'case-ended', case: index, status: 'unsupported', reason: noMoment() });
      continue;
    }
    const report = await meetHazard(addon, experiment, one, cancelled);
    stopIfCancelled(cancelled);
    const error = report.ok ? report.value.error : report.error;
    const failure = error === null ? null : explainFailure(one.mode, one.path, error, document.result.host);
    // What does not work here at all did not fail because of the hazard.
    if (failure !== null && (!report.ok || failure.unsupported)) document.endCase(index, failure);
    else if (report.ok) document.record({ type: 'hazard-met', case: index, report: report.value });
    document.sync();
  }
}

function isShown(one: Case): boolean {
  const mode = findMode(one.mode);
  return one.hazard !== null && mode !== undefined && canMeet(one.hazard.kind, mode, one.path);
}

function noMoment(): Problem {
  return {
    code: 'no-moment',
    message: l10n.t('One call moves everything, and nobody in it can be stopped at a byte.'),
    hint: l10n.t('The same mode on file-to-socket can be shown with a receiver that stalls.'),
  };
}

async function meetHazard(
  addon: NativeAddon,
  experiment: Experiment,
  one: Case,
  cancelled: AbortSignal,
): Promise<Outcome<HazardReport>> {
  const mode = findMode(one.mode);
  if (one.hazard === null || mode === undefined) throw new RangeError(`${one.mode} meets no hazard`);
  const { directory, bytes, seed } = experiment;
  const source = await addon.openSource({ kind: 'generated', directory, bytes, seed, linkable: true });
  if (!source.ok) return source;
  const running = addon.startHazard(source.value, {
    ...requestOf(experiment, one, { verify: true }),
    hazard: one.hazard.kind,
    atByte: one.hazard.atByte,
    moment: momentOf(mode, one.path) ?? 'sender',
  });
  const cancel = () => running.cancel();
  cancelled.addEventListener('abort', cancel, { once: true });
  const patience = one.hazard.kind === 'receiver-stalls' ? PATIENCE_WITH_STALLS_MS : PATIENCE_MS;
  let happenedAt: number | null = null;
  let waited = false;
  const watch = setInterval(() => {
    if (happenedAt === null && running.happened()) happenedAt = performance.now();
    waited ||= happenedAt !== null && performance.now() - happenedAt > patience;
    if (waited) running.cancel();
  }, LOOK_INTERVAL_MS);
  try {
    const report = await running.done;
    if (!report.ok) return report;
    const { happened, arrivedBytes, error, differsFromByte } = report.value;
    const ended = waited && error?.code === 'CANCELLED';
    return {
      ok: true,
      value: {
        happened,
        arrivedBytes,
        error: ended || error === null ? null : { code: error.code, call: error.call, message: error.message },
        differsFromByte,
        waited: ended,
      },
    };
  } finally {
    clearInterval(watch);
    cancelled.removeEventListener('abort', cancel);
    source.value.close();
  }
}
