import * as l10n from '@vscode/l10n';
import { arrow, bands, bandsHeight, inBand, text } from '../../picture/parts.ts';
import type { Term } from '../term.ts';
import { loopback } from '../words.ts';

export function loopbackTerm(): Term {
  return {
    ...loopback(),
    topic: 'copies',
    long: [
      l10n.t(
        'What is sent is queued at the receiving socket by the sender’s own call, so much of the receiver’s work is billed to the sender: read the two CPU columns together. Page-cache pages that sendfile sent are handed to the receiver as they are, and its recv() copies them; pages lent by MSG_ZEROCOPY are copied before they are delivered.',
      ),
      l10n.t(
        'Fewer copies can be slower here: the receiver then reads pages that are not in the caches of its CPU, in smaller pieces. Loopback shows which code runs and what it costs this host; how modes compare over a real link takes a second host.',
      ),
    ],
    picture: {
      kind: 'scene',
      scene: {
        alt: l10n.t(
          'Sender and receiver on one host: data goes from one socket to the other inside the kernel; hardware takes no part.',
        ),
        height: bandsHeight(3),
        parts: [
          ...bands('user', 'kernel', 'hardware'),
          inBand(0, 40, 120, l10n.t('sender')),
          inBand(0, 280, 120, l10n.t('receiver')),
          inBand(1, 40, 120, l10n.t('socket buffer')),
          inBand(1, 280, 120, l10n.t('receive queue')),
          arrow('cpu-copy', [100, 50], [100, 78]),
          arrow('page-reference', [160, 96], [280, 96]),
          arrow('cpu-copy', [340, 78], [340, 50]),
          text(220, 160, l10n.t('no NIC, no wire')),
        ],
      },
    },
    seeAlso: ['zerocopy-completion', 'socket-buffer', 'cpu-per-gib', 'dma-copy'],
    sources: ['drivers/net/loopback.c', 'net/core/skbuff.c: skb_orphan_frags_rx'],
  };
}
