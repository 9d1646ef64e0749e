import * as l10n from '@vscode/l10n';
import { box, line, text } from '../../picture/parts.ts';
import type { Term } from '../term.ts';
import { steal } from '../words.ts';

export function stealTerm(): Term {
  return {
    ...steal(),
    topic: 'measuring',
    long: [
      l10n.t(
        'The guest cannot tell it from its own work by its clocks: the transfer just takes longer. The hypervisor may report the sum, and Linux shows it as steal in /proc/stat. The lab reads it beside the run and warns when there was much.',
      ),
      l10n.t(
        'Zero does not prove quiet: not every hypervisor reports it. The noise floor shows what is left of such trouble in the numbers.',
      ),
    ],
    picture: {
      kind: 'scene',
      scene: {
        alt: l10n.t('The virtual CPU believes it runs without a break; the real CPU ran another guest in between.'),
        height: 116,
        parts: [
          text(12, 32, l10n.t('virtual CPU'), 'plain', 'start'),
          text(12, 76, l10n.t('real CPU'), 'plain', 'start'),
          box(100, 18, 300, 28, l10n.t('this guest, as it sees itself'), 'busy'),
          box(100, 62, 110, 28, l10n.t('this guest'), 'busy'),
          box(210, 62, 90, 28, l10n.t('another'), 'other'),
          box(300, 62, 100, 28, l10n.t('this guest'), 'busy'),
          line('limit', [210, 54], [210, 96]),
          line('limit', [300, 54], [300, 96]),
          text(255, 106, l10n.t('stolen')),
        ],
      },
    },
    seeAlso: ['noise-floor', 'context-switch'],
    sources: ['proc_stat(5)'],
  };
}
