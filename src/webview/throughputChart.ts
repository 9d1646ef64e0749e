/** Throughput of every case as a bar from zero, with its interval. */
import * as l10n from '@vscode/l10n';
import { BarElement, CategoryScale, Chart, type ChartConfiguration, LinearScale, type TooltipItem } from 'chart.js';
import { BarWithErrorBar, BarWithErrorBarsController } from 'chartjs-chart-error-bars';
import { html, nothing } from 'lit';
import { sharesBlocks } from '../model/remarks.ts';
import type { Case, Result, Summary } from '../model/result.ts';
import { formatNumber } from '../model/units.ts';
import { baseOptions, ChartElement, errorBars } from './chartElement.ts';
import { faded, modeLook, type ThemeColors } from './theme.ts';
import { caseName, hasSeveralBuffers, modesOf, spread } from './words.ts';

Chart.register(BarWithErrorBarsController, BarWithErrorBar, BarElement, CategoryScale, LinearScale);

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
    return Math.max(250, bars(result).length * 26 + 34);
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
              callback: (value: string | number) => formatNumber(Number(value)),
            },
          },
          y: {
            grid: { display: false },
            border: { color: theme.muted },
            ticks: { color: theme.foreground, autoSkip: false },
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

function tooltipText(bar: Bar | undefined): string {
  if (bar === undefined) return '';
  const { mibPerSecond } = bar.summary;
  const interval = spread(mibPerSecond, formatNumber);
  const median = `${formatNumber(mibPerSecond.median)} MiB/s`;
  return interval === null ? median : `${median} (${interval})`;
}
