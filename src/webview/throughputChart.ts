/** Throughput of every case as a bar from zero, with its interval. */
import * as l10n from '@vscode/l10n';
import {
  BarElement,
  CategoryScale,
  Chart,
  type ChartConfiguration,
  LinearScale,
  type Scale,
  type TooltipItem,
} from 'chart.js';
import { BarWithErrorBar, BarWithErrorBarsController } from 'chartjs-chart-error-bars';
import { html, nothing } from 'lit';
import { sharesBlocks } from '../model/remarks.ts';
import type { Case, Result, Summary } from '../model/result.ts';
import { formatNumber } from '../model/units.ts';
import { baseOptions, ChartElement, errorBars } from './chartElement.ts';
import { faded, modeLook, type ThemeColors } from './theme.ts';
import { caseName, hasSeveralBuffers, modesOf, spread } from './words.ts';

Chart.register(BarWithErrorBarsController, BarWithErrorBar, BarElement, CategoryScale, LinearScale);

/** Below this width of the chart names take two lines. */
const NARROW = 520;
/** In a line, where they do. */
const LABEL_CHARACTERS = 20;
const LABEL_LINE = 15;

interface Bar {
  readonly one: Case;
  readonly summary: Summary;
  readonly name: string;
}

/** `<zcl-throughput-chart>` */
export class ThroughputChart extends ChartElement {
  protected override render() {
    if (this.result === null) return nothing;
    return html`
      <h3>${l10n.t('Throughput')}</h3>
      <p class="chart-note">${l10n.t('MiB/s, median with 95 % interval; longer is faster.')}</p>
      ${this.drawing(this.result)}`;
  }

  protected override describe(result: Result): string {
    const parts = bars(result).map((bar) => `${bar.name} ${formatNumber(bar.summary.mibPerSecond.median)} MiB/s`);
    return l10n.t('Bar chart of throughput: {0}. The ranking table has the same numbers.', parts.join(', '));
  }

  protected override drawingHeight(result: Result): number {
    const shown = bars(result);
    const pitch = shown.some((bar) => bar.name.length > LABEL_CHARACTERS) ? 2 * LABEL_LINE + 2 : 26;
    return Math.max(250, shown.length * pitch + 34);
  }

  protected override configuration(result: Result, theme: ThemeColors): ChartConfiguration | null {
    const shown = bars(result);
    const modes = modesOf(result);
    const looks = shown.map((bar) => modeLook(modes.indexOf(bar.one.mode)));
    const options = baseOptions(theme);
    return {
      type: 'barWithErrorBars',
      data: {
        labels: shown.map((bar) => bar.name),
        datasets: [
          {
            data: shown.map(({ summary: { mibPerSecond } }) => ({
              x: mibPerSecond.median,
              ...(mibPerSecond.low === null || mibPerSecond.high === null
                ? {}
                : { xMin: mibPerSecond.low, xMax: mibPerSecond.high }),
            })),
            backgroundColor: looks.map((look, index) => faded(look.color, shown[index]?.one.control ? 18 : 45)),
            hoverBackgroundColor: looks.map((look) => faded(look.color, 65)),
            borderColor: looks.map((look) => look.color),
            hoverBorderColor: looks.map((look) => look.color),
            borderWidth: 1,
            borderSkipped: 'start',
            maxBarThickness: 26,
            barPercentage: 0.8,
            categoryPercentage: 0.8,
            ...errorBars(theme),
          },
        ],
      },
      options: {
        ...options,
        indexAxis: 'y',
        scales: {
          x: {
            beginAtZero: true,
            grid: { color: faded(theme.foreground, 12) },
            border: { display: false },
            ticks: {
              color: theme.muted,
              maxTicksLimit: 7,
              autoSkipPadding: 12,
              callback: (value: string | number) => formatNumber(Number(value)),
            },
          },
          y: {
            grid: { display: false },
            border: { color: theme.muted },
            ticks: {
              color: theme.foreground,
              autoSkip: false,
              callback(this: Scale, _value: string | number, index: number) {
                const name = shown[index]?.name ?? '';
                return this.chart.width < NARROW ? inLines(name) : name;
              },
            },
          },
        },
        plugins: {
          ...options.plugins,
          tooltip: {
            ...options.plugins?.tooltip,
            callbacks: { label: (item: TooltipItem<'bar'>) => tooltipText(shown[item.dataIndex]) },
          },
        },
      },
    } as unknown as ChartConfiguration;
  }
}

/** Cases with a speed, fastest first. */
function bars(result: Result): readonly Bar[] {
  const several = hasSeveralBuffers(result);
  return result.cases
    .flatMap((one): Bar[] =>
      one.summary === null || sharesBlocks(one) ? [] : [{ one, summary: one.summary, name: caseName(one, several) }],
    )
    .sort((a, b) => b.summary.mibPerSecond.median - a.summary.mibPerSecond.median);
}

/** A name in at most two lines, broken between words where the first is long enough; sizes stay whole. */
function inLines(label: string): string | string[] {
  if (label.length <= LABEL_CHARACTERS) return label;
  const name = label.replace(/ (?=[KMG]?i?B\b)/, '\u00a0');
  const at = name.lastIndexOf(' ', Math.max(LABEL_CHARACTERS, Math.ceil(name.length / 2)));
  return at === -1 ? name : [name.slice(0, at), name.slice(at + 1)];
}

function tooltipText(bar: Bar | undefined): string {
  if (bar === undefined) return '';
  const { mibPerSecond } = bar.summary;
  const interval = spread(mibPerSecond, formatNumber);
  const median = `${formatNumber(mibPerSecond.median)} MiB/s`;
  return interval === null ? median : `${median} (${interval})`;
}
