/**
 * The runs of this window: their state so far, for any page that asks, and how they came to their end. A run goes on
 * while its window is reloaded, and is found again by the window that comes then.
 */
import { existsSync } from 'node:fs';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { BenchOptions, RunHandlers, RunningBench, RunOutcome } from '../lab/client.ts';
import { startRun } from '../lab/client.ts';
import { FoundRun } from '../lab/foundRun.ts';
import type { Progress, RunEvent } from '../model/events.ts';
import { applyEvent, FIRST_PROGRESS } from '../model/events.ts';
import { findMode } from '../model/modes/catalogue.ts';
import type { Experiment } from '../model/result/experiment.ts';
import type { Problem } from '../model/result/problem.ts';
import type { Result } from '../model/result/result.ts';
import { formatBytes, formatNumber } from '../model/units.ts';
import type { Activities, Standing } from './activities.ts';
import { COMMANDS } from './ids.ts';
import { closeTabsOf, openResult } from './resultTabs.ts';

/** What a page sees of a run under way. */
export interface LiveRun {
  readonly result: Result;
  readonly progress: Progress;
  cancel(): void;
}

export type LiveRunUpdate =
  /** It was under way before this window was there. */
  | { readonly type: 'found'; readonly file: string }
  | { readonly type: 'event'; readonly file: string; readonly event: RunEvent }
  | { readonly type: 'progress'; readonly file: string; readonly progress: Progress | null };

export class LiveRuns {
  private readonly runs = new Map<string, { result: Result; progress: Progress; cancel(): void }>();
  private readonly updates = new vscode.EventEmitter<LiveRunUpdate>();
  readonly onUpdate = this.updates.event;
  /** Results of runs that are not over, whether or not they have begun. One, as a host has one run at a time. */
  private readonly files = new Set<string>();

  constructor(
    private readonly bench: BenchOptions,
    private readonly tool: string,
    private readonly activities: Activities,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  /** The run that is writing this file, if it is one of this window. */
  find(file: string): LiveRun | undefined {
    return this.runs.get(file);
  }

  /** Whether a run is under way that this window knows of; says so, with the way to its page and to its end. */
  isBusy(): boolean {
    if (this.files.size > 0) void this.offerTheOther();
    return this.files.size > 0;
  }

  /** Shows the page of the run under way. */
  async show(): Promise<void> {
    for (const file of this.runs.keys()) await openResult(file);
  }

  /**
   * Runs an experiment with its progress shown; opens the page as soon as the document is there. Resolves at the end.
   * @param token of a receiver on another host; null where there is none
   * @returns what kept it from its end, or null
   */
  async start(experiment: Experiment, file: string, token: string | null): Promise<Problem | null> {
    this.log.info(`run into ${file}: ${JSON.stringify(experiment)}`);
    const order = { experiment, resultFile: file, tool: this.tool, token, staysAlone: true };
    return this.watch(file, (handlers) => startRun(order, handlers, this.bench));
  }

  /**
   * Takes up a run that is under way already, with its progress shown. Resolves at its end, or where there is none.
   * @param isOurs whether the results of this window are where this one is
   * @returns what kept it from its end, or null
   */
  async takeUp(isOurs: (file: string) => boolean): Promise<Problem | null> {
    const found = await FoundRun.find();
    if (found === null) return null;
    const { resultFile: file, result, progress } = found.standing;
    if (!isOurs(file)) {
      found.leave();
      return null;
    }
    this.log.info(`found a run into ${file}`);
    return this.watch(file, (handlers) => {
      const running = found.follow(handlers);
      if (result !== null) this.runs.set(file, { result, progress, cancel: running.cancel });
      this.updates.fire({ type: 'found', file });
      return running;
    });
  }

  private async watch(file: string, begin: (handlers: RunHandlers) => RunningBench): Promise<Problem | null> {
    this.files.add(file);
    const activity = {
      id: 'run',
      title: l10n.t('Zero-copy benchmark'),
      show: COMMANDS.showRun,
      staysAlone: true,
    } as const;
    const outcome = await this.activities.during(activity, (report, cancellation) => {
      const running = begin({
        event: (event) => this.onEvent(file, event, running.cancel),
        progress: (progress) => {
          report(this.standing(file, progress));
          this.onProgress(file, progress);
        },
        notice: (problem) => this.warn(problem),
      });
      cancellation.onCancellationRequested(running.cancel);
      return running.outcome;
    });
    this.files.delete(file);
    this.runs.delete(file);
    this.updates.fire({ type: 'progress', file, progress: null });
    return this.conclude(file, outcome);
  }

  private async offerTheOther(): Promise<void> {
    const show = l10n.t('Show');
    const cancel = l10n.t('Cancel It');
    const message = l10n.t('A benchmark is running in this window. Two at once would measure each other.');
    const chosen = await vscode.window.showWarningMessage(message, show, cancel);
    if (chosen === show) await this.show();
    else if (chosen === cancel) this.activities.cancel();
  }

  private onEvent(file: string, event: RunEvent, cancel: () => void): void {
    const known = this.runs.get(file);
    const result = applyEvent(known?.result ?? null, event);
    if (known === undefined) this.runs.set(file, { result, progress: FIRST_PROGRESS, cancel });
    else known.result = result;
    this.updates.fire({ type: 'event', file, event });
    if (event.type === 'started') void openResult(file);
  }

  private onProgress(file: string, progress: Progress): void {
    const run = this.runs.get(file);
    if (run !== undefined) run.progress = progress;
    this.updates.fire({ type: 'progress', file, progress });
  }

  private warn(problem: Problem): void {
    this.log.warn(problem.message);
    void vscode.window.showWarningMessage(`${problem.message} ${problem.hint}`);
  }

  /** Closes the page of a run that left no file. @returns what has to be said, or null */
  private async conclude(file: string, outcome: RunOutcome): Promise<Problem | null> {
    if (!existsSync(file)) await closeTabsOf([file]);
    if (outcome.kind === 'done') {
      this.log.info(`run into ${file}: ${JSON.stringify(outcome.end)}`);
      return null;
    }
    this.log.error(`run into ${file}: ${outcome.kind}: ${JSON.stringify(outcome.problem)}`);
    return outcome.problem;
  }

  private standing(file: string, progress: Progress): Standing {
    const percent = Math.floor(progress.fraction * 100);
    const one = progress.case === null ? undefined : this.runs.get(file)?.result.cases[progress.case];
    if (one === undefined) {
      return { percent, brief: l10n.t('preparing'), whole: l10n.t('{0} %: preparing', percent) };
    }
    const brief = findMode(one.mode)?.name ?? one.mode;
    const buffer = one.bufferBytes === null ? '' : ` ${formatBytes(one.bufferBytes)}`;
    const speed = progress.mibPerSecond === null ? '' : `, ${formatNumber(progress.mibPerSecond)} MiB/s`;
    return { percent, brief, whole: `${percent} %: ${brief}${buffer}${speed}` };
  }
}
