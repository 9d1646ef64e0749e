/** The way to a host that ssh reaches: a receiver is started there, and the data goes straight to it or through ssh. */
import { existsSync, rmSync } from 'node:fs';
import { type Outcome, ok } from '../../model/problems.ts';
import type { Experiment } from '../../model/result/experiment.ts';
import type { Problem } from '../../model/result/problem.ts';
import { type Connection, openedSocket, socketOfRun } from './client.ts';
import { forwardTo, isOpen, LOOPBACK_ADDRESS } from './forwarding.ts';
import { nameInConfiguration } from './names.ts';
import { type SshReceiver, startThere } from './receiver.ts';

export interface SshWay {
  readonly port: number;
  readonly token: string;
  /** Where the receiver may be reached, the likeliest first. */
  addresses(): AsyncIterable<string>;
  /** What ssh said until now. */
  said(): string;
  /** Why the receiver is lost, where ssh has ended; null where it has not. */
  whyLost(): Promise<Problem | null>;
  /** Resolves when nothing is left of it, on either host. */
  close(): Promise<void>;
}

/**
 * @param save folder there that the receiver saves in; null: it saves nothing
 * @param root folder that holds build/
 * @param cancelled ends what has been begun
 */
export async function openWay(
  { host, way }: NonNullable<Experiment['remote']>,
  save: string | null,
  root: string,
  cancelled: AbortSignal,
): Promise<Outcome<SshWay>> {
  const opened = await openedConnection(host);
  if (way === 'ssh-forwarded') return through(host, opened, save, root, cancelled);
  const connection = opened ?? ({ kind: 'own' } as const);
  const receiver = await startThere({ host, connection, listen: null, save }, root, cancelled);
  return receiver.ok ? ok(straight(host, receiver.value)) : receiver;
}

function straight(host: string, { introduction, said, whyLost, end }: SshReceiver): SshWay {
  return {
    port: introduction.port,
    token: introduction.token,
    async *addresses() {
      yield introduction.address;
      // The address that the host sees itself by may not be the one that it is reached by, as behind NAT.
      const other = await nameInConfiguration(host);
      if (other !== null && other !== introduction.address) yield other;
    },
    said,
    whyLost,
    close: end,
  };
}

async function through(
  host: string,
  opened: Opened | null,
  save: string | null,
  root: string,
  cancelled: AbortSignal,
): Promise<Outcome<SshWay>> {
  const socket = opened === null ? socketOfRun() : ok(opened.socket);
  if (!socket.ok) return socket;
  const connection = opened ?? { kind: 'shared' as const, socket: socket.value };
  // One that was killed leaves its socket, and its number may come again.
  if (opened === null) rmSync(socket.value, { force: true });
  const started = await startThere({ host, connection, listen: LOOPBACK_ADDRESS, save }, root, cancelled);
  if (!started.ok) return started;
  const receiver = started.value;
  const forwarding = await forwardTo(host, socket.value, receiver.introduction.port);
  if (!forwarding.ok) {
    await receiver.end();
    return forwarding;
  }
  return ok({
    port: forwarding.value.port,
    token: receiver.introduction.token,
    async *addresses() {
      yield LOOPBACK_ADDRESS;
    },
    said: receiver.said,
    whyLost: receiver.whyLost,
    close: async () => {
      await forwarding.value.end();
      await receiver.end();
      // Of ssh that was killed; any other removes it itself.
      if (opened === null) rmSync(socket.value, { force: true });
    },
  });
}

type Opened = Extract<Connection, { kind: 'opened' }>;

/** The connection that somebody opened in a terminal, if it is still there. */
async function openedConnection(host: string): Promise<Opened | null> {
  const socket = openedSocket(host);
  return socket.ok && existsSync(socket.value) && (await isOpen(host, socket.value))
    ? { kind: 'opened', socket: socket.value }
    : null;
}
