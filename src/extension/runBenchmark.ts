/** The command: asks for path and preset, checks what can be known beforehand, and starts the run. */
import os from 'node:os';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { prepareExperiment } from '../lab/preflight.ts';
import { discardUnusedResultsFolder, makeResultsFolder, newResultFile } from '../lab/resultFile.ts';
import { systemErrorOf } from '../lab/systemError.ts';
import { FILE_PATHS, pathDescriptors } from '../model/paths.ts';
import { presetsFor } from '../model/presets.ts';
import { describeSystemError } from '../model/problems.ts';
import type { ExperimentRequest } from '../model/request/file.ts';
import type { Experiment, Problem } from '../model/result.ts';
import { readSetting } from './contributions.ts';
import { SETTINGS } from './ids.ts';
import type { LiveRuns } from './liveRuns.ts';
import { showProblem } from './showProblem.ts';

/**
 * @param storage the extension's own folder, for results when no folder is open
 * @param source a file from the Explorer, or undefined for a generated source
 */
export async function runBenchmark(runs: LiveRuns, storage: string, source: vscode.Uri | undefined): Promise<void> {
  const obstacle = whyNotHere(source);
  if (obstacle !== null) return showProblem(obstacle);
  if (!vscode.workspace.isTrusted) return offerTrust(runsNeedTrust());
  const request = await ask(source);
  if (request !== undefined) await runRequest(runs, request, resultsFolder(storage, source));
}

/**
 * Completes a request and runs it. The folder is trusted and this host can run, by then.
 * @param folder for the result, and for the unnamed files where the request names no other
 */
export async function runRequest(runs: LiveRuns, request: ExperimentRequest, folder: string): Promise<void> {
  try {
    makeResultsFolder(folder);
  } catch (error) {
    return showProblem(describeSystemError(systemErrorOf(error, folder)));
  }
  const experiment = await prepareExperiment(request, os.homedir(), folder);
  if (!experiment.ok) {
    discardUnusedResultsFolder(folder);
    return showProblem(experiment.problem);
  }
  await runs.start(experiment.value, newResultFile(folder, experiment.value));
  discardUnusedResultsFolder(folder);
}

/** Runs the experiment of a result once more, into a new file beside it. */
export async function runAgain(runs: LiveRuns, experiment: Experiment, previous: string): Promise<void> {
  if (!vscode.workspace.isTrusted) return offerTrust(runsNeedTrust());
  const file = newResultFile(path.dirname(previous), experiment);
  await runs.start(experiment, file);
}

/** The reason why this side of VS Code cannot run anything, or null. */
export function whyNotHere(source: vscode.Uri | undefined): Problem | null {
  if (process.platform !== 'linux') {
    return {
      code: 'not-linux',
      message: l10n.t('Runs need a Linux kernel; this extension host is on {0}.', process.platform),
      hint: l10n.t(
        'Open the folder on a Linux host over Remote-SSH and run the command there; saved results open here.',
      ),
    };
  }
  if (source !== undefined && source.scheme !== 'file') {
    return {
      code: 'not-a-file',
      message: l10n.t('{0} is not a file on this host.', source.toString(true)),
      hint: l10n.t('Choose a file on the machine whose folder is open.'),
    };
  }
  return null;
}

/** Refuses what must not happen in a folder that is not trusted, and offers to change that. */
export async function offerTrust(refusal: string): Promise<void> {
  const manage = l10n.t('Manage Workspace Trust');
  if ((await vscode.window.showWarningMessage(refusal, manage)) === manage) {
    await vscode.commands.executeCommand('workbench.trust.manage');
  }
}

export function runsNeedTrust(): string {
  return l10n.t(
    'Benchmarks do not run in Restricted Mode: they write files and start native code. Saved results can be viewed.',
  );
}

async function ask(source: vscode.Uri | undefined): Promise<ExperimentRequest | undefined> {
  const chosenPath = await vscode.window.showQuickPick(
    pathDescriptors()
      .filter(({ id }) => source === undefined || FILE_PATHS.includes(id))
      .map((each) => ({ label: each.name, detail: each.summary, id: each.id })),
    { title: l10n.t('Run zero-copy benchmark (1/2)'), placeHolder: l10n.t('Where do the bytes go?') },
  );
  if (chosenPath === undefined) return undefined;
  const chosenPreset = await vscode.window.showQuickPick(
    presetsFor(chosenPath.id, source !== undefined).map((each) => ({ label: each.id, detail: each.summary })),
    { title: l10n.t('Run zero-copy benchmark (2/2)'), placeHolder: l10n.t('How much is measured?') },
  );
  if (chosenPreset === undefined) return undefined;
  return {
    path: chosenPath.id,
    preset: chosenPreset.label,
    ...(source === undefined ? {} : { source: source.fsPath }),
  };
}

/** The results folder of the workspace folder concerned, or the extension's own storage with no folder open. */
export function resultsFolder(storage: string, source: vscode.Uri | undefined): string {
  const owner = source === undefined ? undefined : vscode.workspace.getWorkspaceFolder(source);
  const folder = owner ?? vscode.workspace.workspaceFolders?.find((each) => each.uri.scheme === 'file');
  if (folder === undefined) return storage;
  const { resultsFolder: setting } = SETTINGS;
  return path.resolve(folder.uri.fsPath, readSetting(setting, folder.uri) || setting.fallback);
}
