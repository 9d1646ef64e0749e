/**
 * The figures it all started from: time against buffer size, a line per mode, whole-transfer modes as a level line. With
 * objects the size is theirs; with one rate for all it is the CPU time that differs.
 */

import * as l10n from '@vscode/l10n';
import { modeName } from '../caseName.ts';
import { caseSettings, settingsOf } from '../caseSettings.ts';
import { sizeOf } from '../caseSize.ts';
import type { PageCase, PageResult } from '../pageResult.ts';
import { sharesBlocks } from '../remarks.ts';
import type { Experiment } from '../result/experiment.ts';
import type { Summary } from '../result/summary.ts';
import { formatBytes, formatDuration, formatNumber } from '../units.ts';
import { type ChartKind, type Column, type Placed, rowsOf, type Value } from './description.ts';
import { headlineInterval, headlineOf } from './headline.ts';

export const timeBySize: ChartKind = {
  id: 'time-by-size',
  name: ({ experiment }) => titleOf(l10n.t('Time'), experiment),
  applies: ({ experiment }) => experiment.kind === 'measurement',
  describe: (result, shown) =>
    lines(result, shown, {
      what: l10n.t('Time'),
      note: l10n.t('Time of a transfer, median with 95 % interval; lower is better.'),
      column: { title: l10n.t('time'), unit: '', words: formatDuration },
      value: ({ wallNs }) => wallNs,
    }),
};

export const speedBySize: ChartKind = {
  id: 'speed-by-size',
  name: ({ experiment }) => titleOf(l10n.t('Throughput'), experiment),
  applies: ({ experiment }) => experiment.kind !== 'equal-rate',
  describe: (result, shown) =>
    lines(result, shown, {
      what: l10n.t('Throughput'),
      note:
        result.experiment.kind === 'objects'
          ? l10n.t('MiB/s with open, close and set-up of every object, median with 95 % interval; higher is better.')
          : l10n.t('MiB/s, median with 95 % interval; higher is better.'),
      column: { title: l10n.t('throughput'), unit: 'MiB/s', words: formatNumber },
      value: ({ mibPerSecond }, one) => (sharesBlocks(one) ? null : mibPerSecond),
    }),
};

/** At one rate nothing else differs. */
export const costBySize: ChartKind = {
  id: 'cost-by-size',
  name: ({ experiment }) => titleOf(headlineOf(experiment).title, experiment),
  applies: ({ experiment }) => experiment.kind === 'equal-rate',
  describe: (result, shown) => {
    const headline = headlineOf(result.experiment);
    return lines(result, shown, {
      what: headline.title,
      note: l10n.t('CPU s/GiB at one rate for all, median with 95 % interval; lower is better.'),
      column: { title: headline.title, unit: headline.unit, words: formatNumber },
      value: (summary) => headlineInterval(summary, headline),
    });
  },
};

interface Wanted {
  /** What is drawn over the size. */
  readonly what: string;
  readonly note: string;
  readonly column: Column;
  readonly value: (summary: Summary, one: PageCase) => Value;
}

function lines(result: PageResult, shown: readonly Placed[], { what, note, column, value }: Wanted) {
  const objects = result.experiment.kind === 'objects';
  // A line is that of one network: where several ran, of the first.
  const [through = '', ...others] = settingsOf(result.cases);
  const rows = rowsOf(
    result,
    shown.filter(({ one }) => caseSettings(one) === through && belongs(result.experiment, one)),
    ({ one }) => ({
      values: [sizeOf(one), one.summary === null ? null : value(one.summary, one)],
      ...(sizeOf(one) === null ? { name: l10n.t('{0} (no buffer: level line)', modeName(one.mode)) } : {}),
    }),
  );
  const drawn = rows.filter((row) => row.values[1] !== null);
  const sizes = [...new Set(drawn.map((row) => row.values[0]).filter((size) => typeof size === 'number'))];
  const single = sizes.length < 2 && !objects;
  return {
    title: titleOf(what, result.experiment),
    note: [
      note,
      ...(others.length === 0
        ? []
        : [through === '' ? l10n.t('Only those as the kernel makes it.') : l10n.t('Only {0}.', through)]),
      ...(single ? [l10n.t('Only one buffer ran; the preset "seed" sweeps five.')] : []),
    ].join(' '),
    columns: [{ title: objects ? l10n.t('object size') : l10n.t('buffer size'), unit: '', words: formatBytes }, column],
    rows: drawn,
    shape: { kind: 'lines' as const, over: 'size' as const, sizes: sizes.sort((a, b) => a - b) },
  };
}

function titleOf(what: string, { kind }: Experiment): string {
  return kind === 'objects' ? l10n.t('{0} by object size', what) : l10n.t('{0} by buffer size', what);
}

/** Baselines that ran only for somebody else's sake, and the control, are not of these figures. */
function belongs({ buffers }: Experiment, { control, implied, bufferBytes }: PageCase): boolean {
  return !control && (!implied || (bufferBytes !== null && buffers.includes(bufferBytes)));
}
