import * as l10n from '@vscode/l10n';
import { arrow, bands, bandsHeight, inBand, laterArrow, text } from '../../picture/parts.ts';
import type { Term } from '../term.ts';
import { writeBack } from '../words.ts';

export function writeBackTerm(): Term {
  return {
    ...writeBack(),
    topic: 'places',
    long: [
      l10n.t(
        'A page that was written to is dirty until it is on the disk. The kernel writes dirty pages out after half a minute, by default, or sooner when there are many; then it also slows down those who write. So the speed of a copy is that of memory, up to a point.',
      ),
      l10n.t(
        'A durable run counts until fdatasync() has returned: the data and what is needed to find it again are on the device. Other runs count until the last call returned, and what is left is written out before the next transfer, outside the measured time.',
      ),
    ],
    picture: {
      kind: 'scene',
      scene: {
        alt: l10n.t(
          'write() copies into the page cache and returns. Later write-back moves the pages to the disk by DMA; fdatasync() waits for that.',
        ),
        height: bandsHeight(3),
        parts: [
          ...bands('user', 'kernel', 'hardware'),
          inBand(0, 50, 110, l10n.t('user buffer')),
          inBand(1, 50, 110, l10n.t('page cache'), 'full'),
          inBand(2, 50, 110, l10n.t('disk')),
          arrow('cpu-copy', [105, 50], [105, 78]),
          laterArrow('dma-copy', [105, 114], [105, 142]),
          text(118, 61, 'write()', 'code', 'start'),
          text(182, 61, l10n.t('returns here'), 'muted', 'start'),
          text(118, 125, l10n.t('later: write-back'), 'muted', 'start'),
          text(182, 160, 'fdatasync()', 'code', 'start'),
          text(262, 160, l10n.t('returns here'), 'muted', 'start'),
        ],
      },
    },
    seeAlso: ['page-cache', 'call-return', 'dma-copy'],
    sources: ['fdatasync(2)', 'mm/page-writeback.c'],
  };
}
