/** The counts of a transfer as it is played, beside those its samples made. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { type Agreement, agreementOf, type Reading } from '../../model/readings.ts';
import type { Sides } from '../../model/sides.ts';
import { formatBytes, formatNumber } from '../../model/units.ts';

/** One row per count, those of two ends below each other; where nothing was counted, only what the steps say. */
export function readingTable(readings: readonly Reading[], { sender, receiver }: Sides): TemplateResult {
  const shown = readings.filter(({ total, measured }) => (total ?? 0) > 0 || (measured ?? 0) > 0);
  const theirs = shown.filter(({ side }) => side === 'receiver');
  const ours = shown.filter(({ side }) => side === 'sender');
  const counted = shown.some(({ measured }) => measured !== null);
  return html`<table class="numbers readings" data-part="readings">
    <thead>
      <tr>
        <td></td>
        <th scope="col" class="number">${l10n.t('From the steps')}</th>
        ${counted ? html`<th scope="col" class="number">${l10n.t('Counted')}</th><td></td>` : nothing}
      </tr>
    </thead>
    ${
      theirs.length === 0
        ? html`<tbody>
            ${ours.map((reading) => row(reading, counted))}
          </tbody>`
        : [group(sender, ours, counted), group(receiver, theirs, counted)]
    }
  </table>`;
}

function group(side: string, readings: readonly Reading[], counted: boolean): TemplateResult {
  return html`<tbody data-side=${readings[0]?.side ?? nothing}>
    <tr>
      <th scope="rowgroup" class="side-name" colspan=${counted ? 4 : 2}>${side}</th>
    </tr>
    ${readings.map((reading) => row(reading, counted))}
  </tbody>`;
}

/** `crossings 2,048 (counted 2,050)`. */
export function readingText(reading: Reading): string {
  const { name, measured } = reading;
  return measured === null
    ? `${name} ${nowOf(reading)}`
    : l10n.t('{0} {1} (counted {2})', name, nowOf(reading), formatNumber(measured));
}

function row(reading: Reading, counted: boolean): TemplateResult {
  const { id, name, measured } = reading;
  const agreement = agreementOf(reading);
  return html`<tr data-reading=${id}>
    <th scope="row">${name}</th>
    <td class="number" data-count="now">${nowOf(reading)}</td>
    ${
      counted
        ? html`<td class="number" data-count="measured">${measured === null ? '–' : formatNumber(measured)}</td>
            <td class="agreement" data-agreement=${agreement ?? nothing}>
              ${agreement === null ? nothing : agreementWord(agreement, reading)}
            </td>`
        : nothing
    }
  </tr>`;
}

/** A bound is one only at the end; on the way there it has not been reached. */
function nowOf({ unit, now, total, atMost }: Reading): string {
  if (now === null) return '–';
  if (unit === 'bytes') return formatBytes(now);
  return atMost && now === total ? l10n.t('at most {0}', formatNumber(now)) : formatNumber(now);
}

function agreementWord(agreement: Agreement, { total, measured }: Reading): string {
  const apart = formatNumber(Math.abs((measured ?? 0) - (total ?? 0)));
  switch (agreement) {
    case 'same':
      return l10n.t('agrees');
    case 'within':
      return l10n.t('within the bound');
    case 'more':
      return l10n.t('{0} more', apart);
    case 'fewer':
      return l10n.t('{0} fewer', apart);
  }
}
