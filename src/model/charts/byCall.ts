/** How long single calls took: a box from the median to the 99th percentile, and a whisker to the longest. */
import * as l10n from '@vscode/l10n';
import { findMode } from '../modes/catalogue.ts';
import type { CallLatency } from '../result/summary.ts';
import { formatNumber, shortDuration } from '../units.ts';
import { type ChartKind, type Column, rowsOf } from './description.ts';

/** From how many calls on a percentile is another thing than the longest call. */
const PERCENTILES = [
  { title: 'p50', key: 'p50Ns', from: 2 },
  { title: 'p99', key: 'p99Ns', from: 100 },
  { title: 'p99.9', key: 'p999Ns', from: 1000 },
] as const;

export const callsChart: ChartKind = {
  id: 'calls',
  name: () => l10n.t('Single calls'),
  applies: ({ cases }) => cases.some((one) => !one.control && one.latency !== null && one.latency.length > 0),
  describe: (result, shown) => ({
    title: l10n.t('Time of a single call'),
    note: l10n.t(
      'From a pass of its own, because timing each call slows them down. Box: median to 99th percentile; whisker: to the longest; ring: 99.9th percentile. The scale is logarithmic.',
    ),
    shape: { kind: 'boxes' },
    columns: [
      { title: l10n.t('calls'), unit: '', words: formatNumber },
      ...PERCENTILES.map(({ title }): Column => ({ title, unit: '', words: shortDuration })),
      { title: l10n.t('longest'), unit: '', words: shortDuration },
    ],
    rows: shown
      .filter(({ one }) => !one.control)
      .flatMap((placed) =>
        (placed.one.latency ?? []).flatMap((latency) =>
          rowsOf(result, [placed], () => ({ values: valuesOf(latency) })).map((row) => ({
            ...row,
            name: callName(row.name, latency, placed.one.mode),
          })),
        ),
      ),
  }),
};

function valuesOf(latency: CallLatency): readonly (number | null)[] {
  return [
    latency.count,
    ...PERCENTILES.map(({ key, from }) => (latency.count < from ? null : latency[key])),
    latency.maxNs,
  ];
}

function callName(name: string, { call, count }: CallLatency, mode: string): string {
  if (count > 1) return `${name}: ${call}`;
  return findMode(mode)?.chunk === 'whole'
    ? l10n.t('{0}: {1}, one call moves it all', name, call)
    : l10n.t('{0}: {1}, one call', name, call);
}
