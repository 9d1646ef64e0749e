/** The document of a run under way: what happened so far, in memory, in the journal and at whoever listens. */
import { rmSync } from 'node:fs';
import * as l10n from '@vscode/l10n';
import type { NativeAddon } from '../../../native/addon.d.ts';
import type { RunEvent } from '../../model/events.ts';
import { applyEvent } from '../../model/events.ts';
import type { RunOrder } from '../../model/messages.ts';
import { plannedResult } from '../../model/plannedResult.ts';
import type { Outcome, SystemError } from '../../model/problems.ts';
import { describeSystemError, ok } from '../../model/problems.ts';
import type { Failure } from '../../model/refusals.ts';
import type { Case } from '../../model/result/case.ts';
import type { Experiment } from '../../model/result/experiment.ts';
import type { Problem } from '../../model/result/problem.ts';
import type { Result } from '../../model/result/result.ts';
import { LOOPBACK } from '../host/interface.ts';
import { hostFacts } from '../host.ts';
import type { Journal } from '../journal.ts';
import { createJournal, removeJournal } from '../journal.ts';
import { thisProcess } from '../processIdentity.ts';
import { writeResult } from '../resultFile.ts';
import { removeStacks } from '../stacksFile.ts';
import { systemErrorOf } from '../systemError.ts';
import type { Remote } from './remote.ts';

export class RunDocument {
  private wholeRounds = 0;

  private constructor(
    private current: Result,
    private readonly journal: Journal,
    readonly file: string,
    private readonly listen: (event: RunEvent) => void,
  ) {}

  /** The document as planned, on the disk with its journal before anything is measured. */
  static async open(
    addon: NativeAddon,
    { experiment, resultFile: file, tool }: RunOrder,
    remote: Remote | null,
    listen: (event: RunEvent) => void,
  ): Promise<Outcome<RunDocument>> {
    try {
      const result = await planned(addon, experiment, tool, remote);
      const journal = createJournal(file);
      try {
        journal.append({ type: 'started', result });
        journal.sync();
        writeResult(file, result);
      } catch (error) {
        journal.close();
        removeJournal(file);
        throw error;
      }
      listen({ type: 'started', result });
      return ok(new RunDocument(result, journal, file, listen));
    } catch (error) {
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

  /** Brings what was recorded to the disk. */
  sync(): void {
    this.journal.sync();
  }

  /** Leaves nothing behind. */
  discard(): void {
    this.journal.close();
    rmSync(this.file, { force: true });
    removeJournal(this.file);
  }

  /** Writes the final document, or leaves nothing where it is not kept. */
  finish(result: Result, kept: boolean): Outcome<null> {
    this.current = result;
    if (kept) {
      this.journal.close();
      try {
        writeResult(this.file, result);
      } catch (error) {
        // The journal stays: whoever opens the result next finishes it from there.
        return { ok: false, problem: describeSystemError(systemErrorOf(error, this.file)) };
      }
      removeJournal(this.file);
      // What is there then belongs to an older result of this name.
      if (result.cases.every((one) => (one.evidence?.samples ?? 0) === 0)) removeStacks(this.file);
    } else {
      this.discard();
    }
    this.listen({ type: 'finished', result });
    return ok(null);
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
