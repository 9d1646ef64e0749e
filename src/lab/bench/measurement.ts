/** The work of a measurement: every case verified once, then timed round by round. */
import * as l10n from '@vscode/l10n';
import type { TransferMeasurement } from '../../../native/addon.d.ts';
import type { Progress } from '../../model/events.ts';
import { findMode } from '../../model/modes/catalogue.ts';
import { roundOrder } from '../../model/plan.ts';
import { describeSystemError } from '../../model/problems.ts';
import type { Failure } from '../../model/refusals.ts';
import { explainFailure } from '../../model/refusals.ts';
import type { Case, Problem, Sample } from '../../model/result.ts';
import { isSettled } from '../../model/stopRule.ts';
import { mibPerSecond } from '../../model/units.ts';
import { describeDifference } from '../../model/verification.ts';
import type { RunDocument } from './runDocument.ts';
import { Stopped, stopIfCancelled, unlessCancelled } from './stopped.ts';
import type { Workload } from './workload.ts';

/** How often progress of a transfer under way is looked at. */
const PROGRESS_INTERVAL_MS = 200;
const FEWEST_AUTO_ROUNDS = 6;
const MOST_AUTO_ROUNDS = 100;

/**
 * Measures every case of the document.
 * @param cancelled aborts the transfer under way and ends the work
 * @throws Stopped when it ends early
 */
export async function measure(
  workload: Workload,
  document: RunDocument,
  progress: (progress: Progress) => void,
  cancelled: AbortSignal,
): Promise<void> {
  const measurement = new Measurement(workload, document, progress, cancelled);
  await measurement.verifyAll();
  await measurement.measureRounds();
}

class Measurement {
  private transfersDone = 0;
  private wholeRounds = 0;

  constructor(
    private readonly workload: Workload,
    private readonly document: RunDocument,
    private readonly progress: (progress: Progress) => void,
    private readonly cancelled: AbortSignal,
  ) {}

  /** One untimed transfer per case, hashed end to end; what does not work here is found out by trying. */
  async verifyAll(): Promise<void> {
    for (const index of this.document.result.cases.keys()) {
      stopIfCancelled(this.cancelled);
      const outcome = await this.transfer(index, 'verifying', null);
      if (outcome.kind === 'failed') {
        this.document.endCase(index, outcome);
        continue;
      }
      const { verification } = outcome.measurement;
      if (verification === null) throw new Error('a verifying transfer came back without a verification');
      const difference = verification.ok ? null : describeDifference(verification);
      this.document.record({
        type: 'verified',
        case: index,
        verified: { how: verification.how, ok: verification.ok, difference },
      });
      if (difference !== null) {
        const problem = {
          code: 'not-verified',
          message: difference,
          hint: l10n.t('Do not trust this mode here; its speed was not measured.'),
        };
        this.document.endCase(index, { problem, unsupported: false });
      }
    }
    this.document.sync();
  }

  /** Round 0 warms up and is marked so; the others count. */
  async measureRounds(): Promise<void> {
    const { rounds, timeLimitSeconds } = this.document.result.experiment;
    const last = rounds === 'auto' ? MOST_AUTO_ROUNDS : rounds;
    const deadline = timeLimitSeconds === null ? Number.POSITIVE_INFINITY : performance.now() + timeLimitSeconds * 1000;
    for (let round = 0; round <= last; round++) {
      if (this.document.activeCases().length === 0) return;
      await this.measureRound(round);
      this.document.record({ type: 'round-ended', round });
      this.document.sync();
      this.wholeRounds = round;
      if (rounds === 'auto' && round >= FEWEST_AUTO_ROUNDS && isSettled(this.document.result)) return;
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
    for (const index of roundOrder(this.document.result.experiment, this.document.result.cases.length, round)) {
      if (this.document.result.cases[index]?.status !== 'pending') continue;
      stopIfCancelled(this.cancelled);
      const residency = await this.prepareCache();
      const outcome = await this.transfer(index, round === 0 ? 'warm-up' : 'measuring', round);
      if (outcome.kind === 'failed') {
        this.document.endCase(index, outcome);
        continue;
      }
      this.document.record({ type: 'sample', case: index, sample: sampleOf(outcome.measurement, round, residency) });
    }
  }

  /** Brings the source into the cache state the experiment asks for. @returns its residency, null where unknown */
  private async prepareCache(): Promise<number | null> {
    const preparing = this.workload.prepareCache();
    if (preparing !== null) {
      const prepared = await unlessCancelled(preparing, this.cancelled);
      stopIfCancelled(this.cancelled);
      if (prepared !== null && !prepared.ok) throw new Stopped(describeSystemError(prepared.error));
    }
    return this.workload.residency();
  }

  private async transfer(
    index: number,
    phase: 'verifying' | 'warm-up' | 'measuring',
    round: number | null,
  ): Promise<{ kind: 'done'; measurement: TransferMeasurement } | ({ kind: 'failed' } & Failure)> {
    const one = this.document.caseAt(index);
    const running = this.workload.start(one, phase === 'verifying');
    const cancel = () => running.cancel();
    this.cancelled.addEventListener('abort', cancel, { once: true });
    const started = performance.now();
    const report = (bytes: number, elapsedNs: number) =>
      this.progress({
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
      stopIfCancelled(this.cancelled);
      if (!outcome.ok) {
        return { kind: 'failed', ...explainFailure(one.mode, one.path, outcome.error, this.document.result.host) };
      }
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
    const { rounds } = this.document.result.experiment;
    const roundCount = rounds === 'auto' ? Math.max(FEWEST_AUTO_ROUNDS, this.wholeRounds + 1) : rounds;
    const cases = this.document.result.cases.length;
    return Math.max(this.transfersDone + 1, cases * (roundCount + 2));
  }
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
    excluded: null,
    sender,
    receiver,
    zerocopy,
    observed,
  };
}

function shortTransfer(one: Case, bytes: number): Problem {
  return {
    code: 'SHORT',
    message: l10n.t('{0} delivered {1} of {2} bytes.', findMode(one.mode)?.name ?? one.mode, bytes, one.bytes),
    hint: l10n.t('Run again on a file nobody is changing.'),
  };
}
