/** A cold run of which nobody can say that it was. */
import * as l10n from '@vscode/l10n';
import type { Experiment } from '../result/experiment.ts';
import type { Result } from '../result/result.ts';
import { inRanking, type Rule, rule } from './rule.ts';

/** Where the user may not know what is in the page cache, no transfer is excluded for it; so it is told. */
export const coldnessRules: readonly Rule[] = [
  rule({
    kind: 'coldness-unknown',
    question: 'caution',
    weight: 63,
    from: (result) => {
      const cases = casesOfUnknownColdness(result);
      return cases.length === 0 ? [] : [cases];
    },
    say: (cases, { experiment }) => ({ text: unknownText(experiment), cases, evidence: inRanking(cases.slice(0, 1)) }),
  }),
];

function casesOfUnknownColdness({ experiment: { cache, path }, cases }: Result): readonly number[] {
  if (cache !== 'cold' || path === 'process-to-process') return [];
  return cases.flatMap((one, index) =>
    one.samples.some((sample) => !sample.warmup && sample.residency === null) ? [index] : [],
  );
}

function unknownText({ source }: Experiment): string {
  return source.kind === 'file'
    ? l10n.t(
        'Whether this run was cold is not known: what the page cache holds of {0} is told only to those who own it or may write it.',
        source.path,
      )
    : l10n.t('Whether this run was cold is not known: this kernel does not tell what the page cache holds.');
}
