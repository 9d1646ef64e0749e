/** The numbers of one step and where they come from: a small card beside what is pointed at. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { Step } from '../../model/flow.ts';
import { kindName, proofWord } from '../../model/picture/flow/words.ts';
import type { StepFacts } from '../../model/stepFacts.ts';
import { formatNumber, formatPercent } from '../../model/units.ts';
import { shareInterval } from './proof.ts';

/** Between the card and what it is about, and the edge of the window. */
const GAP = 6;

/** Nothing where nothing is known of the step. */
export function stepNumbers(step: Step, number: string, facts: StepFacts): TemplateResult | typeof nothing {
  const rows = rowsOf(facts);
  if (rows.length === 0) return nothing;
  return html`<p class="step-title">${number}. ${kindName(step.kind)}</p>
    <dl>
      ${rows.map(
        ({ id, name, value, source }) => html`<div data-fact=${id}>
          <dt>${name}</dt>
          <dd><strong>${value}</strong><span class="hint">${source}</span></dd>
        </div>`,
      )}
    </dl>`;
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  /** Where the value comes from. */
  readonly source: string;
}

function rowsOf({ verdict, measured, predicted, calls }: StepFacts): readonly Row[] {
  const share = verdict?.share;
  return [
    ...(measured === null
      ? []
      : [
          {
            id: 'measured',
            name: l10n.t('Measured'),
            value: l10n.t('{0} ms/GiB', formatNumber(measured)),
            source:
              share == null
                ? l10n.t('CPU time by kernel samples')
                : l10n.t(
                    'CPU time by kernel samples: {0} of them ({1})',
                    formatPercent(share.share),
                    shareInterval(share),
                  ),
          },
        ]),
    ...(predicted === null
      ? []
      : [
          {
            id: 'predicted',
            name: l10n.t('Predicted'),
            value: l10n.t('{0} ms/GiB', formatNumber(predicted)),
            source: l10n.t('how often it happens, times unit costs of this host'),
          },
        ]),
    ...(calls === null
      ? []
      : [
          {
            id: 'calls',
            name: l10n.t('Calls'),
            value:
              calls.counted === null
                ? bound(calls.computed, calls.atMost)
                : l10n.t('{0} counted', formatNumber(calls.counted)),
            source:
              calls.counted === null
                ? l10n.t('in a transfer, by the steps; nothing was counted')
                : l10n.t('median of the transfers; by the steps {0}', bound(calls.computed, calls.atMost)),
          },
        ]),
    ...(verdict === null
      ? []
      : [{ id: 'evidence', name: l10n.t('Evidence'), value: proofWord(verdict.verdict), source: verdict.reason }]),
  ];
}

function bound(count: number, atMost: boolean): string {
  return atMost ? l10n.t('at most {0}', formatNumber(count)) : formatNumber(count);
}

/** Puts the card below what it is about, or above where there is more room, within the sides of its parent. */
export function placeCard(card: HTMLElement, about: Element): void {
  const parent = card.offsetParent?.getBoundingClientRect();
  if (parent === undefined) return;
  const at = about.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = card;
  const left = Math.min(Math.max(0, at.left + at.width / 2 - parent.left - width / 2), parent.width - width);
  const below = at.bottom + GAP + height <= window.innerHeight || at.top < window.innerHeight - at.bottom;
  card.style.left = `${Math.max(0, Math.round(left))}px`;
  card.style.top = `${Math.round((below ? at.bottom + GAP : at.top - GAP - height) - parent.top)}px`;
}
