/** Tokens of receivers on other hosts: asked for, and kept in memory until this window is closed. Nothing else ever holds them. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { parseToken } from '../../model/receiving.ts';

export class Tokens {
  private readonly known = new Map<string, string>();

  /** The token of a receiver; undefined where nobody gave one. @param to its host and port */
  async find(to: string): Promise<string | undefined> {
    return this.known.get(to) ?? this.ask(to);
  }

  /** For one that the receiver does not know. */
  forget(to: string): void {
    this.known.delete(to);
  }

  private async ask(to: string): Promise<string | undefined> {
    const typed = await vscode.window.showInputBox({
      title: l10n.t('Token of the receiver at {0}', to),
      prompt: l10n.t('The receiver shows it where it was started. It is kept until this window is closed.'),
      password: true,
      // It is somewhere else: in another window, or in a terminal.
      ignoreFocusOut: true,
      validateInput: (value) =>
        value === '' || parseToken(value) !== undefined ? undefined : l10n.t('A token is 32 hexadecimal digits.'),
    });
    const token = parseToken(typed ?? '');
    if (token !== undefined) this.known.set(to, token);
    return token;
  }
}
