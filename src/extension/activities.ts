/**
 * What is under way in this window, a run or a probe: each has a notification with its progress, an item in the status bar
 * that leads to its page, and ends by "Cancel" of either.
 */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { ContextKey } from './contributions.ts';
import { COMMANDS, CONTEXT_KEYS, type CommandId } from './ids.ts';

/** The status bar is for the corner of the eye: more changes than these in a second would draw it there. */
const CHANGES_PER_SECOND = 4;

export interface Activity {
  /** Tells activities apart; at most one of each is under way. */
  readonly id: 'run' | 'probe';
  /** Of the notification, and of the item in the menu of the status bar. */
  readonly title: string;
  /** Shows its page. */
  readonly show: CommandId<[]>;
  /** Whether it goes on when the window is closed or reloaded; else it is cancelled then. */
  readonly staysAlone: boolean;
}

/** Where an activity stands. */
export interface Standing {
  /** 0 to 100; null where nobody knows. */
  readonly percent: number | null;
  /** Few words, for the status bar. */
  readonly brief: string;
  /** All there is to say, in one line. */
  readonly whole: string;
}

export class Activities implements vscode.Disposable {
  private readonly underWay = new Map<vscode.CancellationTokenSource, Activity>();
  private readonly running = new ContextKey(CONTEXT_KEYS.running);

  /** Shows an activity while `work` goes on. */
  async during<T>(
    activity: Activity,
    work: (report: (standing: Standing) => void, token: vscode.CancellationToken) => Promise<T>,
  ): Promise<T> {
    const source = new vscode.CancellationTokenSource();
    const item = new StatusItem(activity);
    this.underWay.set(source, activity);
    this.running.set(true);
    try {
      return await vscode.window.withProgress(
        { location: vscode.ProgressLocation.Notification, title: activity.title, cancellable: true },
        (notification, token) => {
          token.onCancellationRequested(() => source.cancel());
          let shown = 0;
          const report = (standing: Standing) => {
            const percent = standing.percent ?? shown;
            notification.report({ increment: percent - shown, message: standing.whole });
            shown = percent;
            item.show(standing);
          };
          return work(report, source.token);
        },
      );
    } finally {
      item.dispose();
      this.underWay.delete(source);
      this.running.set(this.underWay.size > 0);
      source.dispose();
    }
  }

  /** Cancels all of it. */
  cancel(): void {
    for (const source of this.underWay.keys()) source.cancel();
  }

  dispose(): void {
    for (const [source, { staysAlone }] of this.underWay) if (!staysAlone) source.cancel();
  }
}

/** The item of one activity. */
class StatusItem implements vscode.Disposable {
  private readonly item: vscode.StatusBarItem;
  private shownAt = 0;

  constructor(private readonly activity: Activity) {
    this.item = vscode.window.createStatusBarItem(activity.id, vscode.StatusBarAlignment.Left);
    this.item.name = activity.title;
    this.item.command = activity.show;
    this.write({ percent: null, brief: l10n.t('preparing'), whole: l10n.t('preparing') });
    this.item.show();
  }

  show(standing: Standing): void {
    const now = performance.now();
    if (now - this.shownAt < 1000 / CHANGES_PER_SECOND) return;
    this.shownAt = now;
    this.write(standing);
  }

  dispose(): void {
    this.item.dispose();
  }

  private write({ percent, brief, whole }: Standing): void {
    const text = percent === null ? brief : `${percent} % ${brief}`;
    this.item.text = `$(sync~spin) ${text}`;
    this.item.accessibilityInformation = { label: `${this.activity.title}: ${text}`, role: 'button' };
    const tooltip = new vscode.MarkdownString('', true);
    tooltip.isTrusted = { enabledCommands: [this.activity.show, COMMANDS.cancel] };
    tooltip.appendText(`${this.activity.title}: ${whole}`);
    tooltip.appendMarkdown(
      `\n\n[${l10n.t('Show')}](command:${this.activity.show}) | [${l10n.t('Cancel')}](command:${COMMANDS.cancel})`,
    );
    this.item.tooltip = tooltip;
  }
}
