import * as l10n from '@vscode/l10n';
import { arrow, box, cells, text } from '../../picture/parts.ts';
import type { Term } from '../term.ts';
import { pipe } from '../words.ts';

export function pipeTerm(): Term {
  return {
    ...pipe(),
    topic: 'places',
    long: [
      l10n.t(
        'A slot holds a page or less: a few bytes fill it as much as 4 KiB do. With write() and read() the CPU copies into pages of the pipe and out of them again. splice() puts references to page-cache pages into the slots instead, and vmsplice() references to pages of the program.',
      ),
      l10n.t(
        'sendfile makes such a pipe inside the kernel, of 16 slots: whatever is asked for moves in batches of 64 KiB. A pipe of one’s own can be larger, up to fs.pipe-max-size without privileges (1 MiB).',
      ),
    ],
    picture: {
      kind: 'scene',
      scene: {
        alt: l10n.t('A row of slots between writer and reader. Some slots point to pages of the page cache.'),
        height: 118,
        parts: [
          box(10, 14, 70, 34, 'splice()'),
          ...cells(120, 18, 24, ['full', 'full', 'full', 'plain', 'plain', 'plain', 'plain']),
          box(340, 14, 70, 34, 'splice()'),
          arrow('points', [80, 31], [117, 31]),
          arrow('points', [308, 31], [340, 31]),
          ...cells(120, 84, 24, ['plain', 'plain', 'plain']),
          arrow('page-reference', [132, 42], [132, 84]),
          arrow('page-reference', [159, 42], [159, 84]),
          arrow('page-reference', [186, 42], [186, 84]),
          text(212, 96, l10n.t('pages of the page cache'), 'muted', 'start'),
          text(212, 56, l10n.t('slots: a reference each'), 'muted', 'start'),
        ],
      },
    },
    seeAlso: ['page-reference', 'page-cache', 'zero-copy'],
    sources: ['pipe(7)', 'splice(2)', 'vmsplice(2)', 'fs/splice.c'],
  };
}
