/** Cases of an equal rate that could not hold it: their CPU time is that of a slower transfer. */
import * as l10n from '@vscode/l10n';
import type { Case } from '../result/case.ts';
import type { Result } from '../result/result.ts';
import { formatNumber, MIB } from '../units.ts';
import { nameOf } from './names.ts';
import { inRanking, type Rule, rule } from './rule.ts';

/** A transfer may take this much longer than the rate asks for. */
const PATIENCE = 1.05;

/** Whether a case held the rate; always where there is none. */
export function keptUp(result: Result, one: Case): boolean {
  const rate = result.pacedBytesPerSecond;
  if (result.experiment.kind !== 'equal-rate' || rate === null || one.summary === null) return true;
  return one.summary.wallNs.median <= (PATIENCE * one.bytes * 1e9) / rate;
}

export const rateRules: readonly Rule[] = [
  rule({
    kind: 'rate-missed',
    question: 'caution',
    weight: 62,
    from: (result) =>
      result.cases.flatMap((one, index) =>
        one.summary === null || keptUp(result, one) ? [] : [{ one, index, summary: one.summary }],
      ),
    say: ({ one, index, summary }, result) => ({
      text: l10n.t(
        '{0} could not hold {1} MiB/s: it came to {2} MiB/s, and its CPU time is not compared.',
        nameOf(one),
        formatNumber((result.pacedBytesPerSecond ?? 0) / MIB),
        formatNumber(summary.mibPerSecond.median),
      ),
      cases: [index],
      evidence: inRanking([index]),
    }),
  }),
];
