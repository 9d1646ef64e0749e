/** Cases that did not do what they promise: other bytes arrived, copies were made after all, no data moved. */
import * as l10n from '@vscode/l10n';
import { modeName } from '../caseName.ts';
import { isShownCopied } from '../evidence/findings.ts';
import { remarksOfResult } from '../remarks.ts';
import type { Case } from '../result/case.ts';
import type { Result } from '../result/result.ts';
import { formatDuration } from '../units.ts';
import { nameOf } from './names.ts';
import { inRanking, type Rule, rule } from './rule.ts';

export const promiseRules: readonly Rule[] = [
  rule({
    // Cases whose bytes did not arrive as they left: their numbers mean nothing.
    kind: 'corrupt',
    question: 'contradiction',
    weight: 100,
    from: (result) =>
      result.cases.flatMap((one, index) => (one.verified === null || one.verified.ok ? [] : [{ one, index }])),
    say: ({ one, index }) => ({
      text: l10n.t('{0} did not deliver the bytes it was given: {1}', nameOf(one), one.verified?.difference ?? ''),
      cases: [index],
      evidence: inRanking([index]),
    }),
  }),
  rule({
    kind: 'copied-after-all',
    question: 'contradiction',
    weight: 85,
    from: copiedAfterAll,
    say: ({ text, cases }, result) => {
      const names = [...new Set(cases.map((index) => modeNameAt(result, index)))].join('; ');
      return {
        text: l10n.t('Not zero-copy here: {0}. {1}', names, text),
        cases,
        evidence: [...inRanking(cases.slice(0, 1)), ...flowOf(cases)],
      };
    },
  }),
  rule({
    kind: 'blocks-shared',
    question: 'caution',
    weight: 35,
    from: (result) => remarksOfResult(result).filter(({ remark }) => remark.kind === 'blocks-shared'),
    say: ({ cases }, result) => ({
      text: l10n.t(
        '{0} shared the blocks in {1} and moved no data: it has no speed to compare.',
        modeNameAt(result, cases[0] ?? -1),
        formatDuration(result.cases[cases[0] ?? -1]?.summary?.wallNs.median ?? Number.NaN),
      ),
      cases,
      evidence: [...inRanking(cases.slice(0, 1)), ...flowOf(cases)],
    }),
  }),
];

/** Modes of which the same is to be said share a sentence; those that samples show are told by the evidence. */
function copiedAfterAll(result: Result): readonly { readonly text: string; readonly cases: readonly number[] }[] {
  const copied = remarksOfResult(result).filter(
    ({ remark, cases }) =>
      remark.kind === 'copied-after-all' && !cases.every((index) => isShownCopied(result.cases[index] as Case)),
  );
  return [...new Set(copied.map(({ remark }) => remark.text))].map((text) => ({
    text,
    cases: copied.filter(({ remark }) => remark.text === text).flatMap((each) => each.cases),
  }));
}

function flowOf(cases: readonly number[]) {
  return cases.slice(0, 1).map((index) => ({ part: 'flow', case: index, flow: 'here' }) as const);
}

function modeNameAt(result: Result, index: number): string {
  return modeName(result.cases[index]?.mode ?? '');
}
