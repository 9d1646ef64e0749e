import * as l10n from '@vscode/l10n';
import { arrow, bands, bandsHeight, box, text } from '../../picture/parts.ts';
import type { Term } from '../term.ts';
import { crossing } from '../words.ts';

export function crossingTerm(): Term {
  return {
    ...crossing(),
    topic: 'calls',
    long: [
      l10n.t(
        'read() and write() of one chunk are two calls and so four crossings: this is the 4 in “4 context switches” of so many articles. The same task goes on running on the same CPU, in another mode; no other task gets its turn because of it.',
      ),
      l10n.t(
        'A page fault taken in user mode is two crossings as well. A fault that the kernel takes while it reads from a mapping inside write() costs time, but crosses nothing. Crossings per MiB are computed from the calls and faults that were counted.',
      ),
    ],
    picture: {
      kind: 'scene',
      scene: {
        alt: l10n.t('The line of one task goes down into the kernel and up again twice: four numbered crossings.'),
        height: bandsHeight(2),
        parts: [
          ...bands('user', 'kernel'),
          ...['read()', 'write()'].flatMap((call, nth) => {
            const x = 66 + nth * 180;
            return [
              box(x, 84, 90, 32, call, 'other'),
              arrow('system-call', [x + 18, 16], [x + 18, 84]),
              arrow('system-call', [x + 72, 84], [x + 72, 16]),
              text(x + 6, 44, String(nth * 2 + 1), 'strong'),
              text(x + 84, 44, String(nth * 2 + 2), 'strong'),
            ];
          }),
        ],
      },
    },
    seeAlso: ['system-call', 'context-switch', 'page-fault', 'io-call'],
    sources: ['syscall(2)'],
  };
}
