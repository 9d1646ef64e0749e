/** Two hosts, as far as TCP can tell: two network namespaces joined by a veth pair. */
import { spawnSync } from 'node:child_process';

let made = 0;

export class JoinedNamespaces {
  private readonly name = `zcl-${process.pid}-${made++}`;
  /** Of the second, seen from the first. */
  readonly address = '10.231.0.2';
  readonly address6 = 'fd97::2';
  /** Of the first, seen from the second. */
  readonly otherAddress = '10.231.0.1';
  /** What runs a program in one of them, in front of its command line. */
  readonly first = ['ip', 'netns', 'exec', `${this.name}-a`];
  readonly second = ['ip', 'netns', 'exec', `${this.name}-b`];

  /** Needs root, because these have names. @returns why they cannot be had, or null */
  join(): string | null {
    if (process.getuid?.() !== 0) return 'needs root, for network namespaces with names';
    for (const line of [
      `netns add ${this.name}-a`,
      `netns add ${this.name}-b`,
      `link add name zcl netns ${this.name}-a type veth peer name zcl netns ${this.name}-b`,
      `-n ${this.name}-a addr add ${this.otherAddress}/24 dev zcl`,
      `-n ${this.name}-b addr add ${this.address}/24 dev zcl`,
      `-n ${this.name}-a addr add fd97::1/64 dev zcl nodad`,
      `-n ${this.name}-b addr add ${this.address6}/64 dev zcl nodad`,
      ...['a', 'b'].flatMap((end) => ['zcl', 'lo'].map((link) => `-n ${this.name}-${end} link set ${link} up`)),
    ]) {
      const { status, stderr, error } = spawnSync('ip', line.split(' '), { encoding: 'utf8' });
      if (status !== 0) return `no two namespaces can be joined: ${stderr?.trim() ?? error?.message}`;
    }
    return null;
  }

  /** Takes the link away under whoever uses it. */
  unplug(): void {
    spawnSync('ip', ['-n', `${this.name}-a`, 'link', 'set', 'zcl', 'down']);
  }

  /** Whatever still runs in them, too. */
  remove(): void {
    for (const end of ['a', 'b'] as const) {
      for (const pid of this.processes(end)) process.kill(pid, 'SIGKILL');
      spawnSync('ip', ['netns', 'del', `${this.name}-${end}`]);
    }
  }

  /** @param end the first is `a` */
  processes(end: 'a' | 'b'): number[] {
    const { stdout } = spawnSync('ip', ['netns', 'pids', `${this.name}-${end}`], { encoding: 'utf8' });
    return stdout.split('\n').filter(Boolean).map(Number);
  }
}
