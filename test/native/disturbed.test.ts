import { readdirSync, statSync, truncateSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DestinationRequest, TransferMeasurement } from '../../native/addon.d.ts';
import {
  addon,
  destinations,
  error,
  everyWay,
  holdings,
  openFile,
  Scratch,
  stormOver,
  transfer,
  underWay,
  value,
} from './addon.ts';
import { skipWhereRefused, skipWithoutMiddle, trial } from './trial.ts';

const GIB = 2 ** 30;
const MAX_RW_COUNT = 0x7ffff000;

const callsOf = (measured: TransferMeasurement): number =>
  Object.values(measured.sender.calls).reduce((sum, calls) => sum + calls, 0);

describe.each(everyWay())('$mode, $path', (way) => {
  const { mode, path } = way;
  let scratch: Scratch;
  let destination: DestinationRequest;
  beforeAll(() => {
    scratch = new Scratch();
    const found = destinations(scratch.directory, 4096)[path];
    if (found === undefined) throw new Error(path);
    destination = found;
  });
  afterAll(() => scratch.remove());
  beforeEach((context) => skipWhereRefused(context, way, scratch));

  const generated = async (bytes: number) =>
    value(await addon.openSource({ kind: 'generated', directory: scratch.directory, bytes, seed: 7 }));

  test('is right under a storm of signals', async () => {
    // On regular files a signal only cuts short what the kernel moves through a pipe of its own; a socket may block, and
    // everything that writes to one must notice, sooner or later.
    const { shares } = await trial(way, scratch);
    const innerPipe = mode === 'sendfile' || (mode === 'copy-file-range' && !shares);
    const noticeable = path === 'file-to-socket' || innerPipe;
    const bytes = path === 'file-to-socket' ? 4_000_011 : 48_000_011;
    const source = await generated(bytes);
    const request = { mode, destination, bufferBytes: 100_003, verify: true, tcp: { sendBufferBytes: 8192 } };
    const calm = callsOf(value(await addon.startTransfer(source, request).done));
    let noticed = false;
    for (let attempt = 0; attempt === 0 || (noticeable && !noticed && attempt < 50); attempt += 1) {
      const running = addon.startTransfer(source, request);
      const measured = value(await stormOver(running, 2000));
      expect(measured.verification).toMatchObject({ ok: true, bytes });
      noticed = callsOf(measured) > calm;
      running.nudge(); // nobody is there any more
    }
    // How often an io_uring is entered depends on who is faster, signals or not. And splice into a file looks for a
    // signal before it takes from the pipe (splice_from_pipe_next in fs/splice.c), a moment that is rarely hit.
    const byChance = mode.startsWith('io-uring') || (mode === 'splice' && !noticeable);
    if (!byChance) expect(noticed).toBe(noticeable);
    source.close();
  });

  test('waits for an output that is full', async () => {
    const source = await generated(1_000_011);
    const request = {
      mode,
      destination,
      bufferBytes: 65_536,
      verify: true,
      nonBlocking: true,
      tcp: { sendBufferBytes: 4096 },
    };
    const measured = value(await addon.startTransfer(source, request).done);
    expect(measured.verification).toMatchObject({ ok: true, bytes: source.bytes });
    // An io_uring waits for the socket by itself.
    if (path === 'file-to-socket' && mode !== 'io-uring-send-zc') {
      expect(measured.sender.calls['poll']).toBeGreaterThan(0);
    }
    source.close();
  });

  test('is cancelled in the middle, and leaves nothing', async (context) => {
    await skipWithoutMiddle(context, way, scratch);
    const source = await openFile(scratch.sparse('huge', 64 * GIB));
    const request = { mode, destination, bufferBytes: 65_536, verify: false };
    const before = holdings(scratch.directory);
    const running = addon.startTransfer(source, request);
    await underWay(running);
    running.cancel();
    running.cancel();
    expect(error(await running.done).code).toBe('CANCELLED');
    expect(holdings(scratch.directory)).toEqual(before);
    expect(readdirSync(scratch.directory)).toEqual(['huge']);
    expect(running.bytesSoFar()).toBeGreaterThan(0);
    expect(running.bytesSoFar()).toBeLessThan(64 * GIB);
    // In the middle of a call, not between two: a mode that moves all it can per call must not finish it first.
    expect(running.bytesSoFar() % MAX_RW_COUNT).not.toBe(0);
    running.cancel();
    source.close();
  });

  test('is cancelled while it waits for an output that is full', async (context) => {
    await skipWithoutMiddle(context, way, scratch);
    const source = await openFile(scratch.sparse('huge', 64 * GIB));
    const request = {
      mode,
      destination,
      bufferBytes: 65_536,
      verify: false,
      nonBlocking: true,
      tcp: { sendBufferBytes: 4096 },
    };
    const running = addon.startTransfer(source, request);
    await underWay(running);
    running.cancel();
    expect(error(await running.done).code).toBe('CANCELLED');
    source.close();
  });

  test('is cancelled before it began', async () => {
    const source = await generated(1000);
    const before = holdings(scratch.directory);
    const running = addon.startTransfer(source, { mode, destination, bufferBytes: 100, verify: true });
    running.cancel();
    const outcome = await running.done;
    if (!outcome.ok) expect(outcome.error.code).toBe('CANCELLED');
    expect(holdings(scratch.directory)).toEqual(before);
    source.close();
  });

  test('says that the source is cut in the middle', async (context) => {
    await skipWithoutMiddle(context, way, scratch);
    const file = scratch.sparse('cut', 64 * GIB);
    const source = await openFile(file);
    const running = addon.startTransfer(source, { mode, destination, bufferBytes: 65_536, verify: false });
    await underWay(running);
    truncateSync(file, 100);
    // Only a program that touches the pages itself gets the signal.
    const code = mode === 'mmap-mmap' ? 'SIGBUS' : 'SHORT';
    expect(error(await running.done)).toMatchObject({ code, path: file });
    source.close();
  });

  test('says SHORT when the source lost less than a page before it began', async () => {
    const file = scratch.sparse('shaved', 10_000);
    const source = await openFile(file);
    truncateSync(file, 9_999);
    const outcome = await addon.startTransfer(source, { mode, destination, bufferBytes: 4096, verify: false }).done;
    expect(error(outcome)).toMatchObject({ code: 'SHORT', path: file });
    source.close();
  });

  test('moves no more than the source had when it was opened', async () => {
    const file = scratch.sparse('grown', 10_000);
    const source = await openFile(file);
    truncateSync(file, 30_000);
    const measured = await transfer(source, { mode, destination, bufferBytes: 4096, verify: false });
    // A clone is of the file as it is at that moment.
    expect(measured.bytes).toBe(mode === 'reflink' ? 30_000 : 10_000);
    source.close();
  });

  test('outlives its source and never touches it', async () => {
    const file = scratch.sparse('kept', 3_000_000);
    const before = statSync(file, { bigint: true });
    const source = await openFile(file);
    const running = addon.startTransfer(source, { mode, destination, bufferBytes: 4096, verify: true });
    source.close();
    expect(value(await running.done).verification).toMatchObject({ ok: true });
    const after = statSync(file, { bigint: true });
    expect([after.size, after.mtimeNs, after.ctimeNs]).toEqual([before.size, before.mtimeNs, before.ctimeNs]);
  });
});
