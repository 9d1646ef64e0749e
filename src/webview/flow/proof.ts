/** What the evidence says of a flow: a verdict for each step, in words and as a mark on its arrow, and what contradicts it. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { PROMISED } from '../../model/evidence/flowNames.ts';
import { labelName } from '../../model/evidence/labels.ts';
import { verdictSample } from '../../model/picture/flow/samples.ts';
import { proofWord } from '../../model/picture/flow/words.ts';
import { betweenSentences, listed } from '../../model/punctuation.ts';
import type { ArrowVerdict, Contradiction } from '../../model/result/evidence.ts';
import { formatNumber, formatPercent } from '../../model/units.ts';
import { svgElement } from '../shell/svgElement.ts';

const ICONS: Readonly<Record<ArrowVerdict['verdict'], string>> = {
  seen: 'check',
  'not-seen': 'circle-slash',
  'not-observable': 'question',
};

/** The verdict on a step as a line below its sentence. */
export function proofLine(verdict: ArrowVerdict): TemplateResult {
  return html`<span class="proof" data-proof=${verdict.verdict}>
    <span class="codicon codicon-${ICONS[verdict.verdict]}" aria-hidden="true"></span>
    <span><strong>${proofWord(verdict.verdict)}</strong>${figures(verdict)}${betweenSentences()}${verdict.reason}</span>
  </span>`;
}

/** Share and cost of what was seen. How much of what was not may have been missed is in the reason. */
function figures({ verdict, share, msPerGib }: ArrowVerdict): string {
  if (share === null || verdict !== 'seen') return '';
  const samples = l10n.t('{0} of the samples ({1})', formatPercent(share.share), shareInterval(share));
  const cost = msPerGib === null ? [] : [l10n.t('{0} ms/GiB', formatNumber(msPerGib))];
  return listed(['', samples, ...cost]);
}

/** `31–37 %` */
export function shareInterval({ low, high }: { readonly low: number; readonly high: number }): string {
  return `${formatPercent(low).replace(' %', '')}–${formatPercent(high)}`;
}

/** The marks, for the legend. */
export function proofLegend(verdicts: readonly ArrowVerdict['verdict'][]): readonly TemplateResult[] {
  return verdicts.map(
    (verdict) => html`<li data-legend="proof-${verdict}">
      ${svgElement(verdictSample(verdict))} ${proofWord(verdict)}
    </li>`,
  );
}

/** Copies that were seen and that the flow does not have. */
export function contradictionList(contradictions: readonly Contradiction[]): TemplateResult | typeof nothing {
  if (contradictions.length === 0) return nothing;
  return html`<ul class="contradictions" role="list" data-part="contradictions">
    ${contradictions.map(
      (each) => html`<li data-label=${each.label}>
        <span class="codicon codicon-warning" aria-hidden="true"></span>
        <span>${contradictionText(each)}</span>
      </li>`,
    )}
  </ul>`;
}

/** What a mode is for is no flow of this page: there the copy is said to be one all the same. */
function contradictionText(each: Contradiction): TemplateResult {
  return each.flow === PROMISED
    ? html`<strong>${l10n.t('Not what the mode is for.')}</strong> ${l10n.t('It sends by reference, and the bytes were copied all the same: {0}, {1} of the samples ({2}).', labelName(each.label), formatPercent(each.share), shareInterval(each))}`
    : html`<strong>${l10n.t('Contradicted.')}</strong> ${each.text}`;
}
