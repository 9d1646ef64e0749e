/** One transfer of a case, from the state of the cache before it to what it measured. */
import * as l10n from '@vscode/l10n';
import type { TransferMeasurement } from '../../../../native/addon.d.ts';
import type { Phase } from '../../../model/events.ts';
import { findMode } from '../../../model/modes/catalogue.ts';
import { describeSystemError } from '../../../model/problems.ts';
import { explainLostReceiver, isReceiverLost } from '../../../model/receiverProblems.ts';
import type { Failure } from '../../../model/refusals.ts';
import { explainFailure } from '../../../model/refusals.ts';
import type { Case } from '../../../model/result/case.ts';
import type { Problem } from '../../../model/result/problem.ts';
import { mibPerSecond } from '../../../model/units.ts';
import { Stopped, stopIfCancelled, unlessCancelled } from '../stopped.ts';
import type { Purpose } from '../workload.ts';
import type { Pass } from './pass.ts';

/** How often progress of a transfer under way is looked at; its speed is that since the last look. */
const PROGRESS_INTERVAL_MS = 200;

/** Where in its pass a transfer stands. */
export interface Place {
  readonly phase: Phase;
  readonly round: number | null;
  /** Transfers of this pass that are over, and those it will have. */
  readonly done: number;
  readonly planned: number;
}

export type Moved =
  | {
      readonly kind: 'done';
      readonly measurement: TransferMeasurement;
      /** The longest time in which nobody looked at it, which is much only where the process did not get to run. */
      readonly unseenMs: number;
    }
  | ({ kind: 'failed' } & Failure);

/**
 * Brings the source of a case into the cache state the experiment asks for.
 * @returns its residency after that, null where unknown
 * @throws Stopped when the source cannot be prepared, or the run is cancelled
 */
export async function prepareCache({ workload, cancelled }: Pass, one: Case): Promise<number | null> {
  const preparing = workload.prepareCache(one);
  if (preparing !== null) {
    const prepared = await unlessCancelled(preparing, cancelled);
    stopIfCancelled(cancelled);
    if (prepared !== null && !prepared.ok) throw new Stopped(describeSystemError(prepared.error));
  }
  return workload.residency(one);
}

/** @throws Stopped when the run is cancelled, or would go on in another folder */
export async function move(pass: Pass, index: number, purpose: Purpose, place: Place): Promise<Moved> {
  const { document, cancelled } = pass;
  const one = document.caseAt(index);
  const elsewhere = pass.workload.elsewhere();
  if (elsewhere !== null) throw new Stopped(elsewhere);
  const running = pass.workload.start(one, purpose);
  const cancel = () => running.cancel();
  cancelled.addEventListener('abort', cancel, { once: true });
  const { durationSeconds } = document.result.experiment;
  const timed = purpose.verify ? null : durationSeconds;
  const started = performance.now();
  const report = (part: number, rate: number | null) =>
    pass.progress({
      fraction: Math.min(1, (place.done + Math.min(1, part)) / place.planned),
      phase: place.phase,
      case: index,
      round: place.round,
      mibPerSecond: purpose.verify ? null : rate,
    });
  let seen = { bytes: 0, at: started };
  let unseenMs = 0;
  const look = () => {
    const now = { bytes: running.bytesSoFar(), at: performance.now() };
    const rate = now.bytes === 0 ? null : mibPerSecond(now.bytes - seen.bytes, (now.at - seen.at) * 1e6);
    report(timed === null ? now.bytes / one.bytes : (now.at - started) / 1000 / timed, rate);
    unseenMs = Math.max(unseenMs, now.at - seen.at);
    seen = now;
  };
  const watch = setInterval(look, PROGRESS_INTERVAL_MS);
  try {
    const outcome = await running.done;
    unseenMs = Math.max(unseenMs, performance.now() - seen.at);
    stopIfCancelled(cancelled);
    if (!outcome.ok && isReceiverLost(outcome.error)) throw new Stopped(explainLostReceiver(outcome.error));
    if (!outcome.ok)
      return { kind: 'failed', ...explainFailure(one.mode, one.path, outcome.error, document.result.host) };
    report(1, mibPerSecond(outcome.value.bytes, outcome.value.wallNs));
    // A verification compares byte by byte and says more than a count.
    return outcome.value.bytes === one.bytes || timed !== null || purpose.verify
      ? { kind: 'done', measurement: outcome.value, unseenMs }
      : { kind: 'failed', problem: shortTransfer(one, outcome.value.bytes), unsupported: false };
  } finally {
    clearInterval(watch);
    cancelled.removeEventListener('abort', cancel);
  }
}

function shortTransfer(one: Case, bytes: number): Problem {
  return {
    code: 'SHORT',
    message: l10n.t('{0} delivered {1} of {2} bytes.', findMode(one.mode)?.name ?? one.mode, bytes, one.bytes),
    hint: l10n.t('Run again on a file nobody is changing.'),
  };
}
