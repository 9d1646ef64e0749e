import * as l10n from '@vscode/l10n';
import { box, text } from '../../picture/parts.ts';
import type { BoxLook } from '../../picture/scene.ts';
import type { Term } from '../term.ts';
import { baseline } from '../words.ts';

/** Three rounds of four cases, each in an order of its own. */
const ROUNDS: readonly (readonly number[])[] = [
  [2, 0, 3, 1],
  [1, 3, 0, 2],
  [0, 2, 1, 3],
];

export function baselineTerm(): Term {
  const names = [l10n.t('baseline'), l10n.t('control'), 'sendfile', 'splice'];
  const looks: readonly BoxLook[] = ['busy', 'busy', 'plain', 'plain'];
  return {
    ...baseline(),
    topic: 'measuring',
    long: [
      l10n.t(
        'It always runs, asked for or not. A mode with a buffer is compared with the baseline at the same buffer; one that moves everything by one call with the baseline at 64 KiB. A round has one transfer of every case in an order of its own, so that a slow minute or a warm neighbour hits all of them alike.',
      ),
      l10n.t('The control is there for the noise floor: two equal things should come out equal.'),
    ],
    picture: {
      kind: 'scene',
      scene: {
        alt: l10n.t('Three rounds; in each the four cases run once, in another order.'),
        height: 122,
        parts: ROUNDS.flatMap((order, round) => [
          text(14, 25 + round * 38, l10n.t('round {0}', round + 1), 'plain', 'start'),
          ...order.map((one, nth) =>
            box(82 + nth * 82, 11 + round * 38, 78, 28, names[one] ?? '', looks[one] ?? 'plain'),
          ),
        ]),
      },
    },
    seeAlso: ['verdict', 'noise-floor', 'median'],
    sources: [],
  };
}
