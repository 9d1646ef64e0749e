/** What TCP knew of the way, how evenly streams shared it, and how a transfer went on: where the run looked. */
import * as l10n from '@vscode/l10n';
import { laboratoryText, streamsOf } from '../caseSettings.ts';
import type { PageCase, Transfers } from '../pageResult.ts';
import { medianInterval } from '../statistics/median.ts';
import { formatDuration, formatNumber, GIB, mibPerSecond } from '../units.ts';
import { type ChartKind, middle, type Placed, type Row, rowsOf, type Value } from './description.ts';

type Column = 'rttNs' | 'minRttNs' | 'retransmits' | 'fairness';

export const rttChart: ChartKind = {
  id: 'rtt',
  name: () => l10n.t('Round trip'),
  applies: has('rttNs'),
  describe: (result, shown) => ({
    title: l10n.t('Round trip of TCP'),
    note: l10n.t(
      'By TCP_INFO of the sender when the last byte was there, median with 95 % interval; shorter is better. Plain: smoothed, with the time packets queued. Hatched: the shortest of the connection, which is nearer to that of the way alone.',
    ),
    columns: [
      { title: l10n.t('smoothed'), unit: '', words: formatDuration },
      ...(has('minRttNs')(result) ? [{ title: l10n.t('shortest'), unit: '', words: formatDuration }] : []),
    ],
    rows: bestFirst(
      rowsOf(result, shown, ({ one }) => ({
        values: [over(one, 'rttNs'), ...(has('minRttNs')(result) ? [over(one, 'minRttNs')] : [])],
      })),
      1,
    ),
    shape: { kind: 'bars' },
  }),
};

export const retransmitsChart: ChartKind = {
  id: 'retransmits',
  name: () => l10n.t('Retransmits'),
  applies: has('retransmits'),
  describe: (result, shown) => ({
    title: l10n.t('Retransmits'),
    note: l10n.t(
      'TCP segments sent again, per GiB, median with 95 % interval; fewer is better. Each is a packet that was lost, or believed to be.',
    ),
    columns: [{ title: l10n.t('retransmits'), unit: '/GiB', words: formatNumber }],
    rows: bestFirst(
      rowsOf(result, shown, ({ one }) => ({
        values: [over(one, 'retransmits', (segments, bytes) => (bytes === 0 ? 0 : segments / (bytes / GIB)))],
      })),
      1,
    ),
    shape: { kind: 'bars' },
  }),
};

export const fairnessChart: ChartKind = {
  id: 'fairness',
  name: () => l10n.t('Fairness'),
  applies: has('fairness'),
  describe: (result, shown) => ({
    title: l10n.t('Fairness of the streams'),
    note: l10n.t(
      'Jain’s index of the rates of the streams, median with 95 % interval: 1 where all were equally fast, 1/n where one of n had everything.',
    ),
    columns: [{ title: l10n.t('Jain’s index'), unit: '', words: (index) => String(Number(index.toFixed(3))) }],
    rows: bestFirst(
      rowsOf(result, shown, ({ one }) => ({ values: [over(one, 'fairness')] })),
      -1,
    ),
    shape: { kind: 'bars' },
  }),
};

export const courseChart: ChartKind = {
  id: 'course',
  name: () => l10n.t('Over time'),
  applies: ({ cases }) => cases.some(({ digest }) => digest.course !== null),
  describe: (result, shown) => {
    const drawn = oneOfEachMode(shown.filter(({ one }) => !one.control && one.digest.course !== null));
    return {
      title: l10n.t('Throughput over time'),
      note: l10n.t(
        'What arrived in each interval of the transfer that took the median time; of each mode the case with the most streams, of the first laboratory.',
      ),
      columns: [
        { title: l10n.t('time'), unit: '', words: formatDuration },
        { title: l10n.t('throughput'), unit: 'MiB/s', words: formatNumber },
      ],
      rows: drawn.flatMap((placed) =>
        courseOf(placed.one).flatMap((values) => rowsOf(result, [placed], () => ({ values }))),
      ),
      shape: { kind: 'lines', over: 'time' },
    };
  },
};

function has(column: Column): ChartKind['applies'] {
  return ({ cases }) => cases.some(({ digest }) => digest.transfers[column] !== null);
}

/** The median of a column over the transfers that count. */
function over(
  one: PageCase,
  column: Column,
  quantity: (value: number, bytes: number) => number = (value) => value,
): Value {
  const { transfers, counted } = one.digest;
  const values = transfers[column];
  if (values === null || counted === 0) return null;
  const bytesOf = (place: number, { bytes }: Transfers) => bytes?.[place] ?? one.bytes;
  return medianInterval(
    values.flatMap((value, place) =>
      transfers.excluded.includes(place) ? [] : [quantity(value, bytesOf(place, transfers))],
    ),
  );
}

/** Rows with a number. @param direction 1: less is better, -1: more is */
function bestFirst(rows: readonly Row[], direction: 1 | -1): readonly Row[] {
  const first = ({ values }: Row) => middle(values[0]) ?? 0;
  return rows.filter(({ values }) => middle(values[0]) !== null).toSorted((a, b) => direction * (first(a) - first(b)));
}

function oneOfEachMode(placed: readonly Placed[]): readonly Placed[] {
  const [first] = placed;
  const through = first === undefined ? '' : laboratoryText(first.one);
  const mostFirst = placed
    .filter(({ one }) => laboratoryText(one) === through)
    .toSorted((a, b) => streamsOf(b.one) - streamsOf(a.one));
  return mostFirst.filter((each, nth) => mostFirst.findIndex(({ one }) => one.mode === each.one.mode) === nth);
}

/** Of a shorter last interval than this share of the others the rate would be mostly chance. */
const LEAST_REST = 0.2;

/** The end of each interval, and the rate in it. */
function courseOf({ digest }: PageCase): readonly (readonly [endNs: number, rate: number])[] {
  if (digest.course === null) return [];
  const { everyNs, bytes, wallNs } = digest.course;
  return bytes.flatMap((each, nth) => {
    const from = nth * everyNs;
    const length = nth < bytes.length - 1 ? everyNs : Math.min(everyNs, wallNs - from);
    return length < LEAST_REST * everyNs ? [] : [[from + length, mibPerSecond(each, length)] as const];
  });
}
