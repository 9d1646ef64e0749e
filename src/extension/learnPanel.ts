/** The page of words and myths: one panel, which comes back after a reload of the window where its reader had left it. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { readLearnPlace } from '../model/learnPlace.ts';
import type { LearnPlace, LearnSection, PageMessage, PageState } from '../model/messages.ts';
import { findMyth } from '../model/myths.ts';
import type { RequestOf } from '../model/pageRequest.ts';
import type { Outcome } from '../model/problems.ts';
import { ok, refuse } from '../model/problems.ts';
import type { ExperimentRequest } from '../model/request/file.ts';
import { experimentFileText } from '../model/request/text.ts';
import type { Problem } from '../model/result/problem.ts';
import { type Experiments, runsNeedTrust } from './experiments.ts';
import { PANELS } from './ids.ts';
import { whyNotHere } from './obstacles.ts';
import { pageFiles, pageHtml } from './pageHtml.ts';
import { onPageRequest } from './pageRequests.ts';

/** Works in an untrusted workspace too: there it can be read, and nothing can be started from it. */
export class LearnPanel implements vscode.WebviewPanelSerializer, vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private place: LearnPlace = { visit: 0, section: 'glossary', anchor: null };
  private readonly trusted = vscode.workspace.onDidGrantWorkspaceTrust(() => this.post({ type: 'stale' }));

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly language: string,
    private readonly experiments: Experiments,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  /** @param anchor id of a word or of a myth; null is the top */
  open(section: LearnSection, anchor: string | null): void {
    this.place = { visit: this.place.visit + 1, section, anchor };
    if (this.panel === undefined) {
      this.adopt(vscode.window.createWebviewPanel(PANELS.learn, title(), vscode.ViewColumn.Active));
    } else {
      this.panel.reveal();
      this.post({ type: 'stale' });
    }
  }

  /** @param kept what the page had stored, by whichever version of the extension */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, kept: unknown): Promise<void> {
    this.place = readLearnPlace(kept) ?? this.place;
    this.adopt(panel);
  }

  dispose(): void {
    this.trusted.dispose();
    this.panel?.dispose();
  }

  private adopt(panel: vscode.WebviewPanel): void {
    this.panel = panel;
    panel.title = title();
    panel.webview.options = { enableScripts: true, localResourceRoots: [pageFiles(this.extensionUri)] };
    onPageRequest(panel.webview, 'learn', this.log, (request) => this.answer(request));
    panel.webview.html = pageHtml(panel.webview, this.extensionUri, this.language, 'learn', panel.title);
    panel.onDidDispose(() => {
      this.panel = undefined;
    });
  }

  private async answer(request: RequestOf<'learn'>): Promise<void> {
    const reply = (answer: PageState | null) => this.post({ type: 'reply', id: request.id, ok: true, answer });
    switch (request.type) {
      case 'ready':
        return reply(this.state());
      case 'copy-myth':
      case 'run-myth': {
        const experiment = experimentFor(request);
        if (!experiment.ok) {
          return this.post({ type: 'reply', id: request.id, ok: false, problem: experiment.problem });
        }
        if (request.type === 'copy-myth') await vscode.env.clipboard.writeText(experimentFileText(experiment.value));
        reply(null);
        if (request.type === 'run-myth') await this.experiments.start(experiment.value);
      }
    }
  }

  private state(): PageState {
    return { kind: 'learn', place: this.place, obstacle: obstacle() };
  }

  private post(message: PageMessage): void {
    // A page that is hidden or gone does not answer; it asks again when it comes back.
    void this.panel?.webview.postMessage(message);
  }
}

function title(): string {
  return l10n.t('Zero-Copy: Words and Myths');
}

/** Why nothing can be started from here, or null. */
function obstacle(): Problem | null {
  if (vscode.workspace.isTrusted) return whyNotHere(undefined);
  return {
    code: 'restricted',
    message: runsNeedTrust(),
    hint: l10n.t('Trust the folder to run experiments; everything here can be read all the same.'),
  };
}

/** What comes from a page is input like any other. */
function experimentFor({
  type,
  myth: id,
}: Extract<RequestOf<'learn'>, { readonly type: 'run-myth' | 'copy-myth' }>): Outcome<ExperimentRequest> {
  const shown = findMyth(id)?.shown;
  if (shown === undefined || shown.how !== 'run') {
    return refuse(
      'no-experiment',
      l10n.t('There is no experiment for the myth "{0}".', String(id)),
      l10n.t('Close the page and open it again.'),
    );
  }
  const problem = type === 'run-myth' ? obstacle() : null;
  return problem === null ? ok(shown.request) : { ok: false, problem };
}
