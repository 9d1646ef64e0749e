/** The commands for experiment files: run the one that is open or chosen, or begin a new one from a preset. */
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { readExperiment } from '../lab/experimentFile.ts';
import { systemErrorOf } from '../lab/systemError.ts';
import { describeSystemError } from '../model/problems.ts';
import { writtenOut } from '../model/request/writtenOut.ts';
import { diagnosticsOf, isExperimentFile } from './experimentDiagnostics.ts';
import type { Experiments } from './experiments.ts';
import { askForExperiment } from './runBenchmark.ts';
import { showProblem } from './showProblem.ts';

const ENDING = '.zcexp.json';

/** Runs an experiment file as it stands in its editor, as `zero-copy-lab run FILE` would. @param uri none: the editor's */
export async function runExperimentFile(experiments: Experiments, uri: vscode.Uri | undefined): Promise<void> {
  const file = uri ?? fileOfActiveTab();
  if (file === undefined || !isExperimentFile(file)) {
    return showProblem({
      code: 'no-experiment-file',
      message: l10n.t('No experiment file is open.'),
      hint: l10n.t('Open a file whose name ends in {0}, or begin one with "New Experiment File".', ENDING),
    });
  }
  // A file that was never saved lies nowhere yet; its text can be run all the same.
  if (!experiments.mayStart(file.scheme === 'untitled' ? undefined : file)) return;
  const document = await openDocument(file);
  if (document === undefined) return;
  if (document.isDirty && !document.isUntitled && !(await document.save())) return;
  const marks = await diagnosticsOf(document);
  const refused = marks.find(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
  if (refused !== undefined) return refuse(document, refused);
  const read = readExperiment(document.getText(), file.fsPath, path.basename(file.path));
  if (!read.ok) return showProblem(read.problem);
  await experiments.start(read.value, file);
}

/** The tab knows its file before its text is there. */
function fileOfActiveTab(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputText ? input.uri : undefined;
}

async function openDocument(file: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(file);
  } catch (error) {
    showProblem(describeSystemError(systemErrorOf(error, file.fsPath)));
    return undefined;
  }
}

/** Says what the mark in the file says, and leads there. */
async function refuse(document: vscode.TextDocument, { message, range }: vscode.Diagnostic): Promise<void> {
  const show = l10n.t('Show in File');
  const said = `${path.basename(document.uri.path)}: ${message}`;
  if ((await vscode.window.showErrorMessage(said, show)) !== show) return;
  await vscode.window.showTextDocument(document, { selection: range });
}

/** Asks for path and preset, and opens a new file that says all of what they mean. It is not on the disk until saved. */
export async function newExperimentFile(): Promise<void> {
  const chosen = await askForExperiment(l10n.t('New experiment file'), undefined);
  if (chosen === undefined) return;
  const text = `${JSON.stringify(writtenOut(chosen.preset, chosen.path), null, 2)}\n`;
  const document = await vscode.workspace.openTextDocument(await unusedName(chosen.preset.id));
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, new vscode.Position(0, 0), text);
  await vscode.workspace.applyEdit(edit);
  await vscode.window.showTextDocument(document);
}

/** `quick.zcexp.json` in the open folder, or with a number where there is one. Without a folder, it gets a place when saved. */
async function unusedName(name: string): Promise<vscode.Uri> {
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri;
  for (let nth = 1; ; nth++) {
    const fileName = `${name}${nth === 1 ? '' : `-${nth}`}${ENDING}`;
    const file = folder === undefined ? undefined : vscode.Uri.joinPath(folder, fileName);
    const untitled = file?.with({ scheme: 'untitled' }) ?? vscode.Uri.from({ scheme: 'untitled', path: fileName });
    if (!isOpen(untitled) && (file === undefined || !(await exists(file)))) return untitled;
  }
}

function isOpen(uri: vscode.Uri): boolean {
  return vscode.workspace.textDocuments.some((document) => document.uri.toString() === uri.toString());
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
