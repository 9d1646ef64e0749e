/** An sshd with throwaway keys, and an ssh that knows it and nothing else: for another namespace, or for loopback. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const SSHD = '/usr/sbin/sshd';

/** Why there can be none here, or null. */
export function whyNoSshd(): string | null {
  return existsSync(SSHD) ? null : 'there is no sshd (openssh-server)';
}

export interface SshdOptions {
  readonly port: number;
  /** A program in front, such as one that enters a namespace. */
  readonly through?: readonly string[];
  /** Who may log in; by default who runs the tests. */
  readonly user?: string;
  /** More lines of sshd_config(5). */
  readonly config?: readonly string[];
}

/** All it needs is below a folder of the test's. */
export class Sshd {
  private log = '';
  private readonly child: ChildProcess;
  readonly ended: Promise<void>;

  private constructor(
    private readonly folder: string,
    private readonly options: SshdOptions,
  ) {
    for (const key of ['host', 'user']) {
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', key, '-f', path.join(folder, key)]);
    }
    const config = this.write('sshd_config', [
      `Port ${options.port}`,
      `HostKey ${folder}/host`,
      `AuthorizedKeysFile ${folder}/user.pub`,
      'PermitRootLogin yes',
      'UsePAM no',
      'StrictModes no',
      'PidFile none',
      ...(options.config ?? []),
    ]);
    const [program = '', ...words] = [...(options.through ?? []), SSHD, '-D', '-e', '-f', config];
    this.child = spawn(program, words, { stdio: ['ignore', 'ignore', 'pipe'] });
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.log += text;
    });
    this.ended = new Promise((resolve) => this.child.once('exit', () => resolve()));
  }

  /** @throws Error where it does not come to listen, with what it said */
  static async start(folder: string, options: SshdOptions): Promise<Sshd> {
    mkdirSync(folder, { recursive: true });
    // What sshd wants to be there when root starts it (sshd(8)); a package's own unit makes it.
    if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true });
    const sshd = new Sshd(folder, options);
    let over = false;
    void sshd.ended.then(() => {
      over = true;
    });
    while (!/Server listening on/.test(sshd.log)) {
      if (over) throw new Error(`sshd does not start: ${sshd.log}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return sshd;
  }

  get pid(): number {
    return this.child.pid as number;
  }

  /** Only of what listens: connections that are open have processes of their own. */
  async end(): Promise<void> {
    this.child.kill('SIGTERM');
    await this.ended;
  }

  /** The private key of whoever may log in. */
  get key(): string {
    return path.join(this.folder, 'user');
  }

  /** A line of known_hosts, for any name that this host is reached by. */
  get knownHosts(): string {
    return `* ${readFileSync(path.join(this.folder, 'host.pub'), 'utf8')}`;
  }

  /**
   * A folder for PATH with an `ssh` that has this configuration instead of the user's.
   * @param hosts lines of ssh_config(5) by the name of a host
   */
  client(hosts: Readonly<Record<string, readonly string[]>>): string {
    const known = this.write('known_hosts', [this.knownHosts.trim()]);
    const config = this.write('ssh_config', [
      ...Object.entries(hosts).flatMap(([name, lines]) => [`Host ${name}`, ...lines.map((line) => `  ${line}`)]),
      'Host *',
      `  Port ${this.options.port}`,
      `  User ${this.options.user ?? execFileSync('id', ['-un'], { encoding: 'utf8' }).trim()}`,
      `  IdentityFile ${this.key}`,
      '  IdentitiesOnly yes',
      `  UserKnownHostsFile ${known}`,
      '  GlobalKnownHostsFile /dev/null',
    ]);
    const bin = path.join(this.folder, 'bin');
    mkdirSync(bin, { recursive: true });
    writeFileSync(path.join(bin, 'ssh'), `#!/bin/sh\nexec /usr/bin/ssh -F ${config} "$@"\n`);
    chmodSync(path.join(bin, 'ssh'), 0o755);
    return bin;
  }

  private write(name: string, lines: readonly string[]): string {
    const file = path.join(this.folder, name);
    writeFileSync(file, `${lines.join('\n')}\n`);
    return file;
  }
}
