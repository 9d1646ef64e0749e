/** What a rule is: which measurements make it speak, which question it answers, its sentence and its weight. */
import type { EvidenceLink, Finding, Question } from '../result/finding.ts';
import type { Result } from '../result/result.ts';

/** A rule as `findings.ts` lists them. */
export interface Rule {
  readonly kind: string;
  readonly question: Question;
  /** The heavier, the earlier its sentences stand. */
  readonly weight: number;
  /** Its sentences about a result; none where nothing was measured that it could speak of. */
  readonly tell: (result: Result) => readonly Sentence[];
}

export interface Sentence {
  readonly text: string;
  /** Indexes of the cases it is about. */
  readonly cases: readonly number[];
  /** Where the measurements behind it can be seen. */
  readonly evidence: readonly EvidenceLink[];
}

/** A rule in its two halves: `from` finds what was measured, `say` puts each of it into words. */
export function rule<Measured>({
  from,
  say,
  ...about
}: Omit<Rule, 'tell'> & {
  readonly from: (result: Result) => readonly Measured[];
  readonly say: (measured: Measured, result: Result) => Sentence;
}): Rule {
  return { ...about, tell: (result) => from(result).map((measured) => say(measured, result)) };
}

/** What the rules say of a result, the weightiest first; of one weight in the order of the rules. */
export function applyRules(rules: readonly Rule[], result: Result): Finding[] {
  return rules
    .toSorted((a, b) => b.weight - a.weight)
    .flatMap(({ kind, question, tell }) =>
      tell(result).map(({ text, cases, evidence }) => ({
        kind,
        text,
        cases: [...cases],
        question,
        evidence: [...evidence],
      })),
    );
}

/** The row of each case in the ranking. */
export function inRanking(cases: readonly number[]): readonly EvidenceLink[] {
  return cases.map((index) => ({ part: 'ranking', case: index }));
}
