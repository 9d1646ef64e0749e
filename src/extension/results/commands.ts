/** What can be done with results from the tree: with those of a menu, or with those selected where a key was pressed. */
import { existsSync } from 'node:fs';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { sideFilesOf } from '../../lab/resultFile.ts';
import { labelResult } from '../../lab/resultLabel.ts';
import { runCommand } from '../contributions.ts';
import { COMMANDS } from '../ids.ts';
import { closeTabsOf } from '../resultTabs.ts';
import { showProblem } from '../showProblem.ts';
import { type Ability, abilitiesOf, type Entry, stemOf } from './entry.ts';
import { resultsFolders } from './folders.ts';
import type { ResultNode } from './groups.ts';
import type { ResultTree } from './tree.ts';
import type { ResultsView } from './view.ts';

/** Longer ones would not fit into any list. */
const LONGEST_LABEL = 100;

export class ResultCommands {
  constructor(
    private readonly tree: ResultTree,
    private readonly view: ResultsView,
    private readonly storage: string,
  ) {}

  /** The tree follows what is typed; Escape brings the filter of before back. */
  filter(): void {
    const before = this.tree.filter;
    const box = vscode.window.createInputBox();
    let accepted = false;
    box.title = l10n.t('Filter results');
    box.placeholder = l10n.t('Words of label, host, preset, mode, path or status');
    box.value = before;
    box.onDidChangeValue((value) => {
      this.tree.filter = value.trim();
    });
    box.onDidAccept(() => {
      accepted = true;
      box.hide();
    });
    box.onDidHide(() => {
      if (!accepted) this.tree.filter = before;
      box.dispose();
    });
    box.show();
  }

  clearFilter(): void {
    this.tree.filter = '';
  }

  async label(node: ResultNode | undefined): Promise<void> {
    const [entry] = this.chosen('label', node);
    if (entry?.kind !== 'result') return;
    const label = await vscode.window.showInputBox({
      title: l10n.t('Label of {0}', stemOf(entry.file)),
      prompt: l10n.t('Shown in lists and on the page instead of the preset. Leave it empty for none.'),
      value: entry.head.label ?? '',
      validateInput: (value) =>
        value.length > LONGEST_LABEL ? l10n.t('At most {0} characters.', LONGEST_LABEL) : undefined,
    });
    if (label === undefined) return;
    const written = labelResult(entry.file, label.trim() === '' ? null : label.trim());
    if (!written.ok) showProblem(written.problem);
    await this.tree.refresh();
  }

  async remove(node: ResultNode | undefined, selected: readonly ResultNode[] | undefined): Promise<void> {
    const entries = this.chosen('delete', node, selected);
    const [first] = entries;
    if (first === undefined) return;
    const question =
      entries.length === 1
        ? l10n.t('Move the result “{0}” to the trash?', nameOf(first))
        : l10n.t('Move {0} results to the trash?', entries.length);
    const detail = l10n.t('Files that belong to a result, such as its stacks, go with it.');
    const files = entries.flatMap(({ file }) => [file, ...sideFilesOf(file)]);
    if (!(await confirmed(question, detail, l10n.t('Move to Trash')))) return;
    const kept = await deleteAll(files, true);
    if (kept.length > 0 && (await confirmed(withoutTrash(entries.length), '', l10n.t('Delete Permanently')))) {
      const [failure] = await deleteAll(kept, false);
      if (failure !== undefined) {
        showProblem({
          code: 'not-deleted',
          message: l10n.t('{0} could not be deleted.', failure),
          hint: l10n.t('Check that you may write to its folder.'),
        });
      }
    }
    await closeTabsOf(files.filter((file) => !existsSync(file)));
    await this.tree.refresh();
  }

  async reveal(node: ResultNode | undefined): Promise<void> {
    const [entry] = this.chosen('reveal', node);
    if (entry !== undefined) await vscode.commands.executeCommand('revealInExplorer', vscode.Uri.file(entry.file));
  }

  async openAsJson(node: ResultNode | undefined, selected: readonly ResultNode[] | undefined): Promise<void> {
    for (const { file } of this.chosen(null, node, selected)) {
      await vscode.commands.executeCommand('vscode.openWith', vscode.Uri.file(file), 'default', { preview: false });
    }
  }

  async compare(): Promise<void> {
    const uris = this.view.selected.map(({ file }) => vscode.Uri.file(file));
    await runCommand(COMMANDS.compare, uris[0], uris);
  }

  /** In the Explorer where it shows the folder, else in a window of its own. */
  async openFolder(): Promise<void> {
    const folders = resultsFolders(this.storage).filter((folder) => existsSync(folder));
    if (folders.length === 0) {
      void vscode.window.showInformationMessage(l10n.t('There is no results folder yet; the first run makes it.'));
      return;
    }
    const folder =
      folders.length === 1
        ? folders[0]
        : await vscode.window.showQuickPick(folders, { placeHolder: l10n.t('Which results folder?') });
    if (folder === undefined) return;
    const uri = vscode.Uri.file(folder);
    if (vscode.workspace.getWorkspaceFolder(uri) !== undefined) {
      await vscode.commands.executeCommand('revealInExplorer', uri);
    } else {
      await vscode.commands.executeCommand('vscode.openFolder', uri, { forceNewWindow: true });
    }
  }

  /** Those of the menu, else those selected, as far as they can do what is asked for; null asks for nothing. */
  private chosen(
    ability: Ability | null,
    node: ResultNode | undefined,
    selected: readonly ResultNode[] | undefined = node === undefined ? this.view.selected : [node],
  ): readonly Entry[] {
    return selected
      .filter((each) => each.kind === 'result' || each.kind === 'unreadable')
      .filter((entry) => ability === null || abilitiesOf(entry, true).includes(ability));
  }
}

function nameOf(entry: Entry): string {
  return (entry.kind === 'result' ? entry.head.label : null) ?? stemOf(entry.file);
}

function withoutTrash(count: number): string {
  return count === 1
    ? l10n.t('There is no trash here. Delete the result permanently?')
    : l10n.t('There is no trash here. Delete {0} results permanently?', count);
}

async function confirmed(question: string, detail: string, button: string): Promise<boolean> {
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, button)) === button;
}

/** @returns those that are still there, for want of a trash or of the right to delete them */
async function deleteAll(files: readonly string[], useTrash: boolean): Promise<readonly string[]> {
  const kept: string[] = [];
  for (const file of files) {
    await vscode.workspace.fs.delete(vscode.Uri.file(file), { useTrash }).then(undefined, () => kept.push(file));
  }
  return kept;
}
