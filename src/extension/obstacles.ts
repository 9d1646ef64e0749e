/** Why nothing can run on this side of VS Code, or in this folder, and the way out. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Problem } from '../model/result/problem.ts';

/** The reason why this side of VS Code cannot run anything, or null. @param source a file that is to be moved */
export function whyNotHere(source: vscode.Uri | undefined): Problem | null {
  if (process.platform !== 'linux') {
    return {
      code: 'not-linux',
      message: l10n.t('Runs need a Linux kernel; this extension host is on {0}.', process.platform),
      hint: l10n.t(
        'Open the folder on a Linux host over Remote-SSH and run the command there; saved results open here.',
      ),
    };
  }
  if (source !== undefined && source.scheme !== 'file') {
    return {
      code: 'not-a-file',
      message: l10n.t('{0} is not a file on this host.', source.toString(true)),
      hint: l10n.t('Choose a file on the machine whose folder is open.'),
    };
  }
  return null;
}

/** Whether the folder is trusted; refuses what must not happen in one that is not, and offers to change that. */
export function isTrustedFor(refusal: string): boolean {
  if (!vscode.workspace.isTrusted) void offerTrust(refusal);
  return vscode.workspace.isTrusted;
}

async function offerTrust(refusal: string): Promise<void> {
  const manage = l10n.t('Manage Workspace Trust');
  if ((await vscode.window.showWarningMessage(refusal, manage)) === manage) {
    await vscode.commands.executeCommand('workbench.trust.manage');
  }
}
