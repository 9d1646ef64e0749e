/** From a description of a chart to what Chart.js draws of it, in the colours of the theme. Nothing ever moves. */

import { BoxAndWiskers, BoxPlotController } from '@sgratzl/chartjs-chart-boxplot';
import {
  BarElement,
  CategoryScale,
  Chart,
  type ChartConfiguration,
  type ChartDataset,
  LinearScale,
  LineElement,
  LogarithmicScale,
  PointElement,
  type Scale,
} from 'chart.js';
import {
  BarWithErrorBar,
  BarWithErrorBarsController,
  LineWithErrorBarsController,
  PointWithErrorBar,
} from 'chartjs-chart-error-bars';
import {
  type Column,
  columnTitle,
  type Description,
  middle,
  type Row,
  type Shape,
  type Value,
} from '../../model/charts/description.ts';
import type { Interval } from '../../model/result/numbers.ts';
import { formatBytes } from '../../model/units.ts';
import { wrapped } from '../../model/wrapped.ts';
import { measuredWidth } from '../shell/measuredWidth.ts';
import { faded, modeLook, type ThemeColors } from '../shell/theme.ts';
import { equalityLine, type Level, levelBand } from './guides.ts';
import { sampleDots } from './sampleDots.ts';

Chart.register(
  BarElement,
  BarWithErrorBar,
  BarWithErrorBarsController,
  BoxAndWiskers,
  BoxPlotController,
  CategoryScale,
  LinearScale,
  LineElement,
  LineWithErrorBarsController,
  LogarithmicScale,
  PointElement,
  PointWithErrorBar,
  levelBand,
  equalityLine,
  sampleDots,
);

/** What the user may choose about a chart. */
export interface DrawingOptions {
  /** Values on a logarithmic scale, where that makes sense. */
  readonly log: boolean;
  /** Boxes of the single transfers instead of bars, where they are known. */
  readonly boxes: boolean;
}

/** A dataset knows the rows its elements were drawn from. */
export type DrawnDataset = ChartDataset & { readonly rows: readonly Row[] };

/** How much of a chart's width its names take before they are broken. Chart.js cuts off what takes more than half. */
const NAMES_SHARE = 0.4;
const SHARED_OPTIONS = {
  animation: false,
  responsive: true,
  maintainAspectRatio: false,
  events: ['mousemove', 'mouseout', 'click', 'touchstart', 'touchmove'],
};
const LABEL_LINE = 15;
const [BAR_PITCH, LEAST_HEIGHT, AXIS_HEIGHT] = [26, 250, 34];

/** Height in pixels of a drawing of this width. */
export function drawingHeight({ shape, rows, columns }: Description, width: number, theme: ThemeColors): number {
  if (shape.kind === 'lines' || shape.kind === 'points') return LEAST_HEIGHT + 30;
  const lines = Math.max(...rows.map(({ name }) => nameLines(name, width, theme).length));
  const pitch = Math.max(BAR_PITCH, lines * LABEL_LINE + 2) + (shape.kind === 'bars' ? (columns.length - 1) * 10 : 0);
  return Math.max(LEAST_HEIGHT, rows.length * pitch + AXIS_HEIGHT);
}

/** Text of every chart in the font of the page: what a single chart sets does not reach its scales. */
export function useTheme(theme: ThemeColors): void {
  Chart.defaults.set({ font: chartFont(theme), color: theme.foreground });
}

export function configurationOf(
  description: Description,
  options: DrawingOptions,
  theme: ThemeColors,
): ChartConfiguration {
  const drawn = shapeOf(description, options, theme);
  return {
    ...drawn,
    options: { ...SHARED_OPTIONS, ...drawn.options },
  } as unknown as ChartConfiguration;
}

interface Drawn {
  readonly type: string;
  readonly data: { readonly labels?: readonly string[]; readonly datasets: readonly object[] };
  readonly options: Readonly<Record<string, unknown>>;
}

function shapeOf(description: Description, options: DrawingOptions, theme: ThemeColors): Drawn {
  switch (description.shape.kind) {
    case 'bars':
      return options.boxes && hasDots(description) ? sampleBoxes(description, theme) : bars(description, theme);
    case 'lines':
      return lines(description, description.shape, options, theme);
    case 'boxes':
      return percentileBoxes(description, theme);
    case 'points':
      return points(description, options, theme);
  }
}

/** Whether single transfers are known, so that boxes can be made of them. */
export function hasDots({ rows }: Description): boolean {
  return rows.some(({ dots }) => dots.some((own) => own.length > 0));
}

function bars({ rows, columns }: Description, theme: ThemeColors): Drawn {
  const dots = rows.flatMap((row) => row.dots.flat().map(({ value }) => value));
  return {
    type: 'barWithErrorBars',
    data: {
      labels: rows.map(({ name }) => name),
      datasets: columns.map((column, nth) => {
        const looks = rows.map((row) => modeLook(row.look).color);
        const fill = (color: string, percent: number) =>
          nth === 0 ? faded(color, percent) : hatching(color, theme.background);
        return {
          rows,
          label: column.title,
          data: rows.map((row) => across(row.values[nth] ?? null)),
          ...(rows.some((row) => (row.dots[nth] ?? []).length > 0)
            ? { dots: rows.map((row) => row.dots[nth] ?? []), dotColor: faded(theme.foreground, 70) }
            : {}),
          backgroundColor: looks.map((color, index) => fill(color, rows[index]?.faint ? 18 : 45)),
          hoverBackgroundColor: looks.map((color) => fill(color, 75)),
          borderColor: looks,
          hoverBorderColor: looks.map(() => theme.foreground),
          borderWidth: 1,
          hoverBorderWidth: 2,
          borderSkipped: 'start',
          maxBarThickness: 26,
          barPercentage: columns.length > 1 ? 0.9 : 0.8,
          categoryPercentage: 0.8,
          ...errorBars(theme),
        };
      }),
    },
    options: {
      indexAxis: 'y',
      interaction: { mode: 'index', axis: 'y', intersect: false },
      scales: {
        x: { ...valueScale(shared(columns), theme), beginAtZero: true, suggestedMax: Math.max(0, ...dots) },
        y: nameScale(rows, theme),
      },
    },
  };
}

/** What several columns of one unit have in common is only that. */
function shared(columns: readonly Column[]): Column | undefined {
  const [first] = columns;
  return first === undefined || columns.length === 1 ? first : { ...first, title: first.unit, unit: '' };
}

/** The transfers that count, as boxes; all of them lie on top as dots. */
function sampleBoxes({ rows, columns }: Description, theme: ThemeColors): Drawn {
  return {
    type: 'boxplot',
    data: {
      labels: rows.map(({ name }) => name),
      datasets: [
        {
          ...boxLooks(rows, theme),
          label: columns[0]?.title,
          data: rows.map(({ dots }) =>
            (dots[0] ?? []).flatMap(({ kind, value }) => (kind === 'excluded' ? [] : [value])),
          ),
          dots: rows.map(({ dots }) => dots[0] ?? []),
          dotColor: faded(theme.foreground, 70),
          outlierRadius: 0,
        },
      ],
    },
    // Boxes are about the spread, which a scale from 0 may hide.
    options: boxOptions(rows, { ...valueScale(columns[0], theme), beginAtZero: false, grace: '4%' }, theme),
  };
}

/** From p50 over p99 to the longest; of few calls only what can be told apart. */
function percentileBoxes({ rows, columns }: Description, theme: ThemeColors): Drawn {
  return {
    type: 'boxplot',
    data: {
      labels: rows.map(({ name }) => name),
      datasets: [
        {
          ...boxLooks(rows, theme),
          label: columns[1]?.title,
          data: rows.map(({ values }) => {
            const [, p50, p99, p999, most] = values.map((value) => atLeastOne(middle(value)));
            const longest = most ?? 1;
            const [from, to] = [p50 ?? longest, p99 ?? longest];
            const ends = { min: from, max: longest, whiskerMin: from, whiskerMax: longest };
            return { ...ends, q1: from, median: from, q3: to, outliers: p999 === null ? [] : [p999] };
          }),
          outlierRadius: 3,
          outlierBackgroundColor: theme.background,
          outlierBorderColor: theme.foreground,
        },
      ],
    },
    options: boxOptions(rows, { ...valueScale(columns[1], theme), ...logarithmic }, theme),
  };
}

/** A logarithmic scale has no place for 0. */
function atLeastOne(value: number | null | undefined): number | null {
  return value === null || value === undefined ? null : Math.max(1, value);
}

function boxLooks(rows: readonly Row[], theme: ThemeColors) {
  const looks = rows.map((row) => modeLook(row.look).color);
  return {
    rows,
    backgroundColor: looks.map((color, index) => faded(color, rows[index]?.faint ? 18 : 45)),
    hoverBackgroundColor: looks.map((color) => faded(color, 75)),
    borderColor: looks,
    hoverBorderColor: looks.map(() => theme.foreground),
    medianColor: theme.foreground,
    borderWidth: 1.5,
    meanRadius: 0,
    itemRadius: 0,
    maxBarThickness: 20,
    barPercentage: 0.8,
    categoryPercentage: 0.8,
  };
}

function boxOptions(rows: readonly Row[], x: object, theme: ThemeColors) {
  return {
    indexAxis: 'y',
    interaction: { mode: 'index', axis: 'y', intersect: false },
    scales: { x, y: nameScale(rows, theme) },
  };
}

function lines(
  { rows, columns }: Description,
  shape: Extract<Shape, { readonly kind: 'lines' }>,
  { log }: DrawingOptions,
  theme: ThemeColors,
): Drawn {
  const sizes = shape.over === 'size' ? shape.sizes : [];
  const [first, last] = [sizes[0] ?? 1, sizes.at(-1) ?? 1];
  const [min, max] = first === last ? [first / 2, first * 2] : [first / 1.25, last * 1.25];
  const dot = shape.over === 'size' ? {} : { pointWithErrorBarRadius: 1.5 };
  return {
    type: 'lineWithErrorBars',
    data: { datasets: byMode(rows).map((own) => ({ ...line(own, [min, max], theme), ...dot })) },
    options: {
      interaction: { mode: 'nearest', intersect: false },
      scales: {
        x:
          shape.over === 'size'
            ? { ...sizeScale(columns[0], sizes, theme), min, max }
            : { ...valueScale(columns[0], theme), type: 'linear', beginAtZero: true },
        y: { ...valueScale(columns[1], theme), ...(log ? logarithmic : { beginAtZero: true }) },
      },
    },
  };
}

function line(rows: readonly Row[], [min, max]: readonly [number, number], theme: ThemeColors) {
  const [row] = rows;
  const look = modeLook(row?.look ?? 0);
  const level = row !== undefined && row.values[0] === null ? asInterval(row.values[1]) : null;
  const ascending = rows.toSorted((a, b) => (middle(a.values[0]) ?? 0) - (middle(b.values[0]) ?? 0));
  return {
    label: row?.name ?? '',
    rows: row !== undefined && level !== null ? [row, row] : ascending,
    data:
      level === null
        ? ascending.map(({ values }) => ({ x: middle(values[0]), ...upward(values[1] ?? null) }))
        : [min, max].map((x) => ({ x, y: level.median })),
    ...(level !== null && level.low !== null && level.high !== null
      ? { level: { low: level.low, high: level.high, fill: faded(look.color, 16) } satisfies Level }
      : {}),
    ...lineLooks(look, theme),
    pointWithErrorBarRadius: level === null ? 4 : 0,
    ...(level === null ? errorBars(theme, look.color) : { errorBarLineWidth: 0, errorBarWhiskerLineWidth: 0 }),
  };
}

function points({ rows, columns }: Description, { log }: DrawingOptions, theme: ThemeColors): Drawn {
  const scale = (column: Column | undefined) => ({
    ...valueScale(column, theme),
    ...(log ? logarithmic : { type: 'linear', beginAtZero: true }),
  });
  return {
    type: 'lineWithErrorBars',
    data: {
      datasets: byMode(rows).map((own) => {
        const look = modeLook(own[0]?.look ?? 0);
        return {
          label: own[0]?.name ?? '',
          rows: own,
          data: own.map(({ values }) => ({ x: middle(values[0]), ...upward(values[1] ?? null) })),
          ...lineLooks(look, theme),
          showLine: false,
          ...errorBars(theme, look.color),
        };
      }),
    },
    options: {
      interaction: { mode: 'nearest', intersect: false },
      scales: { x: scale(columns[0]), y: scale(columns[1]) },
      plugins: { equalityLine: { color: theme.muted } },
    },
  };
}

/** Options of points bear the name of their element, which the plugin calls otherwise than Chart.js does. */
function lineLooks({ color, dash, shape }: ReturnType<typeof modeLook>, theme: ThemeColors) {
  return {
    borderColor: color,
    hoverBorderColor: color,
    backgroundColor: color,
    borderDash: [...dash],
    borderWidth: 2,
    pointStyle: shape,
    pointWithErrorBarRadius: 4,
    pointWithErrorBarHoverRadius: 7,
    pointWithErrorBarHitRadius: 8,
    pointWithErrorBarBackgroundColor: theme.background,
    pointWithErrorBarBorderColor: color,
    pointWithErrorBarHoverBackgroundColor: color,
    pointWithErrorBarHoverBorderColor: theme.foreground,
    pointWithErrorBarBorderWidth: 2,
  };
}

function byMode(rows: readonly Row[]): readonly (readonly Row[])[] {
  const modes = new Map<number, Row[]>();
  for (const row of rows) modes.set(row.look, [...(modes.get(row.look) ?? []), row]);
  return [...modes.values()];
}

function asInterval(value: Value | undefined): Interval | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'number' ? { median: value, low: null, high: null } : value;
}

/** A value along the horizontal axis, with the ends of its interval. */
function across(value: Value) {
  const interval = asInterval(value);
  if (interval === null) return { x: null };
  const { median, low, high } = interval;
  return { x: median, ...(low === null || high === null ? {} : { xMin: low, xMax: high }) };
}

/** The same along the vertical one. */
function upward(value: Value) {
  const interval = asInterval(value);
  if (interval === null) return { y: null };
  const { median, low, high } = interval;
  return { y: median, ...(low === null || high === null ? {} : { yMin: low, yMax: high }) };
}

const logarithmic = {
  type: 'logarithmic',
  // Of the ticks in between, those of 2 and 5 are enough.
  afterBuildTicks: (axis: Scale) => {
    axis.ticks = axis.ticks.filter(({ value }) => /^[125]0*$|^0\.0*[125]$/.test(String(value)));
  },
} as const;

function valueScale(column: Column | undefined, theme: ThemeColors) {
  return {
    title: { display: true, text: column === undefined ? '' : columnTitle(column), color: theme.muted },
    grid: { color: faded(theme.foreground, 12) },
    border: { display: false },
    ticks: {
      color: theme.muted,
      maxTicksLimit: 7,
      autoSkipPadding: 12,
      // Nothing is nothing in any unit.
      callback: (value: string | number) => (Number(value) === 0 ? '0' : (column?.words(Number(value)) ?? '')),
    },
  };
}

/** Sizes double, so their scale is always logarithmic; its ticks are the sizes that ran. */
function sizeScale(column: Column | undefined, sizes: readonly number[], theme: ThemeColors) {
  return {
    type: 'logarithmic',
    title: { display: true, text: column?.title ?? '', color: theme.muted },
    grid: { color: faded(theme.foreground, 12) },
    border: { color: theme.muted },
    afterBuildTicks: (axis: Scale) => {
      axis.ticks = sizes.map((value) => ({ value }));
    },
    ticks: {
      color: theme.foreground,
      autoSkip: false,
      maxRotation: 50,
      callback: (value: string | number) => formatBytes(Number(value)),
    },
  };
}

function nameScale(rows: readonly Row[], theme: ThemeColors) {
  return {
    grid: { display: false },
    border: { color: theme.muted },
    ticks: {
      color: theme.foreground,
      autoSkip: false,
      callback(this: Scale, _value: string | number, index: number) {
        const lines = nameLines(rows[index]?.name ?? '', this.chart.width, theme);
        return lines.length === 1 ? lines[0] : [...lines];
      },
    },
  };
}

/** A name broken between words where the chart is narrow; sizes stay whole. */
function nameLines(name: string, width: number, theme: ThemeColors): readonly string[] {
  const { family, size } = chartFont(theme);
  const font = `${size}px ${family}`;
  const pieces = name.replace(/ (?=[KMG]?i?B\b)/, '\u00a0');
  return wrapped(pieces, width * NAMES_SHARE, (line) => measuredWidth(line, font));
}

function chartFont({ fontFamily, fontSize }: ThemeColors) {
  return { family: fontFamily, size: fontSize - 1 };
}

/** How all error bars look. */
function errorBars(theme: ThemeColors, color = theme.foreground) {
  return {
    errorBarColor: color,
    errorBarLineWidth: 1.5,
    errorBarWhiskerColor: color,
    errorBarWhiskerLineWidth: 1.5,
    errorBarWhiskerRatio: 0,
    errorBarWhiskerSize: 9,
  };
}

/** Slanted lines, for the second of two bars: told apart without a colour. */
function hatching(color: string, background: string): CanvasPattern | string {
  const tile = document.createElement('canvas');
  [tile.width, tile.height] = [6, 6];
  const ctx = tile.getContext('2d');
  if (ctx === null) return background;
  ctx.fillStyle = background;
  ctx.fillRect(0, 0, 6, 6);
  ctx.strokeStyle = color;
  ctx.lineWidth = 1.25;
  ctx.beginPath();
  for (const start of [-6, 0, 6]) {
    ctx.moveTo(start, 6);
    ctx.lineTo(start + 6, 0);
  }
  ctx.stroke();
  return ctx.createPattern(tile, 'repeat') ?? background;
}
