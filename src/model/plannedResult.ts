/** The document of a run before anything was measured. */
import { planCases } from './plan.ts';
import type { Result } from './result/result.ts';
import { RESULT_FORMAT, RESULT_VERSION } from './resultFormat.ts';

/** What is known of a run when it begins. */
export type Plan = Pick<Result, 'id' | 'startedAt' | 'tool' | 'process' | 'experiment' | 'host'> &
  Partial<Pick<Result, 'receiverHost'>>;

/** Status `running`, every case `pending`. */
export function plannedResult(plan: Plan): Result {
  return {
    receiverHost: null,
    ...plan,
    format: RESULT_FORMAT,
    version: RESULT_VERSION,
    endedAt: null,
    status: 'running',
    reason: null,
    label: null,
    winner: null,
    cases: [...planCases(plan.experiment)],
    noiseFloor: null,
    calibration: null,
    calibrationProblem: null,
    tiers: null,
    noise: [],
    crossovers: [],
    pacedBytesPerSecond: null,
    findings: [],
  };
}
