import * as l10n from '@vscode/l10n';
import { dot, line, text } from '../../picture/parts.ts';
import type { Term } from '../term.ts';
import { median } from '../words.ts';

/** Eleven rounds, one of them disturbed. Their interval reaches from half way between the 2nd and 3rd to half way between the 9th and 10th. */
const ROUNDS = [96, 232, 246, 258, 266, 272, 279, 286, 297, 311, 330];

export function medianTerm(): Term {
  return {
    ...median(),
    topic: 'measuring',
    long: [
      l10n.t(
        'One disturbed round pulls a mean along; the median stays. Outliers are marked and kept: they happened. The interval lies between two of the sorted rounds, or half way between two, chosen by how likely it is that so many rounds all fall to one side of the true median. No shape of the distribution is assumed.',
      ),
      l10n.t(
        'Below six rounds no interval is claimed. A run with rounds “auto” goes on until the intervals are narrow, or its time is over, and says which. The interval speaks of this host, this file and these minutes, not of other machines.',
      ),
    ],
    picture: {
      kind: 'scene',
      scene: {
        alt: l10n.t(
          'Eleven rounds as dots on a line, one far off; the median in the middle of the others, and the interval around it.',
        ),
        height: 112,
        parts: [
          line('axis', [30, 66], [400, 66]),
          ...ROUNDS.map((x, nth) => dot(x, 66 - 12 - (nth % 2) * 10)),
          line('interval', [239, 66], [304, 66]),
          dot(272, 66, 'median'),
          text(272, 84, l10n.t('median')),
          text(272, 100, l10n.t('with its 95 % interval')),
          text(96, 34, l10n.t('a disturbed round')),
        ],
      },
    },
    seeAlso: ['verdict', 'noise-floor', 'baseline', 'percentile'],
    sources: ['Hettmansperger and Sheather 1986'],
  };
}
