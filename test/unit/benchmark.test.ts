/** What the benchmark says of an earlier run on a machine of the same kind. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import {
  type Baseline,
  baselineSchema,
  changesInWords,
  changesSince,
  kindOf,
  newSince,
  updated,
} from '../bench/baseline.ts';
import type { Figure, Lasting } from '../bench/figures.ts';
import { ROOT } from './fixtures.ts';

const machine = { arch: 'x86_64', cpus: 2, cpu: 'AMD EPYC', virtualised: 'VM' };
const when = { date: '2026-11-21', commit: 'abc1234' };

function figure(what: string, lasting?: Lasting): Figure {
  return { what, measured: '', budget: null, pass: null, ...(lasting === undefined ? {} : { lasting }) };
}

/** A ratio known to within a share of itself. */
function ratio(median: number, within: number, better: Lasting['better'] = 'higher'): Lasting {
  return { median, low: median * (1 - within), high: median * (1 + within), better };
}

function judged(then: Lasting, now: Lasting): string {
  const stored = updated({ machine, figures: {} }, [figure('it', then)], when);
  return changesSince(stored, [figure('it', now)])
    .map(({ judgement }) => judgement)
    .join();
}

describe('a figure beside its stored one', () => {
  test.each([
    ['10 % less throughput, both known to 1 %', ratio(1, 0.01), ratio(0.9, 0.01), 'worse'],
    ['10 % more throughput', ratio(1, 0.01), ratio(1.1, 0.01), 'better'],
    ['10 % less, known to 5 %: nobody can tell', ratio(1, 0.05), ratio(0.9, 0.05), 'unsettled'],
    ['3 % less, both known to 0.5 %', ratio(1, 0.005), ratio(0.97, 0.005), 'same'],
    ['10 % more CPU time', ratio(1, 0.01, 'lower'), ratio(1.1, 0.01, 'lower'), 'worse'],
    ['10 % less CPU time', ratio(1, 0.01, 'lower'), ratio(0.9, 0.01, 'lower'), 'better'],
    ['a file that grew by 6 %', ratio(100, 0, 'lower'), ratio(106, 0, 'lower'), 'worse'],
    ['a file that grew by 4 %', ratio(100, 0, 'lower'), ratio(104, 0, 'lower'), 'same'],
    ['without an interval', { median: 1, low: null, high: null, better: 'higher' }, ratio(0.5, 0), 'unsettled'],
  ] as const)('%s', (_, then, now, judgement) => {
    expect(judged(then, now)).toBe(judgement);
  });
});

test('what got worse is named, with its change and whence the other figure is', () => {
  const baseline = updated(
    { machine, figures: {} },
    [figure('bundle', ratio(100, 0, 'lower')), figure('sendfile', ratio(1, 0.01))],
    when,
  );
  const now = [figure('bundle', ratio(110, 0, 'lower')), figure('sendfile', ratio(0.5, 0.01)), figure('activation')];
  expect(changesInWords(changesSince(baseline, now), newSince(baseline, now))).toBe(
    [
      'Worse by more than 5 %:',
      '- bundle: 1.100 of that of 2026-11-21, abc1234',
      '- sendfile: 0.500 (0.490 – 0.510) of that of 2026-11-21, abc1234',
      'Within 5 %: 0. The intervals cannot tell: 0. Without a stored figure: 0.',
    ].join('\n'),
  );
});

test('figures of one day are neither stored nor compared, new ones are counted', () => {
  const baseline: Baseline = { machine, figures: {} };
  const figures = [figure('activation'), figure('bundle', ratio(100, 0))];
  expect(Object.keys(updated(baseline, figures, when).figures)).toEqual(['bundle']);
  expect(changesSince(baseline, figures)).toEqual([]);
  expect(newSince(baseline, figures)).toEqual(['bundle']);
});

test('storing some figures leaves the others, with their own day', () => {
  const first = updated({ machine, figures: {} }, [figure('a', ratio(1, 0)), figure('b', ratio(1, 0))], when);
  const second = updated(first, [figure('b', ratio(2, 0))], { date: '2026-12-01', commit: 'def5678' });
  expect(second.figures).toMatchObject({
    a: { median: 1, date: '2026-11-21' },
    b: { median: 2, date: '2026-12-01', commit: 'def5678' },
  });
});

test.each([
  [machine, 'x86_64-2-cpus-amd-epyc-vm'],
  [
    { arch: 'x86_64', cpus: 8, cpu: 'Intel(R) Xeon(R) CPU @ 2.20GHz', virtualised: null },
    'x86_64-8-cpus-intel-r-xeon-r-cpu-2-20ghz',
  ],
])('%j is of kind %s', (each, kind) => {
  expect(kindOf(each)).toBe(kind);
});

test('every stored baseline is one, and named after its machine', () => {
  const folder = path.join(ROOT, 'test', 'bench', 'baselines');
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const baseline = v.parse(baselineSchema, JSON.parse(readFileSync(path.join(folder, name), 'utf8')));
    expect(name).toBe(`${kindOf(baseline.machine)}.json`);
    expect(Object.keys(baseline.figures)).not.toEqual([]);
  }
});
