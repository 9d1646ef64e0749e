/** One experiment from source to result file. Runs in the bench process, between two transfers only. */
import { rmSync } from 'node:fs';
import * as l10n from '@vscode/l10n';
import type { NativeAddon, NativeSource, TransferMeasurement, TransferRequest } from '../../../native/addon.d.ts';
import type { Progress, RunEvent } from '../../model/events.ts';
import { applyEvent, FIRST_PROGRESS } from '../../model/events.ts';
import type { RunEnd } from '../../model/messages.ts';
import { findMode } from '../../model/modes/catalogue.ts';
import { planCases, roundOrder } from '../../model/plan.ts';
import type { Outcome, SystemError } from '../../model/problems.ts';
import { describeSystemError, ok, refuse } from '../../model/problems.ts';
import type { Failure } from '../../model/refusals.ts';
import { explainFailure } from '../../model/refusals.ts';
import type { Case, Experiment, Problem, Result, Sample } from '../../model/result.ts';
import { RESULT_FORMAT, RESULT_VERSION } from '../../model/result.ts';
import { relativeHalfWidth } from '../../model/statistics.ts';
import { summarise } from '../../model/summary.ts';
import { mibPerSecond } from '../../model/units.ts';
import { describeDifference } from '../../model/verification.ts';
import { hostFacts } from '../host.ts';
import type { Journal } from '../journal.ts';
import { createJournal, removeJournal } from '../journal.ts';
import { thisProcess } from '../processIdentity.ts';
import { finished, writeResult } from '../resultFile.ts';
import { systemErrorOf } from '../systemError.ts';

/** How often progress of a transfer under way is looked at. */
const PROGRESS_INTERVAL_MS = 200;
/** `rounds: auto` wants every interval at most this wide (half, relative), after at least so many rounds. */
const NARROW_ENOUGH = 0.03;
const FEWEST_AUTO_ROUNDS = 6;
const MOST_AUTO_ROUNDS = 100;
const STOP_RULE_RESAMPLES = 1000;

export interface RunListener {
  event(event: RunEvent): void;
  progress(progress: Progress): void;
}

/** @param cancelled aborts the transfer under way and ends the run */
export async function runExperiment(
  addon: NativeAddon,
  experiment: Experiment,
  resultFile: string,
  tool: string,
  listener: RunListener,
  cancelled: AbortSignal,
): Promise<Outcome<RunEnd>> {
  const opened = await openDocument(addon, experiment, resultFile, tool);
  if (!opened.ok) return opened;
  const { result, journal } = opened.value;
  listener.event({ type: 'started', result });
  listener.progress(FIRST_PROGRESS);
  const source = await unlessCancelled(
    addon.openSource(
      experiment.source.kind === 'file'
        ? experiment.source
        : { kind: 'generated', directory: experiment.directory, bytes: experiment.bytes, seed: experiment.seed },
    ),
    cancelled,
  );
  if (source === null || !source.ok) {
    journal.close();
    rmSync(resultFile, { force: true });
    removeJournal(resultFile);
    return source === null
      ? ok({ how: 'cancelled', fileKept: false })
      : { ok: false, problem: describeSystemError(source.error) };
  }
  try {
    return await new Run(addon, source.value, opened.value, resultFile, listener, cancelled).toTheEnd();
  } finally {
    source.value.close();
  }
}

/** The document as planned, on the disk with its journal before anything is measured. */
async function openDocument(
  addon: NativeAddon,
  experiment: Experiment,
  resultFile: string,
  tool: string,
): Promise<Outcome<OpenDocument>> {
  const startedAt = new Date().toISOString();
  const process = thisProcess();
  try {
    const result: Result = {
      format: RESULT_FORMAT,
      version: RESULT_VERSION,
      id: `${startedAt}-${process.pid}`,
      startedAt,
      endedAt: null,
      tool,
      status: 'running',
      reason: null,
      process,
      experiment,
      host: await hostFacts(addon, experiment.directory, experiment.path),
      receiverHost: null,
      cases: [...planCases(experiment)],
      noiseFloor: null,
      calibration: null,
      findings: [],
    };
    const journal = createJournal(resultFile);
    try {
      journal.append({ type: 'started', result });
      journal.sync();
      writeResult(resultFile, result);
    } catch (error) {
      journal.close();
      removeJournal(resultFile);
      throw error;
    }
    return ok({ result, journal });
  } catch (error) {
    return { ok: false, problem: cannotCreate(systemErrorOf(error, resultFile)) };
  }
}

/** A folder that is not there would otherwise be reported as a result file that is not there. */
function cannotCreate(error: SystemError): Problem {
  if (error.code !== 'ENOENT') return describeSystemError(error);
  return {
    code: error.code,
    message: l10n.t('{0} cannot be created: there is no such folder, or it takes no files.', error.path ?? ''),
    hint: l10n.t('Choose another place for the result.'),
  };
}

interface OpenDocument {
  readonly result: Result;
  readonly journal: Journal;
}

/** What ends a run early. */
class Stopped extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

class Run {
  private result: Result;
  private readonly journal: Journal;
  private transfersDone = 0;
  private wholeRounds = 0;

  constructor(
    private readonly addon: NativeAddon,
    private readonly source: NativeSource,
    document: OpenDocument,
    private readonly resultFile: string,
    private readonly listener: RunListener,
    private readonly cancelled: AbortSignal,
  ) {
    this.result = document.result;
    this.journal = document.journal;
  }

  async toTheEnd(): Promise<Outcome<RunEnd>> {
    let stopped: Problem | null = null;
    try {
      await this.verifyAll();
      await this.measureRounds();
    } catch (error) {
      stopped = error instanceof Stopped ? error.problem : describeSystemError(systemErrorOf(error, this.resultFile));
    }
    return this.finish(stopped);
  }

  /** One untimed transfer per case, hashed end to end; what does not work here is found out by trying. */
  private async verifyAll(): Promise<void> {
    for (const index of this.result.cases.keys()) {
      this.stopIfCancelled();
      const outcome = await this.transfer(index, 'verifying', null);
      if (outcome.kind === 'failed') {
        this.endCase(index, outcome.problem, outcome.unsupported);
        continue;
      }
      const { verification } = outcome.measurement;
      if (verification === null) throw new Error('a verifying transfer came back without a verification');
      const difference = verification.ok ? null : describeDifference(verification);
      this.record({
        type: 'verified',
        case: index,
        verified: { how: verification.how, ok: verification.ok, difference },
      });
      if (difference !== null) {
        this.endCase(index, {
          code: 'not-verified',
          message: difference,
          hint: l10n.t('Do not trust this mode here; its speed was not measured.'),
        });
      }
    }
    this.journal.sync();
  }

  /** Round 0 warms up and is marked so; the others count. */
  private async measureRounds(): Promise<void> {
    const { rounds, timeLimitSeconds } = this.result.experiment;
    const last = rounds === 'auto' ? MOST_AUTO_ROUNDS : rounds;
    const deadline = timeLimitSeconds === null ? Number.POSITIVE_INFINITY : performance.now() + timeLimitSeconds * 1000;
    for (let round = 0; round <= last; round++) {
      if (this.activeCases().length === 0) return;
      await this.measureRound(round);
      this.record({ type: 'round-ended', round });
      this.journal.sync();
      this.wholeRounds = round;
      if (rounds === 'auto' && round >= FEWEST_AUTO_ROUNDS && this.isSettled()) return;
      if (performance.now() > deadline && round < last) {
        if (rounds === 'auto') return;
        throw new Stopped({
          code: 'time-limit',
          message: l10n.t(
            'The time limit of {0} s ended the run after {1} of {2} rounds.',
            timeLimitSeconds ?? 0,
            round,
            rounds,
          ),
          hint: l10n.t('Raise --time-limit, or choose fewer rounds or a smaller size.'),
        });
      }
    }
  }

  private async measureRound(round: number): Promise<void> {
    for (const index of roundOrder(this.result.experiment, this.result.cases.length, round)) {
      if (this.result.cases[index]?.status !== 'pending') continue;
      this.stopIfCancelled();
      const residency = await this.prepareCache();
      const outcome = await this.transfer(index, round === 0 ? 'warm-up' : 'measuring', round);
      if (outcome.kind === 'failed') {
        this.endCase(index, outcome.problem, outcome.unsupported);
        continue;
      }
      this.record({ type: 'sample', case: index, sample: sampleOf(outcome.measurement, round, residency) });
    }
  }

  /** Brings the source into the cache state the experiment asks for. @returns its residency, null where unknown */
  private async prepareCache(): Promise<number | null> {
    const cold = this.result.experiment.cache === 'cold';
    if (cold || this.residency() !== 1) {
      const prepared = await unlessCancelled(cold ? this.source.drop() : this.source.warm(), this.cancelled);
      this.stopIfCancelled();
      if (prepared !== null && !prepared.ok) throw new Stopped(describeSystemError(prepared.error));
    }
    return this.residency();
  }

  private residency(): number | null {
    const residency = this.source.residency();
    return residency.ok ? residency.value : null;
  }

  private async transfer(
    index: number,
    phase: 'verifying' | 'warm-up' | 'measuring',
    round: number | null,
  ): Promise<{ kind: 'done'; measurement: TransferMeasurement } | ({ kind: 'failed' } & Failure)> {
    const one = this.result.cases[index] as Case;
    const running = this.addon.startTransfer(
      this.source,
      requestOf(this.result.experiment, one, phase === 'verifying'),
    );
    const cancel = () => running.cancel();
    this.cancelled.addEventListener('abort', cancel, { once: true });
    const started = performance.now();
    const report = (bytes: number, elapsedNs: number) =>
      this.listener.progress({
        fraction:
          (this.transfersDone + (one.bytes === 0 ? 0 : Math.min(1, bytes / one.bytes))) / this.transfersPlanned(),
        phase,
        case: index,
        round,
        mibPerSecond: bytes === 0 || phase === 'verifying' ? null : mibPerSecond(bytes, elapsedNs),
      });
    const watch = setInterval(
      () => report(running.bytesSoFar(), (performance.now() - started) * 1e6),
      PROGRESS_INTERVAL_MS,
    );
    try {
      const outcome = await running.done;
      if (this.cancelled.aborted) throw new Stopped(cancelledProblem());
      if (!outcome.ok)
        return { kind: 'failed', ...explainFailure(one.mode, one.path, outcome.error, this.result.host) };
      report(outcome.value.bytes, outcome.value.wallNs);
      this.transfersDone++;
      return outcome.value.bytes === one.bytes || phase === 'verifying'
        ? { kind: 'done', measurement: outcome.value }
        : { kind: 'failed', problem: shortTransfer(one, outcome.value.bytes), unsupported: false };
    } finally {
      clearInterval(watch);
      this.cancelled.removeEventListener('abort', cancel);
    }
  }

  private transfersPlanned(): number {
    const { rounds } = this.result.experiment;
    const roundCount = rounds === 'auto' ? Math.max(FEWEST_AUTO_ROUNDS, this.wholeRounds + 1) : rounds;
    const cases = this.result.cases.length;
    return Math.max(this.transfersDone + 1, cases * (roundCount + 2));
  }

  private activeCases(): readonly Case[] {
    return this.result.cases.filter((one) => one.status === 'pending');
  }

  private isSettled(): boolean {
    return summarise(this.result, STOP_RULE_RESAMPLES).cases.every(isNarrow);
  }

  private endCase(index: number, problem: Problem, unsupported = false): void {
    const status = unsupported ? 'unsupported' : 'failed';
    this.record({ type: 'case-ended', case: index, status, reason: problem });
  }

  private record(event: RunEvent): void {
    this.result = applyEvent(this.result, event);
    this.journal.append(event);
    this.listener.event(event);
  }

  private stopIfCancelled(): void {
    if (this.cancelled.aborted) throw new Stopped(cancelledProblem());
  }

  /** Writes the final document, or leaves nothing when it was cancelled before one whole counted round. */
  private finish(stopped: Problem | null): Outcome<RunEnd> {
    this.journal.close();
    const wasCancelled = this.cancelled.aborted;
    const fileKept = !(wasCancelled && this.wholeRounds === 0);
    const status = stopped !== null ? 'partial' : this.activeCases().length === 0 ? 'failed' : 'complete';
    const result = withSettled(finished(this.result, status, stopped));
    if (fileKept) {
      try {
        writeResult(this.resultFile, result);
      } catch (error) {
        // The journal stays: whoever opens the result next finishes it from there.
        const problem = describeSystemError(systemErrorOf(error, this.resultFile));
        return refuse(problem.code, problem.message, problem.hint);
      }
    } else {
      rmSync(this.resultFile, { force: true });
    }
    removeJournal(this.resultFile);
    this.listener.event({ type: 'finished', result });
    return ok({ how: wasCancelled ? 'cancelled' : 'ended', fileKept });
  }
}

/** The outcome of native work, or null when the run is cancelled first. What is under way then ends with the process. */
function unlessCancelled<T>(work: Promise<T>, cancelled: AbortSignal): Promise<T | null> {
  return new Promise((resolve, reject) => {
    if (cancelled.aborted) resolve(null);
    cancelled.addEventListener('abort', () => resolve(null), { once: true });
    work.then(resolve, reject);
  });
}

function requestOf(experiment: Experiment, one: Case, verify: boolean): TransferRequest {
  return {
    mode: one.mode,
    destination:
      experiment.receiver === null
        ? { kind: 'file', directory: experiment.directory }
        : {
            kind: 'socket',
            receiver: experiment.receiver.kind,
            receiverBufferBytes: experiment.receiver.bufferBytes,
            ...(experiment.receiver.directory === null ? {} : { directory: experiment.receiver.directory }),
          },
    // Whole-transfer modes have no buffer and ignore this.
    bufferBytes: one.bufferBytes ?? 1,
    options: {
      ...(experiment.pipeBytes === null ? {} : { pipeBytes: experiment.pipeBytes }),
      queueDepth: experiment.queueDepth,
    },
    verify,
  };
}

function sampleOf(measured: TransferMeasurement, round: number, residency: number | null): Sample {
  const { wallNs, senderDoneNs, setupNs, sender, receiver, zerocopy, observed } = measured;
  return {
    round,
    warmup: round === 0,
    wallNs,
    senderDoneNs,
    setupNs,
    residency,
    outlier: null,
    sender,
    receiver,
    zerocopy,
    observed,
  };
}

function withSettled(result: Result): Result {
  if (result.experiment.rounds !== 'auto') return result;
  return {
    ...result,
    cases: result.cases.map((one) => ({ ...one, settled: one.summary === null ? null : isNarrow(one) })),
  };
}

function isNarrow(one: Case): boolean {
  return one.summary === null || relativeHalfWidth(one.summary.mibPerSecond) <= NARROW_ENOUGH;
}

function cancelledProblem(): Problem {
  return {
    code: 'cancelled',
    message: l10n.t('The run was cancelled.'),
    hint: l10n.t('The rounds measured until then are kept; run the experiment again for the rest.'),
  };
}

function shortTransfer(one: Case, bytes: number): Problem {
  return {
    code: 'SHORT',
    message: l10n.t('{0} delivered {1} of {2} bytes.', findMode(one.mode)?.name ?? one.mode, bytes, one.bytes),
    hint: l10n.t('Run again on a file nobody is changing.'),
  };
}
