/** iperf3 as a sender and a receiver of its own, on loopback or in two network namespaces joined by a veth pair. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { freePort } from '../../scripts/lib/free-port.mjs';

/** What one run of it measured. */
export interface IperfRun {
  readonly bytes: number;
  readonly seconds: number;
  /** Of both processes, from the first byte to the last. */
  readonly cpuSeconds: number;
}

/** Where its two ends are. */
export interface Ends {
  readonly address: string;
  /** What a command is started with to be there. */
  readonly sender: readonly string[];
  readonly receiver: readonly string[];
}

export const LOOPBACK: Ends = { address: '127.0.0.1', sender: [], receiver: [] };

const SENDER = 'zcl-bench-sender';
const RECEIVER = 'zcl-bench-receiver';

/** A pair as the kernel makes it, which is what a laboratory without switches is too. Needs root. */
export class VethPair {
  readonly ends: Ends = {
    address: '10.73.0.2',
    sender: ['ip', 'netns', 'exec', SENDER],
    receiver: ['ip', 'netns', 'exec', RECEIVER],
  };

  /** @returns why it is not to be had, as a string */
  static make(): VethPair | string {
    const pair = new VethPair();
    for (const command of [
      `netns add ${SENDER}`,
      `netns add ${RECEIVER}`,
      `link add name zcl netns ${SENDER} type veth peer name zcl netns ${RECEIVER}`,
      `-n ${SENDER} addr add 10.73.0.1/30 dev zcl`,
      `-n ${RECEIVER} addr add 10.73.0.2/30 dev zcl`,
      `-n ${SENDER} link set zcl up`,
      `-n ${RECEIVER} link set zcl up`,
    ]) {
      const ended = spawnSync('ip', command.split(' '), { encoding: 'utf8' });
      if (ended.status === 0) continue;
      pair.remove();
      return `ip ${command}: ${ended.error?.message ?? ended.stderr.trim()}`;
    }
    return pair;
  }

  /** The interfaces go with their namespaces. */
  remove(): void {
    for (const name of [SENDER, RECEIVER]) spawnSync('ip', ['netns', 'delete', name]);
  }
}

interface Report {
  readonly error?: string;
  readonly end?: {
    readonly sum_received: { readonly bytes: number; readonly seconds: number };
    readonly cpu_utilization_percent: { readonly host_total: number; readonly remote_total: number };
  };
}

/** @param options of the client; @throws with its words */
export async function iperf({ address, sender, receiver }: Ends, options: readonly string[]): Promise<IperfRun> {
  const port = String(await freePort());
  const server = started([...receiver, 'iperf3', '-s', '-1', '-B', address, '-p', port, '--forceflush']);
  await listening(server);
  const client = started([...sender, 'iperf3', '-c', address, '-p', port, '-J', ...options]);
  const report = JSON.parse(await whole(client)) as Report;
  server.kill();
  if (report.end === undefined) throw new Error(`iperf3 ${options.join(' ')}: ${report.error}`);
  const { sum_received: received, cpu_utilization_percent: cpu } = report.end;
  return {
    ...received,
    cpuSeconds: ((cpu.host_total + cpu.remote_total) / 100) * received.seconds,
  };
}

function started([program = '', ...args]: readonly string[]): ChildProcess {
  return spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, LC_ALL: 'C' } });
}

function listening(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    server.stdout?.on('data', (text: Buffer) => {
      if (text.includes('listening')) resolve();
    });
    server.once('close', () => reject(new Error('iperf3 -s does not listen')));
    server.once('error', reject);
  });
}

function whole(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    child.once('close', () => resolve(text));
    child.once('error', reject);
  });
}
