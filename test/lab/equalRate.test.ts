import { describe, expect, test } from 'vitest';
import { PATHS } from '../../src/model/paths.ts';
import { countedSamples } from '../../src/model/summary.ts';
import { MIB } from '../../src/model/units.ts';
import { Workplace } from './lab.ts';

describe.each(PATHS)('at an equal rate, %s', (path) => {
  test('no counted transfer of any mode is faster than the rate', async () => {
    const place = new Workplace();
    const args = ['--path', path, '--rate', '80MiB', '--size', '8MiB', '--rounds', '1', '--quiet'];
    expect(await place.run(['run', ...args])).toMatchObject({ code: 0, stderr: '' });
    const result = place.result();
    expect(result).toMatchObject({ status: 'complete', pacedBytesPerSecond: 80 * MIB });
    for (const one of result.cases) {
      if (one.mode === 'reflink') {
        expect(one).toMatchObject({ status: 'unsupported', reason: { code: 'moves-no-data' }, samples: [] });
        continue;
      }
      if (one.status === 'unsupported') continue;
      // A sender sleeps when it is ahead by 1 ms or more, and is done after its last call.
      const least = (one.bytes / (80 * MIB)) * 1e9;
      for (const { wallNs } of countedSamples(one)) expect(wallNs, one.mode).toBeGreaterThan(0.85 * least);
      expect(one.latency, one.mode).not.toBeNull();
    }
  });
});

test('the rate it finds is half of what the slowest case did before it was paced', async () => {
  const place = new Workplace();
  const args = ['--rate', 'auto', '--size', '4MiB', '--rounds', '1', '--modes', 'read-write,sendfile', '--quiet'];
  await place.run(['run', ...args, '--no-latency']);
  const { cases, pacedBytesPerSecond } = place.result();
  const slowest = Math.min(...cases.map((one) => one.bytes / ((one.samples[0]?.wallNs ?? 0) / 1e9)));
  expect(pacedBytesPerSecond).toBe(Math.floor(slowest / 2 / MIB) * MIB);
});
