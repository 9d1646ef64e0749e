import * as l10n from '@vscode/l10n';
import { arrow, box, cells, text } from '../../picture/parts.ts';
import type { Term } from '../term.ts';
import { pageFault } from '../words.ts';

export function pageFaultTerm(): Term {
  return {
    ...pageFault(),
    topic: 'memory',
    long: [
      l10n.t(
        'Minor: the page is in memory and only has to be entered. Major: it has to be brought from the disk first, and the task waits. On a file whose pages are in the page cache one fault enters 16 of them (64 KiB) or more, because the next ones are likely to be wanted too.',
      ),
      l10n.t(
        'It matters where a fault is taken. In user mode, as by memcpy() from one mapping to another, it is two crossings. Inside a system call, as by write() from a mapping, the kernel takes it itself: it costs time, and is no crossing. New memory faults as well, and is filled with zeros first.',
      ),
    ],
    picture: {
      kind: 'scene',
      scene: {
        alt: l10n.t(
          'The program touches one address; the kernel enters a row of neighbouring pages into the page table at once.',
        ),
        height: 122,
        parts: [
          box(12, 36, 84, 34, l10n.t('program')),
          ...cells(150, 42, 22, ['full', 'full', 'full', 'full', 'full', 'full', 'full', 'full', 'ghost', 'ghost']),
          arrow('points', [96, 53], [150, 53]),
          text(124, 42, l10n.t('touches')),
          text(150, 24, l10n.t('page table'), 'plain', 'start'),
          box(150, 92, 197, 24, l10n.t('page cache'), 'plain'),
          ...[161, 211, 261, 311].map((x) => arrow('mapping', [x, 92], [x, 66])),
        ],
      },
    },
    seeAlso: ['mapping', 'virtual-memory', 'crossing'],
    sources: ['getrusage(2)', 'mm/memory.c: do_fault_around'],
  };
}
