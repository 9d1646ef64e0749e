/** Transfers over several connections, for a time, and over sockets that are set otherwise. */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, readlinkSync, truncateSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { NativeSource, TransferRequest } from '../../native/addon.d.ts';
import { skip } from '../skip.ts';
import {
  addon,
  error,
  everyWay,
  holdings,
  liarsFile,
  load,
  openFile,
  Scratch,
  stormOver,
  transfer,
  underWay,
  value,
} from './addon.ts';
import { Filesystem } from './filesystems.ts';
import { skipWhereRefused, skipWithoutMiddle } from './trial.ts';

const MIB = 2 ** 20;
const PAGE = 4096;
const SECOND = 1e9;

let scratch: Scratch;
beforeAll(() => {
  scratch = new Scratch();
});
afterAll(() => scratch.remove());

async function generated(bytes: number): Promise<NativeSource> {
  const source = value(await addon.openSource({ kind: 'generated', directory: scratch.directory, bytes, seed: 3 }));
  onTestFinished(() => source.close());
  return source;
}

const destination = { kind: 'socket', receiverBufferBytes: 65_536 } as const;

function request(changes: Partial<TransferRequest> = {}): TransferRequest {
  return { mode: 'read-write', destination, bufferBytes: 65_536, verify: false, streams: 8, ...changes };
}

/** What each stream is to have of a source: whole pages, as equal as that allows, but for the end of the last. */
function shares(bytes: number, streams: number): number[] {
  const pages = Math.ceil(bytes / PAGE);
  let rest = bytes;
  return Array.from({ length: streams }, (_, index) => {
    const share = Math.min(rest, (Math.floor(pages / streams) + (index < pages % streams ? 1 : 0)) * PAGE);
    rest -= share;
    return share;
  });
}

describe.each(everyWay().filter(({ path }) => path === 'file-to-socket'))('$mode', (way) => {
  const { mode } = way;
  beforeEach((context) => skipWhereRefused(context, way, scratch));

  test.each([
    { bytes: 1, streams: 8 },
    { bytes: 3 * PAGE + 5, streams: 8 },
    { bytes: 8 * PAGE, streams: 8 },
    { bytes: 1_000_003, streams: 8 },
    { bytes: 4_000_011, streams: 3 },
  ])('$bytes bytes by $streams streams arrive as they are', async ({ bytes, streams }) => {
    const source = await generated(bytes);
    for (const bufferBytes of [4096, 100_003]) {
      const measured = await transfer(source, request({ mode, bufferBytes, streams, verify: true }));
      expect(measured.verification).toMatchObject({ ok: true, bytes });
      expect(measured.bytes).toBe(bytes);
      expect(measured.streams?.map((stream) => stream.bytes)).toEqual(shares(bytes, streams));
      expect(Math.max(...(measured.streams ?? []).map(({ doneNs }) => doneNs))).toBeLessThanOrEqual(measured.wallNs);
    }
  });

  test('streams are right under a storm of signals', async () => {
    const source = await generated(4_000_011);
    const running = addon.startTransfer(
      source,
      request({ mode, streams: 4, verify: true, bufferBytes: 100_003, tcp: { sendBufferBytes: 8192 } }),
    );
    expect(value(await stormOver(running, 500)).verification).toMatchObject({ ok: true, bytes: 4_000_011 });
  });

  test('a cancel ends all streams and leaves nothing', async (context) => {
    await skipWithoutMiddle(context, way, scratch);
    const source = await openFile(scratch.sparse('huge', 2 ** 36));
    onTestFinished(() => source.close());
    const before = holdings(scratch.directory);
    const running = addon.startTransfer(source, request({ mode }));
    await underWay(running);
    running.cancel();
    expect(error(await running.done).code).toBe('CANCELLED');
    expect(holdings(scratch.directory)).toEqual(before);
  });

  test('goes on for as long as it is to, and tells what arrived', async () => {
    const source = await generated(3 * MIB + 17);
    for (const streams of [1, 4]) {
      const durationNs = 0.25 * SECOND;
      const measured = await transfer(source, request({ mode, streams, durationNs }));
      expect(measured.wallNs).toBeGreaterThanOrEqual(durationNs);
      expect(measured.streams?.reduce((sum, stream) => sum + stream.bytes, 0)).toBe(measured.bytes);
    }
  });
});

test('what arrived is told by interval', async () => {
  const measured = await transfer(await generated(3 * MIB + 17), request({ durationNs: 2 * SECOND }));
  const { everyNs, bytes } = measured.intervals ?? { everyNs: 0, bytes: [] };
  expect(everyNs).toBe(SECOND / 10);
  // The thread that looks may come late to the last ones: then they are one.
  expect(bytes.length).toBeGreaterThan(1);
  expect(bytes.length).toBeLessThanOrEqual(Math.ceil(measured.wallNs / everyNs));
  expect(bytes.reduce((sum, each) => sum + each, 0)).toBe(measured.bytes);
});

test.for(everyWay().filter(({ path }) => path === 'file-to-socket'))(
  '$mode: what is sent again and again is the source',
  async (way, context) => {
    await skipWhereRefused(context, way, scratch);
    const bytes = 5 * PAGE + 3;
    const content = randomBytes(bytes);
    const source = await openFile(scratch.write('again', content));
    onTestFinished(() => source.close());
    const folder = scratch.directory;
    const saving = { kind: 'socket', receiver: 'save', receiverBufferBytes: 65_536, directory: folder } as const;
    const durationNs = 60 * SECOND;
    const running = addon.startTransfer(
      source,
      request({ mode: way.mode, bufferBytes: 4096, destination: saving, streams: 1, durationNs }),
    );
    while (running.bytesSoFar() < 3 * bytes) await setImmediate();
    // The receiver's unnamed file, while there is one.
    const [saved = ''] = readdirSync('/proc/self/fd')
      .map((fd) => `/proc/self/fd/${fd}`)
      .filter((fd) => linkOf(fd).endsWith('(deleted)') && linkOf(fd).startsWith(folder));
    expect(readFileSync(saved).subarray(0, 3 * bytes)).toEqual(Buffer.concat([content, content, content]));
    running.cancel();
    expect(error(await running.done).code).toBe('CANCELLED');
  },
);

test('costs are those of all threads together', async () => {
  const bytes = 4 * MIB;
  const source = await generated(bytes);
  const plain = await transfer(source, request({ streams: 4, bufferBytes: 65_536 }));
  expect(plain.sender.calls).toEqual({ read: 64, write: 64 });
  expect(plain.receiver?.calls['recv']).toBeGreaterThanOrEqual(64);
  const timed = await transfer(source, request({ streams: 4, bufferBytes: 65_536, latency: true }));
  expect(timed.latency?.map(({ call, count }) => [call, count])).toEqual([
    ['read', 64],
    ['write', 64],
  ]);
});

test('calls of all threads are traced', async (context) => {
  if (addon.evidenceRights().tracepoint !== null) return skip(context, 'this user may not trace system calls');
  const source = await generated(4 * MIB);
  const traced = await transfer(source, request({ streams: 4, traceCalls: true }));
  expect(traced.tracedCalls).toBe(128);
});

test('workers of io_uring are those of all threads', async (context) => {
  const way = { mode: 'io-uring-splice', path: 'file-to-socket' } as const;
  await skipWhereRefused(context, way, scratch);
  const source = await generated(16 * MIB);
  const measured = await transfer(source, request({ mode: way.mode, streams: 4 }));
  expect(measured.observed['ioWorkers']).toBeGreaterThanOrEqual(4);
  expect(measured.sender.cpuNs).toBeGreaterThan(measured.observed['ioWorkerCpuNs'] ?? 0);
});

test('a mode that lies is found out in the range where it does', async () => {
  const liars = load(liarsFile);
  const bytes = 64 * PAGE;
  const directory = scratch.directory;
  const source = value(await liars.openSource({ kind: 'generated', directory, bytes, seed: 5 }));
  onTestFinished(() => source.close());
  const measured = await transfer(source, request({ mode: 'liar-flips-bit', streams: 4, verify: true }), liars);
  // Each flips one in the middle third of its own range; the first is told.
  const range = bytes / 4;
  const atByte = Math.floor(range / 3 / PAGE) * PAGE;
  expect(measured.verification).toMatchObject({ ok: false, kind: 'corrupt', atByte, sentBytes: bytes });
});

test('when one stream fails all of them end, for its reason', async () => {
  const file = scratch.write('shrinks', Buffer.alloc(8 * MIB, 7));
  const source = await openFile(file);
  onTestFinished(() => source.close());
  const before = holdings(scratch.directory);
  // Only the range of the last is not there any more.
  truncateSync(file, 8 * MIB - PAGE);
  for (const mode of ['read-write', 'sendfile', 'splice', 'mmap-write']) {
    const failure = error(await addon.startTransfer(source, request({ mode, durationNs: 60 * SECOND })).done);
    expect(failure.code).toMatch(/^(SHORT|SIGBUS)$/);
    expect(holdings(scratch.directory)).toEqual(before);
  }
});

test('a receiver whose disk is full ends all streams, and says so', async (context) => {
  const small = new Filesystem('tmpfs', scratch, 2 * MIB);
  onTestFinished(() => small.remove());
  const directory = small.folder(context);
  const source = await generated(16 * MIB);
  const before = holdings(directory);
  const saving = { kind: 'socket', receiver: 'save', receiverBufferBytes: 65_536, directory } as const;
  const failure = error(await addon.startTransfer(source, request({ destination: saving })).done);
  expect(failure).toMatchObject({ code: 'ENOSPC', call: 'write' });
  expect(holdings(directory)).toEqual(before);
});

test('threads of streams go round the CPUs', async (context) => {
  const cpus = allowedCpus('/proc/self');
  const [first, second] = cpus;
  if (first === undefined || second === undefined) return skip(context, 'needs two CPUs');
  const source = await generated(MIB);
  const running = addon.startTransfer(
    source,
    request({ streams: 4, senderCpu: second, receiverCpu: first, bytesPerSecond: 100_000, bufferBytes: 4096 }),
  );
  await underWay(running);
  const places = (name: string) =>
    readdirSync('/proc/self/task')
      .filter((thread) => readFileSync(`/proc/self/task/${thread}/comm`, 'utf8').trim() === name)
      .map((thread) => allowedCpus(`/proc/self/task/${thread}`))
      .sort();
  const round = (from: number) =>
    Array.from({ length: 4 }, (_, index) => [cpus[(cpus.indexOf(from) + index) % cpus.length]]).sort();
  expect(places('zcl-sender')).toEqual(round(second));
  expect(places('zcl-receiver')).toEqual(round(first));
  running.cancel();
  await running.done;
});

describe('TCP', () => {
  test('what the kernel made of its settings is read back', async () => {
    const source = await generated(MIB);
    const tcp = { mssBytes: 1000, sendBufferBytes: 65_536, noDelay: true };
    const measured = await transfer(source, request({ streams: 2, tcp, verify: true }));
    expect(measured.verification?.ok).toBe(true);
    // Less 12 bytes for time stamps (RFC 7323); the buffer twice as large (socket(7)).
    expect(measured.observed).toEqual({ tcpMssBytes: 988, tcpSendBufferBytes: 131_072, tcpNoDelay: 1 });
    expect(await transfer(source, request({ streams: 2 }))).toMatchObject({ observed: {} });
  });

  test.each([
    { tcp: { congestion: 'no-such' }, code: 'ENOENT' },
    { tcp: { mssBytes: 10 }, code: 'EINVAL' },
  ])('$tcp is refused by the kernel', async ({ tcp, code }) => {
    const source = await generated(MIB);
    const before = holdings(scratch.directory);
    const failure = error(await addon.startTransfer(source, request({ tcp })).done);
    expect(failure).toMatchObject({ code, call: 'setsockopt' });
    expect(holdings(scratch.directory)).toEqual(before);
  });

  test('the congestion control is that which was asked for', async (context) => {
    if (spawnSync('ss', ['-V']).error) return skip(context, 'needs ss');
    const allowed = readFileSync('/proc/sys/net/ipv4/tcp_allowed_congestion_control', 'utf8').trim().split(' ');
    const source = await generated(MIB);
    for (const congestion of allowed) {
      const running = addon.startTransfer(
        source,
        request({ streams: 2, tcp: { congestion }, bytesPerSecond: 100_000, bufferBytes: 4096 }),
      );
      await underWay(running);
      const inodes = holdings(scratch.directory).descriptors.map((each) => /socket:\[(\d+)\]/.exec(each)?.[1]);
      const sockets = spawnSync('ss', ['-tineHO'], { encoding: 'utf8' }).stdout.split('\n');
      const ours = sockets.filter((line) => inodes.some((inode) => line.includes(`ino:${inode} `)));
      expect(ours.filter((line) => line.includes(` ${congestion} `)).length).toBeGreaterThanOrEqual(2);
      running.cancel();
      await running.done;
    }
  });

  test('more to come is said with every call but the last, and a cork is taken away', async () => {
    const source = await generated(MIB);
    const more = await transfer(source, request({ streams: 2, tcp: { msgMore: true }, verify: true }));
    expect(more.verification?.ok).toBe(true);
    expect(more.sender.calls).toEqual({ read: 16, send: 14, write: 2 });
    const corked = await transfer(source, request({ streams: 2, tcp: { cork: true }, verify: true }));
    expect(corked.verification?.ok).toBe(true);
    expect(corked.sender.calls).toEqual({ read: 16, write: 16, setsockopt: 2 });
  });
});

test.each([
  { streams: 0 },
  { streams: 65 },
  { streams: 1.5 },
  { durationNs: 0 },
  { durationNs: SECOND, verify: true },
  { streams: 2, objects: 1 },
  { streams: 2, destination: { kind: 'file', directory: '/' } },
  { tcp: { mssBytes: 0 } },
  { tcp: { cork: 1 } },
])('%j is refused', async (changes) => {
  const source = await generated(MIB);
  const refused = addon.startTransfer(source, request(changes as Partial<TransferRequest>));
  expect(error(await refused.done).code).toBe('BAD_ARGUMENT');
});

test.each([{ streams: 2 }, { durationNs: SECOND }])('a hazard with %j is refused', async (changes) => {
  const source = await generated(MIB);
  const hazard = { hazard: 'receiver-closes', atByte: 4096, moment: 'sender' } as const;
  const refused = addon.startHazard(source, { ...request({ streams: 1 }), ...changes, ...hazard });
  expect(error(await refused.done).code).toBe('BAD_ARGUMENT');
});

function linkOf(fd: string): string {
  try {
    return readlinkSync(fd);
  } catch {
    return ''; // the descriptor readdir itself had open
  }
}

function allowedCpus(task: string): number[] {
  const [, list = ''] = /^Cpus_allowed_list:\s*(.*)$/m.exec(readFileSync(`${task}/status`, 'utf8')) ?? [];
  return list.split(',').flatMap((range) => {
    const [first = 0, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}
