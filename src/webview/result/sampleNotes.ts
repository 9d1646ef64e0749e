/** What to know of a number beside it: that it is not settled, that it drifted, or that some transfers do not count. */
import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import type { PageCase } from '../../model/pageResult.ts';

/** @param drifted a finding says that the case changed its speed during the run */
export function sampleNotes(one: PageCase, drifted: boolean): readonly TemplateResult[] {
  const { round, excluded } = one.digest.transfers;
  return [
    ...(one.settled === false
      ? [note('not-settled', l10n.t('not settled'), l10n.t('The run ended before the interval was narrow enough.'))]
      : []),
    ...(drifted
      ? [note('drifted', l10n.t('drifting'), l10n.t('Later transfers differ from earlier ones; the findings say how.'))]
      : []),
    ...(excluded.length === 0
      ? []
      : [
          note(
            'excluded',
            l10n.t('{0} of {1} samples excluded: source was in the page cache', excluded.length, round.length),
            l10n.t('They are kept in the file and drawn as crosses, and are part of no median and no interval.'),
          ),
        ]),
  ];
}

function note(kind: string, words: string, explained: string): TemplateResult {
  return html`<span class="sample-note" data-note=${kind} title=${explained}>
    <span class="codicon codicon-warning" aria-hidden="true"></span> ${words}
  </span>`;
}
