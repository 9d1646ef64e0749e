/** What the active editor shows of a result, for the actions in its title. */
import * as vscode from 'vscode';
import { ContextKey } from './contributions.ts';
import { CONTEXT_KEYS, EDITORS, type ShownResult } from './ids.ts';

/** Keeps the context key in step with the pages: each tells when it becomes the active one, and when it no longer is. */
export class ActiveResult {
  private readonly key = new ContextKey(CONTEXT_KEYS.activeResult);
  private page: object | undefined;

  /** @param page the one that is active, with what it shows now */
  show(page: object, shown: ShownResult): void {
    this.page = page;
    this.key.set(shown);
  }

  /** @param page one that is active no longer; another one may have become so before */
  leave(page: object): void {
    if (this.page !== page) return;
    this.page = undefined;
    this.key.set(undefined);
  }
}

/** The file of the result in the active editor; undefined where that is something else. */
export function activeResultFile(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputCustom && input.viewType === EDITORS.result ? input.uri : undefined;
}
