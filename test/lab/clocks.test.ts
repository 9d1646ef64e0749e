/** Times that are not what they seem: a wall clock that jumps, a process that is stopped in the middle. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseResult } from '../../src/lab/resultFile.ts';
import type { Result } from '../../src/model/result/result.ts';
import { countedSamples } from '../../src/model/summary.ts';
import { bytesReadBy, preloading, Workplace, whether } from './lab.ts';

const HOUR_MS = 3_600_000;
const HOUR_NS = HOUR_MS * 1e6;
const STOPPED_MS = 10_000;

function result(place: Workplace): Result {
  const read = parseResult(readFileSync(place.path('out.json'), 'utf8'), 'out.json');
  if (!read.ok) throw new Error(read.problem.message);
  return read.value;
}

test.each([
  ['file-to-file', []],
  ['file-to-socket', ['--rate', 'auto']],
] as const)('a wall clock that jumps by two days at every look disturbs no measurement, %s', async (path, more) => {
  const place = new Workplace();
  const args = [
    'run',
    '--path',
    path,
    '--modes',
    'sendfile',
    '--size',
    '1MiB',
    '--rounds',
    '5',
    '--time-limit',
    '3600s',
  ];
  const ended = await place.run([...args, ...more, '--evidence', 'auto', '--json', 'out.json', '--quiet'], {
    through: preloading(place, 'clock_jumps.c'),
  });
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  const { status, startedAt, cases, noise, calibration } = result(place);
  // Else the clock did not jump at all.
  expect(Math.abs(Date.parse(startedAt) - Date.now())).toBeGreaterThan(20 * HOUR_MS);
  expect(status).toBe('complete');
  for (const { samples } of cases) {
    expect(samples).toHaveLength(6);
    for (const { wallNs, senderDoneNs, setupNs, sender } of samples) {
      for (const time of [wallNs, senderDoneNs, setupNs, sender.cpuNs]) {
        expect(time).toBeGreaterThanOrEqual(0);
        expect(time).toBeLessThan(HOUR_NS);
      }
      expect(wallNs).toBeGreaterThan(0);
    }
  }
  const times = noise.map(({ atMs }) => atMs);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  for (const time of times) expect(time).toBeLessThan(HOUR_MS);
  expect(calibration).not.toBeNull();
});

test('a transfer during which the process was stopped is kept, marked and not counted', async () => {
  const place = new Workplace();
  const args = ['--path', 'file-to-socket', '--modes', 'read-write', '--duration', '1s', '--rounds', '1000', '--quiet'];
  const running = place.start(['run', ...args, '--no-latency', '--json', 'out.json', '--csv', 'out.csv']);
  const bench = await running.bench();
  const samples = () => place.samplesOf('out.json');
  await running.until('samples', () => whether(samples().length >= 3));
  // In the middle of a transfer, and not before the next one begins.
  const read = bytesReadBy(bench);
  await running.until('8 MiB more', () => whether(bytesReadBy(bench) > read + 2 ** 23));
  process.kill(bench, 'SIGSTOP');
  const before = samples().length;
  // The time itself is what the test is about.
  await new Promise((resolve) => setTimeout(resolve, STOPPED_MS));
  expect(samples()).toHaveLength(before);
  process.kill(bench, 'SIGCONT');
  const stopped = await running.until('the next one', () => samples()[before]);
  expect(stopped).toMatchObject({ excluded: 'held-up', warmup: false });
  expect(stopped.wallNs).toBeGreaterThan(STOPPED_MS * 1e6);

  await running.until('a whole round', () => whether(samples().length >= before + 3));
  running.kill('SIGINT');
  expect(await running.ended).toMatchObject({ code: 130 });
  const kept = result(place).cases.find((one) => one.samples.some(({ wallNs }) => wallNs === stopped.wallNs));
  if (kept === undefined) throw new Error('the sample was not kept');
  expect(countedSamples(kept).map(({ wallNs }) => wallNs)).not.toContain(stopped.wallNs);
  expect(readFileSync(place.path('out.csv'), 'utf8')).toContain('held-up');
});
