// What Remote-SSH has at its other end: a host in a network of its own, with an sshd and a user without any rights.
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { codeServer } from '../../scripts/lib/code-server.mjs';
import { cacheFolder, inRepository, removeFolder, temporaryFolder } from '../../scripts/lib/folders.mjs';
import { freePort } from '../../scripts/lib/free-port.mjs';
import { run, signalGroup, spawnGroup } from '../../scripts/lib/run.mjs';
import { onPath } from '../../scripts/lib/system-packages.mjs';
import { type Host, startHost } from '../../scripts/lib/vscode-host.mjs';
import { JoinedNamespaces } from '../joinedNamespaces.ts';
import { commandLine } from './processes.ts';
import { SETTINGS } from './settings.ts';

/** Of nobody else on this machine. */
const USER = { name: 'ada', id: 60_815 };
const SSH_PORT = 2222;
const LOOPBACK = '127.0.0.1';

const HOSTS = ['server', 'neighbour'] as const;
type HostName = (typeof HOSTS)[number];

/** Why there can be none here, or null. */
export function whyNoServer(): string | null {
  if (process.getuid?.() !== 0) return 'needs root, for network namespaces with names and another user';
  const missing = ['ip', 'ssh', 'ssh-keygen', 'setpriv', 'unshare'].filter((program) => onPath(program) === undefined);
  if (sshd() === undefined) missing.push('sshd');
  return missing.length === 0 ? null : `needs ${missing.join(', ')}`;
}

/** It asks to be started by its absolute path, which is not on every user's PATH. */
function sshd(): string | undefined {
  return onPath('sshd') ?? ['/usr/sbin/sshd'].find((file) => spawnSync('test', ['-x', file]).status === 0);
}

/** The other host of the two, as ssh on the server knows it. */
export const NEIGHBOUR = {
  plain: 'neighbour',
  /** By a key that asks for `PASSPHRASE`. */
  locked: 'locked',
  /** By way of itself, so that its address means nothing on the server. */
  behind: 'behind',
} as const;
export const PASSPHRASE = 'correct horse battery staple';

function configuration(address: string): string {
  return `
Host ${NEIGHBOUR.plain}
  HostName ${address}
  Port ${SSH_PORT}
Host *.example
  User nobody
Host ${NEIGHBOUR.locked}
  HostName ${address}
  Port ${SSH_PORT}
  IdentityFile ~/.ssh/locked
  IdentitiesOnly yes
Host ${NEIGHBOUR.behind}
  HostName ${LOOPBACK}
  Port ${SSH_PORT}
  ProxyJump ${NEIGHBOUR.plain}
`;
}

type Ending = () => Promise<void> | void;

/** Two hosts, and VS Code's server on the second. Both have the same user, with a home folder on each. */
export class RemoteServer {
  /** All that belongs to it. */
  readonly folder = temporaryFolder('remote');
  /** Where its user works. */
  readonly workspace = path.join(this.folder, 'work');
  /** One for everything, thrown away with the folder. */
  private readonly key = path.join(this.folder, 'key');
  private readonly lockedKey = path.join(this.folder, 'locked-key');
  private readonly hosts = new JoinedNamespaces();
  private readonly endings: Ending[] = [];

  /** The address of the server, and that of its neighbour. */
  readonly addresses = { server: this.hosts.address, neighbour: this.hosts.otherAddress } as const;

  /** @param vsix the extension, installed there */
  async start(vsix: string, env: NodeJS.ProcessEnv): Promise<Host> {
    this.endings.push(() => removeFolder(this.folder));
    const obstacle = this.hosts.join();
    this.endings.push(() => this.hosts.remove());
    if (obstacle !== null) throw new Error(obstacle);
    chmodSync(this.folder, 0o755);
    this.own(this.workspace);
    this.writeAccounts();
    for (const [file, phrase] of [
      [this.key, ''],
      [this.lockedKey, PASSPHRASE],
    ] as const) {
      await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', phrase, '-f', file]);
    }
    for (const host of HOSTS) this.startSshd(host);
    const port = await freePort();
    this.forward(port);
    const { entry, node } = await codeServer();
    const cache = path.join(this.folder, 'cache');
    const folder = path.join(this.folder, 'vscode');
    const extension = path.join(this.folder, 'extension.vsix');
    mkdirSync(cache);
    writeFileSync(extension, readFileSync(vsix));
    const there = (file: string) => path.join(cache, path.relative(cacheFolder(), file));
    // The home folder of whoever runs the tests need not be open to others; and what was made for the server is its user's.
    const prepare = `mount --bind "$0" "$1" && chown -R ${USER.id}:${USER.id} "$2" && shift 2 && exec "$@"`;
    const host = await startHost({
      codeServer: { node: there(node), entry: there(entry) },
      folder,
      extensions: [extension],
      settings: SETTINGS,
      env,
      elsewhere: { through: this.at('server', ['sh', '-c', prepare, cacheFolder(), cache, folder]), port },
    });
    this.endings.push(() => host.stop());
    return host;
  }

  async stop(): Promise<void> {
    for (const end of this.endings.reverse()) await end();
  }

  /** Receivers that ssh has started on the neighbour. */
  receiversThere(): number[] {
    return this.hosts.processes('a').filter((pid) => commandLine(pid).includes('--remove-itself'));
  }

  /** Types a command of this program into a shell of the neighbour, with more words behind it. */
  typeThere(command: string, ...words: readonly string[]) {
    const folder = path.join(this.folder, 'neighbour-work');
    const program = path.join(folder, 'zero-copy-lab');
    mkdirSync(folder);
    writeFileSync(program, `exec "${process.execPath}" "${inRepository('dist', 'cli.js')}" "$@"`, { mode: 0o755 });
    const [through = '', ...args] = [...this.hosts.first, 'sh', '-c', [command, ...words].join(' ')];
    const env = { ...process.env, PATH: `${folder}:${process.env.PATH}`, ZERO_COPY_LAB_LOCK_PARENT: folder };
    return spawnSync(through, args, { cwd: folder, env, encoding: 'utf8' });
  }

  /** A folder of the user's. */
  own(folder: string): string {
    mkdirSync(folder, { recursive: true });
    for (const name of ['', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })]) {
      chownSync(path.join(folder, name), USER.id, USER.id);
    }
    return folder;
  }

  private home(host: HostName): string {
    return path.join(this.folder, 'homes', host);
  }

  /** In front of a command line: it runs on that host, as its user. @param prepared what root does there before */
  private at(host: HostName, prepared: readonly string[] = []): readonly string[] {
    const accounts = path.join(this.folder, `passwd-${host}`);
    return [
      ...(host === 'server' ? this.hosts.second : this.hosts.first),
      // A list of users of its own, where ssh and sshd look for home folders.
      ...['sh', '-c', `mount --bind "$0" /etc/passwd && exec "$@"`, accounts],
      ...prepared,
      ...['setpriv', `--reuid=${USER.id}`, `--regid=${USER.id}`, '--clear-groups', '--'],
    ];
  }

  private writeAccounts(): void {
    const everybody = readFileSync('/etc/passwd', 'utf8');
    for (const host of HOSTS) {
      const line = [USER.name, 'x', USER.id, USER.id, '', this.home(host), '/bin/sh'].join(':');
      writeFileSync(path.join(this.folder, `passwd-${host}`), `${everybody}${line}\n`);
    }
  }

  /** As a user without rights may have one, for that user alone. */
  private startSshd(host: HostName): void {
    const folder = path.join(this.home(host), '.ssh');
    mkdirSync(folder, { recursive: true });
    const write = (name: string, text: string | Buffer) =>
      writeFileSync(path.join(folder, name), text, { mode: 0o600 });
    const [publicKey, lockedPublicKey] = [this.key, this.lockedKey].map((file) => readFileSync(`${file}.pub`, 'utf8'));
    write('id_ed25519', readFileSync(this.key));
    write('locked', readFileSync(this.lockedKey));
    write('authorized_keys', `${publicKey}${lockedPublicKey}`);
    const addresses = [...Object.values(this.addresses), LOOPBACK];
    write('known_hosts', addresses.map((address) => `[${address}]:${SSH_PORT} ${publicKey}`).join(''));
    write('config', configuration(this.addresses.neighbour));
    this.own(this.home(host));
    const settings = {
      HostKey: path.join(folder, 'id_ed25519'),
      AuthorizedKeysFile: path.join(folder, 'authorized_keys'),
      PidFile: 'none',
      UsePAM: 'no',
      StrictModes: 'no',
    };
    const options = [
      ...[this.addresses[host], LOOPBACK].flatMap((address) => ['-o', `ListenAddress=${address}:${SSH_PORT}`]),
      ...Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]),
    ];
    const log = ['-E', path.join(this.home(host), 'sshd.log')];
    this.background([...this.at(host), sshd() ?? '', '-D', ...log, '-f', '/dev/null', ...options]);
  }

  /** `ssh -L`, as Remote-SSH does, from this machine by way of the neighbour's network. */
  private forward(port: number): void {
    const { server } = this.addresses;
    const connect = `const s=require('net').connect(${SSH_PORT},'${server}');process.stdin.pipe(s).pipe(process.stdout)`;
    const proxy = [...this.hosts.first, process.execPath, '-e', `"${connect}"`].join(' ');
    const options = {
      ProxyCommand: proxy,
      BatchMode: 'yes',
      UserKnownHostsFile: path.join(this.home('neighbour'), '.ssh', 'known_hosts'),
      ExitOnForwardFailure: 'yes',
    };
    this.background([
      ...['ssh', '-F', 'none', '-E', path.join(this.folder, 'ssh.log'), '-N', '-i', this.key, '-p', String(SSH_PORT)],
      ...Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]),
      ...['-L', `${LOOPBACK}:${port}:${LOOPBACK}:${port}`, `${USER.name}@${server}`],
    ]);
  }

  private background(words: readonly string[]): void {
    const [program = '', ...args] = words;
    const child = spawnGroup(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
    this.endings.push(async () => {
      signalGroup(child, 'SIGTERM');
      await ended;
    });
  }
}
