/** The charts of a result, one or two at a time: tabs, one legend for all, and what can be chosen about them. */

import * as l10n from '@vscode/l10n';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { modesOf } from '../../model/caseSize.ts';
import { type ChartKind, type Description, type Row, valueWords } from '../../model/charts/description.ts';
import { chartsOf, shownCases, usualSecond } from '../../model/charts/kinds.ts';
import { tabSeparated } from '../../model/charts/tabular.ts';
import type { PageResult } from '../../model/pageResult.ts';
import type { ChartArrangement } from '../shell/host.ts';
import { LightElement } from '../shell/lightElement.ts';
import { Pointing } from '../shell/pointing.ts';
import { tabReached } from '../shell/tabKeys.ts';
import { chartLegend } from './chartLegend.ts';
import { hasDots } from './drawing.ts';

/** Instead of the id of a second chart. */
const NONE = 'none';

/** A chart on the board. */
interface Shown {
  readonly kind: ChartKind;
  readonly description: Description;
}

/**
 * `<zcl-charts>`; fires `zcl-charts-arranged` with a change of what is arranged, `zcl-mode-chosen` with the mode of what
 * was clicked, `zcl-samples-wanted` with the case whose raw samples are asked for, and `zcl-copy-wanted` with a text.
 */
export class ChartBoard extends LightElement {
  @property({ attribute: false }) result: PageResult | null = null;
  @property({ attribute: false }) arrangement: ChartArrangement | null = null;
  @property({ attribute: false }) pointing = new Pointing();

  /** Last clicked or reached by an arrow key. */
  @state() private picked: { readonly row: Row; readonly description: Description } | null = null;
  private kinds: readonly ChartKind[] = [];
  private shown: readonly Shown[] = [];

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (this.result === null || this.arrangement === null) return;
    // Descriptions stay the same objects while nothing about them changes, so that charts are not drawn again.
    if (changed.has('result') || changed.has('arrangement')) {
      this.kinds = chartsOf(this.result);
      this.shown = this.describe(this.result, this.arrangement);
    }
  }

  protected override render() {
    const { result, arrangement } = this;
    if (result === null || arrangement === null) return nothing;
    const [first] = this.shown;
    return html`<section aria-labelledby="charts-heading" data-part="charts">
      <h2 id="charts-heading">${l10n.t('Charts')}</h2>
      <div class="mode-tabs" role="tablist" aria-labelledby="charts-heading" @keydown=${this.move}>
        ${this.kinds.map((kind) => this.tab(result, kind, kind === first?.kind))}
      </div>
      <div role="tabpanel" id="charts-shown" aria-labelledby="chart-tab-${first?.kind.id ?? ''}">
        <div class="chart-options">
          ${chartLegend(modesOf(result), arrangement.hidden, this.pointing, (hidden) => this.arrange({ hidden: [...hidden] }))}
          <div class="chart-choices">${this.choices(result, arrangement)}</div>
        </div>
        <div class="charts">
          ${this.shown.map(
            ({ kind, description }) => html`<zcl-chart
              data-chart=${kind.id}
              .description=${description}
              .options=${arrangement}
              .table=${arrangement.table}
              .pointing=${this.pointing}
              @zcl-row-picked=${({ detail: row }: CustomEvent<Row>) => this.pick(row, description)}
              @zcl-samples-wanted=${({ detail }: CustomEvent<number>) => this.wantSamples(detail)}
            ></zcl-chart>`,
          )}
        </div>
        <p class="chart-picked" aria-live="polite" data-part="picked">${this.pickedLine()}</p>
      </div>
    </section>`;
  }

  private tab(result: PageResult, kind: ChartKind, selected: boolean): TemplateResult {
    return html`<button
      role="tab"
      id="chart-tab-${kind.id}"
      data-chart-tab=${kind.id}
      aria-selected=${selected}
      aria-controls="charts-shown"
      tabindex=${selected ? 0 : -1}
      @click=${() => this.arrange({ shown: kind.id })}
    >
      ${kind.name(result)}
    </button>`;
  }

  private choices(
    result: PageResult,
    { log, boxes, table }: ChartArrangement,
  ): readonly (TemplateResult | typeof nothing)[] {
    const some = (applies: (description: Description) => boolean) =>
      !table && this.shown.some(({ description }) => applies(description));
    const scales = some(({ shape }) => shape.kind === 'lines' || shape.kind === 'points');
    const samples = some((description) => description.shape.kind === 'bars' && hasDots(description));
    return [
      scales ? this.toggle('log', l10n.t('Logarithmic'), log) : nothing,
      samples ? this.toggle('boxes', l10n.t('Box plots'), boxes) : nothing,
      this.toggle('table', l10n.t('As table'), table),
      table
        ? html`<button class="as-link" data-part="copy-table" @click=${this.copy}>${l10n.t('Copy')}</button>`
        : nothing,
      html`<label class="choice">
        ${l10n.t('Beside it')}
        <select data-part="beside" @change=${this.chooseBeside}>
          <option value=${NONE} ?selected=${this.shown.length < 2}>${l10n.t('nothing')}</option>
          ${this.kinds
            .filter((kind) => kind !== this.shown[0]?.kind)
            .map(
              (kind) =>
                html`<option value=${kind.id} ?selected=${kind === this.shown[1]?.kind}>${kind.name(result)}</option>`,
            )}
        </select>
      </label>`,
    ];
  }

  private toggle(key: 'log' | 'boxes' | 'table', name: string, on: boolean): TemplateResult {
    return html`<button role="checkbox" class="toggle" aria-checked=${on} data-choice=${key} @click=${() => this.arrange({ [key]: !on })}>
      <span class="tick codicon codicon-check" aria-hidden="true"></span> ${name}
    </button>`;
  }

  /** What was picked in words, and the ways on from there. */
  private pickedLine(): TemplateResult | string {
    if (this.picked === null) return '';
    const { row, description } = this.picked;
    const values = description.columns.flatMap((column, nth) => {
      const value = row.values[nth] ?? null;
      return value === null ? [] : [`${column.title} ${valueWords(value, column)}`];
    });
    return html`<strong>${row.name}</strong> <span>${values.join(', ')}</span>
      <button class="as-link" data-part="samples-of-picked" @click=${() => this.wantSamples(row.plotted.case)}>
        ${l10n.t('Raw samples')}
      </button>
      <a class="as-link" href="#flow-heading">${l10n.t('How its bytes go')}</a>`;
  }

  private describe(result: PageResult, arrangement: ChartArrangement): readonly Shown[] {
    const cases = shownCases(result, arrangement.hidden);
    const find = (id: string | null) => this.kinds.find((kind) => kind.id === id);
    const first = find(arrangement.shown) ?? this.kinds[0];
    const other = arrangement.beside === NONE ? undefined : (find(arrangement.beside) ?? find(usualSecond(result)));
    const chosen = [first, other === first ? undefined : other].filter((kind) => kind !== undefined);
    return chosen.map((kind) => ({ kind, description: kind.describe(result, cases) }));
  }

  private arrange(change: Partial<ChartArrangement>): void {
    this.dispatchEvent(new CustomEvent('zcl-charts-arranged', { detail: change }));
  }

  private pick(row: Row, description: Description): void {
    this.picked = { row, description };
    this.dispatchEvent(new CustomEvent('zcl-mode-chosen', { detail: row.plotted.mode }));
  }

  private wantSamples(index: number): void {
    this.dispatchEvent(new CustomEvent('zcl-samples-wanted', { detail: index }));
  }

  private readonly copy = (): void => {
    const text = this.shown.map(({ description }) => tabSeparated(description)).join('\n');
    this.dispatchEvent(new CustomEvent('zcl-copy-wanted', { detail: text }));
  };

  private readonly chooseBeside = (event: Event): void => {
    this.arrange({ beside: (event.target as HTMLSelectElement).value });
  };

  private readonly move = (event: KeyboardEvent): void => {
    tabReached(event, this)?.click();
  };
}
