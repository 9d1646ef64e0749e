/** A bench process that is killed in each phase of its run. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readResult } from '../../src/lab/resultFile.ts';
import { PHASES } from '../../src/model/events.ts';
import { aCompleteResult } from '../unit/fixtures.ts';
import { preloaded, Workplace } from './lab.ts';
import { disturbIn, expectKilled } from './phases.ts';
import { addEarlier, fileOf, leftBy, MEETS, meet } from './underWay.ts';

describe('a bench process that gets SIGKILL', () => {
  test.each(PHASES)('%s: that is said, and what was measured is kept', async (phase) => {
    const met = await disturbIn(phase, new Workplace(), (bench) => process.kill(bench, 'SIGKILL'));
    expectKilled(met, phase, 'SIGKILL');
  });

  test('while it gives the finished result its name: the journal has all of it', async () => {
    const place = new Workplace();
    const earlier = addEarlier(place, aCompleteResult());
    const before = readFileSync(earlier);
    const request = { ...MEETS.measuring, size: '1MiB' };
    const { outcome } = await meet(place, { request, phase: null }, () => undefined, {
      LD_PRELOAD: preloaded(place, 'die_naming.c'),
    });
    expect(outcome).toMatchObject({ kind: 'died', problem: { code: 'SIGKILL' } });
    const result = readResult(fileOf(place));
    if (!result.ok) throw new Error(result.problem.message);
    expect(result.value).toMatchObject({ status: 'partial', reason: { code: 'SIGKILL' } });
    for (const one of result.value.cases) expect(one.samples).toHaveLength(2);
    expect(leftBy(place)).toEqual([path.basename(earlier), path.basename(fileOf(place))]);
    expect(readFileSync(earlier).equals(before)).toBe(true);
  });
});
