/** One experiment from source to result file. Runs in the bench process, between two transfers only. */
import type { NativeAddon } from '../../../native/addon.d.ts';
import type { Progress, RunEvent } from '../../model/events.ts';
import { FIRST_PROGRESS } from '../../model/events.ts';
import type { RunEnd, RunOrder } from '../../model/messages.ts';
import type { Outcome } from '../../model/problems.ts';
import { describeSystemError, ok } from '../../model/problems.ts';
import type { Problem } from '../../model/result/problem.ts';
import { withSettled } from '../../model/stopRule.ts';
import { finished } from '../resultFile.ts';
import { systemErrorOf } from '../systemError.ts';
import { missingEvidence } from './evidenceSources.ts';
import { meetHazards } from './hazards.ts';
import { Laboratories } from './laboratories.ts';
import { measure } from './measurement.ts';
import { meetReceiver, type Remote } from './remote.ts';
import { RunDocument } from './runDocument.ts';
import { Stopped, unlessCancelled } from './stopped.ts';
import { openWorkload } from './workload.ts';

export interface RunListener {
  event(event: RunEvent): void;
  progress(progress: Progress): void;
}

/** @param root folder that holds build/ @param cancelled aborts the transfer under way and ends the run */
export async function runExperiment(
  addon: NativeAddon,
  order: RunOrder,
  listener: RunListener,
  root: string,
  cancelled: AbortSignal,
): Promise<Outcome<RunEnd>> {
  const { experiment, token } = order;
  const missing = missingEvidence(addon, experiment);
  if (missing !== null) return { ok: false, problem: missing };
  const remote = await meetReceiver(addon, experiment, { root, token, cancelled });
  try {
    if (cancelled.aborted) return ok({ how: 'cancelled', fileKept: false });
    return remote.ok ? await runTo(remote.value, addon, order, listener, cancelled) : remote;
  } finally {
    if (remote.ok) await remote.value?.close();
  }
}

async function runTo(
  remote: Remote | null,
  addon: NativeAddon,
  order: RunOrder,
  listener: RunListener,
  cancelled: AbortSignal,
): Promise<Outcome<RunEnd>> {
  const experiment = { ...order.experiment, remote: remote?.known ?? null };
  const laboratories = await Laboratories.open(addon, experiment);
  if (!laboratories.ok) return laboratories;
  try {
    return await runThrough(laboratories.value, remote, addon, { ...order, experiment }, listener, cancelled);
  } finally {
    laboratories.value.close();
  }
}

async function runThrough(
  laboratories: Laboratories,
  remote: Remote | null,
  addon: NativeAddon,
  order: RunOrder,
  listener: RunListener,
  cancelled: AbortSignal,
): Promise<Outcome<RunEnd>> {
  const { experiment } = order;
  const opened = await RunDocument.open(addon, order, remote, (event) => listener.event(event));
  if (!opened.ok) return opened;
  const document = opened.value;
  laboratories.enterInto(document);
  const progress = (now: Progress) => listener.progress(now);
  progress(FIRST_PROGRESS);
  if (experiment.kind === 'hazards') {
    return toTheEnd(document, null, cancelled, () => meetHazards(addon, document, progress, cancelled));
  }
  const workload = await unlessCancelled(openWorkload(addon, experiment, laboratories, remote), cancelled);
  if (workload === null || !workload.ok) {
    document.discard();
    return workload === null
      ? ok({ how: 'cancelled', fileKept: false })
      : { ok: false, problem: describeSystemError(workload.error) };
  }
  try {
    const work = () => measure(addon, workload.value, document, progress, cancelled);
    return await toTheEnd(document, remote, cancelled, work);
  } finally {
    workload.value.close();
  }
}

/** Does the work and writes what came of it, however it ended; a cancelled run that got nowhere leaves nothing. */
async function toTheEnd(
  document: RunDocument,
  remote: Remote | null,
  cancelled: AbortSignal,
  work: () => Promise<void>,
): Promise<Outcome<RunEnd>> {
  let stopped: Problem | null = null;
  try {
    await work();
  } catch (error) {
    stopped = error instanceof Stopped ? error.problem : describeSystemError(systemErrorOf(error, document.file));
    if (!cancelled.aborted) stopped = (await remote?.whyLost()) ?? stopped;
  }
  const wasCancelled = cancelled.aborted;
  const fileKept = !(wasCancelled && !document.isWorthKeeping());
  const status = stopped !== null ? 'partial' : document.activeCases().length === 0 ? 'failed' : 'complete';
  const written = document.finish(withSettled(finished(document.result, status, stopped)), fileKept);
  return written.ok ? ok({ how: wasCancelled ? 'cancelled' : 'ended', fileKept }) : written;
}
