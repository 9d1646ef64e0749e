import * as l10n from '@vscode/l10n';
import { arrow, box, cells, text } from '../../picture/parts.ts';
import type { Term } from '../term.ts';
import { pageReference } from '../words.ts';

export function pageReferenceTerm(): Term {
  return {
    ...pageReference(),
    topic: 'memory',
    long: [
      l10n.t(
        'The kernel counts how often a page is referred to and does not free it before the last reference is gone. So a page of a file can stand in a pipe or in a socket buffer while nobody copies it: sendfile, splice, vmsplice and MSG_ZEROCOPY all work like this.',
      ),
      l10n.t(
        'It is no snapshot. If the file is overwritten while its pages wait to be sent, the peer gets new bytes, old bytes or a mix, and no call reports an error. The hazards preset shows it.',
      ),
    ],
    picture: {
      kind: 'scene',
      scene: {
        alt: l10n.t(
          'File and socket buffer point to the same pages; who writes to the file changes what the socket sends.',
        ),
        height: 126,
        parts: [
          box(12, 16, 100, 34, l10n.t('file'), 'plain'),
          box(308, 16, 100, 34, l10n.t('socket buffer'), 'plain'),
          ...cells(150, 82, 28, ['full', 'full', 'full', 'full']),
          arrow('points', [62, 50], [62, 96], [150, 96]),
          arrow('page-reference', [358, 50], [358, 96], [272, 96]),
          text(210, 70, l10n.t('one set of pages')),
          text(68, 116, l10n.t('a later write()'), 'muted', 'start'),
          text(352, 116, l10n.t('is sent too'), 'muted', 'end'),
        ],
      },
    },
    seeAlso: ['socket-buffer', 'pipe', 'zero-copy', 'zerocopy-completion'],
    sources: ['sendfile(2), NOTES', 'splice(2)', 'fs/splice.c'],
  };
}
