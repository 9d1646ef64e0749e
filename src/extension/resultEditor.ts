/** The read-only editor of result files. Open, hide, reload and restore are one way: the page asks, the answer is all. */
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { PageAnswer, PageMessage, PageState } from '../model/messages.ts';
import type { RequestOf } from '../model/pageRequest.ts';
import { pageResultOf } from '../model/pageResult.ts';
import { chartOf } from '../model/picture/chart/chartOf.ts';
import { slideOf } from '../model/picture/flow/slideOf.ts';
import { type Outcome, ok } from '../model/problems.ts';
import type { Problem } from '../model/result/problem.ts';
import type { Result } from '../model/result/result.ts';
import { samplePageOf } from '../model/samplePage.ts';
import { withSummaries } from '../model/summary.ts';
import { ActiveResult } from './activeResult.ts';
import type { Arrangements } from './arrangements.ts';
import { runCommand } from './contributions.ts';
import type { Experiments } from './experiments.ts';
import { COMMANDS, type ShownResult } from './ids.ts';
import type { LiveRuns } from './liveRuns.ts';
import { OpenDocument } from './openDocument.ts';
import { pageFiles, pageHtml } from './pageHtml.ts';
import { onPageRequest } from './pageRequests.ts';
import { savePicture } from './savePicture.ts';
import { takeListing } from './takeListing.ts';

export class ResultEditors {
  private readonly active = new ActiveResult();

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly language: string,
    private readonly runs: LiveRuns,
    private readonly experiments: Experiments,
    private readonly arrangements: Arrangements,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  resolveCustomEditor(document: vscode.CustomDocument, panel: vscode.WebviewPanel): void {
    panel.webview.options = { enableScripts: true, localResourceRoots: [pageFiles(this.extensionUri)] };
    const page = new ResultPage(document.uri, panel, {
      runs: this.runs,
      experiments: this.experiments,
      arrangements: this.arrangements,
      active: this.active,
      log: this.log,
    });
    const title = l10n.t('Zero-copy benchmark');
    panel.webview.html = pageHtml(panel.webview, this.extensionUri, this.language, 'result', title);
    panel.onDidDispose(() => page.dispose());
  }
}

/** What the pages share. */
interface Shared {
  readonly runs: LiveRuns;
  readonly experiments: Experiments;
  readonly arrangements: Arrangements;
  readonly active: ActiveResult;
  readonly log: vscode.LogOutputChannel;
}

/** One open page: answers its requests, passes the events of its run on. */
class ResultPage {
  private sequence = 0;
  private shown: ShownResult | undefined;
  private readonly file: OpenDocument;
  private readonly subscriptions: vscode.Disposable[] = [];

  constructor(
    private readonly uri: vscode.Uri,
    private readonly panel: vscode.WebviewPanel,
    private readonly shared: Shared,
  ) {
    const { webview } = panel;
    const { runs } = shared;
    this.file = new OpenDocument(uri.fsPath);
    const watcher = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), path.basename(uri.path)),
    );
    const changedByOthers = () => {
      if (runs.find(uri.fsPath) === undefined) this.post({ type: 'stale' });
    };
    this.subscriptions.push(
      onPageRequest(webview, 'result', shared.log, (request) => this.answer(request)),
      runs.onUpdate((update) => {
        if (update.file !== uri.fsPath) return;
        if (update.type === 'found') return this.post({ type: 'stale' });
        if (update.type === 'progress') return this.post({ type: 'progress', progress: update.progress });
        this.post({ type: 'event', sequence: ++this.sequence, event: update.event });
        if (update.event.type === 'finished') this.show(update.event.result.status);
      }),
      panel.onDidChangeViewState(() => this.announce()),
      watcher,
      watcher.onDidChange(changedByOthers),
      watcher.onDidCreate(changedByOthers),
    );
  }

  dispose(): void {
    this.shared.active.leave(this);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private async answer(request: RequestOf<'result'>): Promise<void> {
    const reply = (answer: PageAnswer) => this.post({ type: 'reply', id: request.id, ok: true, answer });
    const refused = (problem: Problem) => this.post({ type: 'reply', id: request.id, ok: false, problem });
    switch (request.type) {
      case 'ready':
        return this.answerReady(reply);
      case 'cancel':
        this.shared.runs.find(this.uri.fsPath)?.cancel();
        return reply(null);
      case 'arrangement': {
        const document = this.document();
        return reply(document.ok ? this.shared.arrangements.find(document.value.id) : null);
      }
      case 'arrange': {
        const document = this.document();
        if (document.ok) await this.shared.arrangements.keep(document.value.id, request.kept);
        return reply(null);
      }
      case 'open-as-text':
        await vscode.commands.executeCommand('vscode.openWith', this.uri, 'default');
        return reply(null);
      case 'open-word':
        await runCommand(COMMANDS.openGlossary, request.word);
        return reply(null);
      case 'run-again': {
        const document = this.document();
        reply(null);
        if (document.ok) await this.shared.experiments.startAgain(document.value.experiment, this.uri.fsPath);
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
      case 'flow-picture': {
        const document = this.document();
        const slide = document.ok ? slideOf(document.value, request) : document;
        return slide.ok ? reply(slide.value) : refused(slide.problem);
      }
      case 'chart-picture': {
        const document = this.document();
        const picture = document.ok ? chartOf(pageResultOf(withSummaries(document.value)), request) : document;
        return picture.ok ? reply(picture.value) : refused(picture.problem);
      }
      case 'save-picture': {
        const saved = await savePicture(request, this.uri);
        return saved.ok ? reply(null) : refused(saved.problem);
      }
      case 'listing':
      case 'copy-listing':
      case 'save-listing': {
        const taken = await takeListing(request, this.uri);
        return taken.ok ? reply(taken.value) : refused(taken.problem);
      }
    }
  }

  private answerReady(reply: (answer: PageAnswer) => void): void {
    const state = this.state();
    this.show(state.kind === 'run' ? 'running' : state.kind === 'result' ? state.result.status : 'unreadable');
    reply(state);
  }

  /** @param shown what this page shows from now on */
  private show(shown: ShownResult): void {
    this.shown = shown;
    this.announce();
  }

  private announce(): void {
    if (this.panel.active && this.shown !== undefined) this.shared.active.show(this, this.shown);
    else this.shared.active.leave(this);
  }

  private state(): PageState {
    const fileName = path.basename(this.uri.path);
    const live = this.shared.runs.find(this.uri.fsPath);
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
    const live = this.shared.runs.find(this.uri.fsPath);
    return live === undefined ? this.file.read() : ok(live.result);
  }

  private post(message: PageMessage): void {
    // A page that is hidden or gone does not answer; it asks again when it comes back.
    void this.panel.webview.postMessage(message);
  }
}

/** Why a file of another filesystem, such as one over the web, is not read. */
export function notOnThisHost(uri: vscode.Uri): Problem {
  return {
    code: 'not-on-this-host',
    message: l10n.t('{0} is not a file on the host of this extension.', uri.toString(true)),
    hint: l10n.t('Save a copy in the open folder and open that.'),
  };
}
