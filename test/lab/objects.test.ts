import { describe, expect, test } from 'vitest';
import { FILE_PATHS } from '../../src/model/paths.ts';
import { baselineOf } from '../../src/model/plan.ts';
import { KIB } from '../../src/model/units.ts';
import { Workplace } from './lab.ts';

describe.each(FILE_PATHS)('many files of each size, %s', (path) => {
  test('are all moved, and verified, by every mode of the preset', async () => {
    const place = new Workplace();
    const args = ['--path', path, '--objects', '4KiB,100,64KiB', '--size', '128KiB', '--rounds', '2', '--quiet'];
    expect(await place.run(['run', ...args])).toMatchObject({ code: 0, stderr: '' });
    const { cases, experiment } = place.result();
    expect(experiment).toMatchObject({ kind: 'objects', objectSizes: [4 * KIB, 100, 64 * KIB] });
    const counts: Record<number, number> = { 100: 1311, [4 * KIB]: 32, [64 * KIB]: 2 };
    for (const one of cases) {
      const { objectBytes, objectCount } = one.options as { objectBytes: number; objectCount: number };
      const name = `${one.mode} ${objectBytes}`;
      expect(objectCount, name).toBe(counts[objectBytes]);
      expect(one, name).toMatchObject({ status: 'ok', bytes: objectBytes * objectCount, verified: { ok: true } });
      expect(one.samples, name).toHaveLength(3);
      // Every object is opened within the window.
      for (const { sender } of one.samples) {
        const calls = Object.values(sender.calls).reduce((sum, count) => sum + count, 0);
        expect(calls, name).toBeGreaterThanOrEqual(2 * objectCount);
      }
      const baseline = baselineOf(cases, one);
      if (baseline !== null) expect(cases[baseline]?.options['objectBytes']).toBe(objectBytes);
    }
    expect(cases.filter((one) => one.control)).toHaveLength(1);
  });
});

test('a cold run drops every one of them', async () => {
  const place = new Workplace();
  await place.run(['run', '--objects', '64KiB', '--size', '1MiB', '--rounds', '1', '--cache', 'cold', '--quiet']);
  const result = place.result();
  const residency = result.host.filesystem.type === 'tmpfs' ? 1 : 0;
  for (const { samples } of result.cases) for (const sample of samples) expect(sample.residency).toBe(residency);
});
