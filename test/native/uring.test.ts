import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, statfsSync, truncateSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DestinationRequest, Outcome, TransferMeasurement, TransferRequest } from '../../native/addon.d.ts';
import { skip } from '../skip.ts';
import { addon, destinations, error, holdings, openFile, Scratch, transfer, underWay, value, xxh3 } from './addon.ts';
import { elsewhere, withShim } from './elsewhere.ts';

const GIB = 2 ** 30;
const EPERM = 1;
const ENOSYS = 38;
const NOBODY = 65_534;
const TMPFS = 0x01021994;

// The same numbers on every architecture.
const calls = { io_uring_setup: 425, io_uring_enter: 426, io_uring_register: 427 };

const ways = [
  { mode: 'io-uring', path: 'file-to-file' },
  { mode: 'io-uring-fixed', path: 'file-to-file' },
  { mode: 'io-uring-direct', path: 'file-to-file' },
  { mode: 'io-uring-splice', path: 'file-to-file' },
  { mode: 'io-uring-splice', path: 'file-to-socket' },
  { mode: 'io-uring-send-zc', path: 'file-to-socket' },
] as const;
const toSocket = ways.filter(({ path }) => path === 'file-to-socket');
const depths = [1, 2, 8, 64];

const root = process.getuid?.() === 0;

let scratch: Scratch;
beforeAll(() => {
  scratch = new Scratch();
});
afterAll(() => scratch.remove());

function destinationOf(path: string, receiverBufferBytes?: number): DestinationRequest {
  const destination = destinations(scratch.directory, receiverBufferBytes)[path];
  if (destination === undefined) throw new Error(path);
  return destination;
}

const generated = async (bytes: number) =>
  value(await addon.openSource({ kind: 'generated', directory: scratch.directory, bytes, seed: 7 }));

/** A script for another process: a transfer of a file, and its outcome as JSON. */
function script(file: string, request: TransferRequest): string {
  return `
    addon.openSource({ kind: 'file', path: ${JSON.stringify(file)} })
      .then(({ value }) => addon.startTransfer(value, ${JSON.stringify(request)}).done)
      .then((outcome) => console.log(JSON.stringify(outcome)));`;
}

/** Compiles a program of test/native/uring into the scratch folder, and gives its path. */
function compiled(compiler: string, source: string, ...flags: string[]): string {
  const program = scratch.file(`${source}.out`);
  const file = fileURLToPath(new URL(`uring/${source}`, import.meta.url));
  const built = spawnSync(compiler, ['-Wall', '-Werror', '-o', program, file, ...flags], { encoding: 'utf8' });
  if (built.status !== 0) throw new Error(built.error?.message ?? built.stderr);
  return program;
}

describe.each(ways)('$mode, $path', ({ mode, path }) => {
  const direct = mode === 'io-uring-direct';
  const onTmpfs = () => statfsSync(scratch.directory).type === TMPFS;

  describe.each(depths)('with a queue of %i', (queueDepth) => {
    test.for([1, 7, 512, 4096, 4099, 65_536, 65_537, 1_048_583])(
      'moves every byte, with a buffer of %i',
      async (bufferBytes, context) => {
        if (direct && onTmpfs()) skip(context, 'O_DIRECT is refused on tmpfs');
        const rounds = bufferBytes > 65_537 ? 1 : 3;
        const sizes = [1, bufferBytes - 1, bufferBytes, bufferBytes + 1, rounds * queueDepth * bufferBytes + 1];
        for (const bytes of new Set(sizes)) {
          const content = randomBytes(bytes);
          const source = await openFile(scratch.write('source', content));
          const request = { mode, destination: destinationOf(path), bufferBytes, options: { queueDepth } };
          const measured = await transfer(source, { ...request, verify: true });
          expect(measured.verification).toMatchObject({ ok: true, bytes, hash: xxh3(content) });
          source.close();
        }
      },
    );
  });

  test('is right under a storm of signals', async (context) => {
    if (direct && onTmpfs()) skip(context, 'O_DIRECT is refused on tmpfs');
    const source = await generated(4_000_011);
    for (const queueDepth of depths) {
      const running = addon.startTransfer(source, {
        mode,
        destination: destinationOf(path, 4096),
        bufferBytes: 10_003,
        options: { queueDepth },
        verify: true,
        tcp: { sendBufferBytes: 8192 },
      });
      let ended = false;
      void running.done.then(() => {
        ended = true;
      });
      while (!ended) {
        running.nudge();
        await setImmediate();
      }
      expect(value(await running.done).verification).toMatchObject({ ok: true, bytes: source.bytes });
    }
    source.close();
  });

  test('waits for an output that is full', async (context) => {
    if (direct && onTmpfs()) skip(context, 'O_DIRECT is refused on tmpfs');
    const source = await generated(1_000_011);
    for (const queueDepth of depths) {
      const measured = await transfer(source, {
        mode,
        destination: destinationOf(path, 4096),
        bufferBytes: 65_536,
        options: { queueDepth },
        verify: true,
        nonBlocking: true,
        tcp: { sendBufferBytes: 4096 },
      });
      expect(measured.verification).toMatchObject({ ok: true, bytes: source.bytes });
    }
    source.close();
  });

  test('is cancelled in the middle, and leaves nothing', async (context) => {
    if (direct && onTmpfs()) skip(context, 'O_DIRECT is refused on tmpfs');
    const source = await openFile(scratch.sparse('huge', 64 * GIB));
    for (const queueDepth of depths) {
      const before = holdings(scratch.directory);
      const request = { mode, destination: destinationOf(path), bufferBytes: 65_536, options: { queueDepth } };
      const running = addon.startTransfer(source, { ...request, verify: false });
      await underWay(running);
      running.cancel();
      expect(error(await running.done).code).toBe('CANCELLED');
      expect(holdings(scratch.directory)).toEqual(before);
    }
    source.close();
  });
});

describe('a receiver that has stopped taking bytes', () => {
  // The stream is stuck, wherever the mode has its bytes then: a cancel must not wait for the receiver.
  test.each(toSocket)('$mode: is no reason not to be cancelled', ({ mode }) => {
    const file = scratch.sparse('huge', 64 * GIB);
    for (const queueDepth of depths) {
      const request = {
        mode,
        destination: { kind: 'socket', receiverBufferBytes: 4096 },
        bufferBytes: 1_000_000,
        options: { queueDepth },
        verify: false,
      };
      const program = `
        const { readFileSync, readdirSync, readlinkSync } = require('node:fs');
        const sockets = () => readdirSync('/proc/self/fd').map((fd) => {
          try { return readlinkSync('/proc/self/fd/' + fd); } catch { return ''; }
        });
        const queues = () => {
          const ours = new Set(sockets());
          return readFileSync('/proc/net/tcp', 'utf8').split('\\n').map((line) => line.trim().split(/ +/))
            .filter((fields) => ours.has('socket:[' + fields[9] + ']')).map((fields) => fields[4]).join();
        };
        const stuck = () => [running.bytesSoFar(), queues()].join();
        let running;
        addon.openSource({ kind: 'file', path: ${JSON.stringify(file)} }).then(({ value }) => {
          running = addon.startTransfer(value, ${JSON.stringify(request)});
          running.done.then((outcome) => console.log(JSON.stringify(outcome)));
          let last = '';
          let times = 0;
          const look = () => {
            const now = stuck();
            times = running.bytesSoFar() >= 100_000 && now === last ? times + 1 : 0;
            last = now;
            if (times < 20) return setImmediate(look);
            running.cancel();
          };
          look();
        });`;
      const outcome = withShim(scratch, 'SHIM_STALL', program, '100000') as Outcome<unknown>;
      expect(error(outcome).code).toBe('CANCELLED');
    }
  });
});

describe('where io_uring is not to be had', () => {
  const denied = (call: keyof typeof calls, errno: number, request: TransferRequest, bytes = 100_000) => {
    const file = scratch.write('source', Buffer.alloc(bytes, 'payload'));
    const through = [compiled('cc', 'deny.c'), `${calls[call]}`, `${errno}`];
    return elsewhere(scratch, script(file, request), { through }) as Outcome<TransferMeasurement>;
  };
  const request = (mode: string, path: string): TransferRequest => ({
    mode,
    destination: destinationOf(path),
    bufferBytes: 4096,
    verify: true,
  });

  describe.each(ways)('$mode, $path', ({ mode, path }) => {
    test.for([
      ['io_uring_setup', EPERM, 'EPERM'],
      ['io_uring_setup', ENOSYS, 'ENOSYS'],
      ['io_uring_register', EPERM, 'EPERM'],
      ['io_uring_enter', EPERM, 'EPERM'],
    ] as const)('%s: is %i, by name', ([call, errno, code], context) => {
      if (mode === 'io-uring-direct' && statfsSync(scratch.directory).type === TMPFS) {
        skip(context, 'O_DIRECT is refused on tmpfs');
      }
      expect(error(denied(call, errno, request(mode, path)))).toMatchObject({ code, call });
    });
  });

  test('the other modes go on', () => {
    for (const path of Object.keys(destinations(''))) {
      const outcome = denied('io_uring_setup', EPERM, request('sendfile', path));
      expect(value(outcome).verification).toMatchObject({ ok: true });
    }
  });
});

describe('memory that may not be locked', () => {
  /** The outcome for a user who may lock `memlock` bytes. Only root can ask. */
  const limited = (memlock: number, request: Omit<TransferRequest, 'destination' | 'verify'>, path: string) => {
    const open = scratch.file('open-to-all');
    mkdirSync(open, { recursive: true });
    chmodSync(open, 0o777);
    const file = scratch.write('source', Buffer.alloc(5_000_011, 'payload'));
    const destination = destinations(open)[path];
    if (destination === undefined) throw new Error(path);
    const through = ['prlimit', `--memlock=${memlock}`, 'setpriv', `--reuid=${NOBODY}`, '--clear-groups', '--'];
    const program = script(file, { ...request, destination, verify: true });
    return elsewhere(scratch, program, { through }) as Outcome<TransferMeasurement>;
  };
  const reason = 'needs root, to become a user whose limits count';
  const KIB = 1024;

  test('is ENOMEM for buffers that stay registered', (context) => {
    if (!root) skip(context, reason);
    const request = { mode: 'io-uring-fixed', bufferBytes: 64 * KIB };
    expect(error(limited(0, request, 'file-to-file')).code).toBe('ENOMEM');
    // Enough for the ring, which some kernels count, but not for eight buffers.
    const outcome = limited(256 * KIB, request, 'file-to-file');
    expect(error(outcome)).toMatchObject({ code: 'ENOMEM', call: 'io_uring_register' });
    expect(value(limited(1024 * KIB, request, 'file-to-file')).verification).toMatchObject({ ok: true });
  });

  test('is ENOMEM for a zero-copy send that does not fit at all', (context) => {
    if (!root) skip(context, reason);
    const request = { mode: 'io-uring-send-zc', bufferBytes: 512 * KIB };
    const outcome = limited(256 * KIB, request, 'file-to-socket');
    expect(error(outcome)).toMatchObject({ code: 'ENOMEM', call: 'send' });
  });

  test.for([160, 256, 1024])('makes zero-copy sends wait for one another where %i KiB fit', (kib, context) => {
    if (!root) skip(context, reason);
    const request = { mode: 'io-uring-send-zc', bufferBytes: 64 * KIB, options: { queueDepth: 32 } };
    const measured = value(limited(kib * KIB, request, 'file-to-socket'));
    expect(measured.verification).toMatchObject({ ok: true, bytes: 5_000_011 });
    expect(measured.zerocopy?.completed).toBe(measured.zerocopy?.sent);
  });
});

describe('what is counted', () => {
  const chunks = 100;
  const bufferBytes = 65_536;

  test('one request at a time is one call each', async () => {
    const source = await generated(chunks * bufferBytes);
    for (const mode of ['io-uring', 'io-uring-fixed']) {
      const request = { mode, destination: destinationOf('file-to-file'), bufferBytes, options: { queueDepth: 1 } };
      const measured = await transfer(source, { ...request, verify: false });
      expect(measured.sender.calls).toEqual({ io_uring_enter: 2 * chunks });
    }
    source.close();
  });

  test('a queue makes the calls fewer than the requests', async () => {
    const source = await generated(chunks * bufferBytes);
    for (const mode of ['io-uring', 'io-uring-fixed']) {
      const request = { mode, destination: destinationOf('file-to-file'), bufferBytes, options: { queueDepth: 16 } };
      const measured = await transfer(source, { ...request, verify: false });
      expect(Object.keys(measured.sender.calls)).toEqual(['io_uring_enter']);
      expect(measured.sender.calls['io_uring_enter']).toBeLessThan(chunks);
    }
    source.close();
  });

  test.each([1, 8, 64])('a chain of %i splices through the pipe is one call', async (queueDepth) => {
    const source = await generated(chunks * bufferBytes);
    const request = {
      mode: 'io-uring-splice',
      destination: destinationOf('file-to-file'),
      bufferBytes,
      options: { queueDepth },
    };
    const measured = await transfer(source, { ...request, verify: false });
    expect(measured.sender.calls).toEqual({ io_uring_enter: Math.ceil(chunks / queueDepth) });
    expect(measured.observed['pipeBytes']).toBe(65_536);
    source.close();
  });

  test('over loopback every zero-copy send is completed, as copied after all', async () => {
    const source = await generated(chunks * bufferBytes - 1);
    for (const queueDepth of depths) {
      const request = {
        mode: 'io-uring-send-zc',
        destination: destinationOf('file-to-socket'),
        bufferBytes,
        options: { queueDepth },
      };
      const measured = await transfer(source, { ...request, verify: false });
      expect(measured.zerocopy).toEqual({ sent: chunks, completed: chunks, copied: chunks });
    }
    source.close();
  });

  test('other modes count no zero-copy sends', async () => {
    const source = await generated(10_000);
    const request = {
      mode: 'io-uring-splice',
      destination: destinationOf('file-to-socket'),
      bufferBytes,
      verify: false,
    };
    expect((await transfer(source, request)).zerocopy).toBeNull();
    source.close();
  });

  const billed = ({ observed, sender }: TransferMeasurement) => {
    expect(observed['ioWorkers']).toBeGreaterThan(0);
    expect(observed['ioWorkerCpuNs']).toBeGreaterThan(0);
    expect(sender.cpuNs).toBeGreaterThan(observed['ioWorkerCpuNs'] ?? Infinity);
  };

  test('what workers do is billed to the sender', async () => {
    const source = await generated(chunks * bufferBytes);
    for (const path of ['file-to-file', 'file-to-socket']) {
      const request = { mode: 'io-uring-splice', destination: destinationOf(path), bufferBytes, verify: false };
      billed(await transfer(source, request));
    }
    const request = { mode: 'read-write', destination: destinationOf('file-to-file'), bufferBytes, verify: false };
    expect((await transfer(source, request)).observed).toEqual({});
    source.close();
  });

  test('what workers do is billed to the sender in a container too', (context) => {
    if (!root) skip(context, 'needs root, to make a PID namespace');
    const file = scratch.write('source', Buffer.alloc(5_000_000, 'payload'));
    const request = { mode: 'io-uring-splice', destination: destinationOf('file-to-file'), bufferBytes, verify: false };
    const through = ['unshare', '--pid', '--fork', '--mount-proc'];
    billed(value(elsewhere(scratch, script(file, request), { through }) as Outcome<TransferMeasurement>));
  });

  test('O_DIRECT says what it made of the buffer, and of the end', async (context) => {
    if (statfsSync(scratch.directory).type === TMPFS) skip(context, 'O_DIRECT is refused on tmpfs');
    const source = await generated(1_000_001);
    const request = { mode: 'io-uring-direct', destination: destinationOf('file-to-file'), bufferBytes: 10_000 };
    const { observed } = await transfer(source, { ...request, verify: false });
    const rounded = observed['directBufferBytes'] ?? 0;
    const tail = observed['bufferedTailBytes'] ?? 0;
    expect(rounded).toBeGreaterThanOrEqual(10_000);
    expect(rounded % 512).toBe(0);
    expect((1_000_001 - tail) % 512).toBe(0);
    expect(tail % 2).toBe(1);
    source.close();
  });
});

describe('refused', () => {
  test.each(['io-uring', 'io-uring-fixed', 'io-uring-direct'])('%s: a stream for an output', async (mode) => {
    const source = await generated(10_000);
    const request = { mode, destination: destinationOf('file-to-socket'), bufferBytes: 4096, verify: false };
    expect(['ESPIPE', 'ENXIO']).toContain(error(await addon.startTransfer(source, request).done).code);
    source.close();
  });

  test('io-uring-send-zc: a file for an output', async () => {
    const source = await generated(10_000);
    const destination = destinationOf('file-to-file');
    const request = { mode: 'io-uring-send-zc', destination, bufferBytes: 4096, verify: false };
    expect(error(await addon.startTransfer(source, request).done)).toMatchObject({ code: 'ENOTSOCK', call: 'send' });
    source.close();
  });
});

describe('a source that is cut', () => {
  test.each(ways)('$mode, $path: is SHORT', async ({ mode, path }) => {
    const file = scratch.sparse('cut', 64 * GIB);
    const source = await openFile(file);
    const running = addon.startTransfer(source, {
      mode,
      destination: destinationOf(path),
      bufferBytes: 65_536,
      verify: false,
    });
    await underWay(running);
    truncateSync(file, 100);
    expect(error(await running.done)).toMatchObject({ code: 'SHORT', path: file });
    source.close();
  });
});

test('our ring and liburing agree on one and the same io_uring', (context) => {
  const there = spawnSync('cc', ['-E', '-include', 'liburing.h', '-x', 'c', '/dev/null'], { encoding: 'utf8' });
  if (there.status !== 0) skip(context, 'needs liburing with its headers (liburing-dev)');
  const native = (file: string) => fileURLToPath(new URL(`../../native/${file}`, import.meta.url));
  const program = compiled(
    'c++',
    'against_liburing.cc',
    ...['-std=c++17', `-I${native('')}`],
    ...['uring/ring.cc', 'core/mapping.cc', 'core/result.cc', 'measure/calls.cc', 'measure/latency.cc'].map(native),
    ...['-Wl,--wrap=syscall', '-luring'],
  );
  const run = spawnSync(program, { encoding: 'utf8', timeout: 60_000 });
  expect([run.stderr, run.stdout, run.status]).toEqual(['', 'agreed\n', 0]);
});
