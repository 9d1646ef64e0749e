/** What can go wrong on the way to a receiver that ssh starts, in words: what ssh said, and the way out. */
import * as l10n from '@vscode/l10n';
import type { Problem } from './result/problem.ts';

/** Problems of ssh have codes that begin with this. */
export const SSH_CODE = 'ssh-';

/** Somebody has to type something: the command of src/lab/ssh/prompt.ts asks for it in a terminal. */
export const SSH_NEEDS_PROMPT = `${SSH_CODE}needs-prompt`;

/** The data cannot go straight to the receiver: it may go through ssh, by `forward` of the experiment. */
export const SSH_BLOCKED = `${SSH_CODE}blocked`;

/** How the receiver begins what it says when it cannot do what it is there for. */
const RECEIVER_SAYS = 'zcl-receiver: ';

type Words = (host: string, said: string, command: string) => Problem;

/**
 * From what the OpenSSH client prints when it comes to nothing. The first that fits says it. Texts of OpenSSH 7.4 to 10
 * (sshconnect.c, sshconnect2.c, ssh.c, misc.c), which are not translated.
 */
const RULES: readonly (readonly [RegExp, Words])[] = [
  [/REMOTE HOST IDENTIFICATION HAS CHANGED|Host key for .* has changed/i, changedKey],
  [/no .*host key is known for .* and you have requested strict/is, strictKey],
  [/Host key verification failed/i, unknownKey],
  [/Could not resolve hostname/i, unknownHost],
  [/Permission denied \(|Too many authentication failures|no more authentication methods/i, needsLogin],
  [/connect to (host|address) .*: Connection refused/i, refused],
  [/connect to (host|address) .*|Connection timed out|No route to host|Network is unreachable/i, unreachable],
];

/**
 * Why ssh came to no shell there.
 * @param said what it printed on standard error
 * @param command what to type in a terminal where somebody has to answer something
 */
export function explainSsh(host: string, said: string, command: string): Problem {
  const [, words] = RULES.find(([fits]) => fits.test(said)) ?? [undefined, failed];
  return words(host, lastLine(said), command);
}

function changedKey(host: string): Problem {
  return {
    code: `${SSH_CODE}host-key-changed`,
    message: l10n.t('{0} shows another host key than the one that ssh knows: ssh does not connect.', host),
    hint: l10n.t(
      'Find out why: another host may answer in its place. Only when the new key is right, remove the old one (ssh-keygen -R).',
    ),
  };
}

function strictKey(host: string): Problem {
  return {
    code: `${SSH_CODE}host-key-unknown`,
    message: l10n.t('ssh does not know the host key of {0}, and its configuration allows no unknown one.', host),
    hint: l10n.t('Add the key to known_hosts, from a source that you trust.'),
  };
}

function unknownKey(host: string, _said: string, command: string): Problem {
  return {
    code: SSH_NEEDS_PROMPT,
    message: l10n.t('ssh does not know the host key of {0}, and asks whether it is right.', host),
    hint: answerIn(command),
  };
}

function needsLogin(host: string, said: string, command: string): Problem {
  return {
    code: SSH_NEEDS_PROMPT,
    message: l10n.t('{0} lets nobody in without a password or passphrase: {1}.', host, said),
    hint: answerIn(command),
  };
}

function answerIn(command: string): string {
  return l10n.t('Answer it in a terminal, and run again within five minutes: {0}', command);
}

function unknownHost(host: string): Problem {
  return {
    code: `${SSH_CODE}unknown-host`,
    message: l10n.t(
      'There is no host of the name {0}, neither in ssh’s configuration of this host nor elsewhere.',
      host,
    ),
    hint: l10n.t('Check its spelling, or add it to ~/.ssh/config of this host.'),
  };
}

function refused(host: string, said: string): Problem {
  return {
    code: `${SSH_CODE}unreachable`,
    message: l10n.t('No ssh server answers at {0}: {1}.', host, said),
    hint: l10n.t('Check the port in ssh’s configuration, and that sshd runs there.'),
  };
}

function unreachable(host: string, said: string): Problem {
  return {
    code: `${SSH_CODE}unreachable`,
    message: l10n.t('ssh does not reach {0}: {1}.', host, said),
    hint: l10n.t('Check the address and the network between the two hosts.'),
  };
}

function failed(host: string, said: string): Problem {
  return {
    code: `${SSH_CODE}failed`,
    message:
      said === '' ? l10n.t('ssh to {0} failed without a word.', host) : l10n.t('ssh to {0} failed: {1}.', host, said),
    hint: l10n.t('Try it in a terminal first: ssh {0}', host),
  };
}

export function sshIsMissing(): Problem {
  return {
    code: `${SSH_CODE}missing`,
    message: l10n.t('There is no ssh on this host.'),
    hint: l10n.t('Install the OpenSSH client (openssh-client, openssh-clients).'),
  };
}

/** @param said what it printed when the run was under way */
export function sshHasEnded(host: string, said: string): Problem {
  const words = lastLine(said);
  return {
    code: `${SSH_CODE}ended`,
    message:
      words === ''
        ? l10n.t('The ssh connection to {0} ended in the middle, and the receiver with it.', host)
        : l10n.t('The ssh connection to {0} ended in the middle, and the receiver with it: {1}.', host, words),
    hint: l10n.t('Check the network between the two hosts, and run the experiment again.'),
  };
}

export function noShellThere(host: string, said: string): Problem {
  const words = lastLine(said);
  return {
    code: `${SSH_CODE}no-shell`,
    message:
      words === ''
        ? l10n.t('ssh runs no command at {0}.', host)
        : l10n.t('ssh runs no command at {0}: {1}.', host, words),
    hint: l10n.t('The receiver needs a user there who may run /bin/sh.'),
  };
}

export function noReceiverFor(host: string, machine: string): Problem {
  return {
    code: `${SSH_CODE}machine`,
    message: l10n.t('{0} is {1}; there are receivers for Linux on x86-64 and arm64.', host, machine),
    hint: l10n.t('Choose another host.'),
  };
}

/** A folder that was tried. @param reason as the system there says it */
export function takesNothing(folder: string, reason: string): string {
  return l10n.t('{0} takes no files ({1})', folder, reason);
}

/** The same for one that takes files. */
export function runsNothing(folder: string, reason: string): string {
  return l10n.t('{0} allows no execution ({1})', folder, reason);
}

/** @param passedOver every folder that was tried, with the reason */
export function noFolderThere(host: string, passedOver: readonly string[]): Problem {
  return {
    code: `${SSH_CODE}no-folder`,
    message: l10n.t('No folder at {0} is fit for the receiver: {1}.', host, passedOver.join('; ')),
    hint: l10n.t('Give the user there a folder that is writable and not mounted noexec, such as a home folder.'),
  };
}

export function notAllThere(host: string, folder: string): Problem {
  return {
    code: `${SSH_CODE}incomplete`,
    message: l10n.t('The receiver does not fit into {0} at {1}, or took longer than a minute.', folder, host),
    hint: l10n.t('Free 2 MB there, or try again on a better connection.'),
  };
}

/** The receiver ended before it introduced itself. */
export function doesNotStart(host: string, folder: string, said: string): Problem {
  const words = lastLine(said);
  const itsOwn = said.includes(RECEIVER_SAYS);
  return {
    code: `${SSH_CODE}not-started`,
    message: itsOwn
      ? l10n.t('The receiver at {0} says: {1}', host, words)
      : l10n.t('The receiver in {0} at {1} does not start: {2}.', folder, host, words),
    hint: itsOwn ? '' : l10n.t('Something may guard what is run there, such as SELinux or fapolicyd.'),
  };
}

export function tooLateThere(host: string): Problem {
  return {
    code: `${SSH_CODE}silent`,
    message: l10n.t('{0} lets ssh in, but does not come to the point.', host),
    hint: l10n.t('Try it in a terminal: a start-up file there may wait for something.'),
  };
}

/** sshd there opens no connections for others, or nothing answers them. */
export function cannotForward(host: string, said: string): Problem {
  const words = lastLine(said);
  return {
    code: `${SSH_CODE}cannot-forward`,
    message:
      words === ''
        ? l10n.t('ssh does not forward to {0}.', host)
        : l10n.t('ssh does not forward to {0}: {1}.', host, words),
    hint: l10n.t('AllowTcpForwarding in the sshd_config there may forbid it.'),
  };
}

/** The connection has no address, as behind some proxies. */
export function noAddressThere(host: string): Problem {
  return {
    code: SSH_BLOCKED,
    message: l10n.t('ssh does not tell at which address {0} is reached, so that no data can be sent there.', host),
    hint: throughSsh(),
  };
}

/** @param why no connection to the receiver came about, in a sentence that names address and port */
export function dataIsBlocked(host: string, port: number, why: string): Problem {
  return {
    code: SSH_BLOCKED,
    message: l10n.t('ssh reaches {0}, the data does not: {1}', host, why),
    hint: l10n.t(
      'Allow TCP from this host to port {0} there; the other direction needs no open port. {1}',
      port,
      throughSsh(),
    ),
  };
}

function throughSsh(): string {
  return l10n.t('Or send it through ssh with --forward: then it is ssh that is measured.');
}

/** What the receiver notes while it works, on the same stream; each begins with the time (native/receiver/service/log.cc). */
const NOTE = /^\d\d:\d\d:\d\dZ /;

/** What it said last, without the full stop and the name it begins with. */
function lastLine(said: string): string {
  const lines = said.split(/\r?\n/).filter((line) => line.trim() !== '' && !NOTE.test(line));
  return (lines.at(-1) ?? '')
    .replace(/^(ssh|zcl-receiver): /, '')
    .trim()
    .replace(/\.$/, '');
}
