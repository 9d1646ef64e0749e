/** The runs this window started: their state so far, for any page that asks, and their progress in a notification. */
import { existsSync } from 'node:fs';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { BenchOptions, RunOutcome } from '../lab/client.ts';
import { startRun } from '../lab/client.ts';
import type { Progress, RunEvent } from '../model/events.ts';
import { applyEvent, FIRST_PROGRESS } from '../model/events.ts';
import { findMode } from '../model/modes/catalogue.ts';
import type { Experiment, Result } from '../model/result.ts';
import { formatBytes, formatNumber } from '../model/units.ts';
import { EDITORS } from './ids.ts';
import { showProblem } from './showProblem.ts';

/** What a page sees of a run under way. */
export interface LiveRun {
  readonly result: Result;
  readonly progress: Progress;
  cancel(): void;
}

export type LiveRunUpdate =
  | { readonly type: 'event'; readonly file: string; readonly event: RunEvent }
  | { readonly type: 'progress'; readonly file: string; readonly progress: Progress | null };

export class LiveRuns {
  private readonly runs = new Map<string, { result: Result; progress: Progress; cancel(): void }>();
  private readonly updates = new vscode.EventEmitter<LiveRunUpdate>();
  readonly onUpdate = this.updates.event;

  constructor(
    private readonly bench: BenchOptions,
    private readonly tool: string,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  /** The run that is writing this file, if it is one of this window. */
  find(file: string): LiveRun | undefined {
    return this.runs.get(file);
  }

  /** Runs an experiment with its progress shown; opens the page as soon as the document is there. Resolves at the end. */
  async start(experiment: Experiment, file: string): Promise<void> {
    this.log.info(`run into ${file}: ${JSON.stringify(experiment)}`);
    const outcome = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: l10n.t('Zero-copy benchmark'), cancellable: true },
      async (notification, token) => {
        let shown = 0;
        const running = startRun(
          experiment,
          file,
          this.tool,
          {
            event: (event) => this.onEvent(file, event, running.cancel),
            progress: (progress) => {
              const percent = Math.floor(progress.fraction * 100);
              notification.report({ increment: percent - shown, message: this.describe(file, progress, percent) });
              shown = percent;
              this.onProgress(file, progress);
            },
            notice: (problem) => void vscode.window.showWarningMessage(`${problem.message} ${problem.hint}`),
          },
          this.bench,
        );
        token.onCancellationRequested(running.cancel);
        return running.outcome;
      },
    );
    this.runs.delete(file);
    this.updates.fire({ type: 'progress', file, progress: null });
    await this.conclude(file, outcome);
  }

  private onEvent(file: string, event: RunEvent, cancel: () => void): void {
    const known = this.runs.get(file);
    const result = applyEvent(known?.result ?? null, event);
    if (known === undefined) this.runs.set(file, { result, progress: FIRST_PROGRESS, cancel });
    else known.result = result;
    this.updates.fire({ type: 'event', file, event });
    if (event.type === 'started') {
      void vscode.commands.executeCommand('vscode.openWith', vscode.Uri.file(file), EDITORS.result);
    }
  }

  private onProgress(file: string, progress: Progress): void {
    const run = this.runs.get(file);
    if (run !== undefined) run.progress = progress;
    this.updates.fire({ type: 'progress', file, progress });
  }

  /** Says what has to be said, and closes the page of a run that left no file. */
  private async conclude(file: string, outcome: RunOutcome): Promise<void> {
    this.log.info(`run into ${file}: ${JSON.stringify(outcome)}`);
    if (outcome.kind !== 'done') showProblem(outcome.problem);
    if (!existsSync(file)) await closeTabsOf(vscode.Uri.file(file));
  }

  private describe(file: string, progress: Progress, percent: number): string {
    const one = progress.case === null ? undefined : this.runs.get(file)?.result.cases[progress.case];
    const mode = one === undefined ? undefined : (findMode(one.mode)?.name ?? one.mode);
    const buffer = one === undefined || one.bufferBytes === null ? '' : ` ${formatBytes(one.bufferBytes)}`;
    const speed = progress.mibPerSecond === null ? '' : `, ${formatNumber(progress.mibPerSecond)} MiB/s`;
    return mode === undefined ? l10n.t('{0} %: preparing', percent) : `${percent} %: ${mode}${buffer}${speed}`;
  }
}

async function closeTabsOf(uri: vscode.Uri): Promise<void> {
  const tabs = vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter((tab) => tab.input instanceof vscode.TabInputCustom && tab.input.uri.toString() === uri.toString());
  await vscode.window.tabGroups.close(tabs);
}
