/** The read-only editor of result files. Open, hide, reload and restore are one way: the page asks, the answer is all. */
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { PageAnswer, PageMessage, PageRequest, PageState } from '../model/messages.ts';
import { pageResultOf } from '../model/pageResult.ts';
import { type Outcome, ok } from '../model/problems.ts';
import type { Problem, Result } from '../model/result.ts';
import { samplePageOf } from '../model/samplePage.ts';
import { withSummaries } from '../model/summary.ts';
import type { LiveRuns } from './liveRuns.ts';
import { OpenDocument } from './openDocument.ts';
import { pageFiles, pageHtml } from './pageHtml.ts';
import { runAgain } from './runBenchmark.ts';
import { takeListing } from './takeListing.ts';

export class ResultEditorProvider implements vscode.CustomReadonlyEditorProvider {
  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly language: string,
    private readonly runs: LiveRuns,
  ) {}

  openCustomDocument(uri: vscode.Uri): vscode.CustomDocument {
    return { uri, dispose: () => undefined };
  }

  resolveCustomEditor(document: vscode.CustomDocument, panel: vscode.WebviewPanel): void {
    panel.webview.options = { enableScripts: true, localResourceRoots: [pageFiles(this.extensionUri)] };
    const page = new ResultPage(document.uri, panel.webview, this.runs);
    const title = l10n.t('Zero-copy benchmark');
    panel.webview.html = pageHtml(panel.webview, this.extensionUri, this.language, 'result', title);
    panel.onDidDispose(() => page.dispose());
  }
}

/** One open page: answers its requests, passes the events of its run on. */
class ResultPage {
  private sequence = 0;
  private readonly file: OpenDocument;
  private readonly subscriptions: vscode.Disposable[] = [];

  constructor(
    private readonly uri: vscode.Uri,
    private readonly webview: vscode.Webview,
    private readonly runs: LiveRuns,
  ) {
    this.file = new OpenDocument(uri.fsPath);
    const watcher = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), path.basename(uri.path)),
    );
    const changedByOthers = () => {
      if (this.runs.find(uri.fsPath) === undefined) this.post({ type: 'stale' });
    };
    this.subscriptions.push(
      webview.onDidReceiveMessage((request: PageRequest) => this.answer(request)),
      runs.onUpdate((update) => {
        if (update.file !== uri.fsPath) return;
        if (update.type === 'event') this.post({ type: 'event', sequence: ++this.sequence, event: update.event });
        else this.post({ type: 'progress', progress: update.progress });
      }),
      watcher,
      watcher.onDidChange(changedByOthers),
      watcher.onDidCreate(changedByOthers),
    );
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private async answer(request: PageRequest): Promise<void> {
    const reply = (answer: PageAnswer) => this.post({ type: 'reply', id: request.id, ok: true, answer });
    const refused = (problem: Problem) => this.post({ type: 'reply', id: request.id, ok: false, problem });
    switch (request.type) {
      case 'ready':
        return reply(this.state());
      case 'cancel':
        this.runs.find(this.uri.fsPath)?.cancel();
        return reply(null);
      case 'open-as-text':
        await vscode.commands.executeCommand('vscode.openWith', this.uri, 'default');
        return reply(null);
      case 'run-again': {
        const document = this.document();
        reply(null);
        if (document.ok) await runAgain(this.runs, document.value.experiment, this.uri.fsPath);
        return;
      }
      case 'copy':
        await vscode.env.clipboard.writeText(request.text);
        return reply(null);
      case 'samples': {
        const document = this.document();
        const page = document.ok ? samplePageOf(document.value, request.case, request.offset) : document;
        return page.ok ? reply(page.value) : refused(page.problem);
      }
      case 'listing':
      case 'copy-listing':
      case 'save-listing': {
        const taken = await takeListing(request, this.uri);
        return taken.ok ? reply(taken.value) : refused(taken.problem);
      }
    }
  }

  private state(): PageState {
    const fileName = path.basename(this.uri.path);
    const live = this.runs.find(this.uri.fsPath);
    if (live !== undefined) {
      return { kind: 'run', document: live.result, progress: live.progress, fileName, sequence: this.sequence };
    }
    const read = this.document();
    return read.ok
      ? { kind: 'result', result: pageResultOf(withSummaries(read.value)), fileName }
      : { kind: 'unreadable', problem: read.problem, fileName };
  }

  /** Of the run under way, else of the file. */
  private document(): Outcome<Result> {
    if (this.uri.scheme !== 'file') return { ok: false, problem: notOnThisHost(this.uri) };
    const live = this.runs.find(this.uri.fsPath);
    return live === undefined ? this.file.read() : ok(live.result);
  }

  private post(message: PageMessage): void {
    // A page that is hidden or gone does not answer; it asks again when it comes back.
    void this.webview.postMessage(message);
  }
}

function notOnThisHost(uri: vscode.Uri): Problem {
  return {
    code: 'not-on-this-host',
    message: l10n.t('{0} is not a file on the host of this extension.', uri.toString(true)),
    hint: l10n.t('Save a copy in the open folder and open that.'),
  };
}
