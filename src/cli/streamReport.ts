/** How the streams of a run shared the way, as text for a terminal. */
import * as l10n from '@vscode/l10n';
import { measuredCases, reportName } from '../model/report/caseTable.ts';
import type { Result } from '../model/result/result.ts';
import { medianInterval } from '../model/statistics/median.ts';
import { countedSamples } from '../model/summary.ts';
import { fairnessOf } from '../model/tcp/fairness.ts';
import { formatNumber } from '../model/units.ts';
import { aligned } from './textTable.ts';

/** A row per case of several streams; no lines where there is none. */
export function streamLines(result: Result): readonly string[] {
  const rows = measuredCases(result).flatMap((one) => {
    const found = countedSamples(one).flatMap(({ streams }) => fairnessOf(streams) ?? []);
    if (found.length === 0) return [];
    const again = countedSamples(one).flatMap(
      ({ streams }) => streams?.flatMap(({ retransmits }) => retransmits ?? []) ?? [],
    );
    const median = (values: readonly number[]) => medianInterval(values).median;
    return [
      [
        reportName(one),
        median(found.map(({ jain }) => jain)).toFixed(3),
        formatNumber(median(found.map(({ least }) => least))),
        formatNumber(median(found.map(({ most }) => most))),
        String(again.reduce((sum, each) => sum + each, 0)),
      ],
    ];
  });
  if (rows.length === 0) return [];
  const titles = [
    l10n.t('streams of'),
    l10n.t('Jain’s index'),
    l10n.t('slowest, MiB/s'),
    l10n.t('fastest, MiB/s'),
    l10n.t('segments sent again'),
  ];
  return aligned([titles, ...rows], ['left', 'right', 'right', 'right', 'right']);
}
