import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NativeSource, Outcome, TransferMeasurement, TransferRequest } from '../../native/addon.d.ts';
import { skip } from '../skip.ts';
import { addon, destinations, error, Scratch, transfer, value } from './addon.ts';
import { elsewhere } from './elsewhere.ts';

const KIB = 1024;
const MIB = 2 ** 20;
const bytes = 1_000_003;
/** A user without rights, whose pipes nobody else's tests count against. */
const SOMEBODY = 65_501;

let scratch: Scratch;
let source: NativeSource;
beforeAll(async () => {
  scratch = new Scratch();
  source = value(await addon.openSource({ kind: 'generated', directory: scratch.directory, bytes, seed: 5 }));
});
afterAll(() => {
  source.close();
  scratch.remove();
});

describe.each(['file-to-file', 'file-to-socket'])('%s', (path) => {
  const request = (bufferBytes: number, pipeBytes?: number): TransferRequest => {
    const destination = destinations(scratch.directory)[path];
    if (destination === undefined) throw new Error(path);
    const options = pipeBytes === undefined ? {} : { options: { pipeBytes } };
    return { mode: 'splice', destination, bufferBytes, verify: true, ...options };
  };

  test.each([
    { bufferBytes: 1, pipeBytes: 64 * KIB },
    { bufferBytes: 64 * KIB, pipeBytes: 64 * KIB },
    { bufferBytes: 65 * KIB, pipeBytes: 128 * KIB },
    { bufferBytes: MIB, pipeBytes: MIB },
    { bufferBytes: 4 * MIB, pipeBytes: MIB },
  ])('without a wish the pipe is as large as a buffer of $bufferBytes, within limits', async (sizes) => {
    const measured = await transfer(source, request(sizes.bufferBytes));
    expect(measured.observed).toEqual({ pipeBytes: sizes.pipeBytes });
    expect(measured.verification).toMatchObject({ ok: true, bytes });
  });

  test.each([
    { wanted: 0, given: 4096 },
    { wanted: 1, given: 4096 },
    { wanted: 4096, given: 4096 },
    { wanted: 4097, given: 8192 },
    { wanted: 256 * KIB, given: 256 * KIB },
  ])('a pipe of $wanted bytes has $given, and every chunk fits through it', async ({ wanted, given }) => {
    const bufferBytes = 100_003;
    const measured = await transfer(source, request(bufferBytes, wanted));
    expect(measured.observed).toEqual({ pipeBytes: given });
    expect(measured.verification).toMatchObject({ ok: true, bytes });
    // A part of a page takes a slot too, so that a pipe may hold less than its bytes.
    const least = 2 * Math.ceil(bytes / Math.min(bufferBytes, given));
    expect(measured.sender.calls['splice']).toBeGreaterThanOrEqual(least);
    if (given === 4096) expect(measured.sender.calls).toEqual({ splice: least });
  });
});

describe('a user without rights', () => {
  const script = (pipeBytes: number | undefined, before = ''): string => {
    const file = scratch.write('theirs', Buffer.alloc(bytes, 'theirs'));
    const destination = { kind: 'socket', receiverBufferBytes: 65_536 };
    const request = { mode: 'splice', destination, bufferBytes: 65_536, verify: true, options: { pipeBytes } };
    return `
      ${before}
      addon.openSource({ kind: 'file', path: ${JSON.stringify(file)} })
        .then(({ value }) => addon.startTransfer(value, ${JSON.stringify(request)}).done)
        .then((outcome) => console.log(JSON.stringify(outcome)));`;
  };
  const asSomebody = (program: string) =>
    elsewhere(scratch, program, { uid: SOMEBODY }) as Outcome<TransferMeasurement>;

  test('may not have a pipe above pipe-max-size', (context) => {
    if (process.getuid?.() !== 0) skip(context, 'needs root, to become a user without rights');
    const limit = Number(readFileSync('/proc/sys/fs/pipe-max-size', 'utf8'));
    expect(value(asSomebody(script(limit))).observed).toEqual({ pipeBytes: limit });
    expect(error(asSomebody(script(2 * limit)))).toMatchObject({
      code: 'EPERM',
      call: 'fcntl',
      message: expect.stringContaining('pipe-max-size'),
    });
  });

  test('with too many pipes gets a small one, or the one wanted is refused', (context) => {
    if (process.getuid?.() !== 0) skip(context, 'needs root, to become a user without rights');
    const pages = Number(readFileSync('/proc/sys/fs/pipe-user-pages-soft', 'utf8'));
    if (pages === 0) skip(context, 'this host sets no pipe-user-pages-soft');
    // Each FIFO that is open counts as 16 pages of who opened it.
    const fifos = Array.from({ length: Math.ceil(pages / 16) }, (_, index) => scratch.file(`fifo-${index}`));
    expect(spawnSync('mkfifo', ['--mode=666', ...fifos]).status).toBe(0);
    chmodSync(scratch.directory, 0o755);
    const hoard = `for (const fifo of ${JSON.stringify(fifos)}) require('node:fs').openSync(fifo, 'r+');`;
    const small = value(asSomebody(script(undefined, hoard)));
    expect(small.observed['pipeBytes']).toBeLessThan(64 * KIB);
    expect(small.verification).toMatchObject({ ok: true, bytes });
    expect(error(asSomebody(script(64 * KIB, hoard)))).toMatchObject({
      code: 'EPERM',
      message: expect.stringContaining('pipe-user-pages-soft'),
    });
  });
});
