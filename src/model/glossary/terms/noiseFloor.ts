import * as l10n from '@vscode/l10n';
import { dot, line, text } from '../../picture/parts.ts';
import type { Term } from '../term.ts';
import { noiseFloor } from '../words.ts';

export function noiseFloorTerm(): Term {
  return {
    ...noiseFloor(),
    topic: 'measuring',
    long: [
      l10n.t(
        'The baseline runs twice in every experiment. The two are the same work, so whatever sets them apart is this host and this hour: its neighbours, its clock, its caches. The median of their ratio is how small a difference this run can tell from nothing.',
      ),
      l10n.t(
        'It is never taken for less than 2 %: a layout of memory that happened to be lucky can make that much, and no number of rounds would show it.',
      ),
    ],
    picture: {
      kind: 'scene',
      scene: {
        alt: l10n.t(
          'Baseline and control, the same work twice: their medians lie a little apart, and that distance is the noise floor.',
        ),
        height: 112,
        parts: [
          text(14, 30, l10n.t('baseline'), 'plain', 'start'),
          text(14, 64, l10n.t('control'), 'plain', 'start'),
          ...[180, 214, 226, 236, 250, 280].map((x) => dot(x, 30)),
          ...[196, 228, 244, 256, 262, 302].map((x) => dot(x, 64)),
          line('limit', [231, 14], [231, 88]),
          line('limit', [250, 14], [250, 88]),
          text(240, 100, l10n.t('noise floor')),
        ],
      },
    },
    seeAlso: ['baseline', 'verdict', 'steal'],
    sources: [],
  };
}
