/** What the cost model and the measurements say together, in sentences. */
import * as l10n from '@vscode/l10n';
import { type Rule, rule } from '../findings/rule.ts';
import { findMode } from '../modes/catalogue.ts';
import type { EvidenceLink } from '../result/finding.ts';
import type { Crossover } from '../result/prediction.ts';
import type { Result } from '../result/result.ts';
import { formatBytes } from '../units.ts';

/** A sentence for every crossover that was measured; what is only predicted is no finding. And why there are no predictions. */
export const costModelRules: readonly Rule[] = [
  rule({
    kind: 'crossover',
    question: 'won',
    weight: 36,
    from: (result) =>
      result.crossovers.flatMap((crossover) =>
        crossover.measured === null ? [] : [{ crossover, measured: crossover.measured }],
      ),
    say: ({ crossover, measured }, result) => {
      const cases = casesOf(result, crossover);
      const chart: readonly EvidenceLink[] = cases
        .slice(0, 1)
        .map((index) => ({ part: 'chart', chart: 'size', case: index }));
      return {
        text: crossoverText(crossover, measured),
        cases,
        evidence: [{ part: 'crossovers', mode: crossover.mode }, ...chart],
      };
    },
  }),
  rule({
    kind: 'not-calibrated',
    question: 'cannot-tell',
    weight: 28,
    from: ({ calibrationProblem }) => (calibrationProblem === null ? [] : [calibrationProblem]),
    say: ({ message, hint }) => ({
      text: l10n.t('This host could not be calibrated, so no times are predicted: {0} {1}', message, hint),
      cases: [],
      evidence: [{ part: 'host' }],
    }),
  }),
];

function crossoverText(crossover: Crossover, { above, upTo }: NonNullable<Crossover['measured']>): string {
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
