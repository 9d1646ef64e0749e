/** Two hosts, as far as TCP can tell: two network namespaces joined by a veth pair, with a receiver in the second. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import type { TestContext } from 'vitest';
import { onTestFinished } from 'vitest';
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

let made = 0;

export class TwoHosts {
  private readonly name = `zcl-${process.pid}-${made++}`;
  readonly address = '10.231.0.2';
  readonly address6 = 'fd97::2';
  readonly sender = ['ip', 'netns', 'exec', `${this.name}-a`];
  readonly receiver = ['ip', 'netns', 'exec', `${this.name}-b`];

  /** Gone with the test. */
  constructor(context: TestContext) {
    if (process.getuid?.() !== 0) skip(context, 'needs root, for network namespaces with names');
    onTestFinished(() => {
      for (const { pid } of this.processes()) process.kill(pid, 'SIGKILL');
      for (const end of ['a', 'b']) spawnSync('ip', ['netns', 'del', `${this.name}-${end}`]);
    });
    for (const line of [
      `netns add ${this.name}-a`,
      `netns add ${this.name}-b`,
      `link add name zcl netns ${this.name}-a type veth peer name zcl netns ${this.name}-b`,
      `-n ${this.name}-a addr add 10.231.0.1/24 dev zcl`,
      `-n ${this.name}-b addr add ${this.address}/24 dev zcl`,
      `-n ${this.name}-a addr add fd97::1/64 dev zcl nodad`,
      `-n ${this.name}-b addr add ${this.address6}/64 dev zcl nodad`,
      `-n ${this.name}-a link set lo up`,
      `-n ${this.name}-b link set lo up`,
      `-n ${this.name}-a link set zcl up`,
      `-n ${this.name}-b link set zcl up`,
    ]) {
      const { status, stderr, error } = spawnSync('ip', line.split(' '), { encoding: 'utf8' });
      if (status !== 0) skip(context, `no two namespaces can be joined: ${stderr?.trim() ?? error?.message}`);
    }
  }

  /** Takes the link away under whoever uses it. */
  unplug(): void {
    spawnSync('ip', ['-n', `${this.name}-a`, 'link', 'set', 'zcl', 'down']);
  }

  /** Gives the second an address that the first has no route to. */
  addInnerAddress(address: string): void {
    spawnSync('ip', ['-n', `${this.name}-b`, 'addr', 'add', `${address}/32`, 'dev', 'lo']);
  }

  /** The first has a route to that address, but hears nothing from it, as behind a firewall that drops. */
  dropFrom(address: string): void {
    spawnSync('ip', ['-n', `${this.name}-a`, 'route', 'add', address, 'via', this.address]);
    spawnSync('ip', ['-n', `${this.name}-b`, 'rule', 'add', 'from', address, 'blackhole']);
  }

  /** What runs in either, by the name of its program. */
  processes(): { readonly pid: number; readonly name: string }[] {
    return ['a', 'b'].flatMap((end) =>
      spawnSync('ip', ['netns', 'pids', `${this.name}-${end}`], { encoding: 'utf8' })
        .stdout.split('\n')
        .filter(Boolean)
        .flatMap((text) => {
          const pid = Number(text);
          const name = nameOf(pid);
          return name === undefined ? [] : [{ pid, name }];
        }),
    );
  }

  /** Connections that are up in either. */
  connections(): string[] {
    return this.sockets('state', 'connected', 'exclude', 'time-wait');
  }

  /** Sockets that wait for connections in either. */
  listeners(): string[] {
    return this.sockets('state', 'listening').map((each) => `LISTEN ${each}`);
  }

  private sockets(...filter: readonly string[]): string[] {
    return [this.sender, this.receiver].flatMap(([command = '', ...words]) =>
      spawnSync(command, [...words, 'ss', '-Htn', ...filter], { encoding: 'utf8' })
        .stdout.split('\n')
        .filter(Boolean),
    );
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
    process.kill(this.program, 'SIGKILL');
  }

  killStarter(): void {
    this.running.kill('SIGKILL');
  }

  get ended(): Promise<Ended> {
    return this.running.ended;
  }
}

/** Undefined where it has ended since. */
function nameOf(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return undefined;
  }
}

/** Threads and descriptors of a process. */
function sizeOf(pid: number): number[] {
  return ['task', 'fd'].map((folder) => readdirSync(`/proc/${pid}/${folder}`).length);
}
