/**
 * Where the files of a self-check lie. They have names, unlike those of a run, because tools take names, and because an
 * existing file is not like a new one: cp and dd cut it, and ext4 then writes it to the disk before close() returns
 * (auto_da_alloc). So the folder's name tells whose it is, and whoever comes next removes what a killed one has left.
 */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isRunning } from './processIdentity.ts';

/** Makes the folder of this process below `directory`. @throws the system's error */
export function makeSelfcheckFolder(directory: string): string {
  removeAbandoned(directory);
  const folder = folderOf(directory, process.pid);
  mkdirSync(folder, { mode: 0o700 });
  return folder;
}

/** Removes the folder of a process, which may be gone. @throws the system's error */
export function removeSelfcheckFolder(directory: string, pid: number): void {
  // Again and again, because a tool that outlived it may still be writing.
  rmSync(folderOf(directory, pid), { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}

/** Of this host only: other hosts may use the same folder over a network, and their processes cannot be seen. */
const prefix = () => `.zero-copy-lab-selfcheck-${os.hostname()}-`;

function folderOf(directory: string, pid: number): string {
  return path.join(directory, `${prefix()}${pid}`);
}

function removeAbandoned(directory: string): void {
  for (const name of readdirSync(directory)) {
    if (!name.startsWith(prefix())) continue;
    const pid = Number(name.slice(prefix().length));
    if (!Number.isInteger(pid) || (pid !== process.pid && isRunning(pid))) continue;
    try {
      removeSelfcheckFolder(directory, pid);
    } catch {
      // Another user's, who will remove it.
    }
  }
}
