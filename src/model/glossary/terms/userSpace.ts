import * as l10n from '@vscode/l10n';
import { bands, bandsHeight, between, inBand, text } from '../../picture/parts.ts';
import type { Term } from '../term.ts';
import { userSpace } from '../words.ts';

export function userSpaceTerm(): Term {
  const program = inBand(0, 150, 130, l10n.t('program'));
  const kernel = inBand(1, 150, 130, l10n.t('kernel'));
  return {
    ...userSpace(),
    topic: 'places',
    long: [
      l10n.t(
        'The CPU has modes. In user mode it refuses every instruction that reaches a device or changes page tables, and every address that belongs to the kernel. A program that goes wrong can harm itself, not its neighbours.',
      ),
      l10n.t(
        'The price: whatever lies beyond is asked for by a system call, and data that a program wants to look at has to be where its addresses reach, in a buffer or in a mapping. Data that is only passed on need not come here at all, which is the idea behind sendfile and splice.',
      ),
    ],
    picture: {
      kind: 'scene',
      scene: {
        alt: l10n.t('Above, the program in user space; below, the kernel. Only a system call leads across the line.'),
        height: bandsHeight(2),
        parts: [
          ...bands('user', 'kernel'),
          program,
          kernel,
          between('system-call', program, kernel, -14),
          between('system-call', kernel, program, 14),
          text(300, 64 - 9, l10n.t('the only way across'), 'muted', 'start'),
        ],
      },
    },
    seeAlso: ['kernel-space', 'system-call', 'crossing', 'virtual-memory'],
    sources: ['syscalls(2)'],
  };
}
