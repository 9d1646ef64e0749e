import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type {
  DestinationRequest,
  NativeAddon,
  Outcome,
  ReceiverKind,
  TransferMeasurement,
} from '../../native/addon.d.ts';
import {
  addon,
  addonFile,
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
  xxh3,
} from './addon.ts';
import { Filesystem } from './filesystems.ts';

const GIB = 2 ** 30;

interface Expectation {
  /** The calls it makes, all of them, wherever something arrives. */
  readonly calls: readonly string[];
  /** Those it makes where it needs to. */
  readonly perhaps?: readonly string[];
  readonly observed?: readonly string[];
  /** How a transfer with `verify` is verified, and the calls of that. */
  readonly how: 'separate-pass' | 'readback';
  readonly verifyingCalls?: readonly string[];
}

const receivers: Readonly<Record<ReceiverKind, Expectation>> = {
  read: { calls: ['recv'], how: 'separate-pass' },
  discard: { calls: ['recv'], how: 'separate-pass' },
  'splice-null': {
    calls: ['splice'],
    observed: ['receiverPipeBytes'],
    how: 'separate-pass',
    verifyingCalls: ['recv'],
  },
  'zerocopy-receive': {
    calls: ['getsockopt'],
    perhaps: ['recv', 'poll'],
    observed: ['receiverMappedBytes', 'receiverCopiedBytes'],
    how: 'separate-pass',
  },
  save: { calls: ['recv', 'write'], how: 'readback' },
  'save-splice': { calls: ['splice'], observed: ['receiverPipeBytes'], how: 'readback' },
};

const kinds = Object.keys(receivers) as ReceiverKind[];
const saving = kinds.filter((kind) => receivers[kind].how === 'readback');
const senders = everyWay()
  .filter(({ path }) => path === 'file-to-socket')
  .map(({ mode }) => mode);

let scratch: Scratch;
beforeAll(() => {
  scratch = new Scratch();
});
afterAll(() => scratch.remove());

function to(receiver: ReceiverKind, receiverBufferBytes = 65_536, directory = scratch.directory): DestinationRequest {
  return { kind: 'socket', receiver, receiverBufferBytes, directory };
}

function expectCalls(measured: TransferMeasurement, always: readonly string[], perhaps: readonly string[] = []): void {
  const made = Object.keys(measured.receiver?.calls ?? {});
  expect(made).toEqual(expect.arrayContaining([...always]));
  expect(made.filter((call) => !always.includes(call) && !perhaps.includes(call))).toEqual([]);
}

describe.each(kinds.flatMap((kind) => senders.map((mode) => ({ kind, mode }))))('$kind, $mode', ({ kind, mode }) => {
  const { calls, perhaps, observed, how, verifyingCalls } = receivers[kind];

  // A byte at a time over a MiB would take its time; everything else is asked of every size.
  test.each([
    { buffer: 1, sizes: [0, 1, 4097] },
    { buffer: 4096, sizes: [0, 1, 4095, 4096, 4097, 1_048_577] },
    { buffer: 65_537, sizes: [0, 1, 65_536, 65_537, 65_538, 1_048_577] },
    { buffer: 262_144, sizes: [0, 1, 262_143, 262_144, 262_145, 1_048_577] },
    { buffer: 4_194_304, sizes: [0, 1, 4096, 1_048_577] },
  ])('takes every byte, with a buffer of $buffer', async ({ buffer, sizes }) => {
    for (const bytes of sizes) {
      const content = randomBytes(bytes);
      const source = await openFile(scratch.write('source', content));
      const request = { mode, destination: to(kind, buffer), bufferBytes: 65_536 };

      const verified = await transfer(source, { ...request, verify: true });
      expect(verified.verification).toEqual({ ok: true, how, bytes, hash: xxh3(content) });
      expect(verified.bytes).toBe(bytes);
      if (bytes > 0) expectCalls(verified, verifyingCalls ?? calls, perhaps);
      source.close();
    }
  });

  test.each([4096, 65_537, 262_144])('counts every byte in a timed transfer, with a buffer of %i', async (buffer) => {
    for (const bytes of [0, 1, buffer + 1, 1_048_577]) {
      const source = await openFile(scratch.write('source', randomBytes(bytes)));
      const request = { mode, destination: to(kind, buffer), bufferBytes: 65_536 };
      const timed = await transfer(source, { ...request, verify: false });
      expect(timed.bytes).toBe(bytes);
      expect(timed.wallNs).toBeGreaterThanOrEqual(timed.senderDoneNs);
      expect(timed.receiver?.cpuNs).toBeGreaterThanOrEqual(0);
      expect(Object.keys(timed.observed)).toEqual(expect.arrayContaining([...(observed ?? [])]));
      if (bytes > 0) expectCalls(timed, calls, perhaps);
      source.close();
    }
  });

  test('is right under a storm of signals', async () => {
    const bytes = 1_500_011;
    const source = value(await addon.openSource({ kind: 'generated', directory: scratch.directory, bytes, seed: 7 }));
    const request = { mode, destination: to(kind, 4096), bufferBytes: 100_003 };
    const verified = value(await stormOver(addon.startTransfer(source, { ...request, verify: true }), 2000));
    expect(verified.verification).toMatchObject({ ok: true, how, bytes });
    const timed = value(await stormOver(addon.startTransfer(source, { ...request, verify: false }), 2000));
    expect(timed.bytes).toBe(bytes);
    source.close();
  });

  test('is cancelled in the middle, and leaves nothing', async () => {
    const source = await openFile(scratch.sparse('huge', 64 * GIB));
    const before = holdings(scratch.directory);
    const files = readdirSync(scratch.directory);
    const running = addon.startTransfer(source, { mode, destination: to(kind), bufferBytes: 65_536, verify: false });
    await underWay(running);
    running.cancel();
    expect(error(await running.done).code).toBe('CANCELLED');
    expect(running.bytesSoFar()).toBeLessThan(64 * GIB);
    expect(holdings(scratch.directory)).toEqual(before);
    expect(readdirSync(scratch.directory)).toEqual(files);
    source.close();
  });
});

describe('calls', () => {
  const bytes = 1_000_000;
  const costs = async (receiver: ReceiverKind, bufferBytes: number): Promise<Record<string, number>> => {
    const source = await openFile(scratch.write('source', randomBytes(bytes)));
    const request = { mode: 'sendfile', destination: to(receiver, bufferBytes), bufferBytes: 65_536, verify: false };
    const { receiver: cost } = await transfer(source, request);
    source.close();
    return { ...cost?.calls };
  };

  test.each(kinds)('%s: there are at least as many as the buffer asks for', async (kind) => {
    const made = Object.values(await costs(kind, 4096)).reduce((sum, times) => sum + times, 0);
    const perChunk = ['save', 'splice-null', 'save-splice'].includes(kind) ? 2 : 1;
    expect(made).toBeGreaterThanOrEqual(perChunk * Math.ceil(bytes / 4096));
  });

  test('save writes what it received, and the last byte is written in the window', async () => {
    const { recv, write } = await costs('save', 4096);
    expect(write).toBe(recv);
  });

  test('splices go in and come out, and the last one is in the window', async () => {
    for (const kind of ['splice-null', 'save-splice'] as const) {
      expect(((await costs(kind, 4096))['splice'] ?? 1) % 2).toBe(0);
    }
  });
});

describe.each(kinds)('%s', (kind) => {
  test.each([
    { mode: 'liar-drops-byte', found: 'dropped' },
    { mode: 'liar-reorders', found: 'reordered' },
    { mode: 'liar-stops-early', found: 'truncated' },
    { mode: 'liar-flips-bit', found: 'corrupt' },
    { mode: 'liar-adds-byte', found: 'extra' },
  ])('finds $mode out', async ({ mode, found }) => {
    const liars: NativeAddon = load(liarsFile);
    const source = await openFile(scratch.write('source', randomBytes(1_000_003)), liars);
    const request = { mode, destination: to(kind, 4096), bufferBytes: 4096, verify: true };
    expect((await transfer(source, request, liars)).verification).toMatchObject({
      ok: false,
      how: receivers[kind].how,
      kind: found,
    });
    source.close();
  });
});

describe('the pipe of a receiver', () => {
  test.each([
    { buffer: 1, pipe: 65_536 },
    { buffer: 65_536, pipe: 65_536 },
    { buffer: 65_537, pipe: 131_072 },
    { buffer: 16_777_216, pipe: 1_048_576 },
  ])('is $pipe bytes for a buffer of $buffer', async ({ buffer, pipe }) => {
    const source = await openFile(scratch.write('source', Buffer.alloc(10)));
    for (const kind of ['splice-null', 'save-splice'] as const) {
      const request = { mode: 'sendfile', destination: to(kind, buffer), bufferBytes: 4096, verify: false };
      expect((await transfer(source, request)).observed['receiverPipeBytes']).toBe(pipe);
    }
    source.close();
  });
});

describe('zerocopy-receive', () => {
  // Which fragments arrive in pages that can be mapped is the kernel's business; on loopback those of a page cache are
  // refused since it asks for page->mapping. receiverAlone.test.ts sends pages that can be mapped.
  test.each(senders)('%s: says of every byte whether it was mapped or copied', async (mode) => {
    const source = await openFile(scratch.write('aligned', randomBytes(4_194_304)));
    const request = { mode, destination: to('zerocopy-receive', 262_144), bufferBytes: 65_536, verify: true };
    const { observed, verification } = await transfer(source, request);
    const { receiverMappedBytes: mapped = -1, receiverCopiedBytes: copied = -1 } = observed;
    expect(verification).toMatchObject({ ok: true });
    expect(mapped + copied).toBe(4_194_304);
    expect(mapped % 4096).toBe(0);
    source.close();
  });
});

describe('what a receiver saves', () => {
  test.each(saving)('%s: goes into the folder it was given, and is gone afterwards', async (kind) => {
    const folder = new Scratch();
    const source = await openFile(scratch.sparse('huge', 64 * GIB));
    const destination = to(kind, 65_536, folder.directory);
    const running = addon.startTransfer(source, { mode: 'sendfile', destination, bufferBytes: 65_536, verify: false });
    await underWay(running);
    expect(holdings(folder.directory).descriptors.filter((each) => each.startsWith(folder.directory))).toHaveLength(1);
    expect(readdirSync(folder.directory)).toEqual([]);
    running.cancel();
    await running.done;
    expect(holdings(folder.directory).descriptors.filter((each) => each.startsWith(folder.directory))).toEqual([]);
    source.close();
    folder.remove();
  });

  test.for(saving.flatMap((kind) => senders.map((mode) => ({ kind, mode }))))(
    '$kind, $mode: is ENOSPC with the folder on a full disk, whatever the sender saw',
    async ({ kind, mode }, context) => {
      const small = new Filesystem('tmpfs', scratch, 2 ** 20);
      onTestFinished(() => small.remove());
      const directory = small.folder(context);
      const source = await openFile(scratch.write('source', randomBytes(5_000_000)));
      const before = holdings(scratch.directory);
      const request = { mode, destination: to(kind, 65_536, directory), bufferBytes: 65_536, verify: false };
      expect(error(await addon.startTransfer(source, request).done)).toMatchObject({ code: 'ENOSPC', path: directory });
      expect(readdirSync(directory)).toEqual([]);
      expect(holdings(scratch.directory)).toEqual(before);
      source.close();
    },
  );

  test.each(saving)('%s: needs a folder that is there', async (kind) => {
    const source = await openFile(scratch.write('source', Buffer.alloc(10)));
    const into = (directory: string) =>
      addon.startTransfer(source, {
        mode: 'sendfile',
        destination: to(kind, 65_536, directory),
        bufferBytes: 4096,
        verify: false,
      }).done;
    const missing = scratch.file('missing');
    expect(error(await into(missing))).toMatchObject({ code: 'ENOENT', path: missing });
    const file = scratch.write('file', Buffer.alloc(1));
    expect(error(await into(file))).toMatchObject({ code: 'ENOTDIR', path: file });
    source.close();
  });
});

test('a receiver that cannot get ready says why, not that the connection was lost', () => {
  const file = JSON.stringify(scratch.write('source', Buffer.alloc(10)));
  const destination = { kind: 'socket', receiver: 'splice-null', receiverBufferBytes: 4096 };
  const request = JSON.stringify({ mode: 'sendfile', destination, bufferBytes: 4096, verify: false });
  // Leaves one descriptor more from time to time, until there are enough.
  const program = `
    const fs = require('node:fs');
    const addon = require(${JSON.stringify(addonFile)});
    addon.openSource({ kind: 'file', path: ${file} }).then(async ({ value: source }) => {
      const taken = [];
      try { for (;;) taken.push(fs.openSync('/dev/null')); } catch {}
      const outcomes = [];
      do {
        fs.closeSync(taken.pop());
        outcomes.push(await addon.startTransfer(source, ${request}).done);
      } while (!outcomes.at(-1).ok && taken.length > 0);
      for (const fd of taken) fs.closeSync(fd);
      console.log(JSON.stringify(outcomes));
    });`;
  const limited = ['-c', 'ulimit -n 256 && exec "$0" -e "$1"', process.execPath, program];
  const child = spawnSync('sh', limited, { encoding: 'utf8', timeout: 60_000 });
  const outcomes = JSON.parse(child.stdout) as Outcome<TransferMeasurement>[];
  expect(outcomes.at(-1)).toMatchObject({ ok: true, value: { bytes: 10 } });
  const errors = outcomes.slice(0, -1).map(error);
  expect(errors.map(({ code }) => code)).toEqual(errors.map(() => 'EMFILE'));
  // The last two are the receiver's.
  expect(errors.map(({ call }) => call)).toEqual(expect.arrayContaining(['accept', 'pipe2']));
});
