/** MSG_ZEROCOPY through the addon: exact bytes, counts that add up, and an end in every state. */
import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statfsSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Outcome, TransferMeasurement, TransferRequest } from '../../native/addon.d.ts';
import { skip } from '../skip.ts';
import { addon, error, holdings, openFile, Scratch, transfer, underWay, value, xxh3 } from './addon.ts';
import { asNobody } from './elsewhere.ts';

const GIB = 2 ** 30;
const TMPFS_MAGIC = 0x01021994;
const modes = ['msg-zerocopy', 'read-msg-zerocopy', 'direct-msg-zerocopy'];
const depths: Record<string, readonly number[]> = {
  'msg-zerocopy': [8],
  'read-msg-zerocopy': [1, 2, 8],
  'direct-msg-zerocopy': [1, 2, 8],
};
// As in exact.test.ts.
const buffers = [1, 2, 7, 32, 64, 251, 512, 4096, 4099, 65_536, 65_537, 1_048_576, 1_048_583, 4_194_304];

const sizesAround = (buffer: number): number[] =>
  [...new Set([0, 1, buffer - 1, buffer, buffer + 1, buffer < 1024 ? 3 * buffer + 1 : 1])].sort((a, b) => a - b);

const socket = { kind: 'socket', receiverBufferBytes: 65_536 } as const;
const slowSocket = { kind: 'socket', receiverBufferBytes: 4096 } as const;

const callsOf = (measured: TransferMeasurement): number =>
  Object.values(measured.sender.calls).reduce((sum, calls) => sum + calls, 0);

let scratch: Scratch;
beforeAll(() => {
  scratch = new Scratch();
});
afterAll(() => scratch.remove());

const generated = async (bytes: number) =>
  value(await addon.openSource({ kind: 'generated', directory: scratch.directory, bytes, seed: 7 }));

describe.each(modes)('%s', (mode) => {
  const request = (changes: Partial<TransferRequest> = {}): TransferRequest => ({
    mode,
    destination: socket,
    bufferBytes: 65_536,
    verify: true,
    ...changes,
  });

  test.each(buffers)('moves every byte, with a buffer of %i', async (bufferBytes) => {
    for (const bytes of sizesAround(bufferBytes)) {
      const content = randomBytes(bytes);
      const source = await openFile(scratch.write(`source-${bytes}`, content));
      for (const queueDepth of depths[mode] ?? []) {
        const measured = await transfer(source, request({ bufferBytes, options: { queueDepth } }));
        expect(measured.verification).toEqual({ ok: true, how: 'separate-pass', bytes, hash: xxh3(content) });
        expect(measured.bytes).toBe(bytes);
      }
      source.close();
    }
  });

  test('moves a file with holes in it', async () => {
    const file = scratch.sparse('holes', 5_000_001, [
      [1_000_000, Buffer.from('in the middle')],
      [5_000_000, Buffer.from('!')],
    ]);
    const source = await openFile(file);
    const measured = await transfer(source, request());
    expect(measured.verification).toMatchObject({ ok: true, hash: xxh3(readFileSync(file)) });
    source.close();
  });

  test('makes no system call for an empty source', async () => {
    const source = await openFile(scratch.write('empty', Buffer.alloc(0)));
    const measured = await transfer(source, request());
    expect(measured.sender.calls).toEqual({});
    expect(measured.zerocopy).toEqual({ sent: 0, completed: 0, copied: 0 });
    source.close();
  });

  test('counts a send for every chunk, and over loopback every one of them was copied', async () => {
    const source = await generated(8_000_001);
    const chunks = Math.ceil(8_000_001 / 65_536);
    const measured = await transfer(source, request({ verify: false }));
    expect(measured.zerocopy).toEqual({ sent: chunks, completed: chunks, copied: chunks });
    const own: Record<string, number> = mode === 'msg-zerocopy' ? { mmap: 1, munmap: 1 } : { read: chunks };
    expect(measured.sender.calls).toMatchObject({ ...own, send: chunks });
    const names = new Set([...Object.keys(own), 'send', 'recvmsg', 'poll']);
    expect(Object.keys(measured.sender.calls).filter((name) => !names.has(name))).toEqual([]);
    expect(measured.sender.calls['recvmsg']).toBeGreaterThan(0);
    source.close();
  });

  test('is right under a storm of signals', async () => {
    const source = await generated(4_000_011);
    const calm = callsOf(
      await transfer(
        source,
        request({ destination: slowSocket, bufferBytes: 100_003, tcp: { sendBufferBytes: 8192 } }),
      ),
    );
    let noticed = false;
    for (let attempt = 0; !noticed && attempt < 50; attempt += 1) {
      const running = addon.startTransfer(
        source,
        request({ destination: slowSocket, bufferBytes: 100_003, tcp: { sendBufferBytes: 8192 } }),
      );
      let ended = false;
      void running.done.then(() => {
        ended = true;
      });
      for (let sent = 0; sent < 2000 && !ended; sent += 1) {
        running.nudge();
        await setImmediate();
      }
      const measured = value(await running.done);
      expect(measured.verification).toMatchObject({ ok: true, bytes: 4_000_011 });
      expect(measured.zerocopy?.completed).toBe(measured.zerocopy?.sent);
      noticed = callsOf(measured) > calm;
    }
    expect(noticed).toBe(true);
    source.close();
  });

  test.each(depths[mode] ?? [])('waits for an output that is full, with a queue of %i', async (queueDepth) => {
    const source = await generated(1_000_011);
    const measured = await transfer(
      source,
      request({ destination: slowSocket, nonBlocking: true, tcp: { sendBufferBytes: 4096 }, options: { queueDepth } }),
    );
    expect(measured.verification).toMatchObject({ ok: true, bytes: 1_000_011 });
    expect(measured.zerocopy?.completed).toBe(measured.zerocopy?.sent);
    expect(measured.sender.calls['poll']).toBeGreaterThan(0);
    // A chunk does not fit, so it goes in parts.
    expect(measured.zerocopy?.sent).toBeGreaterThan(Math.ceil(1_000_011 / 65_536));
    source.close();
  });

  test.each([{ nonBlocking: false }, { nonBlocking: true, tcp: { sendBufferBytes: 4096 } }])(
    'is cancelled in the middle, and leaves nothing: %o',
    async (changes) => {
      const source = await openFile(scratch.sparse('huge', 64 * GIB));
      const before = holdings(scratch.directory);
      const running = addon.startTransfer(source, request({ verify: false, ...changes }));
      await underWay(running);
      running.cancel();
      expect(error(await running.done).code).toBe('CANCELLED');
      expect(holdings(scratch.directory)).toEqual(before);
      source.close();
    },
  );

  test('says SHORT when the source is cut in the middle', async () => {
    const file = scratch.sparse('cut', 64 * GIB);
    const source = await openFile(file);
    const running = addon.startTransfer(source, request({ verify: false }));
    await underWay(running);
    truncateSync(file, 100);
    expect(error(await running.done)).toMatchObject({ code: 'SHORT', path: file });
    source.close();
  });

  test('sends no more than the source had when it was opened', async () => {
    const content = randomBytes(100_003);
    const file = scratch.file('grows');
    writeFileSync(file, content);
    const source = await openFile(file);
    appendFileSync(file, 'more');
    const measured = await transfer(source, request({ verify: false }));
    expect(measured.bytes).toBe(100_003);
    source.close();
  });

  test('says which limit keeps a user without rights from pinning', (context) => {
    if (process.getuid?.() !== 0) skip(context, 'needs root, to become a user without rights');
    const file = scratch.write('theirs', randomBytes(100_000));
    const script = `
      require('node:child_process').execFileSync('prlimit', ['--pid', String(process.pid), '--memlock=0:0']);
      addon.openSource({ kind: 'file', path: ${JSON.stringify(file)} })
        .then(({ value }) => addon.startTransfer(value, ${JSON.stringify(request())}).done)
        .then((outcome) => console.log(JSON.stringify(outcome)));`;
    expect(error(asNobody(scratch, script) as Outcome<unknown>)).toMatchObject({
      code: 'ENOBUFS',
      call: 'send',
      message: expect.stringContaining('RLIMIT_MEMLOCK (ulimit -l) is 0 KiB'),
    });
  });

  test('is no mode for files', async () => {
    const source = await generated(10_000);
    const outcome = await addon.startTransfer(
      source,
      request({ destination: { kind: 'file', directory: scratch.directory } }),
    ).done;
    expect(error(outcome)).toMatchObject({ code: 'EOPNOTSUPP', call: 'setsockopt' });
    source.close();
  });
});

describe('direct-msg-zerocopy', () => {
  const request = (bufferBytes: number): TransferRequest => ({
    mode: 'direct-msg-zerocopy',
    destination: socket,
    bufferBytes,
    verify: true,
  });

  test('says what it rounded the buffer to, and nothing where it did not', async () => {
    const source = await generated(100_003);
    const rounded = (await transfer(source, request(5001))).observed['directBufferBytes'];
    expect(rounded).toBeGreaterThan(5001);
    expect((await transfer(source, request(65_536))).observed).not.toHaveProperty('directBufferBytes');
    source.close();
  });

  test('is refused on tmpfs, which would copy', async (context) => {
    const shared = '/dev/shm';
    if (statfsSync(shared).type !== TMPFS_MAGIC) skip(context, `${shared} is no tmpfs here`);
    const directory = mkdtempSync(path.join(shared, 'zcl-native-'));
    try {
      const file = path.join(directory, 'source');
      writeFileSync(file, randomBytes(10_000));
      const source = await openFile(file);
      expect(error(await addon.startTransfer(source, request(4096)).done)).toMatchObject({
        code: 'EOPNOTSUPP',
        path: file,
      });
      source.close();
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
