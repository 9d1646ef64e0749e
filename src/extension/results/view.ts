/** The view around the tree: keeps it up to date, says what is filtered, and tells package.json what there is. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { FEWEST_RESULTS, MOST_RESULTS } from '../../model/comparison/comparison.ts';
import { ContextKey } from '../contributions.ts';
import { CONTEXT_KEYS } from '../ids.ts';
import type { LiveRuns } from '../liveRuns.ts';
import { abilitiesOf, type Entry } from './entry.ts';
import { FolderWatcher } from './folders.ts';
import type { ResultNode } from './groups.ts';
import type { ResultTree } from './tree.ts';

export class ResultsView implements vscode.Disposable {
  private readonly subscriptions: vscode.Disposable;
  private readonly contextKeys = {
    shown: new ContextKey(CONTEXT_KEYS.resultsShown),
    filtered: new ContextKey(CONTEXT_KEYS.resultsFiltered),
    comparable: new ContextKey(CONTEXT_KEYS.resultsComparable),
    host: new ContextKey(CONTEXT_KEYS.host),
  };

  constructor(
    private readonly view: vscode.TreeView<ResultNode>,
    private readonly tree: ResultTree,
    storage: string,
    runs: LiveRuns,
  ) {
    const folders = new FolderWatcher(storage);
    this.subscriptions = vscode.Disposable.from(
      folders,
      folders.onChange(() => void tree.refresh()),
      // The beginning and the end of a run of this window are known before any watcher sees them.
      runs.onUpdate((update) => {
        if (update.type === 'progress' && update.progress === null) folders.soon();
        if (update.type === 'event' && update.event.type === 'started') folders.soon();
      }),
      // Whether a run of somebody else still lives, no file tells.
      this.view.onDidChangeVisibility(({ visible }) => {
        if (visible) folders.soon();
      }),
      this.view.onDidChangeSelection(() => this.tellSelection()),
      tree.onDidChangeTreeData(() => this.tellShown()),
    );
    this.contextKeys.host.set(hostKind());
    void tree.refresh();
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  /** The results that are selected, in the order of the tree. */
  get selected(): readonly Entry[] {
    return this.view.selection.filter((node) => node.kind === 'result' || node.kind === 'unreadable');
  }

  private tellShown(): void {
    const { all, hits } = this.tree.shown;
    const { filter } = this.tree;
    this.contextKeys.shown.set(all === 0 ? 'empty' : hits === 0 ? 'no-hits' : 'some');
    this.contextKeys.filtered.set(filter !== '');
    this.view.message =
      filter === '' || hits === 0 ? '' : l10n.t('Filter “{0}”: {1} of {2} results', filter, hits, all);
  }

  private tellSelection(): void {
    const { selected } = this;
    const comparable =
      selected.length === this.view.selection.length &&
      selected.length >= FEWEST_RESULTS &&
      selected.length <= MOST_RESULTS &&
      selected.every((entry) => abilitiesOf(entry, false).includes('compare'));
    this.contextKeys.comparable.set(comparable);
  }
}

/** A virtual workspace has folders, and none of them is on a disk of this host. */
function hostKind(): 'linux' | 'other' | 'virtual' {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length > 0 && folders.every(({ uri }) => uri.scheme !== 'file')) return 'virtual';
  return process.platform === 'linux' ? 'linux' : 'other';
}
