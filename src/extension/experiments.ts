/** Starting an experiment in this window: the one way for the palette, experiment files, pages and the tree. */
import os from 'node:os';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { checkExperiment, prepareExperiment } from '../lab/preflight.ts';
import { discardUnusedResultsFolder, makeResultsFolder, newResultFile } from '../lab/resultFile.ts';
import { systemErrorOf } from '../lab/systemError.ts';
import { describeSystemError } from '../model/problems.ts';
import { WRONG_TOKEN } from '../model/receiverProblems.ts';
import { hostAndPort } from '../model/receiving.ts';
import type { ExperimentRequest } from '../model/request/file.ts';
import { remoteTarget } from '../model/request/target.ts';
import type { Experiment } from '../model/result/experiment.ts';
import { type Retry, remedyOf } from './hosts/remedies.ts';
import type { Tokens } from './hosts/tokens.ts';
import type { LiveRuns } from './liveRuns.ts';
import { isTrustedFor, whyNotHere } from './obstacles.ts';
import { resultsFolders } from './results/folders.ts';
import { resultsFolder } from './resultsFolder.ts';
import { showProblem } from './showProblem.ts';

export class Experiments {
  /** @param storage the extension's own folder, for results of a window without a folder */
  constructor(
    private readonly runs: LiveRuns,
    private readonly storage: string,
    private readonly tokens: Tokens,
  ) {}

  /**
   * Whether a run can be started now; says why not. Asked before the user is, so that no question is asked in vain.
   * @param source a file that is to be moved
   */
  mayStart(source?: vscode.Uri): boolean {
    const obstacle = whyNotHere(source);
    if (obstacle !== null) showProblem(obstacle);
    return obstacle === null && isTrustedFor(runsNeedTrust()) && !this.runs.isBusy();
  }

  /**
   * Completes a request, runs it with its page open, and resolves when it is over. What is wrong with it is said.
   * @param concerning a file in the workspace folder whose results folder it is for; without one, the first folder's
   */
  async start(request: ExperimentRequest, concerning?: vscode.Uri): Promise<void> {
    if (!this.mayStart()) return;
    const folder = resultsFolder(this.storage, concerning);
    try {
      makeResultsFolder(folder);
    } catch (error) {
      return showProblem(describeSystemError(systemErrorOf(error, folder)));
    }
    const experiment = await prepareExperiment(request, os.homedir(), folder);
    if (!experiment.ok) showProblem(experiment.problem);
    else {
      await this.run(experiment.value, folder, {
        again: () => this.start(request, concerning),
        forwarded: () => this.start({ ...request, forward: true }, concerning),
      });
    }
    discardUnusedResultsFolder(folder);
  }

  /** Runs the experiment of a result once more, into a new file beside it. */
  async startAgain(experiment: Experiment, previous: string): Promise<void> {
    if (!this.mayStart()) return;
    // The result may be a stranger's, and its experiment one that nobody checked on this host.
    const possible = await checkExperiment(experiment);
    if (!possible.ok) return showProblem(possible.problem);
    await this.run(experiment, path.dirname(previous), {
      again: () => this.startAgain(experiment, previous),
      forwarded: () => this.startAgain(throughSsh(experiment), previous),
    });
  }

  /** Takes up a run that is under way already, such as one that this window began before it was reloaded. */
  async takeUp(): Promise<void> {
    const ours = resultsFolders(this.storage);
    const problem = await this.runs.takeUp((file) => ours.includes(path.dirname(file)));
    if (problem !== null) showProblem(problem);
  }

  /** Whether the token of a receiver is known by now, where one is wanted; asks for it. @param to as `start` takes it */
  async knowsTokenOf(to: string): Promise<boolean> {
    return remoteTarget(to) === undefined || (await this.tokens.find(to)) !== undefined;
  }

  private async run(experiment: Experiment, folder: string, retry: Retry): Promise<void> {
    if (!(await maySend(experiment))) return;
    const receiver = startedReceiver(experiment);
    const token = receiver === null ? null : await this.tokens.find(receiver);
    if (token === undefined) return;
    const problem = await this.runs.start(experiment, newResultFile(folder, experiment), token);
    if (problem === null) return;
    if (receiver !== null && problem.code === WRONG_TOKEN) this.tokens.forget(receiver);
    showProblem(problem, remedyOf(problem, experiment, retry));
  }
}

/** Asks before a file of this host goes to another: an experiment may have been written by somebody else. */
async function maySend({ source, remote }: Experiment): Promise<boolean> {
  if (source.kind !== 'file' || remote === null) return true;
  const send = l10n.t('Send');
  const question = l10n.t('Send {0} to {1}?', source.path, remote.host);
  const detail = l10n.t(
    'Whoever runs the receiver there can read the file, and between the hosts it is not encrypted unless it goes through ssh.',
  );
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, send)) === send;
}

/** The one that wants a token, as `to` names it; null where there is none, or where ssh starts it. */
function startedReceiver({ remote }: Experiment): string | null {
  return remote?.way === 'direct' ? hostAndPort(remote.host, remote.port) : null;
}

function throughSsh(experiment: Experiment): Experiment {
  const { remote } = experiment;
  return remote === null ? experiment : { ...experiment, remote: { ...remote, way: 'ssh-forwarded' } };
}

/** Why nothing runs in a folder that is not trusted. */
export function runsNeedTrust(): string {
  return l10n.t(
    'Benchmarks do not run in Restricted Mode: they write files and start native code. Saved results can be viewed.',
  );
}
