import { mkdirSync, readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NativeSource, Outcome, TransferMeasurement, TransferRequest } from '../../native/addon.d.ts';
import { skip } from '../skip.ts';
import { addon, error, everyWay, holdings, openFile, Scratch, value } from './addon.ts';
import { asNobody, withShim } from './elsewhere.ts';
import { Filesystem, outcomesOn } from './filesystems.ts';

const root = process.getuid?.() === 0;

let scratch: Scratch;
let source: NativeSource;
beforeAll(async () => {
  scratch = new Scratch();
  source = value(
    await addon.openSource({ kind: 'generated', directory: scratch.directory, bytes: 5_000_000, seed: 1 }),
  );
});
afterAll(() => {
  source.close();
  scratch.remove();
});

describe.each(['ext4', 'tmpfs'] as const)('a full disk, %s', (kind) => {
  let small: Filesystem;
  beforeAll(() => {
    small = new Filesystem(kind, scratch, 8 * 2 ** 20);
  });
  afterAll(() => small.remove());

  const fileWays = everyWay().filter((way) => way.path === 'file-to-file');
  test.for(fileWays)('$mode: is ENOSPC with the folder, and nothing is left', async ({ mode }, context) => {
    const directory = small.folder(context);
    // On the disk that gets full: modes that stay within one filesystem must meet its end too.
    const request = { kind: 'generated', directory, bytes: 5_000_000, seed: 1 } as const;
    const filling = value(await addon.openSource(request));
    const before = holdings(scratch.directory);
    const running = addon.startTransfer(filling, {
      mode,
      destination: { kind: 'file', directory },
      bufferBytes: 65_536,
      verify: false,
    });
    const answer = await running.done;
    const after = holdings(scratch.directory);
    filling.close();
    const codes = outcomesOn(kind, mode).map((outcome) => (outcome === 'ok' ? 'ENOSPC' : outcome));
    expect(codes).toContain(error(answer).code);
    expect(error(answer).path).toBe(directory);
    expect(readdirSync(directory).filter((name) => name !== 'lost+found')).toEqual([]);
    expect(after).toEqual(before);
  });

  test('is ENOSPC for a generated source too', async (context) => {
    const directory = small.folder(context);
    const request = { kind: 'generated', directory, bytes: 9_000_000, seed: 1 } as const;
    expect(error(await addon.openSource(request))).toMatchObject({ code: 'ENOSPC', path: directory });
    expect(readdirSync(directory).filter((name) => name !== 'lost+found')).toEqual([]);
  });
});

describe('a folder', () => {
  const into = (directory: string): TransferRequest => ({
    mode: 'sendfile',
    destination: { kind: 'file', directory },
    bufferBytes: 4096,
    verify: false,
  });

  test('that is not there, or is none, is refused', async () => {
    const missing = scratch.file('missing');
    expect(error(await addon.startTransfer(source, into(missing)).done)).toMatchObject({
      code: 'ENOENT',
      path: missing,
    });
    const file = scratch.write('file', Buffer.alloc(1));
    expect(error(await addon.startTransfer(source, into(file)).done)).toMatchObject({ code: 'ENOTDIR', path: file });
  });

  /** A transfer of `mine` into `directory`, as a script for another process. */
  const script = (directory: string): string => `
    addon.openSource({ kind: 'file', path: ${JSON.stringify(scratch.write('mine', Buffer.alloc(100_000, 'mine')))} })
      .then(({ value }) => addon.startTransfer(value, ${JSON.stringify({ ...into(directory), verify: true })}).done)
      .then((outcome) => console.log(JSON.stringify(outcome)));`;

  test('that may not be written to is refused', (context) => {
    if (!root) skip(context, 'needs root, to become a user without rights');
    const locked = scratch.file('locked');
    mkdirSync(locked, { mode: 0o755 });
    const outcome = asNobody(scratch, script(locked)) as Outcome<unknown>;
    expect(error(outcome)).toMatchObject({ code: 'EACCES', path: locked });
  });

  test('on a filesystem without unnamed files gets one that is unlinked at once', () => {
    const directory = scratch.file('no-tmpfile');
    mkdirSync(directory);
    const outcome = withShim(scratch, 'SHIM_NO_TMPFILE', script(directory)) as Outcome<TransferMeasurement>;
    expect(value(outcome).verification).toMatchObject({ ok: true, bytes: 100_000 });
    expect(readdirSync(directory)).toEqual([]);
  });
});

test('a receiver refuses strangers, and serves the sender all the same', () => {
  const file = scratch.write('for-the-sender', Buffer.alloc(1_000_000, 'secret'));
  const destination = { kind: 'socket', receiverBufferBytes: 4096 };
  const request = JSON.stringify({ mode: 'sendfile', destination, bufferBytes: 4096, verify: true });
  const script = `
    addon.openSource({ kind: 'file', path: ${JSON.stringify(file)} })
      .then(({ value }) => addon.startTransfer(value, ${request}).done)
      .then((outcome) => console.log(JSON.stringify(outcome)));`;
  const outcome = withShim(scratch, 'SHIM_STRANGERS', script) as Outcome<TransferMeasurement>;
  expect(value(outcome).verification).toMatchObject({ ok: true, bytes: 1_000_000 });
});

describe('bad arguments', () => {
  const good: TransferRequest = {
    mode: 'sendfile',
    destination: { kind: 'socket', receiverBufferBytes: 4096 },
    bufferBytes: 4096,
    verify: false,
  };
  const startFrom = (from: unknown, changes: object = {}) =>
    addon.startTransfer(from as NativeSource, { ...good, ...changes } as TransferRequest).done;
  const start = (changes: object) => startFrom(source, changes);

  test.each([
    { bufferBytes: 0 },
    { bufferBytes: -1 },
    { bufferBytes: 2 ** 30 + 1 },
    { bufferBytes: '4096' },
    { verify: 'yes' },
    { destination: undefined },
    { destination: { kind: 'printer' } },
    { destination: { kind: 'file' } },
    { destination: { kind: 'socket', receiverBufferBytes: 0 } },
    { destination: { kind: 'socket', receiverBufferBytes: 2 ** 31 } },
    { tcp: { sendBufferBytes: 2 ** 31 } },
    { nonBlocking: 1 },
  ])('%o is refused', async (changes) => {
    expect(error(await start(changes)).code).toBe('BAD_ARGUMENT');
  });

  test('a mode there is none of is UNKNOWN_MODE, by name', async () => {
    expect(error(await start({ mode: 'teleport' }))).toMatchObject({
      code: 'UNKNOWN_MODE',
      message: expect.stringContaining('teleport'),
    });
  });

  test('what is no source is refused', async () => {
    for (const from of [undefined, null, 1, {}, { bytes: 1 }, Object.create(source) as unknown]) {
      expect(error(await startFrom(from)).code).toBe('BAD_ARGUMENT');
    }
    const closed = await openFile(scratch.write('closed', Buffer.alloc(10)));
    closed.close();
    expect(error(await startFrom(closed)).message).toContain('closed');
    const transfer = addon.startTransfer(closed, good);
    expect(transfer.bytesSoFar()).toBe(0);
    transfer.cancel();
    transfer.nudge();
  });

  test('the largest buffers are given, or are an error', async () => {
    const outcome = await start({ mode: 'read-write', bufferBytes: 2 ** 30 });
    expect(value(outcome).bytes).toBe(source.bytes);
  });
});
