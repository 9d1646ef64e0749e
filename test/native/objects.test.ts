import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NativeError, NativeSource, Outcome, SourceRequest, TransferMeasurement } from '../../native/addon.d.ts';
import { skip } from '../skip.ts';
import {
  addon,
  destinations,
  error,
  everyWay,
  holdings,
  Scratch,
  stormOver,
  transfer,
  underWay,
  value,
} from './addon.ts';
import { elsewhere } from './elsewhere.ts';
import { skipWhereRefused, trial } from './trial.ts';

const bytes = 10_001;
const count = 3;
const objects = 7; // more than there are

let scratch: Scratch;
let source: NativeSource;
beforeAll(async () => {
  scratch = new Scratch();
  source = value(await addon.openSource({ kind: 'objects', directory: scratch.directory, bytes, count, seed: 1 }));
});
afterAll(() => {
  source.close();
  scratch.remove();
});

const toFile = (mode: string) =>
  ({ mode, destination: { kind: 'file', directory: scratch.directory }, bufferBytes: 4096, verify: false }) as const;

describe('a source of objects', () => {
  test('has the bytes of all of them', () => {
    expect(source.bytes).toBe(count * bytes);
    expect(value(source.unchanged())).toBeNull();
  });

  test('is warmed, dropped and looked at as one', async () => {
    const { directory } = scratch;
    const pages = value(await addon.openSource({ kind: 'objects', directory, bytes: 65_536, count: 20, seed: 2 }));
    expect(value(await pages.drop())).toBeNull();
    expect(value(pages.residency())).toBe(0);
    // A transfer of half of them brings those in.
    await transfer(pages, { ...toFile('read-write'), objects: 10 });
    expect(value(pages.residency())).toBe(0.5);
    expect(value(await pages.warm())).toBeNull();
    expect(value(pages.residency())).toBe(1);
    pages.close();
    expect(error(pages.residency()).message).toContain('closed');
  });

  test('without objects is its first one, which is verified as any source', async () => {
    const { directory } = scratch;
    const alone = value(await addon.openSource({ kind: 'generated', directory, bytes, seed: 1 }));
    const request = { ...toFile('read-write'), verify: true };
    const [first, same] = [await transfer(source, request), await transfer(alone, request)];
    expect(first.bytes).toBe(bytes);
    expect(first.verification).toEqual(same.verification);
    expect(first.verification).toMatchObject({ ok: true });
    alone.close();
  });

  test.each([{ count: 0 }, { count: 2 ** 50 }, { count: 1.5 }, { count: undefined }])(
    'is none with %o',
    async (wrong) => {
      const request = { kind: 'objects', directory: scratch.directory, bytes, seed: 1, ...wrong };
      expect(error(await addon.openSource(request as SourceRequest)).code).toBe('BAD_ARGUMENT');
    },
  );

  test('leaves nothing open', async () => {
    const directory = scratch.file('own');
    mkdirSync(directory);
    const before = holdings(directory);
    const own = value(await addon.openSource({ kind: 'objects', directory, bytes, count: 20, seed: 1 }));
    expect(holdings(directory).descriptors).toHaveLength(before.descriptors.length + 20);
    own.close();
    expect(holdings(directory)).toEqual(before);
  });
});

/** Opens so many objects in a process with these limits of open files. */
function underLimits(soft: number, hard: number, wanted: number): Outcome<number> {
  const { directory } = scratch;
  return elsewhere(
    scratch,
    // Node has raised its soft limit as far as it may: only from outside, while it runs, is it lower.
    `require('node:child_process').spawnSync('prlimit', ['--pid', process.pid, '--nofile=${soft}:${hard}']);
    addon.openSource({ kind: 'objects', directory: ${JSON.stringify(directory)}, bytes: 1, count: ${wanted}, seed: 1 })
      .then((answer) => console.log(JSON.stringify(answer.ok ? { ok: true, value: answer.value.bytes } : answer)));`,
    {},
  ) as Outcome<number>;
}

test('the limit of open files is raised as far as it may be, and named where that is too low', (context) => {
  if (spawnSync('prlimit', ['--version']).status !== 0) skip(context, 'needs prlimit (util-linux)');
  expect(value(underLimits(100, 2000, 1000))).toBe(1000);
  const refusal: NativeError = error(underLimits(100, 1000, 1000));
  expect(refusal).toMatchObject({ code: 'EMFILE', message: expect.stringContaining('ulimit -Hn') });
});

describe.each(everyWay())('$mode, $path', (way) => {
  const request = () => {
    const destination = destinations(scratch.directory)[way.path];
    if (destination === undefined) throw new Error(way.path);
    return { mode: way.mode, destination, bufferBytes: 4096, verify: false, objects };
  };

  test('moves every byte of so many objects, each opened and closed', async (context) => {
    await skipWhereRefused(context, way, scratch);
    const measured = await transfer(source, { ...request(), latency: true });
    expect(measured.bytes).toBe(objects * bytes);
    const { open = 0, close = 0 } = measured.sender.calls;
    expect(open).toBeGreaterThanOrEqual(way.path === 'file-to-file' ? 2 * objects : objects);
    expect(close).toBeGreaterThanOrEqual(open);
    expect(Object.fromEntries((measured.latency ?? []).map((one) => [one.call, one.count]))).toEqual(
      measured.sender.calls,
    );
    if (measured.zerocopy !== null) expect(measured.zerocopy.completed).toBe(measured.zerocopy.sent);
  });

  test('is right under a storm of signals, durable or paced', async (context) => {
    await skipWhereRefused(context, way, scratch);
    const stormy = value(await stormOver(addon.startTransfer(source, request()), 500));
    expect(stormy.bytes).toBe(objects * bytes);
    if (way.path === 'file-to-file') {
      const durable = await transfer(source, { ...request(), durable: true });
      expect(durable.sender.calls['fdatasync']).toBe(objects);
    }
    if (way.mode !== 'reflink') {
      const bytesPerSecond = 1_000_000;
      const paced = await transfer(source, { ...request(), bytesPerSecond });
      expect(paced.senderDoneNs).toBeGreaterThanOrEqual(((objects * bytes) / bytesPerSecond) * 1e9 - 1e6);
    }
  });

  test('ends in the middle by a cancel, and leaves nothing', async (context) => {
    await skipWhereRefused(context, way, scratch);
    if (way.mode === 'reflink') skip(context, 'reflink cannot be slowed down, so it has no middle');
    const before = holdings(scratch.directory);
    const running = addon.startTransfer(source, { ...request(), objects: 1_000_000, bytesPerSecond: 1_000_000 });
    await underWay(running);
    running.cancel();
    expect(error(await running.done).code).toBe('CANCELLED');
    expect(holdings(scratch.directory)).toEqual(before);
  });

  test('of empty objects opens and closes them', async (context) => {
    await skipWhereRefused(context, way, scratch);
    const { directory } = scratch;
    const empty = value(await addon.openSource({ kind: 'objects', directory, bytes: 0, count: 2, seed: 1 }));
    const measured = await transfer(empty, { ...request(), objects: 5 });
    expect(measured.bytes).toBe(0);
    expect(measured.sender.calls['open']).toBeGreaterThanOrEqual(5);
    empty.close();
  });
});

test('an error in the middle is the error', async () => {
  const directory = scratch.file('going');
  mkdirSync(directory);
  const destination = { kind: 'file', directory } as const;
  const request = { mode: 'sendfile', destination, bufferBytes: 4096, verify: false, bytesPerSecond: 1_000_000 };
  const running = addon.startTransfer(source, { ...request, objects: 1_000_000 });
  await underWay(running);
  rmdirSync(directory);
  expect(error(await running.done)).toMatchObject({ code: 'ENOENT', call: 'open', path: directory });
});

test('a source that is closed meanwhile is there until the transfer has ended', async () => {
  const { directory } = scratch;
  const own = value(await addon.openSource({ kind: 'objects', directory, bytes, count, seed: 1 }));
  const running = addon.startTransfer(own, { ...toFile('read-write'), objects: 200 });
  own.close();
  expect(value(await running.done).bytes).toBe(200 * bytes);
});

test.each([{ objects: 0 }, { objects: 1.5 }, { objects: 2 ** 50 }, { objects: 1, verify: true }])(
  '%o is a bad argument',
  async (wrong) => {
    const request = { ...toFile('read-write'), ...wrong };
    expect(error(await addon.startTransfer(source, request).done).code).toBe('BAD_ARGUMENT');
  },
);

describe('every call within the window is counted, as strace sees it', () => {
  // What the meter needs at the edges of the window, and the C library for its memory now and then.
  const NOT_THE_MODES = ['clock_gettime', 'mprotect', 'brk', 'madvise'];
  // Where the kernel knows a call by another name than we do.
  const OUR_NAMES: Record<string, string> = {
    openat: 'open',
    sendto: 'send',
    clock_nanosleep: 'nanosleep',
    pwrite64: 'pwrite',
  };

  /** The calls of each window of a sender: those of its thread between two getrusages, by what it was asked to do. */
  function windows(log: string): Record<string, number>[] {
    const open = new Map<string, string[]>();
    const closed: string[][] = [];
    for (const [, thread = '', call = ''] of log.matchAll(/^(\d+)\s+(\w+)\(/gm)) {
      const calls = open.get(thread);
      if (call !== 'getrusage') calls?.push(OUR_NAMES[call] ?? call);
      else if (calls === undefined) open.set(thread, []);
      else if (open.delete(thread) && !calls.includes('recvfrom')) closed.push(calls);
    }
    return closed.map((calls) => tally(calls.filter((call) => !NOT_THE_MODES.includes(call))));
  }

  function tally(calls: readonly string[]): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const call of calls) counts[call] = (counts[call] ?? 0) + 1;
    return counts;
  }

  test.for([{}, { objects }])('%o', async (how, context) => {
    if (spawnSync('strace', ['-V']).status !== 0) skip(context, 'needs strace');
    const ways = [];
    for (const way of everyWay()) if ((await trial(way, scratch)).refused === null) ways.push(way);
    const requests = ways.map(({ mode, path }) => ({
      ...{ mode, destination: destinations(scratch.directory)[path], bufferBytes: 4096, verify: false },
      ...how,
    }));
    const log = scratch.file('strace.log');
    const answers = elsewhere(
      scratch,
      `(async () => {
        const request = { kind: 'objects', directory: ${JSON.stringify(scratch.directory)}, bytes: ${bytes}, count: 3, seed: 1 };
        const { value: source } = await addon.openSource(request);
        const answers = [];
        for (const request of ${JSON.stringify(requests)}) answers.push(await addon.startTransfer(source, request).done);
        console.log(JSON.stringify(answers));
      })();`,
      { through: ['strace', '-f', '-qq', '-o', log] },
    ) as Outcome<TransferMeasurement>[];
    const seen = windows(readFileSync(log, 'utf8'));
    const counted = answers.map((answer) => value(answer).sender.calls);
    ways.forEach((way, index) => {
      expect(seen[index], `${way.mode}, ${way.path}`).toEqual(counted[index]);
    });
    expect(seen).toHaveLength(ways.length);
  });
});
