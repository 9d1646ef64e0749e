import * as l10n from '@vscode/l10n';
import { arrow, bands, bandsHeight, inBand, text } from '../../picture/parts.ts';
import type { Term } from '../term.ts';
import { directIo } from '../words.ts';

export function directIoTerm(): Term {
  return {
    ...directIo(),
    topic: 'copies',
    long: [
      l10n.t(
        'No CPU copies anything: the kernel pins the pages of the buffer, and the disk moves data straight into them or out of them. Position, length and address have to be whole blocks of the device; what is left over at the end of a file goes through the page cache.',
      ),
      l10n.t(
        'Every read waits for the device, also the second one of the same bytes, unless several are under way at once (io_uring). It pays where the data is not wanted again and would push better things out of the page cache. On tmpfs the flag is refused before 6.6; since then it is accepted and the CPU copies all the same.',
      ),
    ],
    picture: {
      kind: 'scene',
      scene: {
        alt: l10n.t('The disk writes into the buffer of the program by DMA; the page cache beside it stays empty.'),
        height: bandsHeight(3),
        parts: [
          ...bands('user', 'kernel', 'hardware'),
          inBand(0, 60, 120, l10n.t('user buffer'), 'full'),
          inBand(1, 250, 120, l10n.t('page cache'), 'ghost'),
          inBand(2, 60, 120, l10n.t('disk')),
          arrow('dma-copy', [120, 142], [120, 50]),
          text(132, 96, l10n.t('past the cache'), 'muted', 'start'),
        ],
      },
    },
    seeAlso: ['page-cache', 'dma-copy', 'io-uring', 'residency'],
    sources: ['open(2), O_DIRECT', 'fs/iomap/direct-io.c'],
  };
}
