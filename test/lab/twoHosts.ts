/** Two hosts with a receiver in the second. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import type { TestContext } from 'vitest';
import { onTestFinished } from 'vitest';
import { JoinedNamespaces } from '../joinedNamespaces.ts';
import { skip } from '../skip.ts';
import { type Ended, type Running, until, type Workplace, whether } from './lab.ts';

/** A run to another host. */
export const SHORT: readonly string[] = [
  ...['run', '--path', 'file-to-socket', '--modes', 'sendfile', '--size', '4MiB', '--rounds', '1'],
  ...['--evidence', 'off', '--no-latency', '--quiet'],
];
/** Under way whenever a test disturbs it. */
export const LONG: readonly string[] = SHORT.map((word) => (word === '1' ? '1000' : word));

/** Waits until there is something worth keeping. */
export async function measuring(place: Workplace, running: Running): Promise<void> {
  await running.until('two rounds', () => whether(place.lastRound() >= 2));
}

/** What a run leaves, beside the token. */
export function leftovers(place: Workplace): string[] {
  return place.files().filter((name) => !/^\.zero-copy(\/\.gitignore|\/[^.].*\.zcresult\.json)?$|^token$/.test(name));
}

/** Two hosts of a test, gone with it. */
export class TwoHosts extends JoinedNamespaces {
  constructor(context: TestContext) {
    super();
    onTestFinished(() => this.remove());
    const obstacle = this.join();
    if (obstacle !== null) skip(context, obstacle);
  }
}

/** What `zero-copy-lab receive --json` prints. */
interface Introduction {
  readonly address: string;
  readonly port: number;
  readonly token: string;
}

/** A receiver that was started by hand in the second of them. */
export class Receiving {
  private constructor(
    private readonly running: Running,
    private readonly hosts: TwoHosts,
    readonly program: number,
    readonly token: string,
    private readonly before: readonly number[],
    /** What a sender adds to its command line. */
    readonly way: readonly string[],
  ) {}

  static async start(place: Workplace, hosts: TwoHosts, args: readonly string[] = []): Promise<Receiving> {
    const running = place.start(['receive', '--listen', '::', '--allow-network', '--json', ...args], {
      through: hosts.receiver,
    });
    const text = await running.until('its introduction', () => /^\{.*\}\n$/.exec(running.said)?.[0]);
    const { port, token } = JSON.parse(text) as Introduction;
    const tokenFile = place.write('token', token);
    const program = await running.bench();
    const way = ['--to', `${hosts.address}:${port}`, '--token-file', tokenFile];
    return new Receiving(running, hosts, program, token, sizeOf(program), way);
  }

  /** The same by IPv6. */
  get way6(): readonly string[] {
    return this.way.map((word) => word.replace(`${this.hosts.address}:`, `[${this.hosts.address6}]:`));
  }

  /** Somebody connects from the first host and says nothing. @returns ends that at his side, whatever the other hears */
  async visit(): Promise<() => void> {
    const port = Number(this.way[1]?.split(':').at(-1));
    const script = `const socket = require('node:net').connect(${port}, '${this.hosts.address}', () => console.log('there'));
      process.stdin.once('end', () => socket.resetAndDestroy()).resume();`;
    const [command = '', ...words] = [...this.hosts.sender, process.execPath, '-e', script];
    const visitor = spawn(command, words, { stdio: ['pipe', 'pipe', 'inherit'] });
    onTestFinished(() => void visitor.kill());
    await once(visitor.stdout, 'data');
    await until('the receiver to let him in', () => whether(sizeOf(this.program).join() !== this.before.join()));
    return () => visitor.stdin.end();
  }

  /** Waits until nothing is left of any sender: no thread, no descriptor, no connection. */
  async isAsBefore(): Promise<void> {
    const left = () => [sizeOf(this.program).join(), ...this.hosts.connections()].join('\n');
    try {
      await until('the receiver to let go of everything', () => whether(left() === this.before.join()));
    } catch (error) {
      throw new Error(`threads and descriptors ${this.before.join()} before, then:\n${left()}\n${this.running.log}`, {
        cause: error,
      });
    }
  }

  async end(): Promise<Ended> {
    this.running.kill('SIGINT');
    return this.running.ended;
  }

  kill(): void {
    this.signal('SIGKILL');
  }

  signal(signal: NodeJS.Signals): void {
    process.kill(this.program, signal);
  }

  killStarter(): void {
    this.running.kill('SIGKILL');
  }

  get ended(): Promise<Ended> {
    return this.running.ended;
  }
}

/** Threads and descriptors of a process. */
function sizeOf(pid: number): number[] {
  return ['task', 'fd'].map((folder) => readdirSync(`/proc/${pid}/${folder}`).length);
}
