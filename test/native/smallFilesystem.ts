import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { expect } from 'vitest';
import type { Scratch } from './addon.ts';

/** A filesystem of 1 MiB below the scratch folder, for as long as `use` runs. Only root can do this. */
export async function onSmallFilesystem(scratch: Scratch, use: (directory: string) => Promise<void>): Promise<void> {
  const directory = scratch.file('small');
  mkdirSync(directory, { recursive: true });
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', directory], { encoding: 'utf8' });
  if (mounted.status !== 0) throw new Error(mounted.stderr);
  try {
    await use(directory);
  } finally {
    expect(spawnSync('umount', [directory]).status).toBe(0);
  }
}
