/** The receiver of this window: one program that listens for senders on other hosts, and ends with the extension host. */
import os from 'node:os';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { networkAddresses } from '../../lab/host/addresses.ts';
import { type Introduction, type RunningReceiver, senderOf, startReceiver } from '../../lab/receiver.ts';
import { commandForSender, hostAndPort } from '../../model/receiving.ts';
import { ContextKey, runCommand } from '../contributions.ts';
import { COMMANDS, CONTEXT_KEYS } from '../ids.ts';
import { isTrustedFor, whyNotHere } from '../obstacles.ts';
import { showProblem } from '../showProblem.ts';
import { ReceiverItem } from './receiverItem.ts';

const LOOPBACK = '127.0.0.1';

/** One that listens. */
interface Listening {
  readonly program: RunningReceiver;
  readonly token: string;
  /** Where a sender finds it. */
  readonly to: string;
  readonly item: ReceiverItem;
}

export class HostReceiver implements vscode.Disposable {
  private listening: Listening | undefined;
  private readonly receiving = new ContextKey(CONTEXT_KEYS.receiving);

  /** @param root folder that holds build/ */
  constructor(
    private readonly root: string,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  /** Asks for the address to listen on; where it listens already, shows what can be done with it. */
  async start(): Promise<void> {
    const obstacle = whyNotHere(undefined);
    if (obstacle !== null) return showProblem(obstacle);
    if (!isTrustedFor(l10n.t('A receiver does not run in Restricted Mode: it starts native code and opens a port.'))) {
      return;
    }
    if (this.listening !== undefined) return this.show();
    const address = await askForAddress();
    if (address === undefined || (address !== LOOPBACK && !(await mayOthersSend(address)))) return;
    await this.listen(address);
  }

  /** What can be done with the one that listens. */
  async show(): Promise<void> {
    if (this.listening === undefined) return;
    const { token, to } = this.listening;
    const actions = [
      {
        label: `$(copy) ${l10n.t('Copy Command for the Sender')}`,
        detail: l10n.t('For a shell of the host that sends. It holds the token.'),
        act: () => copyCommand(token, to),
      },
      {
        label: `$(key) ${l10n.t('Copy Token')}`,
        detail: l10n.t('For “Run against another host” in VS Code there, with {0}.', to),
        act: () => vscode.env.clipboard.writeText(token),
      },
      { label: `$(output) ${l10n.t('Show Log')}`, act: () => this.log.show() },
      { label: `$(debug-stop) ${l10n.t('Stop Receiver')}`, act: () => this.stop() },
    ];
    const title = l10n.t('Receiver on {0}', os.hostname());
    const placeHolder = l10n.t('It listens on {0}', to);
    await (await vscode.window.showQuickPick(actions, { title, placeHolder }))?.act();
  }

  stop(): void {
    this.listening?.program.end();
  }

  dispose(): void {
    this.stop();
    this.listening?.item.dispose();
    this.listening = undefined;
  }

  private async listen(address: string): Promise<void> {
    const settings = { address, port: null, allowNetwork: address !== LOOPBACK, saveDirectory: null };
    const started = startReceiver(settings, this.root, (line) => this.heard(line));
    if (!started.ok) return showProblem(started.problem);
    const program = started.value;
    const ready = await program.ready;
    if (!ready.ok) return showProblem(ready.problem);
    // Another start was quicker.
    if (this.listening !== undefined) return program.end();
    this.listening = this.introduce(program, ready.value);
    void this.untilItEnds(this.listening);
    await this.offerCommand(this.listening);
  }

  private introduce(program: RunningReceiver, { address, port, token }: Introduction): Listening {
    const to = hostAndPort(address, port);
    this.log.info(`receiver: listens on ${to}`);
    this.receiving.set(true);
    return { program, token, to, item: new ReceiverItem(to) };
  }

  private heard(line: string): void {
    this.log.info(`receiver: ${line}`);
    const sender = senderOf(line);
    if (sender !== null) this.listening?.item.count(sender);
  }

  private async untilItEnds({ program, to, item }: Listening): Promise<void> {
    const problem = await program.ended;
    if (this.listening?.program !== program) return;
    this.listening = undefined;
    this.receiving.set(false);
    item.dispose();
    if (problem === null) return this.log.info(`receiver: no longer listens on ${to}`);
    this.log.error(`receiver: ${problem.message}`);
    showProblem(problem, { label: l10n.t('Start Receiver'), act: () => runCommand(COMMANDS.startReceiver) });
  }

  private async offerCommand({ token, to }: Listening): Promise<void> {
    const copy = l10n.t('Copy Command for the Sender');
    const said = l10n.t('A receiver listens on {0}.', to);
    if ((await vscode.window.showInformationMessage(said, copy)) === copy) await copyCommand(token, to);
  }
}

function copyCommand(token: string, to: string): Thenable<void> {
  return vscode.env.clipboard.writeText(commandForSender(token, to));
}

async function askForAddress(): Promise<string | undefined> {
  const items = [
    { label: LOOPBACK, description: l10n.t('loopback: only programs on this host reach it') },
    ...networkAddresses().map(({ address, interface: name }) => ({
      label: address,
      description: l10n.t('interface {0}: other hosts reach it', name),
    })),
  ];
  const title = l10n.t('Start receiver');
  const placeHolder = l10n.t('Which address of {0} does it listen on?', os.hostname());
  return (await vscode.window.showQuickPick(items, { title, placeHolder, matchOnDescription: true }))?.label;
}

async function mayOthersSend(address: string): Promise<boolean> {
  const listen = l10n.t('Listen on {0}', address);
  const chosen = await vscode.window.showWarningMessage(
    l10n.t('Let other hosts send to {0}?', address),
    {
      modal: true,
      detail: l10n.t(
        'Whoever reaches this address and has the token may send data here, until the receiver is stopped. It is counted and thrown away, nothing is saved. Neither token nor data are encrypted: use networks you trust.',
      ),
    },
    listen,
  );
  return chosen === listen;
}
