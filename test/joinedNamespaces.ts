/** Two hosts, as far as TCP can tell: two network namespaces joined by a veth pair. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

let made = 0;

export class JoinedNamespaces {
  private readonly name = `zcl-${process.pid}-${made++}`;
  /** Of the receiver. */
  readonly address = '10.231.0.2';
  readonly address6 = 'fd97::2';
  readonly senderAddress = '10.231.0.1';
  /** In front of a command line that is to run in one of them. */
  readonly sender = ['ip', 'netns', 'exec', `${this.name}-a`];
  readonly receiver = ['ip', 'netns', 'exec', `${this.name}-b`];

  /** Needs root, because these have names. @returns why they cannot be had, or null */
  join(): string | null {
    if (process.getuid?.() !== 0) return 'needs root, for network namespaces with names';
    for (const line of [
      `netns add ${this.name}-a`,
      `netns add ${this.name}-b`,
      `link add name zcl netns ${this.name}-a type veth peer name zcl netns ${this.name}-b`,
      `-n ${this.name}-a addr add ${this.senderAddress}/24 dev zcl`,
      `-n ${this.name}-b addr add ${this.address}/24 dev zcl`,
      `-n ${this.name}-a addr add fd97::1/64 dev zcl nodad`,
      `-n ${this.name}-b addr add ${this.address6}/64 dev zcl nodad`,
      `-n ${this.name}-a link set lo up`,
      `-n ${this.name}-b link set lo up`,
      `-n ${this.name}-a link set zcl up`,
      `-n ${this.name}-b link set zcl up`,
    ]) {
      const { status, stderr, error } = spawnSync('ip', line.split(' '), { encoding: 'utf8' });
      if (status !== 0) return `no two namespaces can be joined: ${stderr?.trim() ?? error?.message}`;
    }
    return null;
  }

  /** With all that still runs in them. */
  remove(): void {
    for (const { pid } of this.processes()) killIfThere(pid);
    for (const end of ['a', 'b']) spawnSync('ip', ['netns', 'del', `${this.name}-${end}`]);
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

/** Undefined where it has ended since. */
function nameOf(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return undefined;
  }
}

/** It may end by itself between being seen and being killed. */
function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
