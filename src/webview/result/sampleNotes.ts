/** What to know of a number beside it: that it is not settled, that it drifted, or that some transfers do not count. */
import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import type { PageCase } from '../../model/pageResult.ts';

/** @param drifted a finding says that the case changed its speed during the run */
export function sampleNotes(one: PageCase, drifted: boolean): readonly TemplateResult[] {
  const { round, excluded, heldUp } = one.digest.transfers;
  return [
    ...(one.settled === false
      ? [note('not-settled', l10n.t('not settled'), l10n.t('The run ended before the interval was narrow enough.'))]
      : []),
    ...(drifted
      ? [note('drifted', l10n.t('drifting'), l10n.t('Later transfers differ from earlier ones; the findings say how.'))]
      : []),
    ...excludedNote(excluded.length - heldUp, round.length, l10n.t('source was in the page cache')),
    ...excludedNote(heldUp, round.length, l10n.t('the process was stopped or could not run')),
  ];
}

function excludedNote(some: number, all: number, why: string): readonly TemplateResult[] {
  if (some === 0) return [];
  const explained = l10n.t(
    'They are kept in the file and drawn as crosses, and are part of no median and no interval.',
  );
  return [note('excluded', l10n.t('{0} of {1} samples excluded: {2}', some, all, why), explained)];
}

function note(kind: string, words: string, explained: string): TemplateResult {
  return html`<span class="sample-note" data-note=${kind} title=${explained}>
    <span class="codicon codicon-warning" aria-hidden="true"></span> ${words}
  </span>`;
}
