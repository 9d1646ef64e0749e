/** The command "Compare Results": of what was chosen in a list, or asked for here. */
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { oldestFirst, RESULT_SUFFIX } from '../lab/compareFiles.ts';
import { FEWEST_RESULTS, MOST_RESULTS } from '../model/comparison/comparison.ts';
import type { ComparePanels } from './comparePanel.ts';
import { resultsFolder } from './runBenchmark.ts';
import { showProblem } from './showProblem.ts';

/**
 * @param storage the extension's own folder, for a window without one
 * @param chosen what VS Code hands to a command: nothing from the palette, the clicked URI and all that are selected from a
 * list, or URIs alone
 */
export async function compareChosen(panels: ComparePanels, storage: string, chosen: readonly unknown[]): Promise<void> {
  const uris = [...new Map(chosen.flat().flatMap(asUri)).values()];
  // One alone is a beginning: the others are asked for.
  const files = uris.length < FEWEST_RESULTS ? await ask(resultsFolder(storage, uris[0]), uris[0]) : uris;
  if (files === undefined) return;
  if (files.length < FEWEST_RESULTS || files.length > MOST_RESULTS) {
    return showProblem({
      code: 'not-so-many',
      message: l10n.t('{0} results cannot be compared.', files.length),
      hint: l10n.t('Choose {0} to {1} results.', FEWEST_RESULTS, MOST_RESULTS),
    });
  }
  panels.show(inOrder(files));
}

function asUri(value: unknown): readonly (readonly [string, vscode.Uri])[] {
  return value instanceof vscode.Uri ? [[value.toString(), value]] : [];
}

function inOrder(uris: readonly vscode.Uri[]): readonly vscode.Uri[] {
  if (uris.some(({ scheme }) => scheme !== 'file')) return uris;
  return oldestFirst(uris.map(({ fsPath }) => fsPath)).map((file) => vscode.Uri.file(file));
}

/** @param first is chosen already */
async function ask(folder: string, first: vscode.Uri | undefined): Promise<readonly vscode.Uri[] | undefined> {
  const known = resultsIn(folder);
  const missing = first !== undefined && !known.some(({ file }) => file === first.fsPath);
  const results = missing ? [describe(first.fsPath), ...known] : known;
  if (results.length < FEWEST_RESULTS) {
    showProblem({
      code: 'too-few-results',
      message: l10n.t('There are not yet two results in {0}.', folder),
      hint: l10n.t('Run a benchmark twice, or select result files in the Explorer.'),
    });
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(
    results.map(({ file, changed }) => ({
      label: path.basename(file, RESULT_SUFFIX),
      description: changed.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' }),
      picked: file === first?.fsPath,
      file,
    })),
    {
      title: l10n.t('Compare Results'),
      placeHolder: l10n.t('Choose {0} to {1} results. The oldest is the reference.', FEWEST_RESULTS, MOST_RESULTS),
      canPickMany: true,
      matchOnDescription: true,
    },
  );
  return picked?.map(({ file }) => vscode.Uri.file(file));
}

interface KnownResult {
  readonly file: string;
  readonly changed: Date;
}

/** Newest first; none where there is no such folder. */
function resultsIn(folder: string): readonly KnownResult[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(RESULT_SUFFIX))
      .map((name) => describe(path.join(folder, name)))
      .sort((a, b) => b.changed.getTime() - a.changed.getTime());
  } catch {
    return [];
  }
}

function describe(file: string): KnownResult {
  return { file, changed: statSync(file).mtime };
}
