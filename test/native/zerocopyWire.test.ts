/**
 * MSG_ZEROCOPY to a receiver that stalls or goes away, over wires of all kinds and under limits: network namespaces of
 * the test's own, entered by a plain program that is linked with the modes.
 */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, type TestContext, test } from 'vitest';
import { skip } from '../skip.ts';
import { Scratch } from './addon.ts';
import type { CoreProgram } from './coreTest.ts';
import { type Moved, overWire } from './overWire.ts';

const bytes = 8_000_011;
const modes = ['msg-zerocopy', 'read-msg-zerocopy', 'direct-msg-zerocopy'];
const rings = ['read-msg-zerocopy', 'direct-msg-zerocopy'];
const wires = ['loopback', 'veth', 'veth-without-sg'];

// A user namespace lets everyone do this, and takes from root what would exempt it from limits.
const ownNetwork = ['unshare', '--user', '--map-root-user', '--net'];
// Pinned pages are counted by user, whatever the namespace, and other tests of root's pin some too. So where it may, the
// program runs as somebody there is nobody else of.
const someone = String(100_000 + process.pid);
const ownAccount = ['setpriv', `--reuid=${someone}`, `--regid=${someone}`, '--clear-groups', ...ownNetwork];
const alone = process.getuid?.() === 0 ? ownAccount : ownNetwork;

/** What stands in the way of a command in a network of its own, or nothing. */
function obstacle(...command: readonly string[]): string | null {
  const [first = '', ...rest] = [...alone, ...command];
  const { status, error, stderr } = spawnSync(first, rest, { encoding: 'utf8' });
  return status === 0 ? null : (error?.message ?? stderr.trim());
}

const noNetwork = obstacle('ip', 'link');
const noQueue = obstacle(...'tc qdisc add dev lo root tbf rate 64bit burst 1600 latency 10000s'.split(' '));

let scratch: Scratch;
let program: CoreProgram;
let file: string;
beforeAll(() => {
  scratch = new Scratch();
  file = scratch.write('source', randomBytes(bytes));
  program = overWire();
  for (const folder of [scratch.directory, path.dirname(program.file)]) chmodSync(folder, 0o755);
});
afterAll(() => {
  program.remove();
  scratch.remove();
});

function move(context: TestContext, how: Record<string, string | number>): Moved {
  if (noNetwork !== null) skip(context, `needs network namespaces of its own: ${noNetwork}`);
  const words = Object.entries({ file, ...how }).map(([name, value]) => `${name}=${value}`);
  const { status, signal, stdout, stderr } = program.within(alone, ...words);
  if (status !== 0) throw new Error(`${words.join(' ')} ended with ${signal ?? status}: ${stderr}`);
  return JSON.parse(stdout) as Moved;
}

const everyByte = { code: 'ok', arrived: bytes, exact: true };

describe.each(wires)('over %s', (wire) => {
  test.for(modes)('%s moves every byte', (mode, context) => {
    const moved = move(context, { mode, wire });
    expect(moved).toMatchObject(everyByte);
    expect(moved.completed).toBe(moved.sent);
    // Without scatter-gather the copy is made later, and the kernel owns up to only some of it.
    if (wire !== 'veth-without-sg') expect(moved.copied).toBe(moved.sent);
  });

  // Small buffers and a large socket: when nothing more fits into it, the ring has gone round several times. Only then
  // the receiver reads.
  const stalled = { wire, receiver: 'stalls', buffer: 16_384, depth: 2, rcvbuf: 4096, sndbuf: 200_000 };

  test.for(modes)('%s moves every byte to a receiver that stalls', (mode, context) => {
    expect(move(context, { ...stalled, mode })).toMatchObject(everyByte);
  });

  test('buffers that are used again too early deliver other bytes', (context) => {
    const moved = move(context, { ...stalled, mode: 'liar-reuses-early' });
    expect(moved).toMatchObject({ ...everyByte, exact: false });
  });
});

describe('with a receiver that stalls', () => {
  const stalled = { rcvbuf: 4096 };
  const depths = [1, 2, 8, 1000];

  describe.each(modes)('%s', (mode) => {
    test.for(depths)('is cancelled where it waits, with a queue of %i', (depth, context) => {
      for (const nonblocking of [0, 1]) {
        const moved = move(context, { ...stalled, mode, depth, nonblocking, receiver: 'cancels' });
        expect(moved.code).toBe('CANCELLED');
        expect(moved.completed).toBeLessThan(moved.sent);
      }
    });

    test.for(depths)('ends with the connection, with a queue of %i', (depth, context) => {
      for (const nonblocking of [0, 1]) {
        const moved = move(context, { ...stalled, mode, depth, nonblocking, receiver: 'resets' });
        expect(['ECONNRESET', 'EPIPE']).toContain(moved.code);
      }
    });
  });
});

test.for(modes)('%s is cancelled while it waits for the last completions', (mode, context) => {
  // Less than the socket takes, more than the receiver does: all is sent, and nothing is done.
  const small = scratch.write('small', randomBytes(50_000));
  const moved = move(context, { file: small, mode, buffer: 10_000, receiver: 'cancels', rcvbuf: 4096 });
  expect(moved).toMatchObject({ code: 'CANCELLED', call: 'poll', sent: 5 });
  expect(moved.completed).toBeLessThan(5);
});

test.for(rings)('%s ends with the connection, though the kernel still holds a buffer', (mode, context) => {
  if (noQueue !== null) skip(context, `needs a token bucket queue: ${noQueue}`);
  // As a rule the packets in the queue of the device keep the completions from coming, and poll goes on to say that the
  // connection is gone. Now and then they come all the same: then it is the next send that says so.
  const held = { wire: 'veth-held', receiver: 'resets', buffer: 16_384, depth: 4, sndbuf: 200_000 };
  expect(move(context, { ...held, mode })).toMatchObject({ code: 'ECONNRESET', sent: 4 });
});

describe('under limits', () => {
  test.for(modes)('%s says that nothing may be pinned', (mode, context) => {
    expect(move(context, { mode, memlock: 0 })).toMatchObject({
      code: 'ENOBUFS',
      call: 'send',
      message: expect.stringContaining('RLIMIT_MEMLOCK'),
      sent: 0,
    });
  });

  test.for(modes)('%s says that no notification has room', (mode, context) => {
    expect(move(context, { mode, optmem: 100 })).toMatchObject({
      code: 'ENOBUFS',
      call: 'send',
      message: expect.stringContaining('net.core.optmem_max is 100 bytes'),
      sent: 0,
    });
  });

  // 16 pages of a chunk, the two more that it may touch, and not enough for a second one.
  test.for(modes)('%s waits where one chunk may be pinned at a time', (mode, context) => {
    const moved = move(context, { mode, memlock: 20 * 4096, receiver: 'reads' });
    expect(moved).toMatchObject(everyByte);
    expect(moved.completed).toBe(moved.sent);
    expect(moved.calls['send']).toBeGreaterThan(moved.sent);
  });

  test.for(modes)('%s waits where one notification has room at a time', (mode, context) => {
    const moved = move(context, { mode, optmem: 1200 });
    expect(moved).toMatchObject(everyByte);
    expect(moved.completed).toBe(moved.sent);
    expect(moved.calls['send']).toBeGreaterThan(moved.sent);
  });
});
