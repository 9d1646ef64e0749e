import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, renameSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NativeError, Outcome, SourceRequest } from '../../native/addon.d.ts';
import { skip } from '../skip.ts';
import { addon, error, holdings, openFile, Scratch, transfer, value, xxh3 } from './addon.ts';
import { asNobody } from './elsewhere.ts';

const root = process.getuid?.() === 0;

let scratch: Scratch;
beforeAll(() => {
  scratch = new Scratch();
});
afterAll(() => scratch.remove());

const refusal = async (path: string): Promise<NativeError> => error(await addon.openSource({ kind: 'file', path }));

describe('a file of the user', () => {
  test('that is a folder, a FIFO, a device or a socket is refused by its name', async () => {
    const fifo = scratch.file('fifo');
    expect(spawnSync('mkfifo', [fifo]).status).toBe(0);
    const socket = scratch.file('socket');
    const server = createServer().listen(socket);
    await new Promise((resolve) => server.once('listening', resolve));
    expect(await refusal(scratch.directory)).toMatchObject({
      code: 'NOT_A_FILE',
      message: expect.stringContaining('folder'),
    });
    expect(await refusal(fifo)).toMatchObject({
      code: 'NOT_A_FILE',
      message: expect.stringContaining('FIFO'),
      path: fifo,
    });
    expect(await refusal('/dev/zero')).toMatchObject({
      code: 'NOT_A_FILE',
      message: expect.stringContaining('device'),
    });
    expect(await refusal(socket)).toMatchObject({ code: 'NOT_A_FILE', message: expect.stringContaining('socket') });
    server.close();
  });

  test('that is missing, or behind a file, or a link to itself is refused', async () => {
    const missing = scratch.file('missing');
    expect(await refusal(missing)).toMatchObject({ code: 'ENOENT', path: missing });
    expect(await refusal(`${scratch.write('file', Buffer.alloc(1))}/below`)).toMatchObject({ code: 'ENOTDIR' });
    symlinkSync(scratch.file('loop'), scratch.file('loop'));
    expect(await refusal(scratch.file('loop'))).toMatchObject({ code: 'ELOOP' });
  });

  test('that the user may not read is refused', async (context) => {
    if (!root) skip(context, 'needs root, to become a user without rights');
    const file = scratch.write('secret', Buffer.from('secret'));
    chmodSync(file, 0o600);
    const request = JSON.stringify({ kind: 'file', path: file });
    const answer = asNobody(
      scratch,
      `addon.openSource(${request}).then((answer) => console.log(JSON.stringify(answer)));`,
    );
    expect(error(answer as Outcome<unknown>)).toMatchObject({ code: 'EACCES', path: file });
  });

  test('is reached through symbolic links, and stays the same file when its name moves', async () => {
    const content = Buffer.from('the bytes of this file');
    const file = scratch.write('target', content);
    symlinkSync(file, scratch.file('link'));
    const source = await openFile(scratch.file('link'));
    renameSync(file, scratch.file('elsewhere'));
    scratch.write('target', Buffer.from('others'));
    const destination = { kind: 'file', directory: scratch.directory } as const;
    const measured = await transfer(source, { mode: 'sendfile', destination, bufferBytes: 4096, verify: true });
    expect(measured.verification).toMatchObject({ ok: true, hash: xxh3(content) });
    source.close();
  });

  test('that changed since it was opened is CHANGED, also for a transfer that verifies', async () => {
    const file = scratch.write('changing', Buffer.alloc(10_000, 1));
    const source = await openFile(file);
    expect(value(source.unchanged())).toBeNull();
    utimesSync(file, 1, 2);
    expect(error(source.unchanged())).toMatchObject({ code: 'CHANGED', path: file });
    const request = {
      mode: 'read-write',
      destination: { kind: 'file', directory: scratch.directory },
      bufferBytes: 4096,
      verify: true,
    } as const;
    expect(error(await addon.startTransfer(source, request).done)).toMatchObject({ code: 'CHANGED', path: file });
    source.close();

    const longer = await openFile(file);
    writeFileSync(file, Buffer.alloc(10_001));
    expect(error(longer.unchanged()).code).toBe('CHANGED');
    longer.close();
  });
});

describe('a generated source', () => {
  const generate = async (bytes: number, seed: number) =>
    value(await addon.openSource({ kind: 'generated', directory: scratch.directory, bytes, seed }));

  const hashOf = async (bytes: number, seed: number): Promise<string> => {
    const source = await generate(bytes, seed);
    const destination = { kind: 'file', directory: scratch.directory } as const;
    const measured = await transfer(source, { mode: 'read-write', destination, bufferBytes: 65_536, verify: true });
    source.close();
    if (!measured.verification?.ok) throw new Error('not intact');
    return measured.verification.hash;
  };

  test('is the same for the same seed, and another for another', async () => {
    const hash = await hashOf(3_000_001, 42);
    expect(await hashOf(3_000_001, 42)).toBe(hash);
    expect(await hashOf(3_000_001, 43)).not.toBe(hash);
    expect(await hashOf(3_000_000, 42)).not.toBe(hash);
  });

  test('has the bytes its rule gives', async () => {
    const mask = (1n << 64n) - 1n;
    const splitmix = (state: bigint): bigint => {
      let word = (state * 0x9e3779b97f4a7c15n) & mask;
      word = ((word ^ (word >> 30n)) * 0xbf58476d1ce4e5b9n) & mask;
      word = ((word ^ (word >> 27n)) * 0x94d049bb133111ebn) & mask;
      return word ^ (word >> 31n);
    };
    const bytes = 1_048_576 + 1024 + 5; // more than one pass, and half a word
    const content = Buffer.alloc(bytes + 3);
    const start = splitmix(43n);
    for (let at = 0; at < bytes; at += 8) content.writeBigUInt64LE(splitmix((start + BigInt(at / 8)) & mask), at);
    expect(await hashOf(bytes, 42)).toBe(xxh3(content.subarray(0, bytes)));
  });

  test('has no name, and is gone when it is closed', async () => {
    const directory = scratch.file('empty');
    mkdirSync(directory);
    const before = holdings(directory);
    const source = value(await addon.openSource({ kind: 'generated', directory, bytes: 10_000, seed: 1 }));
    expect(spawnSync('ls', ['-A', directory], { encoding: 'utf8' }).stdout).toBe('');
    expect(holdings(directory).descriptors).toHaveLength(before.descriptors.length + 1);
    source.close();
    expect(holdings(directory)).toEqual(before);
  });

  test('needs a folder that is there', async () => {
    const directory = scratch.file('nowhere');
    const request = { kind: 'generated', directory, bytes: 1, seed: 1 } as const;
    expect(error(await addon.openSource(request))).toMatchObject({ code: 'ENOENT', path: directory });
    const file = scratch.write('a-file', Buffer.alloc(1));
    expect(error(await addon.openSource({ ...request, directory: file }))).toMatchObject({
      code: 'ENOTDIR',
      path: file,
    });
  });
});

describe('residency', () => {
  test('falls with drop and rises with warm', async () => {
    const request = { kind: 'generated', directory: scratch.directory, bytes: 8 * 2 ** 20, seed: 1 } as const;
    const source = value(await addon.openSource(request));
    expect(value(await source.warm())).toBeNull();
    expect(value(source.residency())).toBe(1);
    expect(value(await source.drop())).toBeNull();
    expect(value(source.residency())).toBe(0);
    expect(value(await source.warm())).toBeNull();
    expect(value(source.residency())).toBe(1);
    source.close();
  });

  test('of an empty file is 1: nothing is missing', async () => {
    const source = await openFile(scratch.write('empty-file', Buffer.alloc(0)));
    expect(value(source.residency())).toBe(1);
    expect(value(await source.warm())).toBeNull();
    source.close();
  });

  test('is null where the kernel does not tell this user', async (context) => {
    if (!root) skip(context, 'needs root, to become a user without rights');
    const file = scratch.write('not-theirs', Buffer.alloc(100_000, 1));
    chmodSync(file, 0o644);
    const request = JSON.stringify({ kind: 'file', path: file });
    const answer = asNobody(
      scratch,
      `addon.openSource(${request}).then(({ value }) => console.log(JSON.stringify(value.residency())));`,
    );
    expect(answer).toEqual({ ok: true, value: null });
  });
});

describe('bad arguments', () => {
  const open = (request: unknown) => addon.openSource(request as SourceRequest);

  test.each([
    undefined,
    null,
    7,
    {},
    { kind: 'pipe', path: '/' },
    { kind: 'file' },
    { kind: 'file', path: 7 },
    { kind: 'generated', directory: '/tmp', bytes: -1, seed: 1 },
    { kind: 'generated', directory: '/tmp', bytes: 1.5, seed: 1 },
    { kind: 'generated', directory: '/tmp', bytes: Number.NaN, seed: 1 },
    { kind: 'generated', directory: '/tmp', bytes: 2 ** 53, seed: 1 },
    { kind: 'generated', directory: '/tmp', bytes: 1, seed: '1' },
  ])('%o is no source', async (request) => {
    expect(error(await open(request)).code).toBe('BAD_ARGUMENT');
  });

  test('a property that throws is a bad argument too', async () => {
    const trap = {
      get kind(): string {
        throw new Error('trap');
      },
    };
    expect(error(await open(trap)).code).toBe('BAD_ARGUMENT');
  });

  test('a closed source says so', async () => {
    const source = await openFile(scratch.write('closed', Buffer.from(readFileSync('/proc/self/comm'))));
    source.close();
    source.close();
    expect(error(source.residency()).message).toContain('closed');
    expect(error(source.unchanged()).message).toContain('closed');
    expect(error(await source.warm()).message).toContain('closed');
    expect(error(await source.drop()).message).toContain('closed');
  });
});
