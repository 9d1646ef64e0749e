/** Words that several parts of the page share. All of them are asked for late, when the language is known. */

import * as l10n from '@vscode/l10n';
import type { Phase } from '../../model/events.ts';
import type { Verdict } from '../../model/result/numbers.ts';

export const VERDICT_ICONS: Readonly<Record<Verdict, string>> = {
  faster: 'arrow-up',
  slower: 'arrow-down',
  same: 'dash',
  unsettled: 'question',
};

export function phaseWord(phase: Phase): string {
  switch (phase) {
    case 'preparing':
      return l10n.t('Preparing');
    case 'calibrating':
      return l10n.t('Calibrating');
    case 'verifying':
      return l10n.t('Verifying');
    case 'warm-up':
      return l10n.t('Warming up');
    case 'measuring':
      return l10n.t('Measuring');
    case 'latency':
      return l10n.t('Timing single calls');
    case 'evidence':
      return l10n.t('Gathering evidence');
    case 'hazards':
      return l10n.t('Meeting hazards');
  }
}
