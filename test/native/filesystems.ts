/** Filesystems of the tests' own, below a scratch folder: what a mode can do depends on them. */
import { spawnSync } from 'node:child_process';
import { closeSync, ftruncateSync, mkdirSync, mkdtempSync, openSync } from 'node:fs';
import path from 'node:path';
import type { TestContext } from 'vitest';
import { skip } from '../skip.ts';
import type { Scratch } from './addon.ts';

const MEBIBYTE = 2 ** 20;

const KINDS = {
  ext4: (maker: Maker) => maker.loop(['mkfs.ext4', '-q', '-F', '-m', '0', '-O', '^has_journal'], 64 * MEBIBYTE),
  xfs: (maker: Maker) => maker.loop(['mkfs.xfs', '-q', '-m', 'reflink=1'], 320 * MEBIBYTE),
  btrfs: (maker: Maker) => maker.loop(['mkfs.btrfs', '-q'], 256 * MEBIBYTE),
  tmpfs: (maker: Maker) => maker.memory(),
  overlayfs: (maker: Maker) => maker.overlay(KINDS.ext4(maker)),
  'overlayfs on tmpfs': (maker: Maker) => maker.overlay(maker.memory()),
};

export type FilesystemKind = keyof typeof KINDS;
export const FILESYSTEM_KINDS = Object.keys(KINDS) as FilesystemKind[];

/** A tool or a right this machine lacks; any other failure is one of the tests. */
class Unavailable extends Error {}

function run([command, ...options]: readonly string[]): void {
  const child = spawnSync(command as string, options, { encoding: 'utf8' });
  if (child.status !== 0) throw new Unavailable(child.error?.message ?? `${command}: ${child.stderr.trim()}`);
}

/** Runs commands as root, and takes back what they mounted. */
class Maker {
  private readonly mounted: string[] = [];

  /** `bytes`: size of the filesystem, where another than the usual is wanted. */
  constructor(
    private readonly place: string,
    private readonly bytes: number | undefined,
  ) {}

  /** A filesystem in an image file. `mount -o loop` gives the loop device back by itself when it is unmounted. */
  loop(mkfs: readonly string[], usualBytes: number): string {
    const image = path.join(this.place, 'image');
    const fd = openSync(image, 'w');
    ftruncateSync(fd, this.bytes ?? usualBytes);
    closeSync(fd);
    run([...mkfs, image]);
    return this.mount('disk', ['-o', 'loop', image]);
  }

  memory(): string {
    const size = this.bytes === undefined ? [] : ['-o', `size=${this.bytes}`];
    return this.mount('memory', ['-t', 'tmpfs', ...size, 'tmpfs']);
  }

  overlay(below: string): string {
    const [lower, upper, work] = ['lower', 'upper', 'work'].map((name) => path.join(below, name));
    for (const folder of [lower, upper, work]) mkdirSync(folder as string);
    const layers = `lowerdir=${lower},upperdir=${upper},workdir=${work}`;
    return this.mount('overlay', ['-t', 'overlay', 'overlay', '-o', layers]);
  }

  /** The last one mounted first. A mount that is still busy is detached, so that nothing stays, and is an error. */
  unmount(): void {
    const complaints = this.mounted
      .splice(0)
      .reverse()
      .map((directory) => {
        const umount = spawnSync('umount', [directory], { encoding: 'utf8' });
        if (umount.status !== 0) spawnSync('umount', ['--lazy', directory]);
        return umount.stderr;
      })
      .join('');
    if (complaints !== '') throw new Error(complaints);
  }

  private mount(name: string, options: readonly string[]): string {
    const directory = path.join(this.place, name);
    mkdirSync(directory);
    run(['mount', ...options, directory]);
    this.mounted.push(directory);
    return directory;
  }
}

/** One filesystem, until it is removed. Where this machine cannot make it, tests that ask for its folder are skipped. */
export class Filesystem {
  private readonly maker: Maker;
  private readonly directory: string | undefined;
  private readonly missing: string = '';
  private readonly atExit = () => this.maker.unmount();

  constructor(
    readonly kind: FilesystemKind,
    scratch: Scratch,
    bytes?: number,
  ) {
    this.maker = new Maker(mkdtempSync(scratch.file('filesystem-')), bytes);
    if (process.getuid?.() !== 0) {
      this.missing = `needs root, to mount ${kind}`;
      return;
    }
    process.once('exit', this.atExit);
    try {
      this.directory = KINDS[kind](this.maker);
    } catch (failure) {
      this.remove();
      if (!(failure instanceof Unavailable)) throw failure;
      this.missing = `${kind} is not to be had here: ${failure.message}`;
    }
  }

  folder(context: TestContext): string {
    return this.directory ?? skip(context, this.missing);
  }

  remove(): void {
    process.off('exit', this.atExit);
    this.maker.unmount();
  }
}

/** What a file-to-file transfer of a mode may come to on a filesystem: `ok`, or the code of a refusal. */
export function outcomesOn(kind: FilesystemKind, mode: string): readonly string[] {
  const inMemory = kind === 'tmpfs' || kind === 'overlayfs on tmpfs';
  const clones = kind === 'xfs' || kind === 'btrfs';
  if (mode === 'reflink') return clones ? ['ok'] : ['EOPNOTSUPP'];
  if (mode.includes('direct')) return inMemory ? ['EOPNOTSUPP'] : ['ok'];
  // Since Linux 6.14, and each filesystem learns it in a release of its own: in 6.18 ext4 and XFS know it.
  if (mode === 'read-write-dontcache') return ['ok', 'EOPNOTSUPP'];
  return ['ok'];
}
