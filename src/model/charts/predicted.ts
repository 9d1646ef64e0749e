/** What the unit costs of this host predict, against what was measured: on the line both are equal. */
import * as l10n from '@vscode/l10n';
import { formatDuration } from '../units.ts';
import { type ChartKind, rowsOf } from './description.ts';

export const predictedChart: ChartKind = {
  id: 'predicted',
  name: () => l10n.t('Predicted'),
  applies: ({ cases }) => cases.some((one) => !one.control && one.predicted !== null),
  describe: (result, shown) => ({
    title: l10n.t('Predicted against measured'),
    note: l10n.t(
      'Time of a transfer. On the line both are equal; above it, time is spent that the cost model does not know of.',
    ),
    shape: { kind: 'points' },
    columns: [
      { title: l10n.t('predicted'), unit: '', words: formatDuration },
      { title: l10n.t('measured'), unit: '', words: formatDuration },
    ],
    rows: rowsOf(
      result,
      shown.filter(({ one }) => !one.control && one.predicted !== null && one.summary !== null),
      ({ one }) => ({ values: [one.predicted?.totalNs ?? null, one.summary?.wallNs ?? null] }),
    ),
  }),
};
