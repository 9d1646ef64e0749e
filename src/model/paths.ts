/** The paths, and what is particular to each. */
import * as l10n from '@vscode/l10n';
import type { PathId } from './result.ts';

export const PATHS: readonly PathId[] = ['file-to-file', 'file-to-socket'];
/** The paths whose source is a file. */
export const FILE_PATHS: readonly PathId[] = ['file-to-file', 'file-to-socket'];

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
  ];
}

export function pathDescriptor(id: PathId): PathDescriptor {
  const found = pathDescriptors().find((path) => path.id === id);
  if (found === undefined) throw new RangeError(`unknown path ${id}`);
  return found;
}
