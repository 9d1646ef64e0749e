import * as l10n from '@vscode/l10n';
import { dot, line, text } from '../../picture/parts.ts';
import type { Point } from '../../picture/scene.ts';
import type { Term } from '../term.ts';
import { verdict } from '../words.ts';

export function verdictTerm(): Term {
  const row = (y: number, name: string, from: number, to: number) => {
    const ends: readonly [Point, Point] = [
      [from, y],
      [to, y],
    ];
    return [text(14, y, name, 'plain', 'start'), line('interval', ...ends), dot((from + to) / 2, y, 'median')];
  };
  return {
    ...verdict(),
    topic: 'measuring',
    long: [
      l10n.t(
        'Each round has one transfer of every case, so a mode and its baseline met the same minute: their ratio is taken round by round, and the interval is that of the ratios. Between the two dashed lines differences are noise. An interval wholly beyond is faster or slower, one wholly inside is same, and any other is unsettled: more rounds or a quieter host may settle it.',
      ),
      l10n.t(
        'No order is claimed among modes whose intervals do not support it; the finding at the top of the page keeps to the same rule. The p value beside a verdict is shown for those who want it, and decides nothing.',
      ),
    ],
    picture: {
      kind: 'scene',
      scene: {
        alt: l10n.t(
          'Four intervals beside a band around 1: one wholly above is faster, one wholly below is slower, one inside is the same, one across an edge is unsettled.',
        ),
        height: 148,
        parts: [
          line('limit', [222, 8], [222, 122]),
          line('limit', [262, 8], [262, 122]),
          line('axis', [110, 122], [405, 122]),
          ...row(22, l10n.t('faster'), 292, 352),
          ...row(48, l10n.t('slower'), 136, 196),
          ...row(74, l10n.t('same'), 230, 254),
          ...row(100, l10n.t('unsettled'), 246, 316),
          text(242, 138, l10n.t('1x, with the noise floor around it')),
        ],
      },
    },
    seeAlso: ['median', 'noise-floor', 'baseline'],
    sources: [],
  };
}
