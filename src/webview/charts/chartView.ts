/** Any chart: its title and note, and then the drawing or the table of the same numbers. */

import * as l10n from '@vscode/l10n';
import { Chart, type Plugin } from 'chart.js';
import { html, nothing, type PropertyValues, render, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { type Description, type Row, sentenceOf, valueWords } from '../../model/charts/description.ts';
import { tableColumns } from '../../model/charts/tabular.ts';
import { exportMenu, type PictureChoice } from '../shell/exportMenu.ts';
import { LightElement } from '../shell/lightElement.ts';
import { Pointing } from '../shell/pointing.ts';
import { lookClass, observeTheme, themeColors } from '../shell/theme.ts';
import {
  configurationOf,
  type DrawingOptions,
  type DrawnDataset,
  drawingHeight,
  hasDots,
  useTheme,
} from './drawing.ts';

/** Between what is pointed at and the card with its numbers, in pixels. */
const CARD_GAP = 10;

/** An element of the drawing, as Chart.js names it. */
interface Place {
  readonly datasetIndex: number;
  readonly index: number;
}

/** `<zcl-chart>`; fires `zcl-row-picked` with a row that was clicked or reached by an arrow key, and `zcl-samples-wanted` with the case of the row at Enter. */
export class ChartView extends LightElement {
  @property({ attribute: false }) description: Description | null = null;
  @property({ attribute: false }) options: DrawingOptions = { log: false, boxes: false };
  @property({ type: Boolean }) table = false;
  @property({ attribute: false }) pointing = new Pointing();

  /** The chart as drawn, with the colours it was drawn in. */
  chart: Chart | null = null;
  /** What the mouse is at in this chart. */
  private hovered: Place | undefined;
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
      <div class="card-title">
        <h3>${description.title}</h3>
        ${description.rows.length === 0 ? nothing : exportMenu(description.title, (format, shade) => this.wantPicture({ format, shade }))}
      </div>
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

  private wantPicture(detail: PictureChoice): void {
    this.dispatchEvent(new CustomEvent('zcl-picture-wanted', { detail }));
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
      <div class="chart-card" data-part="chart-card" aria-hidden="true" hidden></div>
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
    const theme = themeColors();
    useTheme(theme);
    const { description } = this;
    const configuration = configurationOf(description, this.options, theme);
    const box = canvas.parentElement as HTMLElement;
    const fit = (width: number) => {
      box.style.height = `${drawingHeight(description, width, theme)}px`;
    };
    fit(box.clientWidth);
    const events = {
      onResize: (_chart: unknown, { width }: { readonly width: number }) => fit(width),
      onHover: (_event: unknown, elements: readonly Place[]) => this.hover(elements[0]),
      onClick: (_event: unknown, elements: readonly Place[]) => {
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
    this.tell(chart);
  }

  /** The numbers of what is pointed at in this chart, beside its mark. In the other charts the mark is enough. */
  private tell(chart: Chart): void {
    const card = this.querySelector<HTMLElement>('.chart-card');
    const { description } = this;
    if (card === null || description === null) return;
    const marked = chart.getActiveElements();
    const mark = marked.find((each) => isAt(each, this.hovered)) ?? marked[0];
    const row = this.rowAt(mark);
    card.hidden = mark === undefined || row === undefined || !this.matches(':is(:hover, :focus-within)');
    if (card.hidden || mark === undefined || row === undefined) return;
    render(numbersOf(row, description), card);
    const { x, y } = mark.element.getProps(['x', 'y'], true);
    const { offsetWidth, offsetHeight } = card;
    const right = x + CARD_GAP;
    card.style.left = `${right + offsetWidth <= chart.width ? right : Math.max(0, x - CARD_GAP - offsetWidth)}px`;
    card.style.top = `${Math.max(0, Math.min(y - offsetHeight / 2, chart.height - offsetHeight))}px`;
  }

  private readonly leave = (): void => {
    this.hovered = undefined;
    this.pointing.at(null);
  };

  private hover(place: Place | undefined): void {
    this.hovered = place;
    this.pointing.at(this.rowAt(place)?.plotted ?? null);
  }

  private rowAt(place: Place | undefined): Row | undefined {
    if (place === undefined) return undefined;
    return (this.chart?.data.datasets[place.datasetIndex] as DrawnDataset | undefined)?.rows[place.index];
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
    this.hovered = undefined;
    this.pointing.at(row.plotted);
    if (event.key === 'Enter') this.dispatchEvent(new CustomEvent('zcl-samples-wanted', { detail: row.plotted.case }));
    else this.pick(row);
  };

  private pick(row: Row): void {
    this.dispatchEvent(new CustomEvent<Row>('zcl-row-picked', { detail: row }));
  }
}

function isAt(one: Place, other: Place | undefined): boolean {
  return one.datasetIndex === other?.datasetIndex && one.index === other.index;
}

/** The name of a row, and a line for each value it has. */
function numbersOf({ name, values }: Row, { columns }: Description): TemplateResult {
  return html`<strong>${name}</strong> ${columns.map((column, nth) => {
    const value = values[nth] ?? null;
    if (value === null) return nothing;
    const words = valueWords(value, column);
    return html`<p>${columns.length === 1 ? words : `${column.title}: ${words}`}</p>`;
  })}`;
}
