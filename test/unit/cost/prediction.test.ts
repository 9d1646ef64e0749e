import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  medianAbsoluteError,
  predictionErrors,
  predictionOf,
  withPredictions,
} from '../../../src/model/cost/prediction.ts';
import { flowFactsOf } from '../../../src/model/flowFacts.ts';
import { findMode, modesOfPath } from '../../../src/model/modes/catalogue.ts';
import type { Experiment } from '../../../src/model/result/experiment.ts';
import type { Calibration } from '../../../src/model/result/prediction.ts';
import type { Result } from '../../../src/model/result/result.ts';
import { MIB } from '../../../src/model/units.ts';
import { aCompleteResult, anExperiment, aPlannedResult, aSocketExperiment } from '../fixtures.ts';
import { aCalibration } from './calibration.ts';

const filesModes = modesOfPath('file-to-file').map(({ id }) => id);

function calibrated(experiment: Experiment, calibration: Calibration = aCalibration()): Result {
  return { ...aPlannedResult(experiment), calibration };
}

/** Predicted ns of each mode, whichever of its cases comes first. */
function totals(result: Result): Readonly<Record<string, number | null>> {
  return Object.fromEntries(
    result.cases.map(({ mode }, index) => [mode, predictionOf(result, index)?.totalNs ?? null]).reverse(),
  );
}

describe('read + write', () => {
  const only = (...keys: readonly string[]) => aCalibration((key) => (keys.includes(key) ? 1 : 0));
  const predicted = (calibration: Calibration) =>
    totals(calibrated(anExperiment({ modes: ['read-write'], bytes: MIB, buffers: [65536] }), calibration))[
      'read-write'
    ];

  test.each([
    ['system-call', 32],
    ['file-read', 16],
    ['file-write', 16],
    ['kernel-to-user-65536', MIB],
    ['user-to-kernel-65536', MIB],
    ['new-page-65536', 256],
    ['splice-read', 0],
  ])('has of %s so many: %d', (key, count) => {
    expect(predicted(only(key))).toBe(count);
  });

  test('is all of these together', () => {
    expect(predicted(aCalibration())).toBe(32 + 16 + 16 + 2 * MIB + 256);
  });
});

test('sendfile is one system call, and inside it batches of 64 KiB', () => {
  const keys = ['system-call', 'splice-read', 'splice-write'];
  const result = calibrated(
    anExperiment({ modes: ['sendfile'], bytes: MIB }),
    aCalibration((key) => (keys.includes(key) ? 1 : 0)),
  );
  expect(totals(result)['sendfile']).toBe(1 + 16 + 16);
});

test('the total is the sum of the parts', () => {
  const result = calibrated(anExperiment({ modes: filesModes, buffers: [5000, 65536] }));
  for (const index of result.cases.keys()) {
    const prediction = predictionOf(result, index);
    if (prediction === null) continue;
    expect(prediction.parts.reduce((sum, { ns }) => sum + ns, 0)).toBeCloseTo(prediction.totalNs, 3);
    for (const { unit } of prediction.parts) expect(result.calibration?.unitCosts).toHaveProperty([unit]);
  }
});

test('the steps share the total among themselves, each by its index in the flow here', () => {
  for (const experiment of [anExperiment({ modes: filesModes }), aSocketExperiment({ modes: ['mmap-write'] })]) {
    const result = calibrated(experiment);
    const predicted = result.cases.flatMap((one, index) => {
      const prediction = predictionOf(result, index);
      return prediction === null ? [] : [{ one, prediction }];
    });
    expect(predicted.length).toBeGreaterThan(0);
    for (const { one, prediction } of predicted) {
      expect(prediction.steps.reduce((sum, { ns }) => sum + ns, 0)).toBeCloseTo(prediction.totalNs, 3);
      const flow = findMode(one.mode)?.here(flowFactsOf(result, one.path));
      const steps = prediction.steps.map(({ step }) => flow?.steps[step]);
      // What comes later takes none of the time, and only one side is predicted.
      expect(steps.filter((step) => step === undefined || step.later)).toEqual([]);
      expect(new Set(steps.map((step) => step?.receiver ?? false)).size).toBe(1);
    }
  }
});

test('predictions are linear in the unit costs', () => {
  const experiment = anExperiment({ modes: filesModes, buffers: [512, 65536] });
  const cost = (seed: number) => (key: string) => ((key.length * 7919 + seed * 104729) % 1000) + 1;
  fc.assert(
    fc.property(fc.nat(1000), fc.nat(1000), fc.integer({ min: 1, max: 9 }), (one, other, factor) => {
      const [a, b, mixed] = [cost(one), cost(other), (key: string) => cost(one)(key) + factor * cost(other)(key)].map(
        (ns) => totals(calibrated(experiment, aCalibration(ns))),
      );
      for (const mode of filesModes) {
        const [left, right, sum] = [a?.[mode], b?.[mode], mixed?.[mode]];
        if (left == null || right == null || sum == null) expect([left, right, sum]).toEqual([null, null, null]);
        else expect(sum / (left + factor * right)).toBeCloseTo(1, 9);
      }
    }),
    { numRuns: 20 },
  );
});

test('predictions are linear in the bytes, but for what a transfer does once', () => {
  const at = (mebibytes: number) =>
    totals(calibrated(anExperiment({ modes: filesModes, bytes: mebibytes * MIB, buffers: [65536] })));
  const [one, two, three] = [at(1), at(2), at(3)];
  for (const mode of filesModes) {
    const [first, second, third] = [one[mode], two[mode], three[mode]];
    if (first == null || second == null || third == null) continue;
    expect(third - second).toBeCloseTo(second - first, 3);
  }
});

describe('no prediction', () => {
  const nulls = (result: Result) => Object.entries(totals(result)).filter(([, total]) => total === null);

  test('for devices, shared blocks, workers of io_uring and write-back', () => {
    const result = calibrated(anExperiment({ modes: filesModes }));
    expect(
      nulls(result)
        .map(([mode]) => mode)
        .sort(),
    ).toEqual([
      'direct',
      'io-uring',
      'io-uring-direct',
      'io-uring-fixed',
      'io-uring-splice',
      'read-write-dontcache',
      'reflink',
    ]);
  });

  test.each<Partial<Experiment>>([{ cache: 'cold' }, { durable: true }, { kind: 'objects' }, { kind: 'equal-rate' }])(
    'with %o',
    (changes) => {
      const result = calibrated(anExperiment(changes));
      expect(nulls(result)).toHaveLength(Object.keys(totals(result)).length);
    },
  );

  test('without a calibration', () => {
    const result = aPlannedResult(anExperiment());
    expect(nulls(result)).toHaveLength(3);
  });

  test('where the number of calls is not known', () => {
    // Neither a whole number of pages nor room to spare: a chunk may need a slot more than the pipe has.
    expect(totals(calibrated(anExperiment({ modes: ['splice'], buffers: [65535] })))['splice']).toBeNull();
  });
});

test('over a socket the busier of sender and receiver is predicted', () => {
  const experiment = aSocketExperiment({ modes: ['sendfile'], bytes: MIB });
  const withReceiver = (ns: number) =>
    predictionOf(
      calibrated(
        experiment,
        aCalibration((key) => (key === 'receive-copy' ? ns : 1)),
      ),
      0,
    );
  expect(withReceiver(0)?.parts.map(({ unit }) => unit)).toContain('socket-write');
  expect(withReceiver(1000)?.parts.map(({ unit }) => unit)).toContain('receive-copy');
  expect(withReceiver(1000)?.parts.map(({ unit }) => unit)).not.toContain('socket-write');
});

test('what the packets only refer to is copied from pages that are in no cache', () => {
  const experiment = aSocketExperiment({ modes: ['sendfile'], bytes: MIB });
  const calibration = aCalibration((key) => (key.startsWith('receive-') ? 1e6 : 1));
  const result = calibrated(experiment, calibration);
  const units = result.cases.map(({ mode }, index) => [
    mode,
    predictionOf(result, index)?.parts.find(({ unit }) => unit.startsWith('receive-')),
  ]);
  expect(Object.fromEntries(units)).toMatchObject({
    'read-write': { unit: 'receive-copy', count: MIB },
    sendfile: { unit: 'receive-page', count: 256 },
  });
});

describe('errors', () => {
  const wallNs = 4 * MIB;
  const result = withPredictions({ ...aCompleteResult(() => [wallNs, wallNs, wallNs]), calibration: aCalibration() });

  test('are relative to the median that was measured, and the rest is what is left of it', () => {
    const [first] = predictionErrors(result);
    const predictedNs = 2 * MIB + 32 + 16 + 16 + 256;
    expect(first).toEqual({
      case: 0,
      predictedNs,
      measuredNs: wallNs,
      restNs: wallNs - predictedNs,
      // By the fixture the CPU was busy for 1 ms of it.
      offCpuNs: wallNs - 1e6,
      relative: (predictedNs - wallNs) / wallNs,
    });
  });

  test('too much is as wrong as too little', () => {
    const errors = predictionErrors(result);
    const one = errors[0];
    if (one === undefined) throw new Error('nothing was predicted');
    expect(
      medianAbsoluteError([
        { ...one, relative: -0.5 },
        { ...one, relative: 0.1 },
        { ...one, relative: 0.2 },
      ]),
    ).toBe(0.2);
    expect(medianAbsoluteError([])).toBeNull();
  });

  test('are there only where both were', () => {
    expect(predictionErrors({ cases: [...aPlannedResult().cases] })).toEqual([]);
  });
});
