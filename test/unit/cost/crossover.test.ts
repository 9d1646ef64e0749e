import { describe, expect, test } from 'vitest';
import { crossoversOf } from '../../../src/model/cost/crossover.ts';
import { costModelRules } from '../../../src/model/cost/findings.ts';
import { applyRules } from '../../../src/model/findings/rule.ts';
import type { Case } from '../../../src/model/result/case.ts';
import type { Experiment } from '../../../src/model/result/experiment.ts';
import type { Calibration } from '../../../src/model/result/prediction.ts';
import type { Result } from '../../../src/model/result/result.ts';
import { KIB, MIB } from '../../../src/model/units.ts';
import { aCompleteResult, anExperiment } from '../fixtures.ts';
import { aCalibration } from './calibration.ts';

const BUFFERS = [4 * KIB, 16 * KIB, 64 * KIB, 256 * KIB];
const ROUNDS = [1, 1.001, 0.999, 1.002, 0.998, 1, 1];

/** @param speed of a case beside a baseline that is as fast everywhere, 1 */
function measured(
  mode: string,
  speed: (bufferBytes: number | null) => number,
  calibration: Calibration | null = null,
  changes: Partial<Experiment> = {},
): Result {
  const experiment = anExperiment({ modes: ['read-write', mode], buffers: BUFFERS, ...changes });
  const walls = (one: Case) => ROUNDS.map((noise) => (1e6 * noise) / (one.mode === mode ? speed(one.bufferBytes) : 1));
  return { ...aCompleteResult(walls, experiment), calibration };
}

describe('measured', () => {
  test('a mode that wins from a size on', () => {
    const result = measured('mmap-write', (bytes) => ((bytes ?? 0) >= 64 * KIB ? 1.5 : 0.8));
    expect(crossoversOf(result)).toEqual([
      {
        mode: 'mmap-write',
        baseline: 'read-write',
        over: 'buffer',
        wins: 'from',
        predictedBytes: null,
        measured: { above: 16 * KIB, upTo: 64 * KIB },
      },
    ]);
    expect(applyRules(costModelRules, { ...result, crossovers: crossoversOf(result) }).map(({ text }) => text)).toEqual(
      ['From 64 KiB buffers on, mmap + write beats read + write here.'],
    );
  });

  test('a mode that wins up to a size', () => {
    const result = measured('mmap-write', (bytes) => ((bytes ?? 0) <= 16 * KIB ? 1.5 : 0.8));
    expect(crossoversOf(result)).toMatchObject([{ wins: 'up-to', measured: { above: 16 * KIB, upTo: 64 * KIB } }]);
    expect(applyRules(costModelRules, { ...result, crossovers: crossoversOf(result) }).map(({ text }) => text)).toEqual(
      ['Up to 16 KiB buffers, mmap + write beats read + write here.'],
    );
  });

  test.each([
    ['wins everywhere', () => 1.5],
    ['wins nowhere', () => 0.8],
    ['comes and goes', (bytes: number | null) => (bytes === 16 * KIB ? 1.5 : 0.8)],
  ])('nothing turns where it %s', (_, speed) => {
    expect(crossoversOf(measured('mmap-write', speed))).toEqual([]);
  });

  test('a difference that the noise floor swallows is no winning', () => {
    expect(crossoversOf(measured('mmap-write', (bytes) => ((bytes ?? 0) >= 64 * KIB ? 1.01 : 0.8)))).toEqual([]);
  });

  test('a mode without a buffer is held against every buffer of the baseline', () => {
    const experiment = anExperiment({ modes: ['read-write', 'sendfile'], buffers: BUFFERS });
    const walls = (one: Case) =>
      ROUNDS.map((noise) => noise * (one.mode === 'sendfile' ? 1e6 : (one.bufferBytes ?? 0) <= 16 * KIB ? 2e6 : 0.5e6));
    expect(crossoversOf(aCompleteResult(walls, experiment))).toMatchObject([
      { mode: 'sendfile', wins: 'up-to', measured: { above: 16 * KIB, upTo: 64 * KIB } },
    ]);
  });

  test('one buffer has nothing to turn between', () => {
    expect(crossoversOf(measured('mmap-write', () => 1.5, null, { buffers: [64 * KIB] }))).toEqual([]);
  });
});

describe('predicted', () => {
  // A read costs 1 ns a call, and 1 MiB that is mapped costs 16 windows of 2 ns each: alike at 32 calls, at 32 KiB.
  const calibration = aCalibration((key) => (key === 'file-read' ? 1 : key.startsWith('fault-in-write') ? 2 : 0));

  test('between the sizes that ran', () => {
    const result = measured('mmap-write', (bytes) => ((bytes ?? 0) <= 16 * KIB ? 1.5 : 0.8), calibration, {
      bytes: MIB,
    });
    const [crossover] = crossoversOf(result);
    expect(crossover).toMatchObject({ wins: 'up-to', measured: { above: 16 * KIB, upTo: 64 * KIB } });
    expect((crossover?.predictedBytes ?? 0) / (32 * KIB)).toBeGreaterThan(0.97);
    expect((crossover?.predictedBytes ?? 0) / (32 * KIB)).toBeLessThan(1.001);
    expect(applyRules(costModelRules, { ...result, crossovers: crossoversOf(result) })[0]?.text).toMatch(
      /^Up to 16 KiB buffers, mmap \+ write beats read \+ write here \(predicted: up to 3[12](\.\d)? KiB\)\.$/,
    );
  });

  test('and nothing measured is no finding', () => {
    const result = measured('mmap-write', () => 1.5, calibration, { bytes: MIB });
    expect(crossoversOf(result)).toMatchObject([{ wins: 'up-to', measured: null }]);
    expect(applyRules(costModelRules, { ...result, crossovers: crossoversOf(result) })).toEqual([]);
  });

  test('the other way round than measured is no prediction of it', () => {
    const result = measured('mmap-write', (bytes) => ((bytes ?? 0) >= 64 * KIB ? 1.5 : 0.8), calibration, {
      bytes: MIB,
    });
    expect(crossoversOf(result)).toMatchObject([{ wins: 'from', predictedBytes: null }]);
  });

  test('to win everywhere is to win from the smallest size on', () => {
    const cheap = aCalibration((key) => (key === 'file-read' ? 1 : 0));
    expect(crossoversOf(measured('mmap-write', () => 1.5, cheap, { bytes: MIB }))).toMatchObject([
      { wins: 'from', predictedBytes: 4 * KIB, measured: null },
    ]);
  });
});

describe('over the sizes of objects', () => {
  const sizes = [4 * KIB, 64 * KIB, MIB];

  /** A case for every size of objects, as an experiment of that kind has. */
  function ofObjects(speed: (objectBytes: number) => number): Result {
    const plain = measured('sendfile', () => 1, null, { buffers: [64 * KIB] });
    const cases = plain.cases.flatMap((one) =>
      sizes.map((objectBytes): Case => {
        const factor = one.mode === 'sendfile' ? speed(objectBytes) : 1;
        const samples = one.samples.map((sample) => ({ ...sample, wallNs: Math.round(sample.wallNs / factor) }));
        return { ...one, options: { objectBytes }, samples };
      }),
    );
    return { ...plain, cases, experiment: { ...plain.experiment, kind: 'objects', objectSizes: sizes } };
  }

  test('a mode that wins from a size on', () => {
    const result = ofObjects((bytes) => (bytes >= 64 * KIB ? 1.5 : 0.8));
    expect(crossoversOf(result)).toMatchObject([
      { over: 'object', wins: 'from', predictedBytes: null, measured: { above: 4 * KIB, upTo: 64 * KIB } },
    ]);
    expect(applyRules(costModelRules, { ...result, crossovers: crossoversOf(result) }).map(({ text }) => text)).toEqual(
      ['From files of 64 KiB on, sendfile beats read + write here.'],
    );
  });
});

test.each<Experiment['kind']>(['equal-rate', 'hazards'])('there is none in an experiment of kind %s', (kind) => {
  const result = measured('mmap-write', (bytes) => ((bytes ?? 0) >= 64 * KIB ? 1.5 : 0.8));
  expect(crossoversOf({ ...result, experiment: { ...result.experiment, kind } })).toEqual([]);
});
