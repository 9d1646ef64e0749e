import * as l10n from '@vscode/l10n';
import { arrow, bands, bandsHeight, inBand, laterArrow, text } from '../../picture/parts.ts';
import type { Term } from '../term.ts';
import { zeroCopy } from '../words.ts';

export function zeroCopyTerm(): Term {
  return {
    ...zeroCopy(),
    topic: 'copies',
    long: [
      l10n.t(
        'The name counts copies by a CPU only: devices still move the data into memory and out of it. From a file to the network sendfile, splice and MSG_ZEROCOPY reach it with a NIC that can gather. Between files only what shares blocks, lets a server copy, or bypasses the page cache (O_DIRECT) does; sendfile and splice keep one copy there.',
      ),
      l10n.t(
        'Fewer copies are not always faster. Pinning pages, page faults and completions cost as well, and for small pieces more than the copy they save. And the receiver copies too, unless it discards or maps what arrives. That is why the lab measures, and shows copies and CPU time beside the speed.',
      ),
    ],
    picture: {
      kind: 'scene',
      scene: {
        alt: l10n.t(
          'The disk moves the data into the page cache, a reference goes to the socket buffer, and the NIC takes the data from the page cache: no CPU copy on the way.',
        ),
        height: bandsHeight(3),
        parts: [
          ...bands('user', 'kernel', 'hardware'),
          inBand(0, 160, 110, l10n.t('program')),
          inBand(1, 40, 110, l10n.t('page cache'), 'full'),
          inBand(1, 290, 110, l10n.t('socket buffer')),
          inBand(2, 40, 110, l10n.t('disk')),
          inBand(2, 290, 110, l10n.t('NIC')),
          arrow('dma-copy', [80, 142], [80, 114]),
          arrow('page-reference', [150, 96], [290, 96]),
          text(220, 85, 'sendfile()', 'code'),
          laterArrow('dma-copy', [120, 114], [120, 128], [250, 128], [250, 160], [290, 160]),
        ],
      },
    },
    seeAlso: ['cpu-copy', 'dma-copy', 'scatter-gather', 'reflink', 'loopback'],
    sources: ['sendfile(2)', 'splice(2)', 'Documentation/networking/msg_zerocopy.rst'],
  };
}
