/** Any chart: its title and note, and then the drawing or the table of the same numbers. */

import * as l10n from '@vscode/l10n';
import { Chart, type Plugin } from 'chart.js';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { type Description, type Row, sentenceOf } from '../../model/charts/description.ts';
import { tableColumns } from '../../model/charts/tabular.ts';
import { LightElement } from '../shell/lightElement.ts';
import { Pointing } from '../shell/pointing.ts';
import { lookClass, observeTheme, themeColors } from '../shell/theme.ts';
import { configurationOf, type DrawingOptions, type DrawnDataset, drawingHeight, hasDots } from './drawing.ts';

/** `<zcl-chart>`; fires `zcl-row-picked` with a row that was clicked or reached by an arrow key, and `zcl-samples-wanted` with the case of the row at Enter. */
export class ChartView extends LightElement {
  @property({ attribute: false }) description: Description | null = null;
  @property({ attribute: false }) options: DrawingOptions = { log: false, boxes: false };
  @property({ type: Boolean }) table = false;
  @property({ attribute: false }) pointing = new Pointing();

  /** The chart as drawn, with the colours it was drawn in. */
  chart: Chart | null = null;
  private readonly stops: (() => void)[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    this.stops.push(
      observeTheme(() => this.draw()),
      this.pointing.observe(() => this.mark()),
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.stops.splice(0)) stop();
    this.chart?.destroy();
    this.chart = null;
  }

  protected override render() {
    const { description } = this;
    if (description === null) return nothing;
    return html`
      <h3>${description.title}</h3>
      <p class="chart-note">
        ${description.note}
        ${
          this.options.boxes && !this.table && description.shape.kind === 'bars' && hasDots(description)
            ? l10n.t(
                'Box: the middle half of the transfers that count; whiskers: as far as 1.5 box lengths. The scale need not begin at 0.',
              )
            : nothing
        }
      </p>
      ${description.rows.length === 0 ? html`<p class="none" data-part="no-rows">${l10n.t('No numbers of the modes shown.')}</p>` : this.table ? this.numbers(description) : this.drawing(description)}`;
  }

  protected override updated(_changed: PropertyValues<this>): void {
    this.draw();
    this.mark();
  }

  private drawing(description: Description): TemplateResult {
    return html`<div
      class="chart-box"
      role="img"
      tabindex="0"
      aria-label=${sentenceOf(description)}
      @keydown=${this.move}
      @pointerleave=${this.leave}
      @blur=${this.leave}
    >
      <canvas aria-hidden="true"></canvas>
    </div>`;
  }

  private numbers(description: Description): TemplateResult {
    const columns = tableColumns(description);
    return html`<div class="scroll-x" tabindex="0" role="region" aria-label=${l10n.t('{0}, as a table', description.title)}>
      <table class="numbers" data-part="chart-table">
        <thead>
          <tr>
            <th scope="col">${l10n.t('Case')}</th>
            ${columns.map(({ title }) => html`<th scope="col" class="number">${title}</th>`)}
          </tr>
        </thead>
        <tbody @pointerleave=${this.leave}>
          ${description.rows.map(
            (row) => html`<tr
              data-case=${row.plotted.case}
              data-mode=${row.plotted.mode}
              @pointerenter=${() => this.pointing.at(row.plotted)}
            >
              <th scope="row">
                <span class="mode-dot ${lookClass(row.look)}" aria-hidden="true"></span>
                <button class="as-text" @click=${() => this.pick(row)} @focus=${() => this.pointing.at(row.plotted)} @blur=${this.leave}>${row.name}</button>
              </th>
              ${columns.map(({ cell }) => html`<td class="number">${cell(row)}</td>`)}
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  private draw(): void {
    const canvas = this.querySelector('canvas');
    if (canvas === null || this.description === null) {
      this.chart?.destroy();
      this.chart = null;
      return;
    }
    const configuration = configurationOf(this.description, this.options, themeColors());
    (canvas.parentElement as HTMLElement).style.height = `${drawingHeight(this.description)}px`;
    const events = {
      onHover: (_event: unknown, elements: readonly { datasetIndex: number; index: number }[]) => this.hover(elements),
      onClick: (_event: unknown, elements: readonly { datasetIndex: number; index: number }[]) => {
        const row = this.rowAt(elements[0]);
        if (row !== undefined) this.pick(row);
      },
    };
    const options = { ...configuration.options, ...events } as NonNullable<typeof configuration.options>;
    const { chart } = this;
    if (chart?.canvas === canvas && (chart.config as { readonly type?: string }).type === configuration.type) {
      chart.data = configuration.data;
      chart.options = options;
      chart.update('none');
      return;
    }
    chart?.destroy();
    this.chart = new Chart(canvas, { ...configuration, options, plugins: [this.keptMarks] });
  }

  /** When the mouse leaves, Chart.js clears what it had marked itself; by then something else may be pointed at. */
  private readonly keptMarks: Plugin = {
    id: 'keptMarks',
    afterEvent: (_chart, { event }) => {
      if (event.type === 'mouseout') this.mark();
    },
  };

  /** Shows what is pointed at, here or elsewhere on the page. */
  private mark(): void {
    for (const row of this.querySelectorAll<HTMLElement>('tbody tr')) {
      row.classList.toggle(
        'pointed',
        this.pointing.isAt({ case: Number(row.dataset['case']), mode: row.dataset['mode'] ?? '' }),
      );
    }
    const { chart } = this;
    if (chart === null) return;
    const active = chart.data.datasets.flatMap((dataset, datasetIndex) =>
      (dataset as DrawnDataset).rows.flatMap((row, index) =>
        this.pointing.isAt(row.plotted) ? [{ datasetIndex, index }] : [],
      ),
    );
    chart.setActiveElements(active);
    chart.draw();
  }

  private readonly leave = (): void => this.pointing.at(null);

  private hover(elements: readonly { datasetIndex: number; index: number }[]): void {
    this.pointing.at(this.rowAt(elements[0])?.plotted ?? null);
  }

  private rowAt(element: { datasetIndex: number; index: number } | undefined): Row | undefined {
    if (element === undefined) return undefined;
    return (this.chart?.data.datasets[element.datasetIndex] as DrawnDataset | undefined)?.rows[element.index];
  }

  /** Arrow keys go from row to row, Enter asks for the samples of the one that is pointed at. */
  private readonly move = (event: KeyboardEvent): void => {
    const rows = this.description?.rows ?? [];
    const at = rows.findIndex((row) => this.pointing.isAt(row.plotted));
    const last = rows.length - 1;
    const next = Math.min(at + 1, last);
    const before = Math.max(at - 1, 0);
    const to = { ArrowDown: next, ArrowRight: next, ArrowUp: before, ArrowLeft: before, Home: 0, End: last, Enter: at }[
      event.key
    ];
    const row = to === undefined ? undefined : rows[to];
    if (row === undefined) return;
    event.preventDefault();
    this.pointing.at(row.plotted);
    if (event.key === 'Enter') this.dispatchEvent(new CustomEvent('zcl-samples-wanted', { detail: row.plotted.case }));
    else this.pick(row);
  };

  private pick(row: Row): void {
    this.dispatchEvent(new CustomEvent<Row>('zcl-row-picked', { detail: row }));
  }
}
