/** The picture of a comparison: every case a row, its ratios with their intervals on one log axis. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import {
  type Change,
  type ComparedCase,
  type ComparedResult,
  type Comparison,
  gain,
  type Quantity,
} from '../../model/comparison/comparison.ts';
import { spreadText, valueText, verdictText } from '../../model/comparison/words.ts';
import type { Interval, Verdict } from '../../model/result/numbers.ts';
import { formatRatio } from '../../model/units.ts';
import type { Arrangement } from '../shell/host.ts';
import { LightElement } from '../shell/lightElement.ts';
import { markClass, markOf } from './marks.ts';
import { type Scale, scaleOf } from './scale.ts';

/** Height of the line of one ratio, in px; the stylesheet gives the lines of text the same. */
const LINE = 24;

const ICONS: Readonly<Record<Verdict, string>> = {
  faster: 'arrow-up',
  slower: 'arrow-down',
  same: 'dash',
  unsettled: 'question',
};

type Sort = NonNullable<Arrangement['sort']>;
type Column = 'case' | 'ratio' | 'value';

/** One ratio of a case. */
interface Line {
  /** Index of the result. */
  readonly result: number;
  readonly value: Interval;
  readonly change: Change;
}

interface Row {
  readonly one: ComparedCase;
  readonly reference: Interval;
  readonly lines: readonly Line[];
}

/** `<zcl-forest-plot>`; fires `zcl-sorted` with the new order and `zcl-result-chosen` with the index of a result. */
export class ForestPlot extends LightElement {
  @property({ attribute: false }) comparison: Comparison | null = null;
  @property({ attribute: false }) quantity: Quantity | null = null;
  @property({ attribute: false }) sort: Arrangement['sort'] = null;

  protected override render() {
    const { comparison, quantity } = this;
    if (comparison === null || quantity === null) return nothing;
    const sort = this.sort ?? { column: 'case', descending: false };
    const scale = scaleOf(comparison.cases, quantity);
    const rows = sorted(rowsOf(comparison, quantity), quantity, sort);
    return html`<table class="forest sortable" data-part="forest" data-quantity=${quantity.id}>
      <thead>
        <tr>
          ${this.header('case', l10n.t('Case'), null, sort)}
          <th scope="col" class="plot">${axis(scale, quantity)}</th>
          ${this.header('ratio', l10n.t('Ratio'), l10n.t('95 % interval, verdict'), sort)}
          ${this.header('value', quantity.unit === '' ? l10n.t('Value') : quantity.unit, valueLegend(comparison), sort)}
        </tr>
      </thead>
      <tbody>
        ${rows.map((row) => this.row(row, comparison, quantity, scale))}
      </tbody>
    </table>`;
  }

  private header(column: Column, title: string, second: string | null, sort: Sort): TemplateResult {
    const mine = sort.column === column;
    const order = mine ? (sort.descending ? 'descending' : 'ascending') : 'none';
    const icon = mine ? `codicon-arrow-${sort.descending ? 'down' : 'up'}` : 'codicon-blank';
    return html`<th scope="col" aria-sort=${order} data-column=${column}>
      <button @click=${() => this.sortBy({ column, descending: mine ? !sort.descending : column === 'value' })}>
        <span>${title}${second === null ? nothing : html`<span class="unit">${second}</span>`}</span>
        <span class="codicon ${icon}" aria-hidden="true"></span>
      </button>
    </th>`;
  }

  private sortBy(sort: Sort): void {
    this.dispatchEvent(new CustomEvent('zcl-sorted', { detail: sort }));
  }

  private row(row: Row, comparison: Comparison, quantity: Quantity, scale: Scale): TemplateResult {
    const { one, reference, lines } = row;
    const { results } = comparison;
    const several = results.length > 2;
    return html`<tr data-case=${one.name}>
      <th scope="row">${one.name}</th>
      <td class="plot">${this.picture(row, comparison, quantity, scale)}</td>
      <td class="ratios">
        ${lines.map(
          ({
            result,
            change: { ratio, verdict },
          }) => html`<div class="line" data-result=${results[result]?.letter ?? ''}>
            ${several ? letter(results, result) : nothing}
            <span class="median">${formatRatio(ratio.median)}</span>
            <span class="spread">${spreadText(ratio)}</span>
            <span class="verdict verdict-${verdict}" data-verdict=${verdict}>
              <span class="codicon codicon-${ICONS[verdict]}" aria-hidden="true"></span>
              ${verdictText(quantity, verdict)}
            </span>
          </div>`,
        )}
      </td>
      <td class="values">
        ${lines.map(
          ({ value }) => html`<div class="line">
            <span>${valueText(quantity, reference.median)}</span>
            <span class="codicon codicon-arrow-right" aria-label=${l10n.t('to')} role="img"></span>
            <span>${valueText(quantity, value.median)}</span>
          </div>`,
        )}
      </td>
    </tr>`;
  }

  /** For the eyes; the cells beside it say the same to everybody. */
  private picture({ one, lines }: Row, { results }: Comparison, quantity: Quantity, scale: Scale): TemplateResult {
    const height = lines.length * LINE;
    return html`<svg width="100%" height=${height} aria-hidden="true">
      ${scale.ticks.map((tick) => upright(scale.at(tick), height, tick === 1 ? 'one' : 'grid'))}
      ${lines.map(({ result, change }, nth) => {
        const title = `${results[result]?.letter ?? ''}, ${one.name}: ${formatRatio(change.ratio.median)} (${spreadText(change.ratio)}), ${verdictText(quantity, change.verdict)}`;
        return svg`<svg y=${nth * LINE} width="100%" height=${LINE} class="change ${markClass(result)}" data-verdict=${change.verdict}
          @click=${() => this.dispatchEvent(new CustomEvent('zcl-result-chosen', { detail: result }))}>
          <title>${title}</title>
          <rect class="hit" width="100%" height=${LINE} />
          ${drawn(change, scale, result)}
        </svg>`;
      })}
    </svg>`;
  }
}
customElements.define('zcl-forest-plot', ForestPlot);

function drawn({ ratio, threshold }: Change, { at }: Scale, result: number): SVGTemplateResult {
  const middle = LINE / 2;
  const [from, to] = [at(1 / (1 + threshold)), at(1 + threshold)];
  const whiskers =
    ratio.low === null || ratio.high === null
      ? nothing
      : svg`<line class="interval" x1=${percent(at(ratio.low))} x2=${percent(at(ratio.high))} y1=${middle} y2=${middle} />
          ${[ratio.low, ratio.high].map((end) => svg`<line class="end" x1=${percent(at(end))} x2=${percent(at(end))} y1=${middle - 4} y2=${middle + 4} />`)}`;
  return svg`<rect class="band" x=${percent(from)} width=${percent(to - from)} height=${LINE} />
    ${whiskers}
    <svg class="place" x=${percent(at(ratio.median))} y=${middle} overflow="visible">${markOf(result)}</svg>`;
}

/** The axis stands in the head of its column: which way is better, and the ratios. */
function axis(scale: Scale, quantity: Quantity): TemplateResult {
  const [left, right] = quantity.moreIsBetter ? (['slower', 'faster'] as const) : (['faster', 'slower'] as const);
  return html`<div class="ways" aria-hidden="true">
      <span><span class="codicon codicon-arrow-left"></span> ${verdictText(quantity, left)}</span>
      <span>${verdictText(quantity, right)} <span class="codicon codicon-arrow-right"></span></span>
    </div>
    <svg class="axis" width="100%" height="18" role="img" aria-label=${l10n.t('Ratio on a log axis, 1x in the middle')}>
      ${scale.ticks.map((tick) => svg`<text x=${percent(scale.at(tick))} y="13">${tick}x</text>`)}
    </svg>`;
}

function upright(position: number, height: number, name: string): SVGTemplateResult {
  return svg`<line class=${name} x1=${percent(position)} x2=${percent(position)} y1="0" y2=${height} />`;
}

function letter(results: readonly ComparedResult[], result: number): TemplateResult {
  return html`<span class="letter"><svg class="key ${markClass(result)}" width="14" height="14" viewBox="-8 -8 16 16" aria-hidden="true">${markOf(result)}</svg>${results[result]?.letter ?? ''}</span>`;
}

function valueLegend({ results }: Comparison): string {
  const [reference, only] = results;
  const others = results.length > 2 ? l10n.t('result') : (only?.letter ?? '');
  return l10n.t('{0} to {1}', reference?.letter ?? '', others);
}

function percent(position: number): string {
  return `${position.toFixed(2)}%`;
}

function rowsOf({ cases }: Comparison, { id }: Quantity): readonly Row[] {
  return cases.flatMap((one): Row[] => {
    const reference = one.entries[0]?.measured[id]?.value ?? null;
    if (reference === null) return [];
    const lines = one.entries.flatMap((entry, result): Line[] => {
      const measured = entry?.measured[id] ?? null;
      return measured === null || measured.change === null
        ? []
        : [{ result, value: measured.value, change: measured.change }];
    });
    return lines.length === 0 ? [] : [{ one, reference, lines }];
  });
}

/** By case: in the order of the experiment. By ratio: by the worst of each case, which comes first. */
function sorted(rows: readonly Row[], quantity: Quantity, { column, descending }: Sort): readonly Row[] {
  const worst = ({ lines }: Row) => Math.min(...lines.map(({ change }) => gain(quantity, change.ratio).median));
  const keys = rows.map((row, index) => ({
    row,
    key: column === 'ratio' ? worst(row) : column === 'value' ? row.reference.median : index,
  }));
  return keys.sort((a, b) => (descending ? b.key - a.key : a.key - b.key)).map(({ row }) => row);
}
