/** Many transfers and many cancels in one process: nothing grows, nothing is left. */
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seededRandom } from '../../src/model/random.ts';
import { addon, destinations, everyWay, holdings, openFile, Scratch, transfer, type Way } from '../native/addon.ts';
import { trial } from '../native/trial.ts';

const scratch = new Scratch();
afterAll(() => scratch.remove());

/** Those that work here. */
const ways: Way[] = [];
beforeAll(async () => {
  for (const way of everyWay()) if ((await trial(way, scratch)).refused === null) ways.push(way);
});

const TRANSFERS = 30_000;
const CANCELS = 6_000;
const MEBIBYTE = 1024 * 1024;
/** Node's own heap breathes; a leak of one page a transfer would be 120 MB. */
const MOST_GROWTH_BYTES = 8 * MEBIBYTE;

test(`${TRANSFERS} transfers grow neither memory, descriptors nor threads`, async () => {
  const source = await openFile(scratch.sparse('small', MEBIBYTE + 17));
  const run = async (count: number) => {
    for (let index = 0; index < count; index++) {
      const { mode, path } = ways[index % ways.length] as Way;
      const destination = destinations(scratch.directory)[path];
      if (destination === undefined) throw new Error(`no destination for ${path}`);
      await transfer(source, { mode, destination, bufferBytes: 65_536, verify: index % 10 === 0 });
    }
  };
  await run(TRANSFERS / 3);
  const before = { ...holdings(scratch.directory), memory: anonymousBytes() };
  await run(TRANSFERS);
  const after = { ...holdings(scratch.directory), memory: anonymousBytes() };
  source.close();
  expect(after.descriptors).toEqual(before.descriptors);
  expect(after.threads).toBe(before.threads);
  expect(after.memory - before.memory).toBeLessThan(MOST_GROWTH_BYTES);
});

test(`${CANCELS} cancels at random moments leave nothing`, async () => {
  const source = await openFile(scratch.sparse('large', 256 * MEBIBYTE));
  const random = seededRandom(7);
  const before = holdings(scratch.directory);
  const ends = new Map<string, number>();
  for (let index = 0; index < CANCELS; index++) {
    const { mode, path } = ways[index % ways.length] as Way;
    const destination = destinations(scratch.directory)[path];
    if (destination === undefined) throw new Error(`no destination for ${path}`);
    const running = addon.startTransfer(source, { mode, destination, bufferBytes: 65_536, verify: random() < 0.2 });
    const moment = Math.floor(random() * 200);
    // Turns of the event loop, not time: the transfer goes on beside them.
    for (let turn = 0; turn < moment; turn++) await new Promise((resolve) => setImmediate(resolve));
    running.cancel();
    const outcome = await running.done;
    const end = outcome.ok ? 'finished' : outcome.error.code;
    ends.set(end, (ends.get(end) ?? 0) + 1);
  }
  source.close();
  expect([...ends.keys()].filter((end) => end !== 'finished' && end !== 'CANCELLED')).toEqual([]);
  expect(ends.get('CANCELLED')).toBeGreaterThan(CANCELS / 2);
  const after = holdings(scratch.directory);
  expect(after.threads).toBe(before.threads);
  expect(after.descriptors.filter((target) => !target.endsWith('/large'))).toEqual(
    before.descriptors.filter((target) => !target.endsWith('/large')),
  );
  expect(readdirSync(scratch.directory).sort()).toEqual(['large', 'small']);
});

function anonymousBytes(): number {
  return Number(/^RssAnon:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024;
}
