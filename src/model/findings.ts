/** What a result says, in sentences that its measurements support: one list of rules, and what comes of them. */
import { costModelRules } from './cost/findings.ts';
import { evidenceRules } from './evidence/findings.ts';
import { cannotTellRules } from './findings/cannotTell.ts';
import { coldnessRules } from './findings/coldness.ts';
import { cpuCostRules } from './findings/cpuCost.ts';
import { headlineRules } from './findings/headline.ts';
import { hostLimitRules } from './findings/hostLimits.ts';
import { laboratoryRules } from './findings/laboratory.ts';
import { linkRules } from './findings/link.ts';
import { promiseRules } from './findings/promises.ts';
import { rateRules } from './findings/rate.ts';
import { applyRules, type Rule } from './findings/rule.ts';
import { steadinessRules } from './findings/steadiness.ts';
import { throughSshRules } from './findings/throughSsh.ts';
import { hazardRules } from './hazards.ts';
import { noiseRules } from './noise.ts';
import type { Finding } from './result/finding.ts';
import type { Result } from './result/result.ts';

/** The rules for everything that is measured. Those of one weight speak in this order. */
export const MEASUREMENT_RULES: readonly Rule[] = [
  ...throughSshRules,
  ...promiseRules,
  ...laboratoryRules,
  ...evidenceRules,
  ...headlineRules,
  ...cpuCostRules,
  ...linkRules,
  ...steadinessRules,
  ...coldnessRules,
  ...rateRules,
  ...noiseRules,
  ...cannotTellRules,
  ...hostLimitRules,
  ...costModelRules,
];

/**
 * The findings of a summarised result, the weightiest first: what contradicts the diagrams leads. Never claims an order
 * the intervals do not support. Nothing is measured where hazards are met, so other rules speak of those.
 */
export function findingsOf(result: Result): Finding[] {
  return applyRules(result.experiment.kind === 'hazards' ? hazardRules : MEASUREMENT_RULES, result);
}
