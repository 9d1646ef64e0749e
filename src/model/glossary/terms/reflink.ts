import * as l10n from '@vscode/l10n';
import { arrow, box, cells, text } from '../../picture/parts.ts';
import type { Term } from '../term.ts';
import { reflink } from '../words.ts';

export function reflinkTerm(): Term {
  return {
    ...reflink(),
    topic: 'copies',
    long: [
      l10n.t(
        'FICLONE asks for it; copy_file_range does it where the filesystem can. Only what lists the blocks of the file changes, so its time depends on in how many pieces a file lies, not on how many bytes it has. A speed in MiB/s would mean nothing, and the lab shows none.',
      ),
      l10n.t(
        'XFS (made with reflink=1), Btrfs, OCFS2, bcachefs and some network filesystems can; ext4, tmpfs, f2fs and FAT cannot. Both files must be on the same filesystem. The work is put off, not saved: whoever writes first, to either file, waits for the copy of that block.',
      ),
    ],
    picture: {
      kind: 'scene',
      scene: {
        alt: l10n.t('File and copy point to the same blocks on the disk; one block, written to since, exists twice.'),
        height: 132,
        parts: [
          box(20, 14, 100, 32, l10n.t('file')),
          box(300, 14, 100, 32, l10n.t('copy')),
          ...cells(136, 84, 30, ['full', 'full', 'full', 'full']),
          box(310, 84, 30, 30, '', 'other'),
          arrow('points', [50, 46], [50, 99], [136, 99]),
          arrow('points', [320, 46], [320, 62], [186, 62], [186, 84]),
          arrow('points', [350, 46], [350, 70], [325, 70], [325, 84]),
          text(198, 124, l10n.t('shared blocks')),
          text(346, 99, l10n.t('written since'), 'muted', 'start'),
        ],
      },
    },
    seeAlso: ['zero-copy', 'write-back'],
    sources: ['ioctl_ficlonerange(2)', 'copy_file_range(2)', 'fs/remap_range.c'],
  };
}
