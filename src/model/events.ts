/**
 * A run as a stream of events. The journal on disk, the messages of the bench process and the live page all speak this
 * one union, and `applyEvent` is the only place that turns it into a result document.
 */
import { withReading } from './noiseReadings.ts';
import type { Case, Verified } from './result/case.ts';
import type { Evidence, Tier } from './result/evidence.ts';
import type { HazardReport } from './result/hazard.ts';
import type { LaboratoryInterface } from './result/network.ts';
import type { NoiseReading } from './result/noise.ts';
import type { Calibration } from './result/prediction.ts';
import type { Problem } from './result/problem.ts';
import type { Result } from './result/result.ts';
import type { Sample } from './result/sample.ts';
import type { CallLatency } from './result/summary.ts';

export type RunEvent =
  /** The document as planned: status `running`, every case `pending`. Always the first event. */
  | { readonly type: 'started'; readonly result: Result }
  /** What a case runs through, as the kernel told it. */
  | { readonly type: 'interface'; readonly case: number; readonly interface: LaboratoryInterface }
  | { readonly type: 'verified'; readonly case: number; readonly verified: Verified }
  | { readonly type: 'sample'; readonly case: number; readonly sample: Sample }
  | { readonly type: 'calibrated'; readonly calibration: Calibration }
  | { readonly type: 'not-calibrated'; readonly problem: Problem }
  | { readonly type: 'paced'; readonly bytesPerSecond: number }
  | { readonly type: 'noise'; readonly reading: NoiseReading }
  | { readonly type: 'latency'; readonly case: number; readonly latency: CallLatency[] }
  | { readonly type: 'tiers'; readonly tiers: Tier[] }
  | { readonly type: 'evidence'; readonly case: number; readonly evidence: Evidence }
  | { readonly type: 'hazard-met'; readonly case: number; readonly report: HazardReport }
  /** A case that will not run (again). */
  | {
      readonly type: 'case-ended';
      readonly case: number;
      readonly status: 'unsupported' | 'failed' | 'cancelled';
      readonly reason: Problem;
    }
  | { readonly type: 'round-ended'; readonly round: number }
  /** The finished document with summaries and findings. Always the last event of a run that ended by itself. */
  | { readonly type: 'finished'; readonly result: Result };

/** What a run is at, in this order; `hazards` is instead of all others after the first. */
export const PHASES = [
  'preparing',
  'calibrating',
  'verifying',
  'warm-up',
  'measuring',
  'latency',
  'evidence',
  'hazards',
] as const;
export type Phase = (typeof PHASES)[number];

/** Where a run stands; sent often, never stored. */
export interface Progress {
  /** 0 to 1, over all transfers of the run; with `rounds: auto` over those planned so far. */
  readonly fraction: number;
  readonly phase: Phase;
  /** Index of the current case, or null while preparing. */
  readonly case: number | null;
  readonly round: number | null;
  /** Throughput of the transfer under way, or null before its first bytes. */
  readonly mibPerSecond: number | null;
}

/** Where every run begins. */
export const FIRST_PROGRESS: Progress = {
  fraction: 0,
  phase: 'preparing',
  case: null,
  round: null,
  mibPerSecond: null,
};

/**
 * The document after one more event.
 * @param result the document so far, or null before `started`
 * @throws RangeError for an event of a case that does not exist, or for any event before `started`
 */
export function applyEvent(result: Result | null, event: RunEvent): Result {
  if (event.type === 'started' || event.type === 'finished') return event.result;
  if (result === null) throw new RangeError(`event "${event.type}" before "started"`);
  switch (event.type) {
    case 'interface':
      return withCase(result, event.case, (one) => ({ ...one, interface: event.interface }));
    case 'verified':
      return withCase(result, event.case, (one) => ({ ...one, verified: event.verified }));
    case 'sample':
      return withCase(result, event.case, (one) => ({ ...one, samples: [...one.samples, event.sample] }));
    case 'calibrated':
      return { ...result, calibration: event.calibration };
    case 'not-calibrated':
      return { ...result, calibrationProblem: event.problem };
    case 'paced':
      return { ...result, pacedBytesPerSecond: event.bytesPerSecond };
    case 'noise':
      return { ...result, noise: withReading(result.noise, event.reading) };
    case 'latency':
      return withCase(result, event.case, (one) => ({ ...one, latency: event.latency }));
    case 'tiers':
      return { ...result, tiers: event.tiers };
    case 'evidence':
      return withCase(result, event.case, (one) => ({ ...one, evidence: event.evidence }));
    case 'hazard-met':
      return withCase(result, event.case, (one) => ({
        ...one,
        hazard: one.hazard === null ? null : { ...one.hazard, report: event.report },
      }));
    case 'case-ended':
      return withCase(result, event.case, (one) => ({ ...one, status: event.status, reason: event.reason }));
    case 'round-ended':
      return result;
  }
}

function withCase(result: Result, index: number, change: (one: Case) => Case): Result {
  const old = result.cases[index];
  if (old === undefined) throw new RangeError(`event for case ${index} of ${result.cases.length}`);
  return { ...result, cases: result.cases.with(index, change(old)) };
}
