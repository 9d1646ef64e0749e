/** The one folder of this user on this host that all windows and command lines know: the lock, and the way through ssh. */
import { existsSync, lstatSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { describeSystemError, type Outcome, ok, refuse } from '../model/problems.ts';
import { systemErrorOf } from './systemError.ts';

/** Fixed, and on the host itself: a home directory may be shared by many hosts. Tests choose a folder of their own. */
export const PARENT = process.env['ZERO_COPY_LAB_LOCK_PARENT'] ?? '/tmp';
export const FOLDER_PREFIX = 'zero-copy-lab-';

/** Where other users may look whether somebody is at work. Made, if it is not there. */
export function ownFolder(): Outcome<string> {
  return made(own(), 0o755);
}

/** Whether something of this name is in a folder of it, whoever may have put it there. Makes nothing. */
export function isInOwnFolder(...names: readonly string[]): boolean {
  return existsSync(path.join(own(), ...names));
}

function own(): string {
  return path.join(PARENT, `${FOLDER_PREFIX}${process.getuid?.() ?? 0}`);
}

/** A folder in it where nobody else may look. */
export function privateFolder(name: string): Outcome<string> {
  const parent = ownFolder();
  return parent.ok ? made(path.join(parent.value, name), 0o700) : parent;
}

/** Anybody may make a folder in /tmp: one that is there already has to be this user's, and as closed as it was asked for. */
function made(folder: string, mode: number): Outcome<string> {
  try {
    mkdirSync(folder, { recursive: true, mode });
    const entry = lstatSync(folder);
    const isMine = entry.isDirectory() && entry.uid === process.getuid?.();
    if (isMine && (entry.mode & 0o777 & ~mode) === 0) return ok(folder);
    return refuse('lock', l10n.t('{0} is not a folder of yours.', folder), l10n.t('Remove it, and run again.'));
  } catch (error) {
    return { ok: false, problem: describeSystemError(systemErrorOf(error, folder)) };
  }
}
