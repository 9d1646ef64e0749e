/** What a result says, in sentences that its intervals support. */
import { headline } from './findings/headline.ts';
import { limits } from './findings/limits.ts';
import { unkept } from './findings/promises.ts';
import { missedRate } from './findings/rate.ts';
import { drifting, excluded } from './findings/steadiness.ts';
import { hazardFindings } from './hazards.ts';
import type { Finding, Result } from './result.ts';

/** The findings of a summarised result, the most important first. Never claims an order the intervals do not support. */
export function findingsOf(result: Result): readonly Finding[] {
  if (result.experiment.kind === 'hazards') return hazardFindings(result);
  return [
    headline(result),
    ...unkept(result),
    ...missedRate(result),
    ...excluded(result),
    ...drifting(result),
    ...limits(result),
  ];
}
