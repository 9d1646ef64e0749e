/** What can be done with a result that is open, or chosen in a menu. */
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { readResult } from '../lab/resultFile.ts';
import { systemErrorOf } from '../lab/systemError.ts';
import { resultToCsv } from '../model/csv.ts';
import { describeSystemError } from '../model/problems.ts';
import type { Problem, Result } from '../model/result.ts';
import { activeResultFile } from './activeResult.ts';
import type { Experiments } from './experiments.ts';
import { showProblem } from './showProblem.ts';

/** A kind of file that a result can be exported as. */
interface ExportFormat {
  readonly name: string;
  readonly detail: string;
  readonly ending: string;
  readonly text: (result: Result) => string;
}

/** All there are; with more than one, the command asks which. */
function exportFormats(): readonly ExportFormat[] {
  return [
    {
      name: 'CSV',
      detail: l10n.t('One row per transfer, for spreadsheets and statistics.'),
      ending: 'csv',
      text: resultToCsv,
    },
  ];
}

/** Runs the experiment of a result once more. @param uri none: that of the active editor */
export async function runAgain(experiments: Experiments, uri: vscode.Uri | undefined): Promise<void> {
  const chosen = chosenResult(uri);
  if (chosen !== undefined) await experiments.startAgain(chosen.result.experiment, chosen.file);
}

/** Writes a result as a file of another kind, where a dialog says. @param uri none: that of the active editor */
export async function exportResult(uri: vscode.Uri | undefined): Promise<void> {
  const chosen = chosenResult(uri);
  const format = chosen === undefined ? undefined : await askForFormat();
  if (chosen === undefined || format === undefined) return;
  const name = `${path.basename(chosen.file).replace(/\.zcresult\.json$/, '')}.${format.ending}`;
  const target = await vscode.window.showSaveDialog({
    title: l10n.t('Export as {0}', format.name),
    defaultUri: vscode.Uri.file(path.join(path.dirname(chosen.file), name)),
    filters: { [format.name]: [format.ending] },
  });
  if (target === undefined) return;
  try {
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(format.text(chosen.result)));
  } catch (error) {
    return showProblem(describeSystemError(systemErrorOf(error, target.fsPath)));
  }
  const open = l10n.t('Open');
  const said = l10n.t('Exported to {0}.', path.basename(target.path));
  if ((await vscode.window.showInformationMessage(said, open)) === open) {
    await vscode.commands.executeCommand('vscode.open', target);
  }
}

async function askForFormat(): Promise<ExportFormat | undefined> {
  const [only, ...more] = exportFormats();
  if (more.length === 0) return only;
  const items = exportFormats().map((format) => ({ label: format.name, detail: format.detail, format }));
  const title = l10n.t('Export result');
  return (await vscode.window.showQuickPick(items, { title, placeHolder: l10n.t('As what?') }))?.format;
}

/** Reads the result chosen; says why there is none. */
function chosenResult(uri: vscode.Uri | undefined): { readonly file: string; readonly result: Result } | undefined {
  const file = uri ?? activeResultFile();
  if (file === undefined) return refuse(noResult());
  const result = readResult(file.fsPath);
  return result.ok ? { file: file.fsPath, result: result.value } : refuse(result.problem);
}

function noResult(): Problem {
  return {
    code: 'no-result',
    message: l10n.t('No result is open.'),
    hint: l10n.t('Open one first, such as by running a benchmark.'),
  };
}

function refuse(problem: Problem): undefined {
  showProblem(problem);
}
