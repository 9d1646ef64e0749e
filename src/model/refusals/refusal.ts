/** What a refusal is, and the words that several of them share. */
import * as l10n from '@vscode/l10n';
import { findMode } from '../modes/catalogue.ts';
import type { SystemError } from '../problems.ts';
import type { Host } from '../result/host.ts';
import type { PathId } from '../result/path.ts';
import type { Problem } from '../result/problem.ts';
import { formatBytes } from '../units.ts';

/** A mode that failed on a path of a host. */
export interface Circumstances {
  readonly mode: string;
  readonly path: PathId;
  readonly error: SystemError;
  readonly host: Host;
}

/** A known way in which a host says no. All that is given must fit; of several that fit the first counts. */
export interface Refusal {
  /** Errno by name, or a code of native/addon.d.ts. */
  readonly codes: readonly string[];
  readonly calls?: RegExp;
  /** Ids of modes. */
  readonly modes?: RegExp;
  readonly when?: (host: Host) => boolean;
  /** Something went wrong here, rather than: this host cannot do it. */
  readonly fault?: true;
  readonly words: (circumstances: Circumstances) => Omit<Problem, 'code'>;
}

/** A limit in bytes as text: `8 MiB`, `unlimited`, `unknown`. */
export function bytesLimit(host: Host, name: string): string {
  const limit = host.limits[name] ?? null;
  if (limit === null) return l10n.t('unknown');
  return typeof limit === 'number' ? formatBytes(limit) : limit;
}

/** A setting as the kernel writes it, or `unknown`. */
export function setting(host: Host, name: string): string {
  return String(host.limits[name] ?? l10n.t('unknown'));
}

/** The first kernel that has the mode. */
export function since(mode: string): string {
  return findMode(mode)?.since ?? l10n.t('unknown');
}

/** A filter of system calls is in force, as every container manager sets one. */
export function isFiltered(host: Host): boolean {
  return host.seccomp === 'filter' || host.seccomp === 'strict';
}

/** How to have a system call allowed that a filter forbids. */
export function allowCalls(host: Host, calls: string): string {
  return host.container === null
    ? l10n.t(
        'Run outside of the sandbox, or let its filter allow {0} (SystemCallFilter= of a systemd unit, a seccomp profile elsewhere).',
        calls,
      )
    : l10n.t(
        'Start the container with --security-opt seccomp=PROFILE, where PROFILE allows {0}; seccomp=unconfined shows whether that is all.',
        calls,
      );
}
