/** A bar from zero for every column of a row, with its interval and the single transfers it was made from. */
import {
  type Column,
  type Description,
  middle,
  type Row,
  type SampleDot,
  type Value,
} from '../../charts/description.ts';
import { spread } from '../../statistics/words.ts';
import type { Block } from '../blocks.ts';
import { hundredths, node, type SvgAttributes, type SvgNode, token } from '../svg.ts';
import { lookColor } from './looks.ts';
import { type Strip, strips } from './rows.ts';
import { linearScale } from './scale.ts';

/** Height of a bar that is alone in its strip, and of one of several. */
const [ALONE, OF_SEVERAL] = [17, 13];
const WHISKER = 4;
/** The dots of a bar lie within this share of its height. */
const SPREAD = 0.7;
const HATCH = 6;

export function bars({ rows, columns }: Description, room: number): Block {
  const height = columns.length === 1 ? ALONE : columns.length * OF_SEVERAL;
  const most = Math.max(
    0,
    ...rows.flatMap(({ values, dots }) => [...values.map(reach), ...dots.flat().map(({ value }) => value)]),
  );
  return strips({
    rows,
    room,
    height,
    scale: (ends) => linearScale(most, 5, ends),
    column: shared(columns),
    shapes: (row, strip) => columns.flatMap((_, nth) => barOf(row, nth, share(strip, nth, columns.length))),
    numbers: (row) => columns.map((column, nth) => numberOf(row.values[nth] ?? null, column)),
  });
}

/** What several columns of one unit have in common is only that. */
function shared(columns: readonly Column[]): Column | undefined {
  const [first] = columns;
  return first === undefined || columns.length === 1 ? first : { ...first, title: first.unit, unit: '' };
}

/** `1,020 (980–1,060)`; the unit is at the axis. */
function numberOf(value: Value, { words }: Column): string {
  const number = middle(value);
  if (value === null || number === null) return '–';
  const interval = typeof value === 'number' ? null : spread(value, words);
  return interval === null ? words(number) : `${words(number)} (${interval})`;
}

function share({ y, height, scale }: Strip, nth: number, count: number): Strip {
  return { y: y + (nth * height) / count, height: height / count, scale };
}

/** How far a value and its interval reach. */
function reach(value: Value): number {
  return value === null ? 0 : typeof value === 'number' ? value : Math.max(value.median, value.high ?? 0);
}

function barOf(row: Row, nth: number, strip: Strip): readonly SvgNode[] {
  const value = row.values[nth] ?? null;
  const number = middle(value);
  if (number === null) return [];
  return [...body(row, nth, number, strip), ...dots(row.dots[nth] ?? [], strip), ...whiskers(value, strip)];
}

/** The second bar of a row is hatched, so that it is told from the first without a colour. */
function body({ look, faint }: Row, nth: number, number: number, { y, height, scale }: Strip): readonly SvgNode[] {
  const [x, width] = [scale.at(0), scale.at(number) - scale.at(0)];
  const inner = { x, y: y + 1, width, height: height - 2 };
  const plain = nth === 0;
  return [
    node('rect', { ...inner, stroke: lookColor(look), fill: lookColor(look), 'fill-opacity': fill(plain, faint) }),
    ...(plain
      ? []
      : [node('path', { d: hatching(inner), stroke: lookColor(look), 'stroke-opacity': faint ? 0.5 : 1 })]),
  ];
}

function fill(plain: boolean, faint: boolean): number {
  return plain ? (faint ? 0.15 : 0.4) : 0;
}

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Slanted lines cut to the rectangle: many programs that take SVG know no patterns. */
function hatching({ x, y, width, height }: Rectangle): string {
  const count = Math.floor((width + height) / HATCH);
  return Array.from({ length: count }, (_, nth) => {
    const at = (nth + 1) * HATCH;
    const [left, right] = [Math.max(0, at - height), Math.min(width, at)];
    return `M${hundredths(x + left)} ${hundredths(y + at - left)}L${hundredths(x + right)} ${hundredths(y + at - right)}`;
  }).join('');
}

function whiskers(value: Value, { y, height, scale }: Strip): readonly SvgNode[] {
  if (value === null || typeof value === 'number' || value.low === null || value.high === null) return [];
  const [low, high, at] = [scale.at(value.low), scale.at(value.high), y + height / 2].map(hundredths) as [
    number,
    number,
    number,
  ];
  const end = (x: number) => `M${x} ${at - WHISKER}V${at + WHISKER}`;
  return [
    node('path', {
      d: `M${low} ${at}H${high}${end(low)}${end(high)}`,
      stroke: token('foreground'),
      'stroke-width': 1.5,
    }),
  ];
}

/** The first round on top. */
function dots(all: readonly SampleDot[], { y, height, scale }: Strip): readonly SvgNode[] {
  return all.map(({ value, kind }, round) => {
    const aside = all.length === 1 ? 0 : round / (all.length - 1) - 0.5;
    return node('path', {
      ...DOTS[kind],
      transform: `translate(${hundredths(scale.at(value))} ${hundredths(y + height / 2 + aside * SPREAD * height)})`,
    });
  });
}

function circle(radius: number): string {
  return `M${-radius} 0a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0Z`;
}

/** A transfer that counts is a dot, an outlier a ring, one that does not count a cross. */
const DOTS: Readonly<Record<SampleDot['kind'], SvgAttributes>> = {
  counted: { d: circle(1.7), fill: token('foreground'), 'fill-opacity': 0.65 },
  outlier: { d: circle(2.7), stroke: token('foreground'), 'stroke-opacity': 0.8 },
  excluded: { d: 'M-3 -3L3 3M-3 3L3 -3', stroke: token('foreground'), 'stroke-opacity': 0.8 },
};
