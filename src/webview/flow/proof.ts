/** What the evidence says of a flow: a verdict for each step, in words and as a mark on its arrow, and what contradicts it. */
import * as l10n from '@vscode/l10n';
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { Evidence } from '../../model/result.ts';
import { formatNumber, formatPercent } from '../../model/units.ts';
import type { Point } from './layout/geometry.ts';
import { MARK_RADIUS } from './layout/sizes.ts';

export type StepVerdict = Evidence['arrows'][number];
export type Contradiction = Evidence['contradictions'][number];

/** What is known of one flow. */
export interface Proof {
  readonly verdicts: readonly StepVerdict[];
  readonly contradictions: readonly Contradiction[];
}

export const NO_PROOF: Proof = { verdicts: [], contradictions: [] };

/** @param key of the flow: `here`, or `classic-0` on */
export function proofOf(evidence: Evidence | null, key: string): Proof {
  if (evidence === null) return NO_PROOF;
  const mine = ({ flow }: { readonly flow: string }) => flow === key;
  return { verdicts: evidence.arrows.filter(mine), contradictions: evidence.contradictions.filter(mine) };
}

export function proofWord(verdict: StepVerdict['verdict']): string {
  switch (verdict) {
    case 'seen':
      return l10n.t('seen');
    case 'not-seen':
      return l10n.t('not seen');
    case 'not-observable':
      return l10n.t('not observable here');
  }
}

const ICONS: Readonly<Record<StepVerdict['verdict'], string>> = {
  seen: 'check',
  'not-seen': 'circle-slash',
  'not-observable': 'question',
};

/** The verdict on a step as a line below its sentence. */
export function proofLine(verdict: StepVerdict): TemplateResult {
  return html`<span class="proof" data-proof=${verdict.verdict}>
    <span class="codicon codicon-${ICONS[verdict.verdict]}" aria-hidden="true"></span>
    <span><strong>${proofWord(verdict.verdict)}</strong>${figures(verdict)}. ${verdict.reason}</span>
  </span>`;
}

/** Share and cost of what was seen. How much of what was not may have been missed is in the reason. */
function figures({ verdict, share, msPerGib }: StepVerdict): string {
  if (share === null || verdict !== 'seen') return '';
  const parts = [
    l10n.t('{0} of the samples ({1})', formatPercent(share.share), shareInterval(share)),
    ...(msPerGib === null ? [] : [l10n.t('{0} ms/GiB', formatNumber(msPerGib))]),
  ];
  return `, ${parts.join(', ')}`;
}

/** `31–37 %` */
export function shareInterval({ low, high }: { readonly low: number; readonly high: number }): string {
  return `${formatPercent(low).replace(' %', '')}–${formatPercent(high)}`;
}

/** The verdict as a mark: a tick, a slash through a ring, a question mark in a dotted ring. */
export function proofMark(verdict: StepVerdict['verdict'], { x, y }: Point): TemplateResult {
  return svg`<g class="proof-mark" data-proof=${verdict} transform="translate(${x} ${y})">
    <circle r=${MARK_RADIUS} />
    ${shapeOf(verdict)}
  </g>`;
}

function shapeOf(verdict: StepVerdict['verdict']): TemplateResult {
  switch (verdict) {
    case 'seen':
      return svg`<path d="M-2.8 0.2L-0.8 2.3L3 -2.2" />`;
    case 'not-seen':
      return svg`<path d="M-3.9 3.9L3.9 -3.9" />`;
    case 'not-observable':
      return svg`<path d="M-1.7 -1.6A1.8 1.8 0 1 1 0 0.3V1.2M0 3V3.4" />`;
  }
}

/** The marks, for the legend. */
export function proofLegend(verdicts: readonly StepVerdict['verdict'][]): readonly TemplateResult[] {
  return verdicts.map(
    (verdict) => html`<li data-legend="proof-${verdict}">
      <svg class="proof-sample" viewBox="-8 -8 16 16" width="16" height="16" aria-hidden="true">${proofMark(verdict, { x: 0, y: 0 })}</svg>
      ${proofWord(verdict)}
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
        <span><strong>${l10n.t('Contradicted.')}</strong> ${each.text}</span>
      </li>`,
    )}
  </ul>`;
}
