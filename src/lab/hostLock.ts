/** One experiment at a time per host and user: two at once would measure each other. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import type { NativeAddon, NativeLock } from '../../native/addon.d.ts';
import type { Outcome } from '../model/problems.ts';
import { describeSystemError, ok, refuse } from '../model/problems.ts';
import type { Problem } from '../model/result/problem.ts';
import { FOLDER_PREFIX, ownFolder, PARENT } from './ownFolder.ts';

const LOCK_NAME = 'host.lock';

/** Takes the lock of this user; the kernel gives it back when the process ends, however it ends. */
export function lockHost(addon: NativeAddon, note: string): Outcome<NativeLock> {
  const folder = ownFolder();
  if (!folder.ok) return folder;
  const locked = addon.lockFile(path.join(folder.value, LOCK_NAME), note);
  if (locked.ok) return ok(locked.value);
  if (locked.error.code !== 'EWOULDBLOCK' && locked.error.code !== 'EAGAIN') {
    return { ok: false, problem: describeSystemError(locked.error) };
  }
  return refuse(
    'locked',
    l10n.t('Another experiment is running on this host: {0}.', locked.error.message),
    l10n.t('Wait for it to end, or cancel it; two at once would measure each other.'),
  );
}

/** A warning for each other user who is measuring on this host right now. */
export function otherUsersAtWork(addon: NativeAddon): readonly Problem[] {
  const mine = `${FOLDER_PREFIX}${process.getuid?.() ?? 0}`;
  return folders()
    .filter((name) => name.startsWith(FOLDER_PREFIX) && name !== mine)
    .filter((name) => {
      const locked = addon.isLocked(path.join(PARENT, name, LOCK_NAME));
      return locked.ok && locked.value;
    })
    .map((name) => ({
      code: 'other-user',
      message: l10n.t('User {0} is running an experiment on this host too.', name.slice(FOLDER_PREFIX.length)),
      hint: l10n.t('Both runs will disturb each other; repeat yours when the other has ended.'),
    }));
}

function folders(): readonly string[] {
  try {
    return readdirSync(PARENT);
  } catch {
    return [];
  }
}

/** What a second run is told about the one that holds the lock. */
export function hostLockNote(): string {
  return l10n.t('process {0}, started {1}', process.pid, new Date().toISOString());
}
