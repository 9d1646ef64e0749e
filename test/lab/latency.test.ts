import { describe, expect, test } from 'vitest';
import { PATHS } from '../../src/model/paths.ts';
import { countedSamples } from '../../src/model/summary.ts';
import { Workplace, whether } from './lab.ts';

describe.each(PATHS)('the latency of single calls, %s', (path) => {
  test('is that of as many calls as a transfer makes, in order, and not of the samples', async () => {
    const place = new Workplace();
    const args = ['--path', path, '--size', '1MiB', '--rounds', '2', '--quiet'];
    const ended = await place.run(['run', ...args, '--latency', '--json', 'with.json']);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    for (const one of place.read('with.json').cases) {
      expect(countedSamples(one)).toHaveLength(2);
      expect(one.latency?.length).toBeGreaterThan(0);
      for (const { call, count, p50Ns, p99Ns, p999Ns, maxNs } of one.latency ?? []) {
        expect(count, `${one.mode} ${call}`).toBeGreaterThan(0);
        expect([p50Ns, p99Ns, p999Ns, maxNs]).toEqual([p50Ns, p99Ns, p999Ns, maxNs].sort((a, b) => a - b));
      }
      // Files are not waited for, so that every transfer makes the same calls.
      if (path !== 'file-to-file') continue;
      const timed = Object.fromEntries((one.latency ?? []).map(({ call, count }) => [call, count]));
      for (const { sender } of one.samples) expect(timed).toEqual(sender.calls);
    }
    await place.run(['run', ...args, '--no-latency', '--json', 'without.json']);
    for (const one of place.read('without.json').cases) expect(one.latency).toBeNull();
  });
});

test('a cancel in a later pass keeps all that was timed', async () => {
  const place = new Workplace();
  const running = place.start(['run', '--modes', 'all', '--size', '32MiB', '--rounds', '1', '--latency', '--quiet']);
  await running.until('a latency', () => whether(place.journal().some(({ type }) => type === 'latency')));
  running.kill('SIGINT');
  expect((await running.ended).code).toBe(130);
  const result = place.result();
  expect(result).toMatchObject({ status: 'partial', reason: { code: 'cancelled' } });
  const measured = result.cases.filter((one) => one.status !== 'unsupported');
  for (const one of measured) expect(one.samples.map(({ round }) => round)).toEqual([0, 1]);
  expect(measured.some((one) => one.latency !== null)).toBe(true);
  expect(measured.some((one) => one.latency === null)).toBe(true);
});
