import * as l10n from '@vscode/l10n';
import { arrow, bands, bandsHeight, inBand, laterArrow, text } from '../../picture/parts.ts';
import type { Term } from '../term.ts';
import { socketBuffer } from '../words.ts';

export function socketBufferTerm(): Term {
  return {
    ...socketBuffer(),
    topic: 'places',
    long: [
      l10n.t(
        'What a program writes to a TCP connection has to be kept until the peer has acknowledged it, because it may have to be sent again. The kernel keeps it in buffers of its own, with room for headers, and with the data either copied into pages of the kernel or left where it is and pointed to.',
      ),
      l10n.t(
        'write() and send() copy into it. sendfile and splice put references to page-cache pages into it, MSG_ZEROCOPY references to pages of the program. The reference is no snapshot: whoever changes such a page before the data has been acknowledged changes what the peer may get.',
      ),
    ],
    picture: {
      kind: 'scene',
      scene: {
        alt: l10n.t(
          'write() copies from the user buffer into the socket buffer; sendfile puts references to page-cache pages into it; later the NIC fetches either by DMA.',
        ),
        height: bandsHeight(3),
        parts: [
          ...bands('user', 'kernel', 'hardware'),
          inBand(0, 240, 110, l10n.t('user buffer')),
          inBand(1, 40, 110, l10n.t('page cache')),
          inBand(1, 240, 110, l10n.t('socket buffer'), 'full'),
          inBand(2, 240, 110, l10n.t('NIC')),
          arrow('cpu-copy', [295, 50], [295, 78]),
          text(305, 61, 'write()', 'code', 'start'),
          arrow('page-reference', [150, 96], [240, 96]),
          text(195, 85, 'sendfile()', 'code'),
          laterArrow('dma-copy', [295, 114], [295, 142]),
        ],
      },
    },
    seeAlso: ['page-reference', 'call-return', 'scatter-gather', 'zerocopy-completion'],
    sources: ['tcp(7)', 'net/ipv4/tcp.c', 'include/linux/skbuff.h'],
  };
}
