/** A line per mode over sizes: the second column of each row over the first. What has no size is a level line. */
import { type Description, middle, type Row, type Shape, type Value } from '../../charts/description.ts';
import type { Block } from '../blocks.ts';
import { hundredths, node, type SvgNode, token } from '../svg.ts';
import { AXIS_HEIGHT, AXIS_TITLE, acrossAxis, upAxis } from './axes.ts';
import { LABEL, type Labelled, labels, labelsWidth } from './labels.ts';
import { lookColor, lookPoint, lookStroke } from './looks.ts';
import { linearScale, logScale, type Scale, sizeScale } from './scale.ts';

/** For the numbers of the upright axis. */
export const LEFT = 62;
export const HEIGHT = 330;
/** From the axis to the first and from the last size to the edge. */
const INSET = 22;
/** Where values are further apart than that, those below would lie on the axis. */
const FAR_APART = 25;
const WHISKER = 5;
/** Share of the width that the points of a single size stand over. */
const ALONE_SPREAD = 0.8;

/** What one mode has. */
export interface Series {
  readonly look: number;
  readonly mode: string;
  readonly rows: readonly Row[];
}

/** Whether the values are drawn on a logarithmic scale. */
export function isLogarithmic({ shape, rows }: Description): boolean {
  const columns = shape.kind === 'lines' ? [1] : [0, 1];
  if (shape.kind !== 'lines' && shape.kind !== 'points') return shape.kind === 'boxes';
  const values = rows.flatMap((row) => columns.map((nth) => middle(row.values[nth]) ?? 0)).filter((value) => value > 0);
  return values.length > 0 && Math.max(...values) > FAR_APART * Math.min(...values);
}

/** @param shape what the lines are over: sizes that ran, or the time from zero on */
export function lines(chart: Description, shape: Extract<Shape, { kind: 'lines' }>, room: number): Block {
  const [sizeColumn, valueColumn] = chart.columns;
  const series = seriesOf(chart.rows);
  const right = room - Math.ceil(labelsWidth(series.map(({ mode }) => mode)));
  const bottom = AXIS_TITLE + Math.max(HEIGHT, series.length * LABEL);
  const across =
    shape.over === 'size'
      ? sizeScale(shape.sizes, [LEFT + INSET, right - INSET])
      : linearScale(Math.max(0, ...chart.rows.map(({ values: [time] }) => middle(time) ?? 0)), 8, [LEFT, right]);
  const values = chart.rows.flatMap(({ values: [, value = null] }) => ends(value));
  const up = isLogarithmic(chart)
    ? logScale(values, [bottom, AXIS_TITLE])
    : linearScale(Math.max(0, ...values), 5, [bottom, AXIS_TITLE]);
  // Where all have the same size, their points stand side by side.
  const apart = shape.over === 'time' || shape.sizes.length > 1 ? 0 : (ALONE_SPREAD * (right - LEFT)) / series.length;
  const plots = series.map((each, nth) =>
    plotOf(each, (size) => across.at(size) + (nth - (series.length - 1) / 2) * apart, up, right),
  );
  return {
    height: bottom + AXIS_HEIGHT,
    nodes: [
      ...upAxis(up, valueColumn, { left: LEFT, right, top: AXIS_TITLE }),
      node('path', { d: `M${LEFT} ${bottom}H${right}`, stroke: token('foreground'), 'stroke-opacity': 0.6 }),
      ...acrossAxis(across, sizeColumn, { top: bottom, bottom }),
      ...plots.flatMap((each) => drawn(each, up, right)),
      ...labels(plots.map(labelOf), right, bottom),
    ],
  };
}

export function seriesOf(rows: readonly Row[]): readonly Series[] {
  return [...new Set(rows.map(({ look }) => look))].map((look) => {
    const own = rows.filter((row) => row.look === look);
    return { look, mode: own[0]?.plotted.mode ?? '', rows: own };
  });
}

/** The median and the ends of its interval, as far as they are known. */
export function ends(value: Value): readonly number[] {
  if (value === null || typeof value === 'number') return value === null ? [] : [value];
  return [value.median, value.low, value.high].filter((each) => each !== null);
}

/** A series in pixels. */
interface Plotted extends Series {
  readonly points: readonly { readonly x: number; readonly y: number; readonly value: Value }[];
  /** It has no size: a line all along, through its only point. */
  readonly level: boolean;
}

function plotOf(series: Series, across: Scale['at'], up: Scale, right: number): Plotted {
  const level = series.rows.some(({ values: [size = null] }) => size === null);
  const ascending = series.rows.toSorted((a, b) => (middle(a.values[0]) ?? 0) - (middle(b.values[0]) ?? 0));
  const points = ascending.map(({ values: [size = null, value = null] }) => {
    const known = middle(size);
    return { x: known === null ? right : across(known), y: up.at(middle(value) ?? 0), value };
  });
  return { ...series, points: level ? points.slice(0, 1) : points, level };
}

function labelOf({ mode, look, points, level }: Plotted): Labelled {
  const { x = 0, y = 0 } = points.at(-1) ?? {};
  return { mode, look, y, leader: x + (level ? 4 : 8), pointed: !level, lined: true };
}

function drawn({ look, points, level }: Plotted, up: Scale, right: number): readonly SvgNode[] {
  const line = { ...lookStroke(look), 'stroke-width': 2 };
  if (level) {
    return points.flatMap(({ y, value }) => [
      ...band(value, look, up, right),
      node('path', { d: `M${LEFT} ${hundredths(y)}H${right}`, ...line }),
    ]);
  }
  return [
    node('path', { d: `M${points.map(({ x, y }) => `${hundredths(x)} ${hundredths(y)}`).join('L')}`, ...line }),
    ...points.flatMap(({ x, y, value }) => [...whisker(value, look, x, up), lookPoint(look, x, y)]),
  ];
}

/** Interval of a level line, shaded all along it: it is one measurement, not one per size. */
function band(value: Value, look: number, up: Scale, right: number): readonly SvgNode[] {
  const [, low, high] = ends(value);
  if (low === undefined || high === undefined) return [];
  const y = up.at(high);
  const height = Math.max(1, up.at(low) - y);
  return [node('rect', { x: LEFT, y, width: right - LEFT, height, fill: lookColor(look), 'fill-opacity': 0.14 })];
}

/** The interval of a point, if it has one. */
export function whisker(value: Value, look: number, x: number, up: Scale): readonly SvgNode[] {
  const [, low, high] = ends(value);
  if (low === undefined || high === undefined) return [];
  const end = (y: number) => `M${hundredths(x - WHISKER)} ${hundredths(y)}h${2 * WHISKER}`;
  const [from, to] = [up.at(low), up.at(high)];
  const d = `M${hundredths(x)} ${hundredths(from)}V${hundredths(to)}${end(from)}${end(to)}`;
  return [node('path', { d, stroke: lookColor(look), 'stroke-width': 1.5 })];
}
