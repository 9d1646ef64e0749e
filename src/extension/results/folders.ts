/** The folders whose results this window shows, and word of what changes in them. */
import path from 'node:path';
import * as vscode from 'vscode';
import { RESULT_SUFFIX } from '../../model/resultFormat.ts';
import { SETTINGS } from '../ids.ts';
import { resultsFolder } from '../resultsFolder.ts';

/** Many files may change at once: a folder copied, a branch checked out. */
const QUIET_MS = 100;

/** The results folder of every workspace folder on this host, or the extension's own storage when there is none. */
export function resultsFolders(storage: string): readonly string[] {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  return folders.length === 0 ? [storage] : [...new Set(folders.map(({ uri }) => resultsFolder(storage, uri)))];
}

/** Says when a result in one of the folders came, changed or went, or when they are other folders. */
export class FolderWatcher implements vscode.Disposable {
  private readonly changes = new vscode.EventEmitter<void>();
  readonly onChange = this.changes.event;
  private readonly settings: vscode.Disposable;
  private watchers: readonly vscode.Disposable[] = [];
  private pending: NodeJS.Timeout | undefined;

  constructor(private readonly storage: string) {
    this.watch();
    this.settings = vscode.Disposable.from(
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.watchOthers()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.watchOthers()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(SETTINGS.resultsFolder.id)) this.watchOthers();
      }),
    );
  }

  dispose(): void {
    clearTimeout(this.pending);
    vscode.Disposable.from(this.settings, this.changes, ...this.watchers).dispose();
  }

  /** Something changed that the watchers need not see. */
  soon(): void {
    clearTimeout(this.pending);
    this.pending = setTimeout(() => this.changes.fire(), QUIET_MS);
  }

  private watchOthers(): void {
    this.watch();
    this.soon();
  }

  private watch(): void {
    for (const watcher of this.watchers) watcher.dispose();
    this.watchers = resultsFolders(this.storage).flatMap((folder) => [
      this.watchFiles(folder, `*${RESULT_SUFFIX}`, () => true),
      // Of a folder that goes or comes as a whole, its files say nothing.
      this.watchFiles(path.dirname(folder), '*', (file) => file === folder),
    ]);
  }

  private watchFiles(folder: string, pattern: string, isOurs: (file: string) => boolean): vscode.Disposable {
    const watcher = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(vscode.Uri.file(folder), pattern),
    );
    const heed = (uri: vscode.Uri) => {
      if (isOurs(uri.fsPath)) this.soon();
    };
    watcher.onDidCreate(heed);
    watcher.onDidChange(heed);
    watcher.onDidDelete(heed);
    return watcher;
  }
}
