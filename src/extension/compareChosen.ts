/** The command "Compare Results": of what was selected in a list, or is asked for here. */
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { oldestFirst } from '../lab/compareFiles.ts';
import { ResultList } from '../lab/resultList.ts';
import { FEWEST_RESULTS, MOST_RESULTS } from '../model/comparison/comparison.ts';
import type { ComparePanels } from './comparePanel.ts';
import { abilitiesOf, type Entry, entryOf } from './results/entry.ts';
import { resultsFolders } from './results/folders.ts';
import { descriptionOf, iconOf, labelOf } from './results/words.ts';
import { showProblem } from './showProblem.ts';

/** What it takes to list results. */
export interface Surroundings {
  /** The extension's own folder, for a window without one. */
  readonly storage: string;
  readonly language: string;
}

/** @param selected of a list; one alone is a beginning, and the others are asked for */
export async function compareChosen(
  panels: ComparePanels,
  surroundings: Surroundings,
  selected: vscode.Uri | readonly vscode.Uri[] = [],
): Promise<void> {
  const given = selected instanceof vscode.Uri ? [selected] : selected;
  const uris = given.length < FEWEST_RESULTS ? await ask(surroundings, given[0]) : given;
  if (uris === undefined) return;
  if (uris.length < FEWEST_RESULTS || uris.length > MOST_RESULTS) {
    return showProblem({
      code: 'not-so-many',
      message: l10n.t('{0} results cannot be compared.', uris.length),
      hint: l10n.t('Choose {0} to {1} results.', FEWEST_RESULTS, MOST_RESULTS),
    });
  }
  panels.show(await inOrder(uris));
}

async function inOrder(uris: readonly vscode.Uri[]): Promise<readonly vscode.Uri[]> {
  // The page says of what is not on this host that it is not.
  if (uris.some(({ scheme }) => scheme !== 'file')) return uris;
  return (await oldestFirst(uris.map(({ fsPath }) => fsPath))).map((file) => vscode.Uri.file(file));
}

/**
 * Offers the results of this window, newest first.
 * @param first is chosen already
 * @returns undefined where nothing was chosen, or there is nothing to choose from
 */
async function ask(
  { storage, language }: Surroundings,
  first: vscode.Uri | undefined,
): Promise<readonly vscode.Uri[] | undefined> {
  // A result outside of them brings its neighbours along.
  const folders = [
    ...new Set([...resultsFolders(storage), ...(first === undefined ? [] : [path.dirname(first.fsPath)])]),
  ];
  const entries = (await new ResultList().inFolders(folders)).map(entryOf);
  const offered = entries.filter((entry) => abilitiesOf(entry, false).includes('compare')).sort(newestFirst);
  if (offered.length < FEWEST_RESULTS) {
    showProblem({
      code: 'too-few-results',
      message: l10n.t('There are not yet two results in {0}.', folders.join(', ')),
      hint: l10n.t('Run a benchmark twice, or select result files in the Explorer.'),
    });
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(
    offered.map((entry) => ({
      label: `$(${iconOf(entry)}) ${labelOf(entry, language)}`,
      description: dayOf(entry, language),
      detail: descriptionOf(entry),
      picked: entry.file === first?.fsPath,
      file: entry.file,
    })),
    {
      title: l10n.t('Compare Results'),
      placeHolder: l10n.t('Choose {0} to {1} results. The oldest is the reference.', FEWEST_RESULTS, MOST_RESULTS),
      canPickMany: true,
      matchOnDescription: true,
      matchOnDetail: true,
    },
  );
  return picked?.map(({ file }) => vscode.Uri.file(file));
}

function newestFirst(a: Entry, b: Entry): number {
  return startOf(b) - startOf(a);
}

function startOf(entry: Entry): number {
  return entry.kind === 'result' ? Date.parse(entry.head.startedAt) : 0;
}

function dayOf(entry: Entry, language: string): string {
  if (entry.kind !== 'result') return '';
  const day = new Date(entry.head.startedAt).toLocaleDateString(language, { dateStyle: 'medium' });
  return `${day}, ${entry.head.host.name}`;
}
