/** zcl-receiver under way, and what visitors say to it. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { expect, onTestFinished } from 'vitest';
import type { RemoteReceiver } from '../../native/addon.d.ts';
import { addonFile } from './addon.ts';

export const program = path.join(path.dirname(addonFile), 'zcl-receiver');
/** The numbers of docs/protocol.md. */
export const TYPE = { hello: 1, join: 2, describe: 3, order: 4, welcome: 5, ready: 7, failure: 13 } as const;
export const NO_TOKEN = '0'.repeat(32);

/** A receiver under way. */
export class Service {
  private said = '';
  private readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly exited: Promise<unknown[]>;
  remote: RemoteReceiver = { address: '', port: 0, token: '' };

  constructor(args: readonly string[] = [], file = program) {
    this.child = spawn(file, ['--until-end-of-input', ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
    this.exited = once(this.child, 'exit');
    this.child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.said += text;
    });
  }

  async ready(): Promise<this> {
    let text = '';
    for await (const part of this.child.stdout.setEncoding('utf8')) {
      text += part;
      const [, address, port, token] = /^address (\S+)\nport (\d+)\ntoken ([0-9a-f]{32})\n$/.exec(text) ?? [];
      if (address === undefined || token === undefined) continue;
      this.remote = { address, port: Number(port), token };
      return this;
    }
    throw new Error(`no introduction, but: ${text}${this.said}`);
  }

  /** What it has written down, once there is something like it. */
  async log(pattern: RegExp): Promise<string> {
    while (!pattern.test(this.said)) await once(this.child.stderr, 'data');
    return this.said;
  }

  get lines(): readonly string[] {
    return this.said.split('\n').slice(0, -1);
  }

  /** Threads, and descriptors. */
  get size(): { readonly threads: number; readonly descriptors: number } {
    const count = (folder: string) => readdirSync(`/proc/${this.child.pid}/${folder}`).length;
    return { threads: count('task'), descriptors: count('fd') };
  }

  get peakBytes(): number {
    return this.statusBytes('VmHWM');
  }

  /** Memory of its own, now. */
  get anonymousBytes(): number {
    return this.statusBytes('RssAnon');
  }

  private statusBytes(name: string): number {
    const status = readFileSync(`/proc/${this.child.pid}/status`, 'utf8');
    return 1024 * Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]);
  }

  /** A connection that does not care what becomes of it. */
  async stranger(): Promise<Socket> {
    const socket = connect(this.remote.port, this.remote.address);
    socket.on('error', () => undefined);
    onTestFinished(() => void socket.destroy());
    await once(socket, 'connect');
    return socket;
  }

  end(): void {
    this.child.stdin.end();
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }
}

export function frame(type: number, payload = Buffer.alloc(0)): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt32BE(payload.length, 0);
  header.writeUInt32BE(type, 4);
  return Buffer.concat([header, payload]);
}

export function greeting(type: number, token: string, version = 1): Buffer {
  const number = Buffer.alloc(2);
  number.writeUInt16BE(version);
  return frame(type, Buffer.concat([Buffer.from('zcl-recv'), number, Buffer.from(token, 'hex')]));
}

/** All that comes until the other side hangs up. */
export async function answerTo(socket: Socket, bytes: Buffer): Promise<Buffer> {
  const parts: Buffer[] = [];
  socket.on('data', (part: Buffer) => parts.push(part));
  socket.write(bytes);
  if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve));
  return Buffer.concat(parts);
}

/** The code of the last word. */
export function failureIn(answer: Buffer): string {
  const at = answer.lastIndexOf(Buffer.from([0, 0, 0, TYPE.failure])) + 4;
  expect(at).toBeGreaterThan(4);
  return answer.toString('latin1', at + 1, at + 1 + (answer[at] ?? 0));
}
