import * as l10n from '@vscode/l10n';
import { arrow, box, text } from '../../picture/parts.ts';
import type { Term } from '../term.ts';
import { virtualMemory } from '../words.ts';

export function virtualMemoryTerm(): Term {
  return {
    ...virtualMemory(),
    topic: 'memory',
    long: [
      l10n.t(
        'Addresses in a program are not places in memory: for every access the CPU looks them up in the page tables of the process, and keeps recent answers in the TLB. So a program can have more addresses than there is memory, and pages can be moved, left out or brought back from the disk without its knowing.',
      ),
      l10n.t(
        'For zero-copy the interesting part is that two addresses may lead to the same page: those of two processes (shared memory), or that of a program and the kernel’s own (a mapped file). Then nothing has to be copied for both to see the same bytes.',
      ),
    ],
    picture: {
      kind: 'scene',
      scene: {
        alt: l10n.t(
          'Addresses of two processes on the left and right lead to pages of memory in the middle; one page is shared by both.',
        ),
        height: 150,
        parts: [
          text(70, 14, l10n.t('process A')),
          text(210, 14, l10n.t('memory')),
          text(350, 14, l10n.t('process B')),
          ...[0, 1, 2].flatMap((nth) => [
            box(30, 28 + nth * 38, 80, 28, `0x${(0x7000 + nth * 0x1000).toString(16)}`),
            box(310, 28 + nth * 38, 80, 28, `0x${(0x4000 + nth * 0x1000).toString(16)}`),
          ]),
          box(170, 28, 80, 28, l10n.t('page')),
          box(170, 66, 80, 28, l10n.t('page'), 'full'),
          box(170, 104, 80, 28, l10n.t('page')),
          arrow('points', [110, 42], [170, 42]),
          arrow('points', [110, 80], [170, 80]),
          arrow('points', [310, 42], [250, 76]),
          arrow('points', [310, 80], [250, 116]),
        ],
      },
    },
    seeAlso: ['mapping', 'page-fault', 'page-reference', 'user-space'],
    sources: ['mmap(2)', 'Documentation/mm/page_tables.rst'],
  };
}
