import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CallLatency, NativeSource, Outcome, TransferMeasurement } from '../../native/addon.d.ts';
import { addon, destinations, everyWay, exchangeModes, Scratch, stormOver, transfer, value } from './addon.ts';
import { check } from './coreTest.ts';
import { withShim } from './elsewhere.ts';
import { skipWhereRefused } from './trial.ts';

const bytes = 1_000_000;
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

function expectEveryCallTimed(measured: TransferMeasurement): void {
  const latency = measured.latency ?? [];
  expect(Object.fromEntries(latency.map(({ call, count }) => [call, count]))).toEqual(measured.sender.calls);
  for (const { p50Ns, p99Ns, p999Ns, maxNs } of latency) {
    expect([p50Ns, p99Ns, p999Ns, maxNs]).toEqual([p50Ns, p99Ns, p999Ns, maxNs].sort((a, b) => a - b));
    expect(p50Ns).toBeGreaterThan(0);
    expect(maxNs).toBeLessThanOrEqual(measured.senderDoneNs);
  }
}

test('durations are kept to 1/32 of their value', () => {
  check('latency.cc', ['measure/latency.cc']);
});

describe.each(everyWay())('$mode, $path', (way) => {
  const request = (latency: boolean) => {
    const destination = destinations(scratch.directory)[way.path];
    if (destination === undefined) throw new Error(way.path);
    return { mode: way.mode, destination, bufferBytes: 4096, verify: false, latency };
  };

  test('every call of the sender is timed, if that is asked for', async (context) => {
    await skipWhereRefused(context, way, scratch);
    expectEveryCallTimed(await transfer(source, request(true)));
    expect((await transfer(source, request(false))).latency).toBeNull();
  });

  test('calls that signals end are timed as well, and made again', async (context) => {
    await skipWhereRefused(context, way, scratch);
    const measured = value(await stormOver(addon.startTransfer(source, { ...request(true), verify: true }), 1000));
    expect(measured.verification).toMatchObject({ ok: true });
    expectEveryCallTimed(measured);
  });
});

test.each(exchangeModes)('%s: every call of the producer is timed', async (mode) => {
  const request = { mode, bytes, seed: 1, bufferBytes: 4096, peer: 'process', verify: false, latency: true } as const;
  expectEveryCallTimed(value(await addon.startExchange(request).done));
});

test('one call that takes long is the longest', () => {
  const delayNs = 30_000_000;
  const answer = withShim(
    scratch,
    'SHIM_SLOW_WRITE',
    `const directory = ${JSON.stringify(scratch.directory)};
    addon.openSource({ kind: 'generated', directory, bytes: 100 * 8192, seed: 1 }).then(async ({ value: source }) => {
      const destination = { kind: 'file', directory };
      const request = { mode: 'read-write', destination, bufferBytes: 8192, verify: false, latency: true };
      console.log(JSON.stringify(await addon.startTransfer(source, request).done));
    });`,
    String(delayNs),
  );
  const latency = value(answer as Outcome<TransferMeasurement>).latency ?? [];
  const [write] = latency.filter(({ call }: CallLatency) => call === 'write');
  expect(write).toMatchObject({ count: 100 });
  expect(write?.maxNs).toBeGreaterThanOrEqual(delayNs);
  // The last of a hundred is the only one above 999 of a thousand.
  expect(write?.p999Ns).toBe(write?.maxNs);
});
