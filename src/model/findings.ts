/** What a result says, in sentences that its measurements support. */
import { costFindings } from './cost/findings.ts';
import { CONTRADICTION, evidenceFindings } from './evidence/findings.ts';
import { unknownColdness } from './findings/coldness.ts';
import { headline } from './findings/headline.ts';
import { limits } from './findings/limits.ts';
import { unkept } from './findings/promises.ts';
import { missedRate } from './findings/rate.ts';
import { drifting, excluded } from './findings/steadiness.ts';
import { hazardFindings } from './hazards.ts';
import { noiseWarnings } from './noise.ts';
import type { Finding, Result } from './result.ts';

/**
 * The findings of a summarised result, the most important first: what contradicts the diagrams leads. Never claims an
 * order the intervals do not support.
 */
export function findingsOf(result: Result): readonly Finding[] {
  if (result.experiment.kind === 'hazards') return hazardFindings(result);
  const evidence = evidenceFindings(result);
  return [
    ...evidence.filter(({ kind }) => kind === CONTRADICTION),
    headline(result),
    ...evidence.filter(({ kind }) => kind !== CONTRADICTION),
    ...unkept(result),
    ...costFindings(result),
    ...missedRate(result),
    ...excluded(result),
    ...unknownColdness(result),
    ...drifting(result),
    ...noiseWarnings(result),
    ...limits(result),
  ];
}
