/** The calls that modes count, against those that the kernel counts: the evidence of crossings. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { NativeSource, Outcome, TransferMeasurement, TransferRequest } from '../../native/addon.d.ts';
import { skip } from '../skip.ts';
import { addon, destinations, error, everyWay, exchangeModes, Scratch, stormOver, transfer, value } from './addon.ts';
import { asNobody } from './elsewhere.ts';
import { skipWithoutTracepoint } from './sampled.ts';
import { skipWhereRefused } from './trial.ts';

const bytes = 3_000_003;
const BUFFERS = [4093, 65_536, 4_000_000];

let scratch: Scratch;
let source: NativeSource;
beforeAll(async () => {
  scratch = new Scratch();
  source = value(await addon.openSource({ kind: 'generated', directory: scratch.directory, bytes, seed: 9 }));
});
afterAll(() => {
  source.close();
  scratch.remove();
});
beforeEach(skipWithoutTracepoint);

function counted({ sender }: TransferMeasurement): number {
  return Object.values(sender.calls).reduce((sum, times) => sum + times, 0);
}

function expectAllCounted(measured: TransferMeasurement): void {
  expect(measured.tracedCalls, JSON.stringify(measured.sender.calls)).toBe(counted(measured));
}

describe.each(everyWay())('$mode, $path', (way) => {
  const request = (bufferBytes: number, changes: Partial<TransferRequest> = {}): TransferRequest => {
    const destination = destinations(scratch.directory)[way.path];
    if (destination === undefined) throw new Error(way.path);
    return { mode: way.mode, destination, bufferBytes, verify: false, traceCalls: true, ...changes };
  };
  beforeEach((context) => skipWhereRefused(context, way, scratch));

  test.each(BUFFERS)('makes no call that it does not count, with a buffer of %i', async (buffer) => {
    expectAllCounted(await transfer(source, request(buffer)));
  });

  test('makes none while it opens, sets up for and closes many objects', async () => {
    const { directory } = scratch;
    const objects = value(await addon.openSource({ kind: 'objects', directory, bytes: 10_001, count: 3, seed: 1 }));
    expectAllCounted(await transfer(objects, request(4096, { objects: 50 })));
    objects.close();
  });

  if (way.path === 'file-to-socket') {
    test('counts those that a socket makes it make which takes nothing for a while', async () => {
      expectAllCounted(await transfer(source, request(65_536, { nonBlocking: true, tcp: { sendBufferBytes: 8192 } })));
    });
  }

  // A handler that has run comes back by a call, rt_sigreturn(2), of which the mode knows nothing.
  test('is disturbed by signals, and the kernel counts at most a return from each besides', async () => {
    const nudges = 50;
    const running = addon.startTransfer(source, request(4093));
    const measured = value(await stormOver(running, nudges));
    expect(measured.tracedCalls).toBeGreaterThanOrEqual(counted(measured));
    expect(measured.tracedCalls).toBeLessThanOrEqual(counted(measured) + nudges);
  });
});

describe.each(exchangeModes)('%s', (mode) => {
  describe.each(['thread', 'process'] as const)('to a %s', (peer) => {
    test.each(BUFFERS)('makes no call that it does not count, with a buffer of %i', async (bufferBytes) => {
      const exchange = { mode, bytes, seed: 1, bufferBytes, peer, verify: false, traceCalls: true } as const;
      expectAllCounted(value(await addon.startExchange(exchange).done));
    });
  });
});

test.for(exchangeModes)('who may not look is told so, and waits for nobody: %s', (mode, context) => {
  if (process.getuid?.() !== 0) skip(context, 'needs root, to become a user without rights');
  const exchange = { mode, bytes, seed: 1, bufferBytes: 4096, peer: 'thread', verify: false, traceCalls: true };
  const script = `addon.startExchange(${JSON.stringify(exchange)}).done.then((said) => console.log(JSON.stringify(said)));`;
  expect(error(asNobody(scratch, script) as Outcome<unknown>).code).toMatch(/^E(ACCES|NOENT|PERM)$/);
});

test('nobody counts where it was not asked for', async () => {
  const destination = { kind: 'file', directory: scratch.directory } as const;
  const measured = await transfer(source, { mode: 'read-write', destination, bufferBytes: 4096, verify: false });
  expect(measured.tracedCalls).toBeNull();
});
