/** The headline of every case as a bar from zero, with its interval and its transfers: throughput, or what it cost. */
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
import { hasSeveralSizes } from '../../model/caseSize.ts';
import { sharesBlocks } from '../../model/remarks.ts';
import type { Case, Interval, Result } from '../../model/result.ts';
import { formatNumber } from '../../model/units.ts';
import { type Headline, headlineInterval, headlineOf, headlineValue } from '../result/headline.ts';
import { faded, modeLook, type ThemeColors } from '../shell/theme.ts';
import { caseName, modesOf, spread } from '../shell/words.ts';
import { baseOptions, ChartElement, errorBars } from './chartElement.ts';
import { type SampleDot, sampleDots } from './sampleDots.ts';

Chart.register(BarWithErrorBarsController, BarWithErrorBar, BarElement, CategoryScale, LinearScale, sampleDots);

/** Below this width of the chart names take two lines. */
const NARROW = 520;
/** In a line, where they do. */
const LABEL_CHARACTERS = 20;
const LABEL_LINE = 15;

interface Bar {
  readonly one: Case;
  readonly name: string;
  /** Median and interval of what is drawn. */
  readonly interval: Interval;
}

/** `<zcl-throughput-chart>` */
export class ThroughputChart extends ChartElement {
  protected override render() {
    if (this.result === null) return nothing;
    const headline = headlineOf(this.result.experiment);
    return html`
      <h3>${headline.title}</h3>
      <p class="chart-note">
        ${
          headline.moreIsBetter
            ? l10n.t('{0}, median with 95 % interval; longer is faster.', headline.unit)
            : l10n.t('{0} at one rate for all, median with 95 % interval; shorter is better.', headline.unit)
        }
        ${dotWords(this.result)}
      </p>
      ${this.drawing(this.result)}`;
  }

  protected override describe(result: Result): string {
    const { unit, key } = headlineOf(result.experiment);
    const parts = bars(result).map((bar) => `${bar.name} ${formatNumber(bar.interval.median)} ${unit}`);
    return key === 'mibPerSecond'
      ? l10n.t('Bar chart of throughput: {0}. The ranking table has the same numbers.', parts.join(', '))
      : l10n.t('Bar chart of CPU time: {0}. The ranking table has the same numbers.', parts.join(', '));
  }

  protected override drawingHeight(result: Result): number {
    const shown = bars(result);
    const pitch = shown.some((bar) => bar.name.length > LABEL_CHARACTERS) ? 2 * LABEL_LINE + 2 : 26;
    return Math.max(250, shown.length * pitch + 34);
  }

  protected override configuration(result: Result, theme: ThemeColors): ChartConfiguration | null {
    const headline = headlineOf(result.experiment);
    const shown = bars(result);
    const modes = modesOf(result);
    const dots = shown.map(({ one }) => dotsOf(one, headline));
    const looks = shown.map((bar) => modeLook(modes.indexOf(bar.one.mode)));
    const options = baseOptions(theme);
    return {
      type: 'barWithErrorBars',
      data: {
        labels: shown.map((bar) => bar.name),
        datasets: [
          {
            data: shown.map(({ interval: { median, low, high } }) => ({
              x: median,
              ...(low === null || high === null ? {} : { xMin: low, xMax: high }),
            })),
            dots,
            dotColor: faded(theme.foreground, 70),
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
            suggestedMax: Math.max(0, ...dots.flat().map(({ value }) => value)),
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
            callbacks: { label: (item: TooltipItem<'bar'>) => tooltipText(shown[item.dataIndex], headline) },
          },
        },
      },
    } as unknown as ChartConfiguration;
  }
}

/** Cases with a speed, the best first. */
function bars(result: Result): readonly Bar[] {
  const several = hasSeveralSizes(result);
  const headline = headlineOf(result.experiment);
  return result.cases
    .flatMap((one): Bar[] => {
      const interval = headlineInterval(one.summary, headline);
      return interval === null || sharesBlocks(one) ? [] : [{ one, name: caseName(one, several), interval }];
    })
    .sort((a, b) => (b.interval.median - a.interval.median) * (headline.moreIsBetter ? 1 : -1));
}

/** All transfers but the warm-up. */
function dotsOf(one: Case, headline: Headline): readonly SampleDot[] {
  return one.samples
    .filter((sample) => !sample.warmup)
    .map((sample) => ({
      value: headlineValue(one, sample, headline),
      kind: sample.excluded !== null ? 'excluded' : sample.outlier !== null ? 'outlier' : 'counted',
    }));
}

/** Which dots there are, as far as they need words. */
function dotWords(result: Result): string {
  const headline = headlineOf(result.experiment);
  const kinds = new Set(bars(result).flatMap(({ one }) => dotsOf(one, headline).map(({ kind }) => kind)));
  return [
    ...(kinds.has('counted') ? [l10n.t('Dots: single transfers.')] : []),
    ...(kinds.has('outlier') ? [l10n.t('Rings: outliers, counted too.')] : []),
    ...(kinds.has('excluded') ? [l10n.t('Crosses: excluded, not counted.')] : []),
  ].join(' ');
}

/** A name in at most two lines, broken between words where the first is long enough; sizes stay whole. */
function inLines(label: string): string | string[] {
  if (label.length <= LABEL_CHARACTERS) return label;
  const name = label.replace(/ (?=[KMG]?i?B\b)/, '\u00a0');
  const at = name.lastIndexOf(' ', Math.max(LABEL_CHARACTERS, Math.ceil(name.length / 2)));
  return at === -1 ? name : [name.slice(0, at), name.slice(at + 1)];
}

function tooltipText(bar: Bar | undefined, { unit }: Headline): string {
  if (bar === undefined) return '';
  const interval = spread(bar.interval, formatNumber);
  const median = `${formatNumber(bar.interval.median)} ${unit}`;
  return interval === null ? median : `${median} (${interval})`;
}
