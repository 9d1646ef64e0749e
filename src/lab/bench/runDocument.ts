/** The document of a run under way: what happened so far, in memory, in the journal and at whoever listens. */
import { rmSync } from 'node:fs';
import * as l10n from '@vscode/l10n';
import type { NativeAddon } from '../../../native/addon.d.ts';
import type { RunEvent } from '../../model/events.ts';
import { applyEvent } from '../../model/events.ts';
import type { CaseStacks } from '../../model/evidence/stacksFile.ts';
import type { RunOrder } from '../../model/messages.ts';
import { plannedResult } from '../../model/plannedResult.ts';
import type { Outcome, SystemError } from '../../model/problems.ts';
import { describeSystemError, ok } from '../../model/problems.ts';
import type { Failure } from '../../model/refusals.ts';
import type { Case } from '../../model/result/case.ts';
import type { Experiment } from '../../model/result/experiment.ts';
import type { Problem } from '../../model/result/problem.ts';
import type { Result } from '../../model/result/result.ts';
import { HeldFolder } from '../heldFolder.ts';
import { LOOPBACK } from '../host/interface.ts';
import { hostFacts } from '../host.ts';
import type { Journal } from '../journal.ts';
import { createJournal, removeJournal } from '../journal.ts';
import { thisProcess } from '../processIdentity.ts';
import { writeResult } from '../resultFile.ts';
import { removeStacks, writeStacks } from '../stacksFile.ts';
import { systemErrorOf } from '../systemError.ts';
import { resultsElsewhere, resultsLost } from './elsewhere.ts';
import type { Remote } from './remote.ts';
import { Stopped } from './stopped.ts';

export class RunDocument {
  private wholeRounds = 0;

  private constructor(
    private current: Result,
    private readonly journal: Journal,
    readonly file: string,
    /** That of the file: all that is written during the run goes into the folder that was there when it began. */
    private readonly folder: HeldFolder,
    private readonly listen: (event: RunEvent) => void,
  ) {}

  /** The document as planned, on the disk with its journal before anything is measured. */
  static async open(
    addon: NativeAddon,
    { experiment, resultFile: file, tool }: RunOrder,
    remote: Remote | null,
    listen: (event: RunEvent) => void,
  ): Promise<Outcome<RunDocument>> {
    let folder: HeldFolder | null = null;
    try {
      folder = HeldFolder.of(file);
      const result = await planned(addon, experiment, tool, remote);
      const journal = createJournal(file, folder);
      try {
        journal.append({ type: 'started', result });
        journal.sync();
        writeResult(file, result, folder);
      } catch (error) {
        journal.close();
        removeJournal(file, folder);
        throw error;
      }
      listen({ type: 'started', result });
      return ok(new RunDocument(result, journal, file, folder, listen));
    } catch (error) {
      folder?.close();
      return { ok: false, problem: cannotCreate(systemErrorOf(error, file)) };
    }
  }

  get result(): Result {
    return this.current;
  }

  caseAt(index: number): Case {
    return this.current.cases[index] as Case;
  }

  /** Whether one round that counts is complete, or a hazard was met, so that what there is says something. */
  isWorthKeeping(): boolean {
    return this.wholeRounds > 0 || this.current.cases.some((one) => one.hazard?.report != null);
  }

  /** Cases that can still be measured. */
  activeCases(): readonly Case[] {
    return this.current.cases.filter((one) => one.status === 'pending');
  }

  isActive(index: number): boolean {
    return this.caseAt(index).status === 'pending';
  }

  record(event: RunEvent): void {
    this.current = applyEvent(this.current, event);
    if (event.type === 'round-ended') this.wholeRounds = event.round;
    this.journal.append(event);
    this.listen(event);
  }

  endCase(index: number, { problem, unsupported }: Failure): void {
    const status = unsupported ? 'unsupported' : 'failed';
    this.record({ type: 'case-ended', case: index, status, reason: problem });
  }

  /** Brings what was recorded to the disk. @throws Stopped when the folder of the result is gone: all that follows would be lost */
  sync(): void {
    this.journal.sync();
    const lost = resultsLost(this.folder);
    if (lost !== null) throw new Stopped(lost);
  }

  /** Writes what was sampled beside the result. @throws the system's error */
  keepStacks(cases: readonly CaseStacks[]): void {
    writeStacks(this.file, this.current.id, cases, this.folder);
  }

  /** Leaves nothing behind. */
  discard(): void {
    this.journal.close();
    rmSync(this.folder.at(this.file), { force: true });
    removeJournal(this.file, this.folder);
  }

  /** Writes the final document, or leaves nothing where it is not kept. */
  finish(result: Result, kept: boolean): Outcome<null> {
    this.current = result;
    if (kept) {
      try {
        writeResult(this.file, result, this.folder);
      } catch (error) {
        this.leaveToTheNext(result);
        const problem = resultsElsewhere(this.folder) ?? describeSystemError(systemErrorOf(error, this.file));
        return { ok: false, problem };
      }
      this.journal.close();
      removeJournal(this.file, this.folder);
      // What is there then belongs to an older result of this name.
      if (result.cases.every((one) => (one.evidence?.samples ?? 0) === 0)) removeStacks(this.file, this.folder);
      const elsewhere = resultsElsewhere(this.folder);
      if (elsewhere !== null) return { ok: false, problem: elsewhere };
    } else {
      this.discard();
    }
    this.listen({ type: 'finished', result });
    return ok(null);
  }

  /** The journal stays: whoever opens the result next finishes it from there. */
  private leaveToTheNext(result: Result): void {
    try {
      this.journal.append({ type: 'finished', result });
    } catch {
      // No room: then it is finished from the samples.
    }
    this.journal.close();
  }
}

async function planned(
  addon: NativeAddon,
  experiment: Experiment,
  tool: string,
  remote: Remote | null,
): Promise<Result> {
  const startedAt = new Date().toISOString();
  const process = thisProcess();
  return plannedResult({
    id: `${startedAt}-${process.pid}`,
    startedAt,
    tool,
    process,
    experiment,
    host: await hostFacts(addon, experiment.directory, interfaceOf(experiment, remote)),
    receiverHost: remote?.host ?? null,
  });
}

/** What all bytes leave by; what they leave by in a laboratory is a fact of the case. */
function interfaceOf({ target }: Experiment, remote: Remote | null): string | null {
  return target === 'loopback' ? LOOPBACK : (remote?.interface ?? null);
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
