/** The command "Probe This Host": finds out what works where results are kept, and shows it on a page. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { BenchOptions, RunningProbe } from '../lab/client.ts';
import { startProbe } from '../lab/client.ts';
import { discardUnusedResultsFolder, makeResultsFolder } from '../lab/resultFile.ts';
import { systemErrorOf } from '../lab/systemError.ts';
import type { PageMessage, PageState } from '../model/messages.ts';
import { findMode } from '../model/modes/catalogue.ts';
import type { RequestOf } from '../model/pageRequest.ts';
import { pathDescriptor } from '../model/paths.ts';
import type { ProbeReport } from '../model/probe.ts';
import type { Outcome } from '../model/problems.ts';
import { describeSystemError } from '../model/problems.ts';
import type { PathId } from '../model/result/path.ts';
import type { Activities, Standing } from './activities.ts';
import { COMMANDS, PANELS } from './ids.ts';
import { isTrustedFor, whyNotHere } from './obstacles.ts';
import { pageFiles, pageHtml } from './pageHtml.ts';
import { onPageRequest } from './pageRequests.ts';
import { resultsFolder } from './resultsFolder.ts';
import { showProblem } from './showProblem.ts';

/** One page, and at most one probe under way behind it. */
export class HostProbe implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private running: RunningProbe | undefined;
  private state: Extract<PageState, { readonly kind: 'probe' }> = {
    kind: 'probe',
    report: null,
    problem: null,
    probing: false,
  };

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly bench: BenchOptions,
    private readonly activities: Activities,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  /** @param storage the extension's own folder, for a window without one */
  async show(storage: string): Promise<void> {
    const obstacle = whyNotHere(undefined);
    if (obstacle !== null) return showProblem(obstacle);
    const refusal = l10n.t('A probe does not run in Restricted Mode: it writes files and starts native code.');
    if (!isTrustedFor(refusal)) return;
    const directory = resultsFolder(storage, undefined);
    if (this.panel === undefined) this.panel = this.openPanel(directory);
    else this.panel.reveal();
    await this.probe(directory);
  }

  dispose(): void {
    this.panel?.dispose();
  }

  private openPanel(directory: string): vscode.WebviewPanel {
    const title = l10n.t('This Host');
    const panel = vscode.window.createWebviewPanel(PANELS.probe, title, vscode.ViewColumn.Active, {
      enableScripts: true,
      localResourceRoots: [pageFiles(this.extensionUri)],
    });
    onPageRequest(panel.webview, 'probe', this.log, (request) => this.answer(request, directory));
    panel.webview.html = pageHtml(panel.webview, this.extensionUri, this.bench.language, 'probe', title);
    panel.onDidDispose(() => {
      this.panel = undefined;
      this.running?.cancel();
    });
    return panel;
  }

  private async answer(request: RequestOf<'probe'>, directory: string): Promise<void> {
    this.post({ type: 'reply', id: request.id, ok: true, answer: request.type === 'ready' ? this.state : null });
    if (request.type === 'probe-again') await this.probe(directory);
  }

  private async probe(directory: string): Promise<void> {
    if (this.running !== undefined) return;
    this.change({ probing: true });
    const outcome = await this.probeIn(directory);
    this.running = undefined;
    if (outcome.ok) this.log.info(`probe of ${directory}: ${JSON.stringify(outcome.value)}`);
    else this.log.error(`probe of ${directory}: ${JSON.stringify(outcome.problem)}`);
    this.change(
      outcome.ok
        ? { probing: false, report: outcome.value, problem: null }
        : { probing: false, problem: outcome.problem },
    );
  }

  private async probeIn(directory: string): Promise<Outcome<ProbeReport>> {
    try {
      makeResultsFolder(directory);
    } catch (error) {
      return { ok: false, problem: describeSystemError(systemErrorOf(error, directory)) };
    }
    const activity = {
      id: 'probe',
      title: l10n.t('Probing this host'),
      show: COMMANDS.probe,
      staysAlone: false,
    } as const;
    const outcome = await this.activities.during(activity, (report, token) => {
      const trying = (mode: string, path: PathId) => report(standing(mode, path));
      this.running = startProbe(directory, this.bench, trying);
      token.onCancellationRequested(this.running.cancel);
      return this.running.report;
    });
    discardUnusedResultsFolder(directory);
    return outcome;
  }

  private change(change: Partial<typeof this.state>): void {
    this.state = { ...this.state, ...change };
    this.post({ type: 'stale' });
  }

  private post(message: PageMessage): void {
    // A page that is hidden or gone does not answer; it asks again when it comes back.
    void this.panel?.webview.postMessage(message);
  }
}

function standing(mode: string, path: PathId): Standing {
  const brief = findMode(mode)?.name ?? mode;
  return { percent: null, brief, whole: `${brief}, ${pathDescriptor(path).name}` };
}
