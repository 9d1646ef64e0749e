import * as l10n from '@vscode/l10n';
import { arrow, box, text } from '../../picture/parts.ts';
import type { Term } from '../term.ts';
import { dma } from '../words.ts';

export function dmaTerm(): Term {
  return {
    ...dma(),
    topic: 'copies',
    long: [
      l10n.t(
        'The driver writes the address, the length and the direction into a descriptor in memory and tells the device. The device reads or writes memory over the bus by itself and reports by an interrupt when it is done, or leaves a note that the driver finds. The CPU is free meanwhile.',
      ),
      l10n.t(
        'Older texts speak of a separate DMA chip on the board. Today every disk controller and NIC does it itself, and behind an IOMMU the addresses it uses are translated as those of a program are.',
      ),
    ],
    picture: {
      kind: 'scene',
      scene: {
        alt: l10n.t(
          'The CPU tells the device where; the device moves the data to memory itself; then it interrupts the CPU.',
        ),
        height: 136,
        parts: [
          box(20, 20, 90, 36, 'CPU'),
          box(20, 88, 90, 36, l10n.t('device')),
          box(290, 88, 110, 36, l10n.t('memory'), 'full'),
          arrow('points', [50, 56], [50, 88]),
          arrow('points', [82, 88], [82, 56]),
          arrow('dma-copy', [110, 106], [290, 106]),
          text(44, 72, '1', 'strong', 'end'),
          text(200, 94, '2', 'strong'),
          text(90, 72, '3', 'strong', 'start'),
          text(130, 30, l10n.t('1 where to, how much'), 'muted', 'start'),
          text(130, 48, l10n.t('2 the data, without the CPU'), 'muted', 'start'),
          text(130, 66, l10n.t('3 done'), 'muted', 'start'),
        ],
      },
    },
    seeAlso: ['dma-copy', 'scatter-gather', 'cpu-copy'],
    sources: ['Documentation/core-api/dma-api-howto.rst'],
  };
}
