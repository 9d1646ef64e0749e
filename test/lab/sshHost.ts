/** The second of two hosts with an sshd, folders of its own and whatever login shell a test wants. */
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { TestContext } from 'vitest';
import { onTestFinished } from 'vitest';
import { skip } from '../skip.ts';
import { Sshd, whyNoSshd } from '../sshd.ts';
import { until, type Workplace, whether } from './lab.ts';
import { TwoHosts } from './twoHosts.ts';

/** How there.sh calls what it makes. */
const RECEIVER = '.zcl-receiver';

/** What the second host is to be like. */
export interface SshFar {
  /** What is done to its folders before sshd starts: lines of a shell, in a mount namespace of its own. */
  readonly folders?: readonly string[];
  readonly user?: 'root' | 'nobody';
  /** Login shell of that user. */
  readonly shell?: string;
  /** Files of that user's home folder. */
  readonly home?: Readonly<Record<string, string>>;
  /** Shell scripts that are found there before the system's programs of their names. */
  readonly programs?: Readonly<Record<string, string>>;
  /** More lines of sshd_config(5). */
  readonly config?: readonly string[];
  /** More lines of ssh_config(5) at the sender, by the name of a host. */
  readonly hosts?: Readonly<Record<string, readonly string[]>>;
}

export class SshHost {
  private constructor(
    readonly hosts: TwoHosts,
    private readonly place: Workplace,
    private readonly sshd: Sshd,
    /** In front of a command line of the sender. */
    readonly through: readonly string[],
  ) {}

  /** Known to ssh as `far`, and by IPv6 as `far6`. */
  static async start(context: TestContext, place: Workplace, options: SshFar = {}): Promise<SshHost> {
    const why = whyNoSshd();
    if (why !== null) skip(context, why);
    const hosts = new TwoHosts(context);
    const { user = 'root', shell = '/bin/sh', home = {}, folders = [], programs = {}, config = [] } = options;
    const folder = path.join(place.base, 'sshd');
    const homeFolder = path.join(folder, 'home');
    mkdirSync(homeFolder, { recursive: true });
    for (const [name, text] of Object.entries(home)) writeFileSync(path.join(homeFolder, name), text);
    const bin = path.join(folder, 'there');
    mkdirSync(bin);
    for (const [name, text] of Object.entries(programs)) {
      writeFileSync(path.join(bin, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
    }
    const users = path.join(folder, 'passwd');
    writeFileSync(users, usersWith(user, homeFolder, shell));
    chmodSync(place.base, 0o755); // sshd reads keys as the user whose they are
    const before = [
      `mount --bind ${users} /etc/passwd`,
      // Nobody else's files are in these.
      'mount -t tmpfs -o mode=1777 tmpfs /dev/shm',
      'mount -t tmpfs -o mode=1777 tmpfs /var/tmp',
      ...folders,
      'exec "$@"',
    ];
    const through = [...hosts.receiver, 'unshare', '--mount', 'sh', '-ec', before.join('\n'), 'sh'];
    const sshd = await Sshd.start(folder, {
      port: 22,
      through,
      user,
      config: [...config, `SetEnv PATH=${bin}:/usr/bin:/bin`],
    });
    onTestFinished(() => sshd.end());
    const client = sshd.client({
      far: [`HostName ${hosts.address}`],
      far6: [`HostName ${hosts.address6}`],
      ...options.hosts,
    });
    const environment = ['env', '-u', 'SSH_AUTH_SOCK', `PATH=${client}:${process.env['PATH']}`];
    return new SshHost(hosts, place, sshd, [...hosts.sender, ...environment]);
  }

  /** The process of this name on either host, once it is there. */
  async process(name: RegExp): Promise<number> {
    return until(`a process ${name}`, () => this.hosts.processes().find((each) => name.test(each.name))?.pid);
  }

  /** What serves the connection of a run there. */
  async session(): Promise<number> {
    const others = () => this.hosts.processes().filter(({ pid, name }) => pid !== this.sshd.pid && /^sshd/.test(name));
    return until('a session of sshd', () => others()[0]?.pid);
  }

  async receiver(): Promise<number> {
    return this.process(/^\.zcl-receiver/);
  }

  /** Waits until nothing of any run is left on either host: process, file, connection or socket. */
  async isAsBefore(): Promise<void> {
    try {
      await until('nothing to be left', () => whether(this.left().length === 0));
    } catch (error) {
      throw new Error(`left: ${this.left().join('\n')}`, { cause: error });
    }
  }

  /** What there is beside sshd. */
  left(): string[] {
    return [
      ...this.hosts.processes().flatMap(({ pid, name }) => (pid === this.sshd.pid ? [] : [`${name} (${pid})`])),
      ...this.hosts.connections(),
      ...this.hosts.listeners().filter((each) => !each.includes(':22 ')),
      ...this.files(),
    ];
  }

  /** Files of receivers in the folders there, and sockets of ssh in the private folder here. */
  files(): string[] {
    const there = ['dev/shm', 'tmp', 'var/tmp', 'root'].flatMap((folder) =>
      readdirSync(`/proc/${this.sshd.pid}/root/${folder}`).filter((name) => name.startsWith(RECEIVER)),
    );
    const here = path.join(this.place.lockFolder, 'ssh');
    return [...there, ...(existsSync(here) ? readdirSync(here) : [])];
  }
}

/** passwd(5) of this host, with another home folder and shell for one of its users. */
function usersWith(user: string, home: string, shell: string): string {
  return readFileSync('/etc/passwd', 'utf8').replace(
    new RegExp(`^(${user}(?::[^:]*){4}):.*$`, 'm'),
    (_, who: string) => `${who}:${home}:${shell}`,
  );
}
