/**
 * A folder that is held by its descriptor. Between two steps of a run somebody may rename it, or put a symbolic link where
 * it was: through the descriptor every step happens in the very folder that was opened, and nowhere else. Node has no
 * openat(2); `/proc/self/fd/N/NAME` (proc_pid_fd(5)) is resolved by the kernel from that descriptor just so.
 */
import { closeSync, constants, fstatSync, openSync, readlinkSync, statSync } from 'node:fs';
import path from 'node:path';

const DESCRIPTORS = '/proc/self/fd';
/** O_PATH of open(2), which Node does not name: a folder may be held that may not be read. The same on x86-64 and arm64. */
const O_PATH = 0o10000000;

export type Fate =
  | { readonly kind: 'there' }
  /** Nothing, or something else, has its name; `now` is where it is, null where it was deleted. */
  | { readonly kind: 'missing' | 'replaced'; readonly now: string | null };

export class HeldFolder {
  private constructor(
    /** The name it was opened by. */
    readonly path: string,
    /** Null where there are no such paths: extension hosts that are no Linux hosts, on which nothing runs. */
    private readonly descriptor: number | null,
  ) {}

  /** @throws the system's error */
  static open(folder: string): HeldFolder {
    if (process.platform !== 'linux') return new HeldFolder(folder, null);
    return new HeldFolder(folder, openSync(folder, O_PATH | constants.O_DIRECTORY));
  }

  /** The folder of a file. @throws the system's error */
  static of(file: string): HeldFolder {
    return HeldFolder.open(path.dirname(file));
  }

  /** A path of the file of that name in this very folder. */
  at(file: string): string {
    return path.join(this.descriptor === null ? this.path : `${DESCRIPTORS}/${this.descriptor}`, path.basename(file));
  }

  /** What became of its name. */
  fate(): Fate {
    if (this.descriptor === null) return { kind: 'there' };
    const held = fstatSync(this.descriptor, { bigint: true });
    const named = statSync(this.path, { bigint: true, throwIfNoEntry: false });
    if (named?.dev === held.dev && named.ino === held.ino) return { kind: 'there' };
    // A folder that was deleted has no links (rmdir(2)).
    const now = held.nlink === 0n ? null : readlinkSync(`${DESCRIPTORS}/${this.descriptor}`);
    return { kind: named === undefined ? 'missing' : 'replaced', now };
  }

  close(): void {
    if (this.descriptor !== null) closeSync(this.descriptor);
  }
}
