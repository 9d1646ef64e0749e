/** Disks for guests: files with an empty filesystem in them. */
import { spawnSync } from 'node:child_process';
import { closeSync, ftruncateSync, openSync } from 'node:fs';
import { run } from '../../../scripts/lib/run.mjs';

export type Filesystem = 'ext4' | 'xfs';

const MIB = 1 << 20;
/** The smallest that mkfs.xfs makes; as the file is sparse, it costs nothing. */
const diskBytes = 320 * MIB;

/** Why disks with these filesystems cannot be made here, or null. */
export function noDisks(...filesystems: readonly Filesystem[]): string | null {
  const missing = filesystems.map((type) => `mkfs.${type}`).filter((name) => spawnSync(name, ['-V']).error);
  return missing.length > 0 ? `needs ${missing.join(' and ')} (packages e2fsprogs and xfsprogs)` : null;
}

/** Makes a disk at this path, and returns the path. */
export async function makeDisk(file: string, filesystem: Filesystem): Promise<string> {
  emptyFile(file, diskBytes);
  await run(`mkfs.${filesystem}`, ['-q', file], { what: `Making a disk with ${filesystem}` });
  return file;
}

/** A file of zeros that takes no room. */
export function emptyFile(file: string, bytes: number): void {
  const opened = openSync(file, 'wx');
  ftruncateSync(opened, bytes);
  closeSync(opened);
}
