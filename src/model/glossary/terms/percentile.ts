import * as l10n from '@vscode/l10n';
import { box, line, text } from '../../picture/parts.ts';
import type { Term } from '../term.ts';
import { percentile } from '../words.ts';

/** How many calls took how long, the short ones first. */
const HEIGHTS = [10, 34, 62, 58, 40, 26, 17, 11, 8, 5, 4, 3, 2, 2, 1, 1, 1];

export function percentileTerm(): Term {
  return {
    ...percentile(),
    topic: 'measuring',
    long: [
      l10n.t(
        'A mean hides the slow calls, and they are what a program waits for. p50 is the usual call, p99 and p99.9 the slow ones, and the longest is often one that was interrupted. A percentile is shown only where there were enough calls to tell it from the longest.',
      ),
      l10n.t(
        'Single calls are timed in a pass of their own, because reading the clock twice for each slows them down. A call that moves everything, such as sendfile, is one call.',
      ),
    ],
    picture: {
      kind: 'scene',
      scene: {
        alt: l10n.t(
          'Many short calls and a long thin tail of slow ones; p50 lies in the hump, p99 far out in the tail.',
        ),
        height: 122,
        parts: [
          line('axis', [30, 84], [400, 84]),
          ...HEIGHTS.map((height, nth) => box(40 + nth * 20, 84 - height, 16, height, '', 'full')),
          line('limit', [110, 10], [110, 92]),
          line('limit', [318, 10], [318, 92]),
          text(110, 104, 'p50'),
          text(318, 104, 'p99'),
          text(400, 104, l10n.t('time'), 'muted', 'end'),
        ],
      },
    },
    seeAlso: ['median', 'system-call'],
    sources: [],
  };
}
