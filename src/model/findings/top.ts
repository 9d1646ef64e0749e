/** Which findings stand at the top of a page: at most five, that answer different questions. */
import type { Finding, Question } from '../result/finding.ts';

const MOST_AT_TOP = 5;

/** The order in which questions get a place; so what a run cannot tell has one before what held a mode back. */
const PLACES: readonly Question[] = ['contradiction', 'won', 'cost', 'caution', 'cannot-tell', 'limit', 'confirmed'];

export interface Arranged {
  readonly top: readonly Finding[];
  readonly rest: readonly Finding[];
}

/**
 * Every question gets a place for its weightiest finding, in the order of `PLACES`; places that are left go to second
 * ones in the same order. Both lists keep the order of the findings, where contradictions lead.
 * @param findings the weightiest first
 */
export function arrange(findings: readonly Finding[]): Arranged {
  const nth = (place: number) =>
    PLACES.flatMap((question) => findings.filter((each) => each.question === question)[place] ?? []);
  const chosen = new Set([...nth(0), ...nth(1)].slice(0, MOST_AT_TOP));
  return { top: findings.filter((each) => chosen.has(each)), rest: findings.filter((each) => !chosen.has(each)) };
}
