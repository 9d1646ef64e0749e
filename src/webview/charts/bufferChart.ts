/**
 * The figure it all started from: seconds against buffer size, a line per mode, whole-transfer modes as a level line. With
 * objects it is throughput against their size, and with one rate for all CPU time against buffer size.
 */
import * as l10n from '@vscode/l10n';
import {
  Chart,
  type ChartConfiguration,
  LinearScale,
  LineElement,
  LogarithmicScale,
  type Plugin,
  PointElement,
  type TooltipItem,
} from 'chart.js';
import { LineWithErrorBarsController, PointWithErrorBar } from 'chartjs-chart-error-bars';
import { html, nothing, svg, type TemplateResult } from 'lit';
import { sizeOf } from '../../model/caseSize.ts';
import type { Experiment, Interval, Result, Summary } from '../../model/result.ts';
import { formatBytes, formatDuration, formatNumber } from '../../model/units.ts';
import { headlineInterval, headlineOf } from '../result/headline.ts';
import { faded, lookClass, modeLook, type ThemeColors } from '../shell/theme.ts';
import { modeName, modesOf, spread } from '../shell/words.ts';
import { baseOptions, ChartElement, errorBars } from './chartElement.ts';

/** Interval of a level line, shaded across the chart: it is one measurement, not one per buffer. */
const levelBand: Plugin = {
  id: 'levelBand',
  beforeDatasetsDraw(chart) {
    const y = chart.scales['y'];
    if (y === undefined) return;
    for (const dataset of chart.data.datasets) {
      const { level } = dataset as unknown as { readonly level?: Level };
      if (level === undefined) continue;
      const [top, bottom] = [y.getPixelForValue(level.high), y.getPixelForValue(level.low)];
      chart.ctx.fillStyle = level.fill;
      chart.ctx.fillRect(chart.chartArea.left, top, chart.chartArea.width, Math.max(1, bottom - top));
    }
  },
};

interface Level {
  readonly low: number;
  readonly high: number;
  readonly fill: string;
}

Chart.register(
  LineWithErrorBarsController,
  PointWithErrorBar,
  PointElement,
  LineElement,
  LinearScale,
  LogarithmicScale,
  levelBand,
);

interface Line {
  readonly mode: string;
  /** Place of the mode in the result, for its look. */
  readonly nth: number;
  /** What was measured at each size; one entry without a size for a level line. */
  readonly points: readonly { readonly size: number | null; readonly measured: Interval }[];
}

/** What a figure shows, over what. */
interface Axes {
  readonly title: string;
  readonly note: string;
  /** The chart in a sentence without its end: the names of the modes follow. */
  readonly spoken: (names: string) => string;
  readonly x: string;
  readonly y: string;
  readonly value: (summary: Summary) => Interval | null;
  readonly format: (value: number) => string;
}

function axesOf(experiment: Experiment): Axes {
  const headline = headlineOf(experiment);
  switch (experiment.kind) {
    case 'objects':
      return {
        title: l10n.t('Throughput over object size'),
        note: l10n.t('MiB/s with open, close and set-up of every object, median with 95 % interval; higher is better.'),
        spoken: (names) =>
          l10n.t('Line chart of throughput over object size for {0}. The table below it has the same numbers.', names),
        x: l10n.t('object size'),
        y: l10n.t('MiB/s'),
        value: (summary) => summary.mibPerSecond,
        format: (value) => `${formatNumber(value)} MiB/s`,
      };
    case 'equal-rate':
      return {
        title: l10n.t('{0} against buffer size', headline.title),
        note: l10n.t('CPU s/GiB at one rate for all, median with 95 % interval; lower is better.'),
        spoken: (names) =>
          l10n.t('Line chart of CPU time against buffer size for {0}. The table below it has the same numbers.', names),
        x: l10n.t('buffer size'),
        y: l10n.t('CPU s/GiB'),
        value: (summary) => headlineInterval(summary, headline),
        format: (value) => `${formatNumber(value)} s/GiB`,
      };
    default:
      return {
        title: l10n.t('Time against buffer size'),
        note: l10n.t('Seconds per transfer, median with 95 % interval; lower is better.'),
        spoken: (names) =>
          l10n.t('Line chart of seconds against buffer size for {0}. The table below it has the same numbers.', names),
        x: l10n.t('buffer size'),
        y: l10n.t('seconds'),
        value: (summary) => inSeconds(summary.wallNs),
        format: (value) => formatDuration(value * 1e9),
      };
  }
}

/** `<zcl-buffer-chart>` */
export class BufferChart extends ChartElement {
  protected override render() {
    if (this.result === null) return nothing;
    const lines = linesOf(this.result);
    const axes = axesOf(this.result.experiment);
    const single = sizesOf(lines).length < 2 && this.result.experiment.kind !== 'objects';
    return html`
      <h3>${axes.title}</h3>
      <p class="chart-note">
        ${axes.note} ${single ? l10n.t('Only one buffer ran; the preset "seed" sweeps five.') : nothing}
      </p>
      <ul class="chart-legend" role="list">
        ${lines.map((line) => html`<li>${legendSample(line.nth)} ${legendName(line)}</li>`)}
      </ul>
      ${this.drawing(this.result)}
      <details class="chart-table">
        <summary>${l10n.t('Show as table')}</summary>
        ${lineTable(lines, axes)}
      </details>`;
  }

  protected override describe(result: Result): string {
    return axesOf(result.experiment).spoken(linesOf(result).map(legendName).join(', '));
  }

  protected override drawingHeight(): number {
    return 250;
  }

  protected override configuration(result: Result, theme: ThemeColors): ChartConfiguration | null {
    const lines = linesOf(result);
    const axes = axesOf(result.experiment);
    const sizes = sizesOf(lines);
    const [first, last] = [sizes[0] ?? result.experiment.buffers[0] ?? 1, sizes.at(-1) ?? 1];
    const [min, max] = first === last ? [first / 2, first * 2] : [first / 1.25, last * 1.25];
    const options = baseOptions(theme);
    return {
      type: 'lineWithErrorBars',
      data: { datasets: lines.map((line) => dataset(line, [min, max], theme)) },
      options: {
        ...options,
        interaction: { mode: 'nearest', intersect: false },
        scales: {
          x: {
            type: 'logarithmic',
            min,
            max,
            title: { display: true, text: axes.x, color: theme.muted },
            grid: { color: faded(theme.foreground, 12) },
            border: { color: theme.muted },
            afterBuildTicks: (axis: { ticks: { value: number }[] }) => {
              axis.ticks = sizes.map((value) => ({ value }));
            },
            ticks: {
              color: theme.foreground,
              autoSkip: false,
              maxRotation: 50,
              callback: (value: string | number) => formatBytes(Number(value)),
            },
          },
          y: {
            beginAtZero: true,
            title: { display: true, text: axes.y, color: theme.muted },
            grid: { color: faded(theme.foreground, 12) },
            border: { display: false },
            ticks: {
              color: theme.muted,
              maxTicksLimit: 6,
              callback: (value: string | number) => tickText(Number(value)),
            },
          },
        },
        plugins: {
          ...options.plugins,
          tooltip: {
            ...options.plugins?.tooltip,
            callbacks: {
              title: (items: TooltipItem<'line'>[]) => items.map((item) => titleText(lines[item.datasetIndex], item)),
              label: (item: TooltipItem<'line'>) => labelText(lines[item.datasetIndex], item, axes),
            },
          },
        },
      },
    } as unknown as ChartConfiguration;
  }
}

function dataset(line: Line, [min, max]: readonly [number, number], theme: ThemeColors) {
  const look = modeLook(line.nth);
  const level = line.points[0]?.size === null ? line.points[0].measured : null;
  return {
    label: modeName(line.mode),
    data:
      level === null
        ? line.points.map(({ size, measured: { median, low, high } }) => ({
            x: size as number,
            y: median,
            ...(low === null || high === null ? {} : { yMin: low, yMax: high }),
          }))
        : [
            { x: min, y: level.median },
            { x: max, y: level.median },
          ],
    ...(level !== null && level.low !== null && level.high !== null
      ? { level: { low: level.low, high: level.high, fill: faded(look.color, 16) } satisfies Level }
      : {}),
    borderColor: look.color,
    hoverBorderColor: look.color,
    backgroundColor: look.color,
    borderDash: [...look.dash],
    borderWidth: 2,
    pointStyle: level === null ? look.shape : false,
    pointRadius: level === null ? 4 : 0,
    pointHoverRadius: level === null ? 5 : 0,
    pointHitRadius: 8,
    pointBackgroundColor: theme.background,
    pointBorderColor: look.color,
    pointHoverBackgroundColor: look.color,
    pointHoverBorderColor: look.color,
    pointBorderWidth: 2,
    ...(level === null ? errorBars(theme, look.color) : { errorBarLineWidth: 0, errorBarWhiskerLineWidth: 0 }),
  };
}

/** Modes with numbers. Baselines that ran only for somebody else's sake, and the control, are not of this figure. */
function linesOf(result: Result): readonly Line[] {
  const { value } = axesOf(result.experiment);
  const modes = modesOf(result);
  return modes.flatMap((mode, nth): Line[] => {
    const points = result.cases
      .filter((one) => one.mode === mode && !one.control && (!one.implied || asked(result, one.bufferBytes)))
      .flatMap((one) => {
        const measured = one.summary === null ? null : value(one.summary);
        return measured === null ? [] : [{ size: sizeOf(one), measured }];
      })
      .sort((a, b) => (a.size ?? 0) - (b.size ?? 0));
    return points.length === 0 ? [] : [{ mode, nth, points }];
  });
}

function asked(result: Result, bufferBytes: number | null): boolean {
  return bufferBytes !== null && result.experiment.buffers.includes(bufferBytes);
}

function sizesOf(lines: readonly Line[]): readonly number[] {
  const all = lines.flatMap((line) => line.points.flatMap((point) => point.size ?? []));
  return [...new Set(all)].sort((a, b) => a - b);
}

function inSeconds(ns: Interval): Interval {
  const seconds = (value: number | null) => (value === null ? null : value / 1e9);
  return { median: ns.median / 1e9, low: seconds(ns.low), high: seconds(ns.high) };
}

function legendName(line: Line): string {
  return line.points[0]?.size === null
    ? l10n.t('{0} (no buffer: level line)', modeName(line.mode))
    : modeName(line.mode);
}

function titleText(line: Line | undefined, item: TooltipItem<'line'>): string {
  const point = line?.points[item.dataIndex];
  if (line === undefined) return '';
  return point?.size == null ? modeName(line.mode) : `${modeName(line.mode)}, ${formatBytes(point.size)}`;
}

function labelText(line: Line | undefined, item: TooltipItem<'line'>, axes: Axes): string {
  const point = line?.points[item.dataIndex] ?? line?.points[0];
  return point === undefined ? '' : intervalText(point.measured, axes);
}

/** Of a tick: all of its digits, which are few, so that no two ticks read alike. */
function tickText(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 3 });
}

function intervalText(measured: Interval, { format }: Axes): string {
  const interval = spread(measured, format);
  return interval === null ? format(measured.median) : `${format(measured.median)} (${interval})`;
}

/** A short piece of the line with its point, as drawn in the chart. */
function legendSample(nth: number): TemplateResult {
  const { dash, shape } = modeLook(nth);
  return html`<svg class="legend-sample ${lookClass(nth)}" viewBox="0 0 36 12" width="36" height="12" aria-hidden="true">
    <line x1="1" y1="6" x2="35" y2="6" stroke-dasharray=${dash.join(' ') || 'none'} />
    ${pointShape(shape)}
  </svg>`;
}

function pointShape(shape: string): TemplateResult {
  switch (shape) {
    case 'rect':
      return svg`<rect x="14.5" y="2.5" width="7" height="7" />`;
    case 'triangle':
      return svg`<path d="M18 1.5 22 9.5 14 9.5Z" />`;
    case 'rectRot':
      return svg`<path d="M18 1 23 6 18 11 13 6Z" />`;
    case 'star':
      return svg`<path d="M18 1V11M13 6H23M14.5 2.5 21.5 9.5M21.5 2.5 14.5 9.5" />`;
    case 'cross':
      return svg`<path d="M18 1V11M13 6H23" />`;
    default:
      return svg`<circle cx="18" cy="6" r="4" />`;
  }
}

function lineTable(lines: readonly Line[], axes: Axes): TemplateResult {
  const sizes = sizesOf(lines);
  return html`<div class="scroll-x" tabindex="0" role="region" aria-label=${l10n.t('{0}, as a table', axes.title)}>
    <table class="numbers">
      <thead>
        <tr>
          <th scope="col">${l10n.t('Mode')}</th>
          ${sizes.map((bytes) => html`<th scope="col" class="number">${formatBytes(bytes)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${lines.map(
          (line) => html`<tr>
            <th scope="row">${modeName(line.mode)}</th>
            ${
              line.points[0]?.size === null
                ? html`<td class="number" colspan=${Math.max(1, sizes.length)}>
                    ${l10n.t('{0} whatever the buffer', intervalText(line.points[0].measured, axes))}
                  </td>`
                : sizes.map((bytes) => {
                    const point = line.points.find((each) => each.size === bytes);
                    return html`<td class="number">${point === undefined ? '–' : intervalText(point.measured, axes)}</td>`;
                  })
            }
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
