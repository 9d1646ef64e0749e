/** The list of hosts that a run can be sent to. */
import os from 'node:os';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { configuredHosts } from '../../lab/ssh/configuredHosts.ts';
import { LABORATORY, remoteTarget, sshTarget, toSsh } from '../../model/request/target.ts';

/** An entry of the list; `to` is undefined for the one that asks for it. */
type Entry = vscode.QuickPickItem & { readonly to?: string };

/** @param last those used before, the last one first @returns the host as an experiment names it, or undefined for none */
export async function chooseHost(title: string, last: readonly string[]): Promise<string | undefined> {
  const chosen = await vscode.window.showQuickPick<Entry>(entries(last), {
    title,
    placeHolder: whichHost(),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (chosen === undefined || chosen.kind === vscode.QuickPickItemKind.Separator) return undefined;
  return chosen.to ?? askForTarget(title);
}

/** People have an ssh configuration of their own, too: it is said whose is read. */
function whichHost(): string {
  return vscode.env.remoteName === undefined
    ? l10n.t('Which host receives? Names are those of ssh on {0}.', os.hostname())
    : l10n.t('Which host receives? Names are those of ssh on {0}, the server.', os.hostname());
}

function entries(last: readonly string[]): readonly Entry[] {
  return [
    ...group(l10n.t('last used'), last.map(entryOf)),
    ...group(
      l10n.t('ssh configuration of {0}', os.hostname()),
      configuredHosts()
        .map(toSsh)
        .filter((to) => !last.includes(to))
        .map(entryOf),
    ),
    ...group(l10n.t('without ssh'), [
      {
        label: l10n.t('Enter HOST:PORT of a Started Receiver...'),
        detail: l10n.t('By “Start Receiver” or “zero-copy-lab receive” there; asks for its token.'),
        iconPath: new vscode.ThemeIcon('plug'),
      },
      ...(last.includes(LABORATORY) ? [] : [entryOf(LABORATORY)]),
    ]),
  ];
}

function entryOf(to: string): Entry {
  if (to === LABORATORY) {
    return {
      label: l10n.t('Laboratory'),
      detail: l10n.t('Two network namespaces of this host; scatter-gather can be switched off.'),
      iconPath: new vscode.ThemeIcon('beaker'),
      to,
    };
  }
  const host = sshTarget(to);
  return host === undefined
    ? { label: to, description: l10n.t('started receiver'), iconPath: new vscode.ThemeIcon('plug'), to }
    : { label: host, description: l10n.t('by ssh'), iconPath: new vscode.ThemeIcon('remote'), to };
}

function group(label: string, items: readonly Entry[]): readonly Entry[] {
  return items.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items];
}

async function askForTarget(title: string): Promise<string | undefined> {
  const typed = await vscode.window.showInputBox({
    title,
    prompt: l10n.t('Where the receiver listens: HOST:PORT or [IPV6]:PORT. Or ssh:HOST, where ssh starts one.'),
    placeHolder: 'server.example:7411',
    ignoreFocusOut: true,
    validateInput: (value) =>
      value === '' || isTarget(value.trim())
        ? undefined
        : l10n.t('Give a host and a port, such as 192.0.2.1:7411 or [2001:db8::1]:7411.'),
  });
  const to = typed?.trim();
  return to === undefined || !isTarget(to) ? undefined : to;
}

function isTarget(to: string): boolean {
  return remoteTarget(to) !== undefined || sshTarget(to) !== undefined;
}
