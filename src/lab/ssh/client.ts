/** The OpenSSH client of this host: what is asked of it beside the user's own configuration. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { type Outcome, ok } from '../../model/problems.ts';
import { privateFolder } from '../ownFolder.ts';

/** As long as a connection that somebody opened in a terminal stays without being used. */
const OPENED_FOR = '5m';

/** Seconds after which a connection that is silent is given up, and for the first answer of a host. */
const SERVER_ALIVE_SECONDS = 5;
const CONNECT_SECONDS = 15;

/** Nothing but the connection: no agent, no X11, no port is forwarded. Host-key checks are the user's, and stay so. */
const PLAIN: readonly string[] = ['-a', '-x', ...options({ ClearAllForwardings: 'yes' })];

/** One command there, which nobody can be asked anything for. `socket`: that of a connection it goes through, or opens. */
export function commandThere(host: string, command: string, way: Connection): readonly string[] {
  return [
    '-T',
    ...PLAIN,
    ...options({
      BatchMode: 'yes',
      LogLevel: 'INFO',
      ConnectTimeout: String(CONNECT_SECONDS),
      ServerAliveInterval: String(SERVER_ALIVE_SECONDS),
      RemoteCommand: 'none',
      Tunnel: 'no',
      PermitLocalCommand: 'no',
    }),
    ...connection(way),
    '--',
    host,
    command,
  ];
}

/** How a command gets there. */
export type Connection =
  /** By whatever the user's configuration says, which may be a connection that is open already. */
  | { readonly kind: 'own' }
  /** By one that somebody opened in a terminal. */
  | { readonly kind: 'opened'; readonly socket: string }
  /** By a new one that others may go through as long as it lasts. */
  | { readonly kind: 'shared'; readonly socket: string };

function connection(way: Connection): readonly string[] {
  switch (way.kind) {
    case 'own':
      return options({ ControlMaster: 'no' });
    case 'opened':
      return options({ ControlMaster: 'no', ControlPath: way.socket });
    case 'shared':
      return options({ ControlMaster: 'yes', ControlPersist: 'no', ControlPath: way.socket });
  }
}

/** Has a connection that is open do something: `check`, `forward`, `cancel` (ssh(1), -O). */
export function control(host: string, socket: string, what: string, words: readonly string[] = []): readonly string[] {
  // Without a configuration, whose forwardings would be added.
  return ['-F', 'none', ...options({ ControlPath: socket }), '-O', what, ...words, '--', host];
}

/**
 * The command for a terminal where somebody has to answer ssh: what goes to this host within the next minutes goes
 * through the connection it opens. It ends as soon as that is open.
 */
export function openingCommand(host: string): Outcome<readonly string[]> {
  const socket = openedSocket(host);
  if (!socket.ok) return socket;
  const master = options({ ControlMaster: 'auto', ControlPersist: OPENED_FOR, ControlPath: socket.value });
  return ok(['ssh', '-f', '-N', ...PLAIN, ...master, '--', host]);
}

/** A socket for the connections of one run. */
export function socketOfRun(): Outcome<string> {
  return socketNamed(`run-${process.pid}`);
}

/** Where a connection is that somebody opened in a terminal, if anybody did. */
export function openedSocket(host: string): Outcome<string> {
  return socketNamed(createHash('sha256').update(host).digest('hex').slice(0, 16));
}

/** Short, because a socket's path has at most 107 bytes (unix(7)), and ssh adds 17 for a moment. */
function socketNamed(name: string): Outcome<string> {
  const folder = privateFolder('ssh');
  return folder.ok ? ok(path.join(folder.value, name)) : folder;
}

/** A command as it can be typed in a shell. */
export function asTyped(words: readonly string[]): string {
  return words.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(' ');
}

function options(values: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(values).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
}
