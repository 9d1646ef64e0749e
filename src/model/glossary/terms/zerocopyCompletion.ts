import * as l10n from '@vscode/l10n';
import { arrow, bands, bandsHeight, inBand, laterArrow, text } from '../../picture/parts.ts';
import type { Term } from '../term.ts';
import { zerocopyCompletion } from '../words.ts';

export function zerocopyCompletionTerm(): Term {
  return {
    ...zerocopyCompletion(),
    topic: 'copies',
    long: [
      l10n.t(
        'send() returns when the references are queued. Until the completion comes the buffer must not be written to, or the new bytes may be sent. Completions wait on the error queue of the socket and are joined while nobody reads them: one can stand for many sends. io_uring’s SEND_ZC reports by a second entry in its ring.',
      ),
      l10n.t(
        'COPIED says that the kernel copied after all, as it always does where the data is delivered on the same host: loopback, veth, a capture running. Its absence proves less than it seems: on an interface without scatter-gather the copy is made later, while cutting segments, and is not reported. So the lab calls a send confirmed only if the profile shows no copy either.',
      ),
    ],
    picture: {
      kind: 'scene',
      scene: {
        alt: l10n.t(
          'The program sends by reference; the NIC fetches the data from the user buffer; after the acknowledgement a completion comes back to the program.',
        ),
        height: bandsHeight(3),
        parts: [
          ...bands('user', 'kernel', 'hardware'),
          inBand(0, 40, 130, l10n.t('user buffer'), 'full'),
          inBand(1, 86, 110, l10n.t('socket buffer')),
          inBand(1, 290, 110, l10n.t('error queue')),
          inBand(2, 40, 130, l10n.t('NIC')),
          arrow('page-reference', [140, 50], [140, 78]),
          text(152, 61, 'send()', 'code', 'start'),
          laterArrow('dma-copy', [60, 50], [60, 142]),
          arrow('points', [196, 96], [290, 96]),
          text(243, 85, l10n.t('acknowledged')),
          arrow('points', [345, 78], [345, 32], [170, 32]),
          text(258, 21, l10n.t('free again, or COPIED')),
        ],
      },
    },
    seeAlso: ['page-reference', 'loopback', 'socket-buffer', 'call-return'],
    sources: ['Documentation/networking/msg_zerocopy.rst', 'net/core/skbuff.c'],
  };
}
