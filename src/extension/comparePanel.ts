/** The pages of comparisons. Open, hide, reload and restore are one way: the page asks, and the files are read. */
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { compareFiles } from '../lab/compareFiles.ts';
import { type Comparison, MOST_RESULTS } from '../model/comparison/comparison.ts';
import { comparisonAsText } from '../model/comparison/words.ts';
import type { PageMessage } from '../model/messages.ts';
import type { RequestOf } from '../model/pageRequest.ts';
import type { Outcome } from '../model/problems.ts';
import { refuse } from '../model/problems.ts';
import { EDITORS, PANELS } from './ids.ts';
import { pageFiles, pageHtml } from './pageHtml.ts';
import { onPageRequest } from './pageRequests.ts';
import { notOnThisHost } from './resultEditor.ts';

/** A panel for every set of results, and those of the window before. */
export class ComparePanels implements vscode.WebviewPanelSerializer {
  private readonly pages = new Set<ComparePage>();

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly language: string,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  /** @param files the reference first */
  show(files: readonly vscode.Uri[]): void {
    const open = [...this.pages].find((page) => page.isOf(files));
    if (open !== undefined) open.panel.reveal();
    else this.fill(vscode.window.createWebviewPanel(PANELS.compare, titleOf(files), vscode.ViewColumn.Active), files);
  }

  /** @param state what the page kept, see `Arrangement`: input like any other */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const kept = (state as { readonly files?: unknown } | null | undefined)?.files;
    const files = Array.isArray(kept) ? kept.slice(0, MOST_RESULTS) : [];
    this.fill(
      panel,
      files.flatMap((each) => uriOf(each) ?? []),
    );
  }

  private fill(panel: vscode.WebviewPanel, files: readonly vscode.Uri[]): void {
    panel.webview.options = { enableScripts: true, localResourceRoots: [pageFiles(this.extensionUri)] };
    const page = new ComparePage(panel, files, this.log);
    this.pages.add(page);
    panel.onDidDispose(() => {
      this.pages.delete(page);
      page.dispose();
    });
    const title = l10n.t('Comparison of results');
    panel.webview.html = pageHtml(panel.webview, this.extensionUri, this.language, 'compare', title);
  }
}

/** One open page: answers its requests, and tells it when a file changed. */
class ComparePage {
  private readonly subscriptions: vscode.Disposable[] = [];
  private watchers: vscode.Disposable[] = [];

  constructor(
    readonly panel: vscode.WebviewPanel,
    private files: readonly vscode.Uri[],
    log: vscode.LogOutputChannel,
  ) {
    this.subscriptions.push(onPageRequest(panel.webview, 'compare', log, (request) => this.answer(request)));
    this.use(files);
  }

  isOf(files: readonly vscode.Uri[]): boolean {
    return this.files.map(String).join() === files.map(String).join();
  }

  dispose(): void {
    for (const each of [...this.subscriptions, ...this.watchers]) each.dispose();
  }

  private use(files: readonly vscode.Uri[]): void {
    for (const each of this.watchers) each.dispose();
    const stale = () => this.post({ type: 'stale' });
    this.files = files;
    this.watchers = files.flatMap((uri) => {
      const watcher = vscode.workspace.createFileSystemWatcher(
        new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), path.basename(uri.path)),
      );
      return [watcher, watcher.onDidChange(stale), watcher.onDidCreate(stale), watcher.onDidDelete(stale)];
    });
    this.panel.title = titleOf(files);
  }

  private async answer(request: RequestOf<'compare'>): Promise<void> {
    const { id } = request;
    switch (request.type) {
      case 'ready': {
        const files = this.files.map(String);
        return this.post({ type: 'reply', id, ok: true, answer: { kind: 'compare', files, outcome: this.compare() } });
      }
      case 'open-result': {
        const uri = this.files[request.file];
        if (uri !== undefined) await vscode.commands.executeCommand('vscode.openWith', uri, EDITORS.result);
        break;
      }
      case 'compare-files':
        this.use([...new Set(request.files)].flatMap((index) => this.files[index] ?? []));
        this.post({ type: 'stale' });
        break;
      case 'copy-comparison': {
        const compared = this.compare();
        if (!compared.ok) return this.post({ type: 'reply', id, ok: false, problem: compared.problem });
        await vscode.env.clipboard.writeText(comparisonAsText(compared.value));
      }
    }
    this.post({ type: 'reply', id, ok: true, answer: null });
  }

  private compare(): Outcome<Comparison> {
    const elsewhere = this.files.find(({ scheme }) => scheme !== 'file');
    if (elsewhere !== undefined) return { ok: false, problem: notOnThisHost(elsewhere) };
    if (this.files.length === 0) {
      return refuse(
        'nothing-kept',
        l10n.t('This page no longer knows which results it compared.'),
        l10n.t('Close it and choose the results again.'),
      );
    }
    return compareFiles(this.files.map(({ fsPath }) => fsPath));
  }

  private post(message: PageMessage): void {
    // A page that is hidden or gone does not answer; it asks again when it comes back.
    void this.panel.webview.postMessage(message);
  }
}

/** Undefined for what is no URI: the constructor throws for some texts. */
function uriOf(kept: unknown): vscode.Uri | undefined {
  try {
    return typeof kept === 'string' ? vscode.Uri.parse(kept, true) : undefined;
  } catch {
    return undefined;
  }
}

function titleOf(files: readonly vscode.Uri[]): string {
  return l10n.t('Compare {0} Results', files.length);
}
