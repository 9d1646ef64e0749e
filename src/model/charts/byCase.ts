/** Charts with a bar for every case: what the experiment compares them by, what it cost, and how often the kernel was asked. */
import * as l10n from '@vscode/l10n';
import type { PageCase } from '../pageResult.ts';
import { sharesBlocks } from '../remarks.ts';
import type { Summary } from '../result/summary.ts';
import { sidesOf } from '../sides.ts';
import { formatNumber } from '../units.ts';
import { type ChartKind, type Description, middle, type Row, rowsOf, type SampleDot } from './description.ts';
import { headlineInterval, headlineOf, headlineValues } from './headline.ts';

export const headlineChart: ChartKind = {
  id: 'headline',
  name: ({ experiment }) => headlineOf(experiment).title,
  applies: () => true,
  describe: (result, shown) => {
    const headline = headlineOf(result.experiment);
    const rows = rowsOf(result, shown, ({ one }) => ({
      values: [sharesBlocks(one) ? null : headlineInterval(one.summary, headline)],
      dots: [dotsOf(one, headlineValues(one, headline))],
    }));
    const described = bars(headline.moreIsBetter, {
      title: headline.title,
      note: headline.moreIsBetter
        ? l10n.t('{0}, median with 95 % interval; longer is faster.', headline.unit)
        : l10n.t('{0} at one rate for all, median with 95 % interval; shorter is better.', headline.unit),
      columns: [{ title: headline.title, unit: headline.unit, words: formatNumber }],
      rows,
    });
    return { ...described, note: `${described.note} ${dotWords(described.rows)}` };
  },
};

export const cpuChart: ChartKind = {
  id: 'cpu',
  name: () => l10n.t('CPU time'),
  // At one rate the first chart is that of the CPU time, and between files there is only one side.
  applies: ({ experiment: { kind, path } }) => kind !== 'equal-rate' || path !== 'file-to-file',
  describe: (result, shown) => {
    const { path } = result.experiment;
    const { sender, receiver } = sidesOf(path);
    const bySide = path !== 'file-to-file';
    return bars(false, {
      title: l10n.t('CPU time'),
      note: bySide
        ? l10n.t(
            'CPU seconds per GiB, median with 95 % interval; shorter is better. Plain: {0}. Hatched: {1}. Each side can move work to the other.',
            sender,
            receiver,
          )
        : l10n.t('CPU seconds per GiB, median with 95 % interval; shorter is better.'),
      columns: [
        { title: bySide ? sender : l10n.t('CPU time'), unit: 's/GiB', words: formatNumber },
        ...(bySide ? [{ title: receiver, unit: 's/GiB', words: formatNumber }] : []),
      ],
      rows: rowsOf(result, shown, ({ one: { summary } }) => ({
        values: [summary?.cpuSecondsPerGib ?? null, ...(bySide ? [summary?.receiverCpuSecondsPerGib ?? null] : [])],
      })),
    });
  },
};

export const crossingsChart = eventChart('crossings', 'crossingsPerMib', '/MiB', {
  name: () => l10n.t('Crossings'),
  note: () =>
    l10n.t('Changes between user and kernel mode per MiB: two for every system call. Median with 95 % interval.'),
});

export const faultsChart = eventChart('faults', 'faultsPerMib', '/MiB', {
  name: () => l10n.t('Faults'),
  note: () => l10n.t('Page faults per MiB, median with 95 % interval.'),
});

export const switchesChart = eventChart('switches', 'contextSwitchesPerGib', '/GiB', {
  name: () => l10n.t('Context switches'),
  note: () => l10n.t('How often the scheduler changed the task, per GiB, median with 95 % interval.'),
});

type Events = 'crossingsPerMib' | 'faultsPerMib' | 'contextSwitchesPerGib';

function eventChart(
  id: string,
  key: Events & keyof Summary,
  unit: string,
  { name, note }: { readonly name: () => string; readonly note: () => string },
): ChartKind {
  return {
    id,
    name,
    applies: () => true,
    describe: (result, shown) =>
      bars(false, {
        title: name(),
        note: note(),
        columns: [{ title: name(), unit, words: formatNumber }],
        rows: rowsOf(result, shown, ({ one: { summary } }) => ({ values: [summary?.[key] ?? null] })),
      }),
  };
}

/** Rows with a number, the best first. */
function bars(moreIsBetter: boolean, parts: Omit<Description, 'shape'>): Description {
  const first = (row: Row) => middle(row.values[0]) ?? 0;
  const rows = parts.rows
    .filter((row) => middle(row.values[0]) !== null)
    .sort((a, b) => (moreIsBetter ? first(b) - first(a) : first(a) - first(b)));
  return { ...parts, rows, shape: { kind: 'bars' } };
}

/** All transfers but the warm-up. */
function dotsOf({ digest }: PageCase, values: readonly number[]): readonly SampleDot[] {
  const [outliers, excluded] = [new Set(digest.transfers.outliers), new Set(digest.transfers.excluded)];
  return values.map((value, place) => ({
    value,
    kind: excluded.has(place) ? 'excluded' : outliers.has(place) ? 'outlier' : 'counted',
  }));
}

/** Which dots there are, as far as they need words. */
function dotWords(rows: readonly Row[]): string {
  const kinds = new Set(rows.flatMap(({ dots }) => dots.flat().map(({ kind }) => kind)));
  return [
    ...(kinds.has('counted') ? [l10n.t('Dots: single transfers.')] : []),
    ...(kinds.has('outlier') ? [l10n.t('Rings: outliers, counted too.')] : []),
    ...(kinds.has('excluded') ? [l10n.t('Crosses: excluded, not counted.')] : []),
  ].join(' ');
}
