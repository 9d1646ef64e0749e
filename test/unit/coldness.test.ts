import { expect, test } from 'vitest';
import { exclusionOf } from '../../src/model/exclusion.ts';
import { coldnessRules } from '../../src/model/findings/coldness.ts';
import { applyRules } from '../../src/model/findings/rule.ts';
import type { Experiment } from '../../src/model/result/experiment.ts';
import { anExperiment, aPlannedResult, aSample } from './fixtures.ts';

test.each([
  ['cold', 0, null],
  ['cold', 0.01, null],
  ['cold', 0.011, 'not-cold'],
  ['cold', 1, 'not-cold'],
  ['cold', null, null],
  ['warm', 1, null],
  ['warm', 0, null],
] as const)('%s with residency %s: %s', (cache, residency, excluded) => {
  expect(exclusionOf(cache, residency, 250)).toBe(excluded);
});

test('a transfer during which the process did not get to run for a second does not count, warm or cold', () => {
  expect(exclusionOf('warm', 1, 999)).toBeNull();
  expect(exclusionOf('warm', 1, 1000)).toBe('held-up');
  expect(exclusionOf('cold', 1, 10_000)).toBe('held-up');
});

test('a cold run of which nobody can say that it was says so', () => {
  const told = (residency: number | null, changes: Partial<Experiment>) => {
    const planned = aPlannedResult(anExperiment({ cache: 'cold', ...changes }));
    const cases = planned.cases.map((one, index) => ({
      ...one,
      samples: [aSample(0, { residency: null }), aSample(1, { residency: index === 1 ? residency : 0 })],
    }));
    return applyRules(coldnessRules, { ...planned, cases });
  };
  const file = { source: { kind: 'file', path: '/data/of-others' } } as const;
  expect(told(null, file)).toMatchObject([
    { kind: 'coldness-unknown', text: expect.stringContaining('/data/of-others'), cases: [1] },
  ]);
  expect(told(null, {})).toMatchObject([{ kind: 'coldness-unknown', cases: [1] }]);
  expect(told(0, file)).toEqual([]);
  expect(told(null, { ...file, cache: 'warm' })).toEqual([]);
  expect(told(null, { path: 'process-to-process' })).toEqual([]);
});
