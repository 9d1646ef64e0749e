/** Where bytes are moved from and to: a source in the page cache, and a folder for its copies. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { NativeSource } from '../../native/addon.d.ts';
import { GIB } from '../../src/model/units.ts';
import { openSource } from './addon.ts';
import { randomFile } from './randomFile.ts';

export interface Place {
  readonly folder: string;
  readonly file: string;
  readonly source: NativeSource;
  readonly bytes: number;
}

/** Makes a source in `folder`. */
export async function openPlace(folder: string, bytes: number, write = randomFile): Promise<Place> {
  const file = path.join(folder, `source-${bytes}.bin`);
  await write(file, bytes);
  const source = await openSource(file);
  await source.warm();
  return { folder, file, source, bytes };
}

/** An XFS of its own, in an image file below `parent`: there files can share blocks, and a ring writes without workers. */
export class Xfs {
  private constructor(readonly folder: string) {}

  /** @returns why it is not to be had, as a string */
  static make(parent: string): Xfs | string {
    const image = path.join(parent, 'xfs.img');
    const folder = path.join(parent, 'xfs');
    mkdirSync(folder, { recursive: true });
    writeFileSync(image, '');
    truncateSync(image, GIB);
    for (const [command = '', ...options] of [
      ['mkfs.xfs', '-q', '-m', 'reflink=1', image],
      ['mount', '-o', 'loop', image, folder],
    ]) {
      const ended = spawnSync(command, options, { encoding: 'utf8' });
      if (ended.status !== 0) return `${command}: ${ended.error?.message ?? ended.stderr.trim()}`;
    }
    return new Xfs(folder);
  }

  /** The loop device goes with it. */
  remove(): void {
    spawnSync('umount', ['--lazy', this.folder]);
  }
}
