import { describe, expect, test } from 'vitest';
import type { Case } from '../../src/model/result/case.ts';
import type { Result } from '../../src/model/result/result.ts';
import type { Sample } from '../../src/model/result/sample.ts';
import { isSettled, withSettled } from '../../src/model/stopRule.ts';
import { aCost, anExperiment, aPlannedResult, aSample, withSamples } from './fixtures.ts';

/** Six values whose interval is this wide, half and relative to their median. */
function sixWithin(halfWidth: number): readonly number[] {
  return [1 - halfWidth, 1, 1, 1, 1, 1 + halfWidth].map((share) => Math.round(1e8 * share));
}

const auto = aPlannedResult(anExperiment({ rounds: 'auto' }));

function settledBy(result: Result): readonly (boolean | null)[] {
  return withSettled(result).cases.map((one) => one.settled);
}

function withCases(result: Result, change: (one: Case) => Partial<Case>): Result {
  return { ...result, cases: result.cases.map((one) => ({ ...one, ...change(one) })) };
}

describe('rounds: auto', () => {
  test('is settled when the interval of every case is within 3 %', () => {
    expect(isSettled(withSamples(auto, () => sixWithin(0.029)))).toBe(true);
    expect(isSettled(withSamples(auto, (one) => sixWithin(one.mode === 'sendfile' ? 0.032 : 0.001)))).toBe(false);
  });

  test('is not settled by five rounds, however alike: they have no interval', () => {
    expect(isSettled(withSamples(auto, () => Array(5).fill(1e8)))).toBe(false);
    expect(isSettled(withSamples(auto, () => Array(6).fill(1e8)))).toBe(true);
  });

  test('does not wait for a case that has ended, nor for one that moves no data', () => {
    const noisy = withSamples(auto, (one) => sixWithin(one.mode === 'sendfile' ? 0.5 : 0.001));
    const ended = (status: Case['status']) => withCases(noisy, (one) => (one.mode === 'sendfile' ? { status } : {}));
    expect(isSettled(ended('pending'))).toBe(false);
    expect(isSettled(ended('failed'))).toBe(true);
    expect(isSettled(withCases(noisy, (one) => (one.mode === 'sendfile' ? { mode: 'reflink' } : {})))).toBe(true);
  });

  test('leaves out what was excluded', () => {
    const wild: Sample = aSample(7, { wallNs: 9e9, excluded: 'not-cold' });
    const steady = withSamples(auto, () => Array(6).fill(1e8));
    expect(isSettled(withCases(steady, (one) => ({ samples: [...one.samples, wild] })))).toBe(true);
    expect(isSettled(withCases(steady, (one) => ({ samples: one.samples.slice(1).concat(wild) })))).toBe(false);
  });

  test('says of every case whether it is settled, and nothing where nothing was measured', () => {
    const halves: Record<string, readonly number[]> = { 'read-write': sixWithin(0.01), 'mmap-write': sixWithin(0.1) };
    expect(settledBy(withSamples(auto, (one) => halves[one.mode] ?? []))).toEqual([true, true, false, null]);
  });
});

describe('at an equal rate', () => {
  const paced = aPlannedResult(anExperiment({ kind: 'equal-rate', rounds: 'auto' }));
  const measured = (walls: readonly number[], cpus: readonly number[], receivers: readonly number[]) =>
    withCases(paced, () => ({
      samples: walls.map((wallNs, i) =>
        aSample(i + 1, {
          wallNs,
          sender: aCost({ cpuNs: cpus[i] as number }),
          receiver: aCost({ cpuNs: receivers[i] as number }),
        }),
      ),
    }));

  test('the CPU time of both sides counts, not the wall time', () => {
    const [calm, wild] = [sixWithin(0.01), sixWithin(0.3)];
    expect(isSettled(measured(wild, calm, calm))).toBe(true);
    expect(isSettled(measured(calm, wild, calm))).toBe(false);
    expect(isSettled(measured(calm, calm, wild))).toBe(false);
  });
});

test('a fixed number of rounds is neither settled nor not', () => {
  expect(settledBy(withSamples(aPlannedResult(), () => sixWithin(0.5)))).toEqual([null, null, null, null]);
});
