/** The way through ssh itself: a port of loopback on this host, where ssh listens and passes on what comes. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { type Outcome, ok } from '../../model/problems.ts';
import { cannotForward } from '../../model/sshProblems.ts';
import { control } from './client.ts';

/** Where ssh listens here, and the receiver there. */
export const LOOPBACK_ADDRESS = '127.0.0.1';

export interface Forwarding {
  readonly port: number;
  end(): Promise<void>;
}

/** @param socket of the connection it goes through @param there port of the receiver on its host's loopback */
export async function forwardTo(host: string, socket: string, there: number): Promise<Outcome<Forwarding>> {
  const port = await freePort();
  const words = ['-L', `${LOOPBACK_ADDRESS}:${port}:${LOOPBACK_ADDRESS}:${there}`];
  const asked = await ask(host, socket, 'forward', words);
  if (!asked.ok) return { ok: false, problem: cannotForward(host, asked.said) };
  return ok({
    port,
    // Of a connection that lasts longer than the run.
    end: async () => void (await ask(host, socket, 'cancel', words)),
  });
}

/** Whether a connection is behind this socket. */
export async function isOpen(host: string, socket: string): Promise<boolean> {
  return (await ask(host, socket, 'check', [])).ok;
}

async function ask(
  host: string,
  socket: string,
  what: string,
  words: readonly string[],
): Promise<{ readonly ok: boolean; readonly said: string }> {
  const child = spawn('ssh', control(host, socket, what, words), { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  return new Promise((resolve) => {
    child.once('error', () => resolve({ ok: false, said }));
    child.once('close', (code) => resolve({ ok: code === 0, said }));
  });
}

/** One that nobody had a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, LOOPBACK_ADDRESS);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
