import { expect, test } from 'vitest';
import { commonPace, paceOf } from '../../src/model/pace.ts';
import type { Case } from '../../src/model/result/case.ts';
import type { Result } from '../../src/model/result/result.ts';
import { GIB, MIB } from '../../src/model/units.ts';
import { anExperiment, aPlannedResult, aSample } from './fixtures.ts';

/** A run that has warmed up: each case took so long for its MiB. */
function warmedUp(wallOf: (one: Case) => number): Result {
  const planned = aPlannedResult(anExperiment({ kind: 'equal-rate' }));
  return {
    ...planned,
    cases: planned.cases.map((one) => ({ ...one, samples: [aSample(0, { wallNs: wallOf(one) })] })),
  };
}

test('the pace is half of what the slowest case did in its warm-up, in whole MiB', () => {
  // 1 MiB in 5 ms is 200 MiB/s, in 1 ms 1000.
  expect(commonPace(warmedUp((one) => (one.mode === 'sendfile' ? 5e6 : 1e6)))).toBe(100 * MIB);
  expect(commonPace(warmedUp((one) => (one.mode === 'sendfile' ? 7e6 : 1e6)))).toBe(71 * MIB);
  expect(commonPace(warmedUp(() => 1e9))).toBe(MIB / 2);
  expect(commonPace(warmedUp(() => 1e6 * GIB))).toBe(1);
});

test('cases that failed, rounds that count and transfers that took no time do not enter', () => {
  const all = warmedUp(() => 1e6);
  const failed = all.cases.map((one) => (one.mode === 'sendfile' ? { ...one, status: 'failed' as const } : one));
  const slow = failed.map((one) =>
    one.status === 'failed' ? { ...one, samples: [aSample(0, { wallNs: 1e9 })] } : one,
  );
  const counted = slow.map((one) => ({ ...one, samples: [...one.samples, aSample(1, { wallNs: 1e9 })] }));
  const instant = counted.map((one) => ({ ...one, samples: [...one.samples, aSample(0, { wallNs: 0 })] }));
  expect(commonPace({ ...all, cases: instant })).toBe(500 * MIB);
  expect(commonPace(aPlannedResult())).toBeNull();
});

test('a transfer is told of the pace once there is one', () => {
  expect(paceOf(aPlannedResult())).toEqual({});
  expect(paceOf({ ...aPlannedResult(), pacedBytesPerSecond: 5 })).toEqual({ bytesPerSecond: 5 });
});
