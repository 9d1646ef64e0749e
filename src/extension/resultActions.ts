/** What can be done with a result that is open, or chosen in a menu. */
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { writeExport } from '../lab/exportedFiles.ts';
import { readResult } from '../lab/resultFile.ts';
import { systemErrorOf } from '../lab/systemError.ts';
import { resultToCsv } from '../model/csv.ts';
import { pageResultOf } from '../model/pageResult.ts';
import { chartOf } from '../model/picture/chart/chartOf.ts';
import type { Shade } from '../model/picture/palettes.ts';
import { describeSystemError, type Outcome, ok } from '../model/problems.ts';
import { type ExportedFile, reportFiles, reportInOne } from '../model/report/report.ts';
import type { Problem } from '../model/result/problem.ts';
import type { Result } from '../model/result/result.ts';
import { withSummaries } from '../model/summary.ts';
import { activeResultFile } from './activeResult.ts';
import type { Experiments } from './experiments.ts';
import { showProblem } from './showProblem.ts';

/** A kind of file that a result can be exported as. */
interface ExportFormat {
  readonly name: string;
  readonly detail: string;
  readonly ending: string;
  /** The text of the file. */
  readonly text: (result: Result) => Outcome<string>;
  /** The file with others beside it, for where there is a folder of this host. @param name of the file */
  readonly files?: (result: Result, name: string) => readonly ExportedFile[];
}

/** All there are, in the order of the menu. */
function exportFormats(): readonly ExportFormat[] {
  return [
    {
      name: 'CSV',
      detail: l10n.t('One row per transfer, for spreadsheets and statistics.'),
      ending: 'csv',
      text: (result) => ok(resultToCsv(result)),
    },
    {
      name: 'Markdown',
      detail: l10n.t('A report with findings, numbers, pictures and the facts of the host.'),
      ending: 'md',
      text: (result) => ok(reportInOne(result, shadeNow())),
      files: (result, name) => reportFiles(result, name, shadeNow()),
    },
    {
      name: 'SVG',
      detail: l10n.t('The first chart as a picture, light or dark as the window is now.'),
      ending: 'svg',
      text: (result) => {
        const chart = chartOf(pageResultOf(withSummaries(result)), { chart: null, hidden: [], shade: shadeNow() });
        return chart.ok ? ok(chart.value.text) : chart;
      },
    },
  ];
}

/** The ground of pictures, as that of the window. */
function shadeNow(): Shade {
  const { kind } = vscode.window.activeColorTheme;
  return kind === vscode.ColorThemeKind.Light || kind === vscode.ColorThemeKind.HighContrastLight ? 'light' : 'dark';
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
  const written = await writeAs(format, chosen.result, target);
  if (!written.ok) return showProblem(written.problem);
  const open = l10n.t('Open');
  const said = l10n.t('Exported to {0}.', path.basename(target.path));
  if ((await vscode.window.showInformationMessage(said, open)) === open) {
    await vscode.commands.executeCommand('vscode.open', target);
  }
}

async function writeAs(format: ExportFormat, result: Result, target: vscode.Uri): Promise<Outcome<null>> {
  if (format.files !== undefined && target.scheme === 'file') {
    const { dir, base } = path.parse(target.fsPath);
    return writeExport(dir, format.files(result, base));
  }
  const text = format.text(result);
  if (!text.ok) return text;
  try {
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text.value));
    return ok(null);
  } catch (error) {
    return { ok: false, problem: describeSystemError(systemErrorOf(error, target.fsPath)) };
  }
}

async function askForFormat(): Promise<ExportFormat | undefined> {
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
