/** What the lines, numbers and marks of the pictures mean: those that they have, and no others. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { StepKind } from '../../model/flow.ts';
import type { FlowView } from '../../model/flowViews.ts';
import { KINDS, VERDICTS } from '../../model/picture/flow/legend.ts';
import { lineSample } from '../../model/picture/flow/samples.ts';
import { kindName } from '../../model/picture/flow/words.ts';
import type { ExplainedWord } from '../shell/explained.ts';
import { svgElement } from '../shell/svgElement.ts';
import { term } from '../shell/wordCard.ts';
import { proofLegend } from './proof.ts';

export function flowLegend(views: readonly FlowView[]): TemplateResult {
  const steps = views.flatMap(({ flow }) => flow.steps);
  const some = (how: 'later' | 'receiver' | 'atMost') => steps.some((step) => step[how] === true);
  const verdicts = views.flatMap(({ facts }) => facts.flatMap(({ verdict }) => verdict?.verdict ?? []));
  return html`<ul class="flow-legend" role="list" aria-label=${l10n.t('Legend')}>
    ${KINDS.filter((kind) => steps.some((step) => step.kind === kind)).map(
      (kind) => html`<li data-legend=${kind}>${svgElement(lineSample(kind))} ${kindWord(kind)}</li>`,
    )}
    ${some('later') ? numberLegend('later', term('call-return', l10n.t('after the call returned'))) : nothing}
    ${some('receiver') ? numberLegend('by-receiver', views[0]?.sides.byReceiver ?? '') : nothing}
    ${views.some(({ own }) => own.size > 0) ? numberLegend('own', l10n.t('not in the flow beside it')) : nothing}
    ${proofLegend(VERDICTS.filter((each) => verdicts.includes(each)))}
    ${some('atMost') ? html`<li data-legend="at-most">${svgElement(lineSample('system-call', true))} ${l10n.t('not every time')}</li>` : nothing}
  </ul>`;
}

const WORDS_OF_KINDS: Readonly<Partial<Record<StepKind, ExplainedWord>>> = {
  'cpu-copy': 'cpu-copy',
  'dma-copy': 'dma-copy',
  'page-reference': 'page-reference',
  mapping: 'mapping',
  'system-call': 'system-call',
  fault: 'page-fault',
};

/** Name of a kind of step, explained where it is a word of the glossary. */
function kindWord(kind: StepKind): string | TemplateResult {
  const word = WORDS_OF_KINDS[kind];
  return word === undefined ? kindName(kind) : term(word, kindName(kind));
}

/** What the shape of a number says. */
function numberLegend(what: 'later' | 'by-receiver' | 'own', words: string | TemplateResult): TemplateResult {
  return html`<li data-legend=${what}><span class="number-sample ${what}" aria-hidden="true">n</span> ${words}</li>`;
}
