/**
 * A chart as data. It is a table first: columns of quantities, a row for each thing that was measured. How the rows are
 * drawn is its shape. The drawing, the sentence for those who do not see it, the tooltips and the table all come from it.
 */

import * as l10n from '@vscode/l10n';
import { caseName } from '../caseName.ts';
import { hasSeveralSizes, modesOf } from '../caseSize.ts';
import type { PageCase, PageResult } from '../pageResult.ts';
import type { Interval } from '../result/numbers.ts';
import { spread } from '../statistics/words.ts';

/** A number, or the median of several with its interval; null where there is none. */
export type Value = Interval | number | null;

/** What a column holds. */
export interface Column {
  readonly title: string;
  /** Of the bare numbers, for axes and for copying; empty where the words of a number have one. */
  readonly unit: string;
  /** A value as it stands in a table below its unit. */
  readonly words: (value: number) => string;
}

/** How a transfer is drawn: one that counts as a dot, an outlier as a ring, one that does not count as a cross. */
export interface SampleDot {
  readonly value: number;
  readonly kind: 'counted' | 'outlier' | 'excluded';
}

/** A case by its place in the result, with its mode; a mode without a case stands for all of its cases. */
export interface Plotted {
  readonly case: number | null;
  readonly mode: string;
}

export interface Row {
  readonly plotted: Plotted & { readonly case: number };
  /** Number of the look of its mode. */
  readonly look: number;
  readonly name: string;
  /** In the order of the columns. */
  readonly values: readonly Value[];
  /** Single transfers, for each column that has them. */
  readonly dots: readonly (readonly SampleDot[])[];
  /** Drawn more faintly: the control, which is no mode of its own. */
  readonly faint: boolean;
}

export type Shape =
  /** A horizontal bar from zero for every column of a row. */
  | { readonly kind: 'bars' }
  /** A line per mode: the second column over the first. Of sizes, a row without the first is a level line. */
  | { readonly kind: 'lines'; readonly over: 'size'; readonly sizes: readonly number[] }
  | { readonly kind: 'lines'; readonly over: 'time' }
  /** A box per row over its columns but the first, in ascending order, on a logarithmic scale. */
  | { readonly kind: 'boxes' }
  /** A point per row: the second column over the first, with the line where they are equal. */
  | { readonly kind: 'points' };

export interface Description {
  readonly title: string;
  /** What is plotted, and which way is better. */
  readonly note: string;
  readonly shape: Shape;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

/** A case with its place in the result. */
export interface Placed {
  readonly index: number;
  readonly one: PageCase;
}

/** A chart that a result may have. */
export interface ChartKind {
  readonly id: string;
  /** A word or three for its tab. */
  readonly name: (result: PageResult) => string;
  readonly applies: (result: PageResult) => boolean;
  /** @param shown the cases whose modes were not taken out */
  readonly describe: (result: PageResult, shown: readonly Placed[]) => Description;
}

/** What rows of a result have in common, whatever their chart. */
export function rowsOf(
  result: PageResult,
  shown: readonly Placed[],
  valuesOf: (placed: Placed) => Pick<Row, 'values'> & Partial<Row>,
): readonly Row[] {
  const modes = modesOf(result);
  const several = hasSeveralSizes(result);
  return shown.map((placed) => ({
    plotted: { case: placed.index, mode: placed.one.mode },
    look: modes.indexOf(placed.one.mode),
    name: caseName(placed.one, several),
    faint: placed.one.control,
    dots: [],
    ...valuesOf(placed),
  }));
}

/** The number that is drawn: of several, their median. */
export function middle(value: Value | undefined): number | null {
  return value === undefined || value === null ? null : typeof value === 'number' ? value : value.median;
}

/** `1,020 MiB/s (980–1,060)` */
export function valueWords(value: Value, { words, unit }: Column): string {
  if (value === null) return '–';
  const full = (number: number) => (unit === '' ? words(number) : `${words(number)} ${unit}`);
  if (typeof value === 'number') return full(value);
  const interval = spread(value, words);
  return interval === null ? full(value.median) : `${full(value.median)} (${interval})`;
}

/** How a column is called with its unit. */
export function columnTitle({ title, unit }: Column): string {
  return unit === '' ? title : l10n.t('{0}, {1}', title, unit);
}

/** At most so many rows are spoken; the table has all of them. */
const MOST_SPOKEN = 12;

/** The chart in words, for those who do not see it. */
export function sentenceOf({ title, columns, rows, shape }: Description): string {
  if (rows.length === 0) return l10n.t('{0}: nothing to draw.', title);
  const said = rows.slice(0, MOST_SPOKEN).map((row) => {
    const values = columns.flatMap((column, nth) => {
      const value = row.values[nth] ?? null;
      return value === null
        ? []
        : [columns.length > 1 ? `${column.title} ${valueWords(value, column)}` : valueWords(value, column)];
    });
    return `${row.name} ${values.join(', ')}`;
  });
  const more = rows.length - said.length;
  return [
    l10n.t('{0}, {1}: {2}.', title, shapeWord(shape), said.join('; ')),
    ...(more > 0 ? [l10n.t('{0} more are in the table.', more)] : []),
  ].join(' ');
}

function shapeWord({ kind }: Shape): string {
  switch (kind) {
    case 'bars':
      return l10n.t('bar chart');
    case 'lines':
      return l10n.t('line chart');
    case 'boxes':
      return l10n.t('boxes');
    case 'points':
      return l10n.t('points');
  }
}
