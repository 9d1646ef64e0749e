/** The paths, and what is particular to each. */
import * as l10n from '@vscode/l10n';
import type { PathId } from './result/path.ts';

/** The paths whose source is a file. */
export const FILE_PATHS: readonly PathId[] = ['file-to-file', 'file-to-socket'];
export const PATHS: readonly PathId[] = [...FILE_PATHS, 'process-to-process'];

export interface PathDescriptor {
  readonly id: PathId;
  readonly name: string;
  readonly summary: string;
  /** The mode all others are compared with. */
  readonly baseline: string;
}

/** All paths, in menu order. Called late, when the language is known. */
export function pathDescriptors(): readonly PathDescriptor[] {
  return [
    {
      id: 'file-to-file',
      name: l10n.t('File to file'),
      summary: l10n.t('Copy a file to an unnamed file in the same folder.'),
      baseline: 'read-write',
    },
    {
      id: 'file-to-socket',
      name: l10n.t('File to socket'),
      summary: l10n.t('Send a file over TCP to a receiver thread on 127.0.0.1.'),
      baseline: 'read-write',
    },
    {
      id: 'process-to-process',
      name: l10n.t('Process to process'),
      summary: l10n.t('Hand bytes from a producer to a consumer: two processes of this host, or two threads.'),
      baseline: 'pipe',
    },
  ];
}

export function pathDescriptor(id: PathId): PathDescriptor {
  const found = pathDescriptors().find((path) => path.id === id);
  if (found === undefined) throw new RangeError(`unknown path ${id}`);
  return found;
}
