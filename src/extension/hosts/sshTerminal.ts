/** A terminal in which somebody answers ssh: a password, a passphrase, whether a host key is right. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { openingCommand } from '../../lab/ssh/client.ts';
import { SSH_NEEDS_PROMPT } from '../../model/sshProblems.ts';
import { type Remedy, showProblem } from '../showProblem.ts';

/** What leads a terminal takes all with it when it ends, and so the connection that has just gone into the background. */
const OUTLIVE_TERMINAL = `trap '' HUP && exec "$@"`;

/** @param then what is to go through the connection that ssh opens in the terminal */
export function inTerminal(host: string, then: () => unknown): Remedy {
  return {
    label: l10n.t('Open Terminal'),
    hint: l10n.t('Answer ssh in a terminal: the run starts when it has connected.'),
    act: () => connect(host, then),
  };
}

/** ssh goes into the background as soon as its connection is open, which ends the terminal. */
function connect(host: string, then: () => unknown): void {
  const command = openingCommand(host);
  if (!command.ok) {
    showProblem(command.problem);
    return;
  }
  const name = l10n.t('ssh to {0}', host);
  const shellArgs = ['-c', OUTLIVE_TERMINAL, 'sh', ...command.value];
  const terminal = vscode.window.createTerminal({ name, shellPath: '/bin/sh', shellArgs, isTransient: true });
  const listener = vscode.window.onDidCloseTerminal((closed) => {
    if (closed !== terminal) return;
    listener.dispose();
    // One that was closed by hand has no exit code.
    const code = closed.exitStatus?.code;
    if (code === 0) void then();
    else if (code !== undefined) showProblem(notConnected(host), inTerminal(host, then));
  });
  terminal.show();
}

function notConnected(host: string) {
  return { code: SSH_NEEDS_PROMPT, message: l10n.t('ssh opened no connection to {0}.', host), hint: '' };
}
