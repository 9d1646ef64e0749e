import * as l10n from '@vscode/l10n';
import { arrow, box, text } from '../../picture/parts.ts';
import type { Term } from '../term.ts';
import { scatterGather } from '../words.ts';

export function scatterGatherTerm(): Term {
  const page = (nth: number) => box(20, 48 + nth * 38, 110, 28, l10n.t('page of the file'), 'full');
  return {
    ...scatterGather(),
    topic: 'copies',
    long: [
      l10n.t(
        'A packet has headers, which the kernel makes, and data, which lies in pages of a file. They are never beside each other in memory. A NIC that can gather takes a list of places and puts the pieces together while it sends; so the data can stay where it is.',
      ),
      l10n.t(
        'Without it somebody has to make one piece of them. Until 4.17 sendfile then copied into the socket buffer, as older texts say. Since then the references are queued all the same, and the copy is made while packets are cut into segments; write() pays for it too. Loopback has scatter-gather, and it cannot be switched off there.',
      ),
    ],
    picture: {
      kind: 'scene',
      scene: {
        alt: l10n.t(
          'Headers and three pages from different places in memory go by a list of addresses into one packet.',
        ),
        height: 170,
        parts: [
          box(20, 10, 110, 28, l10n.t('headers')),
          page(0),
          page(1),
          page(2),
          box(200, 66, 60, 44, l10n.t('NIC')),
          box(300, 74, 110, 28, l10n.t('one packet'), 'full'),
          arrow('dma-copy', [130, 24], [165, 24], [165, 74], [200, 74]),
          arrow('dma-copy', [130, 62], [150, 62], [150, 83], [200, 83]),
          arrow('dma-copy', [130, 100], [150, 100], [150, 93], [200, 93]),
          arrow('dma-copy', [130, 138], [165, 138], [165, 102], [200, 102]),
          arrow('points', [260, 88], [300, 88]),
          text(230, 126, l10n.t('gathers')),
        ],
      },
    },
    seeAlso: ['dma', 'page-reference', 'socket-buffer', 'zero-copy'],
    sources: ['ethtool(8), -k', 'net/core/sock.c: sk_setup_caps', 'net/core/skbuff.c: skb_segment'],
  };
}
