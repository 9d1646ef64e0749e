/** The item in the status bar while a receiver listens: its address, and on hover for how long and who has sent. */
import os from 'node:os';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { formatNumber } from '../../model/units.ts';
import { COMMANDS } from '../ids.ts';

const MINUTE_MS = 60_000;

export class ReceiverItem implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('receiver', vscode.StatusBarAlignment.Left);
  private readonly since = performance.now();
  /** Transfers by the address of their sender. */
  private readonly transfers = new Map<string, number>();
  /** The hover tells minutes. Counts come along with them: a host that is being measured has better things to do. */
  private readonly clock = setInterval(() => this.write(), MINUTE_MS);

  /** @param to where a sender finds the receiver */
  constructor(private readonly to: string) {
    this.item.name = l10n.t('Receiver');
    this.item.text = `$(broadcast) ${to}`;
    this.item.accessibilityInformation = { label: l10n.t('Receiver listens on {0}', to), role: 'button' };
    this.item.command = COMMANDS.showReceiver;
    this.write();
    this.item.show();
  }

  /** A transfer has come to its end. @param sender its address */
  count(sender: string): void {
    const before = this.transfers.get(sender) ?? 0;
    this.transfers.set(sender, before + 1);
    if (before === 0) this.write();
  }

  dispose(): void {
    clearInterval(this.clock);
    this.item.dispose();
  }

  private write(): void {
    const tooltip = new vscode.MarkdownString('', true);
    tooltip.isTrusted = { enabledCommands: [COMMANDS.showLog, COMMANDS.stopReceiver] };
    for (const line of [this.listens(), this.sent()]) tooltip.appendText(line).appendMarkdown('\n\n');
    tooltip.appendMarkdown(
      `[${l10n.t('Show Log')}](command:${COMMANDS.showLog}) | [${l10n.t('Stop')}](command:${COMMANDS.stopReceiver})`,
    );
    this.item.tooltip = tooltip;
  }

  private listens(): string {
    const minutes = Math.floor((performance.now() - this.since) / MINUTE_MS);
    return minutes === 0
      ? l10n.t('The receiver on {0} has listened on {1} for less than a minute', os.hostname(), this.to)
      : l10n.t('The receiver on {0} has listened on {1} for {2} min', os.hostname(), this.to, formatNumber(minutes));
  }

  private sent(): string {
    if (this.transfers.size === 0) return l10n.t('Nobody has sent anything yet.');
    const each = [...this.transfers].map(([sender, count]) => l10n.t('{0} ({1})', sender, formatNumber(count)));
    return l10n.t('Transfers by sender: {0}', each.join(', '));
  }
}
