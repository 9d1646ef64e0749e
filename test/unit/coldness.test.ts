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
  expect(exclusionOf(cache, residency)).toBe(excluded);
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
