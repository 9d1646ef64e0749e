import * as l10n from '@vscode/l10n';
import { arrow, bands, bandsHeight, inBand, laterArrow, text } from '../../picture/parts.ts';
import type { Term } from '../term.ts';
import { dmaCopy } from '../words.ts';

export function dmaCopyTerm(): Term {
  return {
    ...dmaCopy(),
    topic: 'copies',
    long: [
      l10n.t(
        'A cold source adds one, from the disk into the page cache; a warm one adds none. A copy to a file adds one later, when its pages are written back. The NIC fetches what is sent after the call returned; over loopback there is no NIC, and so there is none.',
      ),
      l10n.t(
        'It is not free: it takes memory bandwidth that the CPUs then do not have, and with virtio, the disks and NICs of virtual machines, a CPU of the host usually does the moving. The lab counts bytes of disk and interface in its evidence pass, but it cannot see what happens below the virtual machine.',
      ),
    ],
    picture: {
      kind: 'scene',
      scene: {
        alt: l10n.t(
          'From disk to page cache when the source is cold; from socket buffer to NIC after the call returned.',
        ),
        height: bandsHeight(2),
        parts: [
          ...bands('kernel', 'hardware'),
          inBand(0, 50, 120, l10n.t('page cache')),
          inBand(1, 50, 120, l10n.t('disk')),
          inBand(0, 270, 120, l10n.t('socket buffer')),
          inBand(1, 270, 120, l10n.t('NIC')),
          arrow('dma-copy', [110, 78], [110, 50]),
          laterArrow('dma-copy', [330, 50], [330, 78]),
          text(120, 61, l10n.t('cold source'), 'muted', 'start'),
          text(340, 61, l10n.t('later'), 'muted', 'start'),
        ],
      },
    },
    seeAlso: ['dma', 'residency', 'write-back', 'loopback'],
    sources: ['Documentation/core-api/dma-api-howto.rst'],
  };
}
