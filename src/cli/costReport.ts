/** Unit costs, and predictions beside measurements, as text for a terminal. Pure: text out. */
import * as l10n from '@vscode/l10n';
import { medianAbsoluteError, predictionErrors } from '../model/cost/prediction.ts';
import { nameOfUnit, socketsNote, unitOf, units } from '../model/cost/units.ts';
import { reportName } from '../model/report/caseTable.ts';
import type { Case } from '../model/result/case.ts';
import type { Interval } from '../model/result/numbers.ts';
import type { Calibration, Prediction } from '../model/result/prediction.ts';
import type { Result } from '../model/result/result.ts';
import { formatDuration, formatNumber, formatPercent } from '../model/units.ts';
import { aligned } from './textTable.ts';

/** Parts of a prediction that take less of it are not named. */
const WORTH_NAMING = 0.1;

/** A row per unit cost, in the order of units.ts and of their sizes. */
export function reportCalibration({ durationNs, unitCosts }: Calibration): string {
  const order = units().map(({ id }) => id);
  const rows = Object.entries(unitCosts)
    .map(([key, cost]) => ({ key, cost, found: unitOf(key) }))
    .sort((a, b) => place(order, a.found) - place(order, b.found) || (a.found?.size ?? 0) - (b.found?.size ?? 0))
    .map(({ key, cost, found }) => {
      const bytewise = found?.unit.per === 'byte';
      return [
        nameOfUnit(key),
        formatNumber(cost.median),
        intervalText(cost),
        bytewise ? l10n.t('ns per byte') : 'ns',
        bytewise ? l10n.t('{0} MiB/s', formatNumber(1e9 / cost.median / 2 ** 20)) : '',
      ];
    });
  return [
    ...aligned(
      [[l10n.t('unit cost'), l10n.t('median'), l10n.t('95 % interval'), '', ''], ...rows],
      ['left', 'right', 'left', 'left', 'right'],
    ),
    '',
    l10n.t('Calibrated in {0}.', formatDuration(durationNs)),
  ].join('\n');
}

function place(order: readonly string[], found: ReturnType<typeof unitOf>): number {
  return found === null ? order.length : order.indexOf(found.unit.id);
}

/** What was predicted beside what was measured: the rest that the model does not explain, and what takes most. */
export function costLines(result: Result): readonly string[] {
  const errors = predictionErrors(result);
  const median = medianAbsoluteError(errors);
  if (median === null) return [];
  const rows = errors.map(({ case: index, predictedNs, measuredNs, restNs, offCpuNs }) => {
    const one = result.cases[index] as Case;
    return [
      reportName(one),
      formatDuration(measuredNs),
      formatDuration(predictedNs),
      signedPercent(restNs / measuredNs),
      offCpuNs === null ? '–' : formatPercent(offCpuNs / measuredNs),
      one.predicted === null ? '' : largestParts(one.predicted),
    ];
  });
  return [
    ...aligned(
      [
        [
          l10n.t('mode'),
          l10n.t('measured'),
          l10n.t('predicted'),
          l10n.t('unexplained'),
          l10n.t('on no CPU'),
          l10n.t('most of it'),
        ],
        ...rows,
      ],
      ['left', 'right', 'right', 'right', 'right', 'left'],
    ),
    l10n.t(
      'Predicted from unit costs that were calibrated apart from these transfers; median absolute error {0}.',
      formatPercent(median),
    ),
    ...(result.experiment.path === 'file-to-socket' ? [socketsNote()] : []),
  ];
}

function largestParts({ totalNs, parts }: Prediction): string {
  return [...parts]
    .filter(({ ns }) => ns >= WORTH_NAMING * totalNs)
    .sort((a, b) => b.ns - a.ns)
    .map(({ unit, ns }) => `${nameOfUnit(unit)} ${formatPercent(ns / totalNs)}`)
    .join('; ');
}

function signedPercent(fraction: number): string {
  return fraction < 0 ? `-${formatPercent(-fraction)}` : formatPercent(fraction);
}

function intervalText({ low, high }: Interval): string {
  return low === null || high === null ? '–' : `${formatNumber(low)} – ${formatNumber(high)}`;
}
