import * as l10n from '@vscode/l10n';
import { arrow, bands, bandsHeight, cells, text } from '../../picture/parts.ts';
import type { Term } from '../term.ts';
import { ioUring } from '../words.ts';

export function ioUringTerm(): Term {
  return {
    ...ioUring(),
    topic: 'calls',
    long: [
      l10n.t(
        'Submission and completion queue lie in memory that both sides see. The program writes requests, enters the kernel once for many of them, and reads the results without a call. That saves crossings; it saves no copies. A buffered read by io_uring copies as read() does, with registered buffers too: those save looking up and pinning pages, which pays with O_DIRECT.',
      ),
      l10n.t(
        'What can not be done at once goes to worker threads of the kernel, io-wq; splice always does. Their CPU time is part of the numbers here. Many containers and some hosts forbid io_uring: the probe says so, and by what.',
      ),
    ],
    picture: {
      kind: 'scene',
      scene: {
        alt: l10n.t(
          'Two rings between program and kernel: requests go down through one, results come up through the other.',
        ),
        height: bandsHeight(2) + 40,
        parts: [
          ...bands('user', 'kernel').map((band, nth) => ({ ...band, y: band.y + nth * 40 })),
          text(130, 30, l10n.t('program writes requests'), 'plain'),
          text(320, 30, l10n.t('program reads results'), 'plain'),
          ...cells(78, 72, 22, ['full', 'full', 'full', 'plain']),
          ...cells(268, 72, 22, ['full', 'plain', 'plain', 'plain']),
          arrow('points', [128, 42], [128, 70]),
          arrow('points', [128, 97], [128, 128]),
          arrow('points', [318, 128], [318, 97]),
          arrow('points', [318, 70], [318, 42]),
          text(130, 140, l10n.t('one call for many')),
          text(320, 140, l10n.t('no call needed')),
        ],
      },
    },
    seeAlso: ['system-call', 'crossing', 'direct-io', 'zerocopy-completion'],
    sources: ['io_uring(7)', 'io_uring_enter(2)', 'io_uring/rsrc.c'],
  };
}
