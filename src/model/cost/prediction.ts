/**
 * A case's time as the calibration predicts it: the steps of its flow, counted, times unit costs that were measured
 * apart from it. What it leaves out: waiting for the CPU, interrupts, whatever caches and predictors do differently
 * when steps follow each other, and write-back that the kernel begins meanwhile.
 */
import { medianSorted } from 'simple-statistics';
import { caseSettings } from '../caseSettings.ts';
import type { Flow, Step } from '../flow.ts';
import { flowFactsOf } from '../flowFacts.ts';
import type { CallSettings } from '../modes/calls.ts';
import { callSettingsOf, transferShape } from '../modes/calls.ts';
import { findMode } from '../modes/catalogue.ts';
import { sharesBlocks } from '../remarks.ts';
import type { Case } from '../result/case.ts';
import type { Calibration, Prediction } from '../result/prediction.ts';
import type { Result } from '../result/result.ts';
import { countedSamples } from '../summary.ts';
import type { StepContext } from './demands.ts';
import { accountOf } from './demands.ts';
import { priced } from './price.ts';

/** Packets of TCP over loopback, and with them what a receiver finds at a time. */
const PACKET_BYTES = 65536;

/** What the prediction of a case needs of the result it is in. */
type Setting = Pick<Result, 'experiment' | 'host' | 'receiverHost' | 'cases' | 'calibration'>;

/** The prediction of a case; null where there is no calibration, or a step that it knows no cost of. */
export function predictionOf(result: Setting, caseIndex: number): Prediction | null {
  const one = result.cases[caseIndex];
  return one === undefined || sharesBlocks(one) ? null : predict(result, one, callSettingsOf(one));
}

/** The prediction of a case as if its buffer were of this size; null for a mode that has none. */
export function predictionAt(result: Setting, one: Case, bufferBytes: number | null): Prediction | null {
  return predict(result, one, callSettingsOf({ ...one, bufferBytes, samples: [] }));
}

function predict(result: Setting, one: Case, settings: CallSettings): Prediction | null {
  const { calibration, experiment } = result;
  const mode = findMode(one.mode);
  // What opening, closing and setting up cost is not calibrated; neither is what fdatasync waits for, nor what a packet
  // costs that is cut on its way through a veth pair, nor another host and the way there; nor threads that share the CPUs,
  // nor sockets that are set otherwise.
  const calibrated =
    experiment.kind === 'measurement' &&
    !experiment.durable &&
    experiment.durationSeconds === null &&
    !['lab', 'host'].includes(experiment.target) &&
    caseSettings(one) === '';
  if (calibration === null || mode === undefined || !calibrated) return null;
  const shape = transferShape(mode, settings, one.bytes);
  if (shape.callsAtMost) return null;
  const flow = mode.here(flowFactsOf(result, one.path, one));
  const context: StepContext = {
    shape,
    callBytes: shape.calls === 0 ? 0 : Math.ceil(shape.bytes / shape.calls),
    receiverBytes: Math.min(experiment.receiver?.bufferBytes ?? PACKET_BYTES, PACKET_BYTES),
    lent: flow.steps.some((step) => step.kind === 'page-reference' && step.to === 'socket-buffer'),
  };
  return busierSide(flow, context, calibration);
}

/**
 * Sender and receiver work at the same time, each on a CPU of its own, so that the time is that of the one who has more
 * to do. What one waits for the other is left out, and so is sharing a CPU.
 */
function busierSide(flow: Flow, context: StepContext, calibration: Calibration): Prediction | null {
  const steps = flow.steps.map((step, index) => ({ step, index }));
  const sides = [false, true].map((receiver) =>
    total(
      steps.filter(({ step }) => (step.receiver ?? false) === receiver),
      context,
      calibration,
    ),
  );
  const [sender, receiver] = sides;
  if (sender == null || receiver == null) return null;
  return sender.totalNs >= receiver.totalNs ? sender : receiver;
}

interface Numbered {
  readonly step: Step;
  readonly index: number;
}

function total(side: readonly Numbered[], context: StepContext, calibration: Calibration): Prediction | null {
  const sums = new Map<string, { count: number; ns: number }>();
  const steps: Prediction['steps'] = [];
  for (const { step, index } of side) {
    const account = accountOf(step, context);
    if ('unpredictable' in account) return null;
    let stepNs = 0;
    for (const demand of account.demands) {
      const parts = priced(demand, calibration);
      if (parts === null) return null;
      for (const { unit, count, ns } of parts) {
        const sum = sums.get(unit) ?? { count: 0, ns: 0 };
        sums.set(unit, { count: sum.count + count, ns: sum.ns + ns });
        stepNs += ns;
      }
    }
    // What is in the cost of another step, or comes later, has none of its own.
    if (account.demands.length > 0) steps.push({ step: index, ns: stepNs });
  }
  const parts = [...sums].map(([unit, { count, ns }]) => ({ unit, count, ns })).filter(({ count }) => count > 0);
  return { totalNs: parts.reduce((sum, { ns }) => sum + ns, 0), parts, steps };
}

/** The result with the prediction of each case. */
export function withPredictions(result: Result): Result {
  return { ...result, cases: result.cases.map((one, index) => ({ ...one, predicted: predictionOf(result, index) })) };
}

export interface PredictionError {
  /** Index into the cases. */
  readonly case: number;
  readonly predictedNs: number;
  /** Median of the counted rounds. */
  readonly measuredNs: number;
  /** Measured less predicted; below 0 where the prediction is too long. */
  readonly restNs: number;
  /**
   * Of the measured time, what the sender was on no CPU: on a busy host most of the rest. Null where it also waits for a
   * receiver, and without samples.
   */
  readonly offCpuNs: number | null;
  /** (predicted - measured) / measured. */
  readonly relative: number;
}

/** How far each prediction is from the median that was measured; cases without either are left out. */
export function predictionErrors({ cases }: Pick<Result, 'cases'>): readonly PredictionError[] {
  return cases.flatMap((one, index): PredictionError[] => {
    const measuredNs = one.summary?.wallNs.median;
    if (one.predicted === null || measuredNs === undefined || measuredNs === 0) return [];
    const predictedNs = one.predicted.totalNs;
    return [
      {
        case: index,
        predictedNs,
        measuredNs,
        restNs: measuredNs - predictedNs,
        offCpuNs: one.path === 'file-to-file' ? offCpu(one) : null,
        relative: (predictedNs - measuredNs) / measuredNs,
      },
    ];
  });
}

function offCpu(one: Case): number | null {
  const times = countedSamples(one).map(({ wallNs, sender }) => Math.max(0, wallNs - sender.cpuNs));
  return times.length === 0 ? null : medianSorted(times.sort((a, b) => a - b));
}

/** Median of the absolute relative errors; null without any. */
export function medianAbsoluteError(errors: readonly PredictionError[]): number | null {
  if (errors.length === 0) return null;
  return medianSorted(errors.map(({ relative }) => Math.abs(relative)).sort((a, b) => a - b));
}
