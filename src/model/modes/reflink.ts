import * as l10n from '@vscode/l10n';
import type { ModeDescriptor } from './descriptor.ts';
import { syncHere } from './steps/arrival.ts';
import { systemCall } from './steps/common.ts';
import { flushSource, shareBlocks } from './steps/sharing.ts';

/** FICLONE: the copy shares the blocks of the source. Nothing moves, so it has a time but no speed. */
export function reflink(): ModeDescriptor {
  return {
    id: 'reflink',
    name: 'reflink (FICLONE)',
    summary: l10n.t('One ioctl makes the copy share the blocks of the source; no data moves.'),
    paths: ['file-to-file'],
    chunk: 'whole',
    options: [],
    moves: 'sharing',
    since: '4.5',
    classic: [],
    here: (facts) => ({
      steps: [
        systemCall(
          'ioctl',
          'destination-cache',
          { each: 'transfer' },
          l10n.t('The program calls ioctl() with FICLONE: user to kernel, and back when it returns.'),
        ),
        flushSource(),
        shareBlocks(),
        ...syncHere(facts),
      ],
    }),
    faults: 'kernel',
    caveats: [
      l10n.t(
        'Only on filesystems that share blocks (Btrfs, XFS with reflink=1, OCFS2, bcachefs, some network filesystems); ext4 and tmpfs say EOPNOTSUPP.',
      ),
      l10n.t('Source and copy must be on the same filesystem, else EXDEV.'),
      l10n.t('It postpones the work: the first write to a shared block, of either file, is a copy on write.'),
    ],
  };
}
