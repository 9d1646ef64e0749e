/** Many runs in a row by one client, as in a window that stays open for weeks: nothing grows, nothing is left. */
import { readdirSync, readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { seededRandom } from '../../src/model/random.ts';
import type { ExperimentRequest } from '../../src/model/request/file.ts';
import { Workplace } from '../lab/lab.ts';
import { addEarlier, begin, fileOf, leftBy } from '../lab/underWay.ts';
import { aCompleteResult } from '../unit/fixtures.ts';

const RUNS = 1000;
const CANCELS = 100;
/** Of the runs, those that fill caches first. */
const FIRST = 200;
const MEBIBYTE = 1024 * 1024;
/** A heap breathes; a leak of 10 KiB a run would be as much. */
const MOST_GROWTH_BYTES = 8 * MEBIBYTE;
/** By so many events and reports of progress a run is some rounds in. */
const LATEST = 60;

const SMALL: ExperimentRequest = { modes: ['mmap-write'], size: '64KiB', buffers: ['64KiB'], rounds: 1 };

test(`${RUNS} runs grow neither memory, descriptors, threads nor files`, { timeout: 60 * 60_000 }, async () => {
  const place = new Workplace();
  const earlier = addEarlier(place, aCompleteResult());
  const bytes = readFileSync(earlier);
  const run = async (count: number) => {
    for (let index = 0; index < count; index++) {
      const path = index % 2 === 0 ? 'file-to-file' : 'file-to-socket';
      const outcome = await begin(place, { ...SMALL, path }).outcome;
      expect(outcome, `run ${index}`).toEqual({ kind: 'done', end: { how: 'ended', fileKept: true } });
    }
  };
  await run(FIRST);
  const before = holdings(place);
  await run(RUNS - FIRST);
  const after = holdings(place);
  expect(after.descriptors).toBe(before.descriptors);
  expect(after.threads).toBe(before.threads);
  expect(after.children).toEqual(before.children);
  expect(after.files).toEqual(before.files);
  expect(after.files).toEqual(['earlier.zcresult.json', 'out.zcresult.json']);
  expect(after.lock).toEqual(before.lock);
  expect(after.memory - before.memory).toBeLessThan(MOST_GROWTH_BYTES);
  expect(readFileSync(earlier).equals(bytes)).toBe(true);
  console.log(`anonymous memory ${before.memory / MEBIBYTE} MiB, then ${after.memory / MEBIBYTE} MiB`);
});

test(`${CANCELS} cancels at random moments leave a whole result or nothing`, async () => {
  const place = new Workplace();
  const earlier = addEarlier(place, aCompleteResult());
  const bytes = readFileSync(earlier);
  const random = seededRandom(17);
  const seen = new Map<string, number>();
  for (let index = 0; index < CANCELS; index++) {
    const request = { ...SMALL, size: '4MiB', rounds: 1000 };
    let left = Math.floor(random() * LATEST);
    const hear = () => {
      if (left-- === 0) running.cancel();
    };
    const path = index % 2 === 0 ? 'file-to-file' : 'file-to-socket';
    const running = begin(place, { ...request, path }, { event: hear, progress: hear });
    const outcome = await running.outcome;
    expect(outcome, `cancel ${index}`).toMatchObject({ kind: 'done', end: { how: 'cancelled' } });
    const files = leftBy(place);
    const kept = files.includes('out.zcresult.json');
    expect(files).toEqual(kept ? ['earlier.zcresult.json', 'out.zcresult.json'] : ['earlier.zcresult.json']);
    if (kept) expect(JSON.parse(readFileSync(fileOf(place), 'utf8'))).toMatchObject({ status: 'partial' });
    seen.set(kept ? 'partial' : 'nothing', (seen.get(kept ? 'partial' : 'nothing') ?? 0) + 1);
    expect(readFileSync(earlier).equals(bytes)).toBe(true);
  }
  for (const what of ['partial', 'nothing']) expect(seen.get(what)).toBeGreaterThan(CANCELS / 10);
  expect(holdings(place).children).toEqual([]);
  console.log([...seen].map(([what, times]) => `${what} ${times}`).join(', '));
});

function holdings(place: Workplace) {
  collectGarbage();
  return {
    descriptors: readdirSync('/proc/self/fd').length,
    threads: readdirSync('/proc/self/task').length,
    children: readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').split(' ').filter(Boolean),
    files: place.files(),
    lock: readdirSync(place.lockFolder, { recursive: true }).sort(),
    memory: Number(/^RssAnon:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024,
  };
}

/** So that what could be freed is no growth. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}
