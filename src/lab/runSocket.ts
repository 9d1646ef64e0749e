/**
 * Where a run can be found that is still under way though whoever ordered it is gone, such as a window that was reloaded.
 * A user has one run at a time on a host, so there is one place.
 */
import path from 'node:path';
import { type Outcome, ok } from '../model/problems.ts';
import { isInOwnFolder, privateFolder } from './ownFolder.ts';

const FOLDER = 'run';
const NAME = 'socket';

/** Its folder keeps other users out. Only who holds the lock of the host may make or remove the socket. */
export function runSocket(): Outcome<string> {
  const folder = privateFolder(FOLDER);
  return folder.ok ? ok(path.join(folder.value, NAME)) : folder;
}

/** Whether it is worth while to look for a run. */
export function mayFindRun(): boolean {
  return isInOwnFolder(FOLDER, NAME);
}
