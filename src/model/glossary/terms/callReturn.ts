import * as l10n from '@vscode/l10n';
import { box, line, text } from '../../picture/parts.ts';
import type { Term } from '../term.ts';
import { callReturn } from '../words.ts';

export function callReturnTerm(): Term {
  return {
    ...callReturn(),
    topic: 'calls',
    long: [
      l10n.t(
        'After write() to a socket the data is in the socket buffer. Whether a packet has left depends on the congestion window, on packets queued before it and on free descriptors of the NIC; and even a packet that left may be lost and sent again. After write() to a file the data is in the page cache, and a power failure would lose it.',
      ),
      l10n.t(
        'So the lab does not end a transfer over a socket at the last return: it waits until the receiver has the last byte, and keeps the moment at which the sender was done beside it. A completion of MSG_ZEROCOPY does not mean delivered either, only that the pages are no longer needed.',
      ),
    ],
    picture: {
      kind: 'scene',
      scene: {
        alt: l10n.t(
          'A line of time: the call returns early; then the data is in the socket buffer, on the wire, and at the receiver, where the measurement ends.',
        ),
        height: 116,
        parts: [
          line('axis', [12, 88], [408, 88]),
          box(20, 22, 86, 30, 'send()', 'busy'),
          box(108, 22, 96, 30, l10n.t('socket buffer'), 'full'),
          box(206, 22, 82, 30, l10n.t('wire')),
          box(290, 22, 104, 30, l10n.t('receiver'), 'other'),
          line('limit', [107, 12], [107, 88]),
          line('limit', [394, 12], [394, 88]),
          text(107, 104, l10n.t('the call returns')),
          text(400, 104, l10n.t('the lab stops its clock'), 'muted', 'end'),
        ],
      },
    },
    seeAlso: ['socket-buffer', 'write-back', 'zerocopy-completion'],
    sources: ['send(2)', 'write(2)', 'Documentation/networking/msg_zerocopy.rst'],
  };
}
