// What Remote-SSH has at its other end: a host in a network of its own, with an sshd and a user without any rights.
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { codeServer } from '../../scripts/lib/code-server.mjs';
import { cacheFolder, inRepository, removeFolder, temporaryFolder } from '../../scripts/lib/folders.mjs';
import { freePort } from '../../scripts/lib/free-port.mjs';
import { run, signalGroup, spawnGroup } from '../../scripts/lib/run.mjs';
import { type Host, startHost } from '../../scripts/lib/vscode-host.mjs';
import { JoinedNamespaces } from '../joinedNamespaces.ts';
import { Sshd, whyNoSshd } from '../sshd.ts';
import { SETTINGS } from './settings.ts';

/** Of nobody else on this machine. */
const USER = { name: 'ada', id: 60_815 };
const LOOPBACK = '127.0.0.1';

/** The other host of the two, as ssh on the server knows it. */
export const NEIGHBOUR = {
  plain: 'neighbour',
  /** By a key that asks for `PASSPHRASE`. */
  locked: 'locked',
  /** By way of itself, so that its address means nothing on the server. */
  behind: 'behind',
} as const;
export const PASSPHRASE = 'correct horse battery staple';

/** Why there can be none here, or null. */
export function whyNoServer(): string | null {
  if (process.getuid?.() !== 0) return 'needs root, for network namespaces with names and another user';
  return whyNoSshd();
}

/** Two hosts, and VS Code's server on the first. Both have the same user. */
export class RemoteServer {
  /** All that belongs to it. */
  readonly folder = temporaryFolder('remote');
  /** Where its user works. */
  readonly workspace = path.join(this.folder, 'work');
  private readonly home = path.join(this.folder, 'home');
  private readonly hosts = new JoinedNamespaces();
  private readonly endings: (() => Promise<void> | void)[] = [];

  readonly addresses = { server: this.hosts.senderAddress, neighbour: this.hosts.address } as const;

  /** @param vsix the extension, installed there */
  async start(vsix: string, env: NodeJS.ProcessEnv): Promise<Host> {
    this.endings.push(() => removeFolder(this.folder));
    const obstacle = this.hosts.join();
    this.endings.push(() => this.hosts.remove());
    if (obstacle !== null) throw new Error(obstacle);
    chmodSync(this.folder, 0o755);
    writeFileSync(this.accounts, this.usersWithOurs());
    const server = await this.startSshd('server', this.hosts.sender);
    const neighbour = await this.startSshd('neighbour', this.hosts.receiver);
    await this.configureSsh(neighbour);
    const port = await freePort();
    this.forward(server, port);
    this.own(this.workspace);
    const host = await this.startVsCode(vsix, env, port);
    this.endings.push(() => host.stop());
    return host;
  }

  async stop(): Promise<void> {
    for (const end of this.endings.reverse()) await end();
  }

  /** Receivers that ssh has started on the neighbour. */
  receiversThere(): number {
    return this.hosts.processes().filter(({ name }) => name.startsWith('.zcl-receiver')).length;
  }

  /** Types a command of this program into a shell of the neighbour, with more words behind it. */
  typeThere(command: string, ...words: readonly string[]) {
    const folder = path.join(this.folder, 'neighbour-work');
    const program = path.join(folder, 'zero-copy-lab');
    mkdirSync(folder);
    writeFileSync(program, `exec "${process.execPath}" "${inRepository('dist', 'cli.js')}" "$@"`, { mode: 0o755 });
    const [through = '', ...args] = [...this.hosts.receiver, 'sh', '-c', [command, ...words].join(' ')];
    const env = { ...process.env, PATH: `${folder}:${process.env.PATH}`, ZERO_COPY_LAB_LOCK_PARENT: folder };
    return spawnSync(through, args, { cwd: folder, env, encoding: 'utf8' });
  }

  /** A folder of the user's, with all that is in it. */
  own(folder: string): string {
    mkdirSync(folder, { recursive: true });
    for (const name of ['', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })]) {
      chownSync(path.join(folder, name), USER.id, USER.id);
    }
    return folder;
  }

  /** passwd(5), where ssh and sshd look for home folders. */
  private get accounts(): string {
    return path.join(this.folder, 'passwd');
  }

  private usersWithOurs(): string {
    const line = [USER.name, 'x', USER.id, USER.id, '', this.home, '/bin/sh'].join(':');
    return `${readFileSync('/etc/passwd', 'utf8')}${line}\n`;
  }

  /** In front of a command line: it finds our user on a host. @param prepare what else a shell does before */
  private on(host: readonly string[], ...prepare: readonly string[]): readonly string[] {
    const lines = [`mount --bind ${this.accounts} /etc/passwd`, ...prepare, 'exec "$@"'];
    return [...host, 'unshare', '--mount', 'sh', '-ec', lines.join('\n'), 'sh'];
  }

  private async startSshd(name: string, host: readonly string[]): Promise<Sshd> {
    const folder = path.join(this.folder, name);
    const sshd = await Sshd.start(folder, { port: 22, user: USER.name, through: this.on(host) });
    this.endings.push(() => sshd.end());
    return sshd;
  }

  /** What its user's ssh knows of the neighbour, as people write it. */
  private async configureSsh(neighbour: Sshd): Promise<void> {
    const folder = path.join(this.home, '.ssh');
    mkdirSync(folder, { recursive: true });
    const at = (name: string) => path.join(folder, name);
    for (const name of ['id_ed25519', 'locked']) writeFileSync(at(name), readFileSync(neighbour.key), { mode: 0o600 });
    await run('ssh-keygen', ['-q', '-p', '-N', PASSPHRASE, '-f', at('locked')]);
    writeFileSync(at('known_hosts'), neighbour.knownHosts);
    const hosts = {
      [NEIGHBOUR.plain]: [`HostName ${this.addresses.neighbour}`],
      '*.example': ['User nobody'],
      [NEIGHBOUR.locked]: [`HostName ${this.addresses.neighbour}`, 'IdentityFile ~/.ssh/locked', 'IdentitiesOnly yes'],
      [NEIGHBOUR.behind]: [`HostName ${LOOPBACK}`, `ProxyJump ${NEIGHBOUR.plain}`],
    };
    const lines = Object.entries(hosts).flatMap(([name, own]) => [`Host ${name}`, ...own.map((line) => `  ${line}`)]);
    writeFileSync(at('config'), `${lines.join('\n')}\n`);
    this.own(this.home);
  }

  /** `ssh -L` from this machine, as Remote-SSH does, by way of the neighbour's network. */
  private forward(server: Sshd, port: number): void {
    const connect = `const s=require('net').connect(22,'${this.addresses.server}');process.stdin.pipe(s).pipe(process.stdout)`;
    const proxy = [...this.hosts.receiver, process.execPath, '-e', `"${connect}"`].join(' ');
    const bin = server.client({ server: [`ProxyCommand ${proxy}`, 'BatchMode yes', 'ExitOnForwardFailure yes'] });
    // It says so whenever somebody asks before VS Code listens.
    const log = path.join(this.folder, 'ssh.log');
    const child = spawnGroup(
      path.join(bin, 'ssh'),
      ['-E', log, '-N', '-L', `${LOOPBACK}:${port}:${LOOPBACK}:${port}`, 'server'],
      { stdio: 'ignore' },
    );
    const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
    this.endings.push(async () => {
      signalGroup(child, 'SIGTERM');
      await ended;
    });
  }

  private async startVsCode(vsix: string, env: NodeJS.ProcessEnv, port: number): Promise<Host> {
    const { entry, node } = await codeServer();
    const folder = path.join(this.folder, 'vscode');
    const cache = path.join(this.folder, 'cache');
    const extension = path.join(this.folder, 'extension.vsix');
    mkdirSync(cache);
    writeFileSync(extension, readFileSync(vsix));
    const there = (file: string) => path.join(cache, path.relative(cacheFolder(), file));
    const through = this.on(
      this.hosts.sender,
      // The home folder of whoever runs the tests need not be open to others.
      `mount --bind ${cacheFolder()} ${cache}`,
      // What was made for the server is its user's.
      `chown -R ${USER.id}:${USER.id} ${folder}`,
    );
    const asUser = ['setpriv', `--reuid=${USER.id}`, `--regid=${USER.id}`, '--clear-groups', '--'];
    return startHost({
      codeServer: { node: there(node), entry: there(entry) },
      folder,
      extensions: [extension],
      settings: SETTINGS,
      env,
      elsewhere: { through: [...through, ...asUser], port },
    });
  }
}
