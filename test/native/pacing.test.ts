import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NativeSource, TransferMeasurement } from '../../native/addon.d.ts';
import { addon, destinations, error, everyWay, exchangeModes, Scratch, transfer, underWay, value } from './addon.ts';
import { skipWhereRefused } from './trial.ts';

const bytes = 1_000_000;
const bytesPerSecond = 20_000_000;
/** What less than is not slept for (native/pace.cc). */
const notWorthSleepingNs = 1_000_000;

let scratch: Scratch;
let source: NativeSource;
beforeAll(async () => {
  scratch = new Scratch();
  source = value(await addon.openSource({ kind: 'generated', directory: scratch.directory, bytes, seed: 1 }));
});
afterAll(() => {
  source.close();
  scratch.remove();
});

function expectPaced(measured: TransferMeasurement): void {
  expect(measured.bytes).toBe(bytes);
  expect(measured.senderDoneNs).toBeGreaterThanOrEqual((bytes / bytesPerSecond) * 1e9 - notWorthSleepingNs);
}

describe.each(everyWay().filter(({ mode }) => mode !== 'reflink'))('$mode, $path', (way) => {
  const request = () => {
    const destination = destinations(scratch.directory)[way.path];
    if (destination === undefined) throw new Error(way.path);
    return { mode: way.mode, destination, bufferBytes: 65_536, verify: false };
  };

  test('is not faster than it is to be', async (context) => {
    await skipWhereRefused(context, way, scratch);
    expectPaced(await transfer(source, { ...request(), bytesPerSecond }));
    expectPaced(await transfer(source, { ...request(), bytesPerSecond, bufferBytes: 97 }));
    const verified = await transfer(source, { ...request(), bytesPerSecond, verify: true });
    expect(verified.verification).toMatchObject({ ok: true });
    expect((await transfer(source, request())).sender.calls['clock_nanosleep']).toBeUndefined();
  });

  test('a cancel ends the sleep', async (context) => {
    await skipWhereRefused(context, way, scratch);
    // The second chunk would be due in hours.
    const running = addon.startTransfer(source, { ...request(), options: { queueDepth: 1 }, bytesPerSecond: 1 });
    await underWay(running);
    running.cancel();
    expect(error(await running.done).code).toBe('CANCELLED');
  });
});

test.each([
  { mode: 'sendfile', call: 'sendfile' },
  { mode: 'copy-file-range', call: 'copy_file_range' },
])('$mode: a call moves no more than is due in 5 ms, or 64 KiB', async ({ mode, call }) => {
  const destination = { kind: 'file', directory: scratch.directory } as const;
  const calls = async (rate?: number) => {
    const pace = rate === undefined ? {} : { bytesPerSecond: rate };
    const measured = await transfer(source, { mode, destination, bufferBytes: 4096, verify: false, ...pace });
    return { made: measured.sender.calls[call], callBytes: measured.observed['callBytes'] };
  };
  expect(await calls()).toEqual({ made: 1, callBytes: undefined });
  const due = 102_400; // 100,000 bytes, in whole pages
  expect(await calls(bytesPerSecond)).toEqual({ made: Math.ceil(bytes / due), callBytes: due });
  expect(await calls(10_000_000)).toEqual({ made: Math.ceil(bytes / 65_536), callBytes: 65_536 });
});

test.each(exchangeModes)('%s between processes is not faster than it is to be, and can be cancelled', async (mode) => {
  const request = { mode, bytes, seed: 1, bufferBytes: 65_536, peer: 'process', verify: true } as const;
  const measured = value(await addon.startExchange({ ...request, bytesPerSecond }).done);
  expectPaced(measured);
  expect(measured.verification).toMatchObject({ ok: true });
  const running = addon.startExchange({ ...request, bytesPerSecond: 1 });
  await underWay(running);
  running.cancel();
  expect(error(await running.done).code).toBe('CANCELLED');
});

test('sleeps are among the calls of the sender', async () => {
  const { directory } = scratch;
  const small = value(await addon.openSource({ kind: 'generated', directory, bytes: 65_537, seed: 1 }));
  const request = {
    mode: 'sendfile',
    destination: { kind: 'file', directory },
    bufferBytes: 1,
    verify: false,
  } as const;
  const { calls } = (await transfer(small, { ...request, bytesPerSecond: 100_000 })).sender;
  expect(calls).toMatchObject({ sendfile: 2, clock_nanosleep: expect.any(Number) });
  small.close();
});

test('reflink has nothing to be paced', async () => {
  const destination = { kind: 'file', directory: scratch.directory } as const;
  const request = { mode: 'reflink', destination, bufferBytes: 4096, verify: false, bytesPerSecond };
  expect(error(await addon.startTransfer(source, request).done)).toMatchObject({
    code: 'BAD_ARGUMENT',
    message: expect.stringContaining('paced'),
  });
});

test.each([0, -1, 1.5, '1'])('%o is no pace', async (wrong) => {
  const destination = { kind: 'file', directory: scratch.directory } as const;
  const request = { mode: 'sendfile', destination, bufferBytes: 4096, verify: false, bytesPerSecond: wrong as number };
  expect(error(await addon.startTransfer(source, request).done).code).toBe('BAD_ARGUMENT');
});
