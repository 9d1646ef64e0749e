/** Everything that can go wrong, as one sentence naming the thing and one naming the way out. */
import * as l10n from '@vscode/l10n';
import type { Problem } from './result/problem.ts';

/** A value, or the reason why there is none. */
export type Outcome<T> = Granted<T> | { readonly ok: false; readonly problem: Problem };

export interface Granted<T> {
  readonly ok: true;
  readonly value: T;
}

export function ok<T>(value: T): Granted<T> {
  return { ok: true, value };
}

export function refuse<T = never>(code: string, message: string, hint: string): Outcome<T> {
  return { ok: false, problem: { code, message, hint } };
}

/** An error of the system, as Node and the native addon report it. */
export interface SystemError {
  readonly code: string;
  readonly call: string;
  readonly message: string;
  readonly path?: string | undefined;
}

/** A system error in words. The code stays the errno's name, so that scripts can match on it. */
export function describeSystemError(error: SystemError): Problem {
  const where = error.path ?? l10n.t('the transfer');
  const known = sentences(where, error)[error.code];
  return known === undefined
    ? {
        code: error.code,
        message: l10n.t('{0} failed on {1}: {2}.', error.call, where, error.message.replace(/\.$/, '')),
        hint: l10n.t('Look up {0} in the manual page of {1}(2).', error.code, error.call),
      }
    : { code: error.code, ...known };
}

function sentences(where: string, error: SystemError): Readonly<Record<string, Omit<Problem, 'code'>>> {
  return {
    ENOENT: {
      message: l10n.t('{0} does not exist.', where),
      // What Node makes of bytes that are no UTF-8 leads nowhere.
      hint: where.includes('\ufffd')
        ? l10n.t('Its name holds bytes that are no UTF-8: rename it, or put a link of another name to it.')
        : l10n.t('Check the spelling of the path.'),
    },
    EACCES: {
      message: l10n.t('You may not access {0}.', where),
      hint: l10n.t('Choose a file or folder you have the rights to, or change its permissions.'),
    },
    EPERM: {
      message: l10n.t('{0} on {1} is not permitted.', error.call, where),
      hint: l10n.t(
        'Choose another folder; this one may be immutable or append-only (lsattr -d shows an i or an a, chattr -i -a takes them away), or guarded by a security module.',
      ),
    },
    EROFS: {
      message: l10n.t('The filesystem of {0} is read-only.', where),
      hint: l10n.t('Choose a folder on a writable filesystem.'),
    },
    ENOSPC: {
      message: l10n.t('The filesystem of {0} is full.', where),
      hint: l10n.t('Free some space, choose a smaller size, or another folder.'),
    },
    EDQUOT: {
      message: l10n.t('Your disk quota on the filesystem of {0} is used up.', where),
      hint: l10n.t('Free some space, choose a smaller size, or another folder.'),
    },
    EFBIG: {
      message: l10n.t('A file of this size is not allowed at {0}.', where),
      hint: l10n.t('Choose a smaller size, or raise the limit (ulimit -f).'),
    },
    EIO: {
      message: l10n.t('The device of {0} reported an input/output error.', where),
      hint: l10n.t('Look at the kernel log (dmesg) and choose another disk.'),
    },
    EXDEV: {
      message: l10n.t('{0} does not work across filesystems.', error.call),
      hint: l10n.t('Put source and destination on the same filesystem.'),
    },
    ENOMEM: {
      message: l10n.t('Not enough memory for {0}.', error.call),
      hint: l10n.t('Choose a smaller buffer, or free some memory.'),
    },
    ENOBUFS: {
      message: error.message,
      hint: l10n.t('Raise that limit, or choose a smaller buffer.'),
    },
    EMFILE: {
      message: l10n.t('Too many files are open in this process.'),
      hint: l10n.t('Raise the limit (ulimit -n).'),
    },
    // As of clone(2): there is no memory for the stack of a thread, or there are too many threads.
    EAGAIN: {
      message: l10n.t('No resources are left for {0}: a limit of memory, threads or processes is reached.', error.call),
      hint: l10n.t('Raise the limit (ulimit -v, ulimit -u), or end other programs.'),
    },
    ENOTDIR: {
      message: l10n.t('{0} is not a folder.', where),
      hint: l10n.t('Name a folder you may write to.'),
    },
    ECONNREFUSED: {
      message: l10n.t('The connection to the receiver on 127.0.0.1 was refused.'),
      hint: l10n.t('A firewall may block loopback; allow local TCP connections.'),
    },
    ECONNRESET: {
      message: l10n.t('The receiver closed the connection before everything had arrived.'),
      hint: l10n.t('Run the experiment again.'),
    },
    ENOSYS: {
      message: l10n.t('This kernel has no {0}.', error.call),
      hint: l10n.t('Use a newer kernel, or another mode.'),
    },
    EOPNOTSUPP: {
      message: l10n.t('{0} is not supported by the filesystem of {1}.', error.call, where),
      hint: l10n.t('Choose a folder on another filesystem, or another mode.'),
    },
    SHORT: {
      message: l10n.t('The source {0} ended before its size: it was truncated during the run.', where),
      hint: l10n.t('Run again on a file nobody is changing.'),
    },
    CHANGED: {
      message: l10n.t('The source {0} was changed during the run.', where),
      hint: l10n.t('Run again on a file nobody is changing.'),
    },
    NOT_A_FILE: { message: error.message, hint: l10n.t('Choose a regular file as the source.') },
    UNKNOWN_MODE: {
      message: l10n.t('The native part of this installation does not know this mode.'),
      hint: l10n.t('Build or install the extension again, so that both halves are of one version.'),
    },
    CANCELLED: { message: l10n.t('Cancelled.'), hint: l10n.t('Run the experiment again.') },
  };
}
