import { symlinkSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ENDLESS, gone, ONE_LINE, Workplace, whether } from './lab.ts';

const SMALL = ['run', '--size', '64KiB', '--rounds', '1', '--quiet'];

describe('two runs at once on a host', () => {
  test('the second is refused, told of the first, and leaves nothing', async () => {
    const first = new Workplace();
    const second = new Workplace(first);
    const running = first.start(ENDLESS);
    const bench = await running.bench();
    await running.until('a sample', () => whether(first.samples() >= 1));
    const ended = await second.run(SMALL);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toMatch(ONE_LINE);
    expect(ended.stderr).toContain(`Another experiment is running on this host: process ${bench}, started 20`);
    expect(second.files()).toEqual([]);
    // The first has not noticed.
    const samples = first.samples();
    await running.until('more samples', () => whether(first.samples() > samples));
  });

  test('a run that was killed holds nobody up', async () => {
    const first = new Workplace();
    const second = new Workplace(first);
    const running = first.start(ENDLESS);
    const bench = await running.bench();
    await running.until('a sample', () => whether(first.samples() >= 1));
    process.kill(bench, 'SIGKILL');
    await running.ended;
    await gone(bench);
    expect(await second.run(SMALL)).toMatchObject({ code: 0, stderr: '' });
  });

  test('one after the other, on hosts of their own, and a probe beside a run', async () => {
    const first = new Workplace();
    expect(await first.run(SMALL)).toMatchObject({ code: 0 });
    const running = first.start(ENDLESS);
    await running.bench();
    const elsewhere = new Workplace();
    expect(await elsewhere.run(SMALL)).toMatchObject({ code: 0 });
    expect(await new Workplace(first).run(['probe'])).toMatchObject({ code: 0 });
  });
});

describe('the folder of the lock', () => {
  test.each([
    { name: 'a link to somewhere else', plant: (place: Workplace) => symlinkSync(place.folder, place.lockFolder) },
    { name: 'a file', plant: (place: Workplace) => writeFileSync(place.lockFolder, '') },
    { name: 'a link to nowhere', plant: (place: Workplace) => symlinkSync('nowhere', place.lockFolder) },
  ])('that is $name is refused', async ({ plant }) => {
    const place = new Workplace();
    plant(place);
    const ended = await place.run(SMALL);
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toMatch(ONE_LINE);
    expect(ended.stderr).toContain(place.lockFolder);
    expect(place.files()).toEqual([]);
  });
});
