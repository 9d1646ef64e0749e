import { expect, test } from 'vitest';
import { Workplace, whether } from './lab.ts';

test('what else happens on the host is read between transfers, once a round at least where rounds take their time', async () => {
  const place = new Workplace();
  await place.run(['run', '--size', '64MiB', '--rounds', '3', '--modes', 'read-write', '--quiet']);
  const { noise } = place.result();
  expect(noise.length).toBeGreaterThan(0);
  for (const [index, reading] of noise.entries()) {
    expect(reading.atMs).toBeGreaterThan(noise[index - 1]?.atMs ?? -1);
    for (const share of [reading.stealShare, reading.cpuPressure, reading.ioPressure]) {
      if (share === null) continue;
      expect(share).toBeGreaterThanOrEqual(0);
      expect(share).toBeLessThanOrEqual(1);
    }
    // This process is one of them.
    expect(reading.runnable).toBeGreaterThan(0);
    expect(reading.othersWrittenBytes ?? 0).toBeGreaterThanOrEqual(0);
  }
});

test('a run that is killed keeps its readings', async () => {
  const place = new Workplace();
  const running = place.start(['run', '--size', '4MiB', '--rounds', '1000', '--quiet']);
  await running.until('a reading', () => whether(place.journal().some(({ type }) => type === 'noise')));
  process.kill(await running.bench(), 'SIGKILL');
  await running.ended;
  expect(place.result().noise.length).toBeGreaterThan(0);
});
