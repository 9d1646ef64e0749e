import { constants } from 'node:os';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { NativeSource, Outcome, TransferMeasurement } from '../../native/addon.d.ts';
import { addon, destinations, error, everyWay, Scratch, transfer, value } from './addon.ts';
import { withShim } from './elsewhere.ts';
import { skipWhereRefused } from './trial.ts';

let scratch: Scratch;
let source: NativeSource;
beforeAll(async () => {
  scratch = new Scratch();
  const { directory } = scratch;
  source = value(await addon.openSource({ kind: 'generated', directory, bytes: 1_000_001, seed: 1 }));
});
afterAll(() => {
  source.close();
  scratch.remove();
});

const toFiles = everyWay().filter(({ path }) => path === 'file-to-file');

describe.each(toFiles)('$mode', (way) => {
  beforeEach((context) => skipWhereRefused(context, way, scratch));

  test.each([{ verify: false }, { verify: true }])('ends with one fdatasync, if asked to: %o', async (how) => {
    const destination = { kind: 'file', directory: scratch.directory } as const;
    const request = { mode: way.mode, destination, bufferBytes: 65_536, ...how };
    const plain = await transfer(source, request);
    const durable = await transfer(source, { ...request, durable: true });
    expect(durable.sender.calls['fdatasync']).toBe(1);
    expect(plain.sender.calls['fdatasync']).toBeUndefined();
    expect(durable.bytes).toBe(source.bytes);
    if (how.verify) expect(durable.verification).toMatchObject({ ok: true });
  });
});

/** A durable transfer of a file where the first two fdatasyncs fail with `errno`. */
function whereSyncFails(errno: number): Outcome<TransferMeasurement> {
  const [file, { directory }] = [scratch.write('source', Buffer.alloc(10_000, 1)), scratch];
  return withShim(
    scratch,
    'SHIM_SYNC_FAILS',
    `addon.openSource({ kind: 'file', path: ${JSON.stringify(file)} }).then(async ({ value: source }) => {
      const destination = { kind: 'file', directory: ${JSON.stringify(directory)} };
      const request = { mode: 'sendfile', destination, bufferBytes: 4096, verify: false, durable: true };
      console.log(JSON.stringify(await addon.startTransfer(source, request).done));
    });`,
    String(errno),
  ) as Outcome<TransferMeasurement>;
}

test('an fdatasync that a signal ended is made again', () => {
  expect(value(whereSyncFails(constants.errno.EINTR)).sender.calls).toEqual({ sendfile: 1, fdatasync: 3 });
});

test('an fdatasync that fails is the error of the transfer', () => {
  const failed = error(whereSyncFails(constants.errno.EIO));
  expect(failed).toMatchObject({ code: 'EIO', call: 'fdatasync', path: scratch.directory });
});

test('is nothing for a socket', async () => {
  const destination = destinations(scratch.directory)['file-to-socket'];
  if (destination === undefined) throw new Error('no socket');
  const request = { mode: 'sendfile', destination, bufferBytes: 4096, verify: false, durable: true };
  expect(error(await addon.startTransfer(source, request).done)).toMatchObject({
    code: 'BAD_ARGUMENT',
    message: expect.stringContaining('socket'),
  });
});
