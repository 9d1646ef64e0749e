/** What the cost model and the measurements say together, in sentences. */
import * as l10n from '@vscode/l10n';
import { findMode } from '../modes/catalogue.ts';
import type { Crossover, Finding, Result } from '../result.ts';
import { formatBytes } from '../units.ts';

/** A sentence for every crossover that was measured; what is only predicted is no finding. And why there are no predictions. */
export function costFindings(result: Result): Finding[] {
  return [...crossoverFindings(result), ...withoutCalibration(result)];
}

function crossoverFindings(result: Result): Finding[] {
  return result.crossovers.flatMap((crossover): Finding[] =>
    crossover.measured === null
      ? []
      : [{ kind: 'crossover', text: sentence(crossover, crossover.measured), cases: casesOf(result, crossover) }],
  );
}

function withoutCalibration({ calibrationProblem }: Result): Finding[] {
  if (calibrationProblem === null) return [];
  const { message, hint } = calibrationProblem;
  return [
    {
      kind: 'not-calibrated',
      text: l10n.t('This host could not be calibrated, so no times are predicted: {0} {1}', message, hint),
      cases: [],
    },
  ];
}

function sentence(crossover: Crossover, { above, upTo }: NonNullable<Crossover['measured']>): string {
  const { over, wins, predictedBytes } = crossover;
  const size = formatBytes(wins === 'from' ? upTo : above);
  const mode = findMode(crossover.mode)?.name ?? crossover.mode;
  const baseline = findMode(crossover.baseline)?.name ?? crossover.baseline;
  if (over === 'object') {
    return wins === 'from'
      ? l10n.t('From files of {0} on, {1} beats {2} here.', size, mode, baseline)
      : l10n.t('Up to files of {0}, {1} beats {2} here.', size, mode, baseline);
  }
  const measured =
    wins === 'from'
      ? l10n.t('From {0} buffers on, {1} beats {2} here', size, mode, baseline)
      : l10n.t('Up to {0} buffers, {1} beats {2} here', size, mode, baseline);
  if (predictedBytes === null) return `${measured}.`;
  const predicted = formatBytes(predictedBytes);
  return wins === 'from'
    ? l10n.t('{0} (predicted: from {1} on).', measured, predicted)
    : l10n.t('{0} (predicted: up to {1}).', measured, predicted);
}

function casesOf(result: Result, { mode }: Crossover): number[] {
  return [...result.cases.keys()].filter((index) => result.cases[index]?.mode === mode);
}
