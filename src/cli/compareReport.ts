/** A comparison as text for a terminal. Pure: text in, text out. */
import * as l10n from '@vscode/l10n';
import type { ComparedCase, ComparedResult, Comparison, Quantity } from '../model/comparison/comparison.ts';
import type { Regression } from '../model/comparison/regression.ts';
import { caveats, countsText, numbersOf, spreadText } from '../model/comparison/words.ts';
import { pathDescriptor } from '../model/paths.ts';
import type { Interval } from '../model/result/numbers.ts';
import { formatRatio } from '../model/units.ts';
import { aligned, wrapped } from './textTable.ts';

/** Odd, so that one character stands for 1x. */
const PLOT_WIDTH = 41;
/** The plot reaches at least this far either way, so that small differences look small. */
const NARROWEST_SCALE = 1.25;

/** What differs, then a table and a picture for what the experiments are about, then tables of the other quantities. */
export function reportComparison(comparison: Comparison, width: number): string {
  const [main, ...others] = comparison.quantities;
  return [
    pathDescriptor(comparison.path).name,
    ...aligned(comparison.results.map(heading), ['left', 'left', 'left', 'left', 'left', 'left']),
    ...section(l10n.t('The experiments differ'), warningLines(comparison, width)),
    ...section(l10n.t('The hosts differ'), hostLines(comparison)),
    ...(main === undefined ? [] : quantityLines(comparison, main, plot(comparison, main))),
    ...others.flatMap((quantity) => quantityLines(comparison, quantity, [])),
    ...section(
      l10n.t('Not compared everywhere'),
      comparison.apart.flatMap(({ name, text }) => wrapped(`${name}: ${text}`, width)),
    ),
    '',
    ...caveats(comparison).flatMap((text) => wrapped(text, width)),
  ].join('\n');
}

/** `B, sendfile: 0.80x (0.78x – 0.83x) of A`. */
export function reportRegression({ results }: Comparison, { result, name, gain }: Regression): string {
  const [reference] = results;
  const mine = results[result]?.letter ?? '';
  return l10n.t(
    '{0}, {1}: {2} ({3}) of {4}',
    mine,
    name,
    formatRatio(gain.median),
    spreadText(gain),
    reference?.letter ?? '',
  );
}

function heading(result: ComparedResult, index: number): readonly string[] {
  const { letter, name, host, kernel, startedAt, rounds } = result;
  return [
    letter,
    name,
    host,
    kernel,
    startedAt.slice(0, 16).replace('T', ' '),
    `${l10n.t('{0} rounds', rounds)}${index === 0 ? `, ${l10n.t('reference')}` : ''}`,
  ];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
}

function warningLines({ warnings, results }: Comparison, width: number): readonly string[] {
  return warnings.flatMap(({ name, values, meaning }) => {
    const told = values.map((value, index) => `${results[index]?.letter ?? ''} ${value}`).join('; ');
    return wrapped(`${name}: ${told}. ${meaning}`, width - 2);
  });
}

function hostLines({ hostDifferences, results }: Comparison): readonly string[] {
  if (hostDifferences.length === 0) return [];
  const rows = hostDifferences.map(({ name, values }) => [name, ...values]);
  return aligned(
    [['', ...results.map(({ letter }) => letter)], ...rows],
    ['left', ...results.map(() => 'left' as const)],
  );
}

function quantityLines(comparison: Comparison, quantity: Quantity, picture: readonly string[]): readonly string[] {
  const { head, rows, names } = numbersOf(comparison, quantity);
  if (rows.length === 0) return [];
  const align = head.map((_, column) => (column < names || column === head.length - 1 ? 'left' : 'right'));
  return [
    '',
    quantity.name,
    ...aligned([head, ...rows], align),
    ...(picture.length === 0 ? [] : ['', ...picture]),
    ...comparison.results.slice(1).map((_, index) => countsText(comparison, quantity, index + 1)),
  ];
}

/** A line for every ratio on a common log scale around 1x: `├──●──┤`, with dots where no difference counts. */
function plot(comparison: Comparison, quantity: Quantity): readonly string[] {
  const marks = comparison.cases.flatMap((one) => marksOf(one, quantity, comparison));
  const ends = marks.flatMap(({ ratio }) => [ratio.median, ratio.low ?? ratio.median, ratio.high ?? ratio.median]);
  const reach = Math.max(NARROWEST_SCALE, ...ends.map((end) => Math.exp(Math.abs(Math.log(end)))));
  const column = (ratio: number) => Math.round(((Math.log(ratio) / Math.log(reach) + 1) / 2) * (PLOT_WIDTH - 1));
  const lines = marks.map(({ name, ratio, threshold }) => [name, drawn(ratio, threshold, column)] as const);
  const scale = `${formatRatio(1 / reach).padEnd(PLOT_WIDTH >> 1)}1x${formatRatio(reach).padStart((PLOT_WIDTH >> 1) - 1)}`;
  return aligned([...lines, ['', scale]], ['left', 'left']);
}

interface Mark {
  readonly name: string;
  readonly ratio: Interval;
  readonly threshold: number;
}

function marksOf({ name, entries }: ComparedCase, { id }: Quantity, { results }: Comparison): readonly Mark[] {
  return entries.flatMap((entry, index): Mark[] => {
    const change = entry?.measured[id]?.change ?? null;
    if (change === null) return [];
    const whose = results.length > 2 ? `${results[index]?.letter ?? ''}  ` : '';
    return [{ name: `${whose}${name}`, ratio: change.ratio, threshold: change.threshold }];
  });
}

function drawn({ median, low, high }: Interval, threshold: number, column: (ratio: number) => number): string {
  const line = new Array<string>(PLOT_WIDTH).fill(' ');
  for (let at = column(1 / (1 + threshold)); at <= column(1 + threshold); at++) line[at] = '·';
  line[column(1)] = '│';
  if (low !== null && high !== null) {
    for (let at = column(low); at <= column(high); at++) line[at] = '─';
    line[column(low)] = '├';
    line[column(high)] = '┤';
  }
  line[column(median)] = '●';
  return line.join('');
}
