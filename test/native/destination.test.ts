import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NativeSource, TransferRequest } from '../../native/addon.d.ts';
import { addon, error, holdings, openFile, Scratch, value } from './addon.ts';

const root = process.getuid?.() === 0;

let scratch: Scratch;
let source: NativeSource;
beforeAll(async () => {
  scratch = new Scratch();
  source = value(
    await addon.openSource({ kind: 'generated', directory: scratch.directory, bytes: 5_000_000, seed: 1 }),
  );
});
afterAll(() => {
  source.close();
  scratch.remove();
});

/** A filesystem of 1 MiB below the scratch folder, for as long as `use` runs. */
async function onSmallFilesystem(use: (directory: string) => Promise<void>): Promise<void> {
  const directory = scratch.file('small');
  mkdirSync(directory, { recursive: true });
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', directory], { encoding: 'utf8' });
  if (mounted.status !== 0) throw new Error(mounted.stderr);
  try {
    await use(directory);
  } finally {
    expect(spawnSync('umount', [directory]).status).toBe(0);
  }
}

describe('a full disk', () => {
  test.each(addon.modes)(
    '%s: is ENOSPC with the folder, and nothing is left',
    async (mode, { skip }: { skip: (note: string) => never }) => {
      if (!root) skip('needs root, to mount a small filesystem');
      await onSmallFilesystem(async (directory) => {
        const before = holdings(scratch.directory);
        const request = { mode, destination: { kind: 'file', directory }, bufferBytes: 65_536, verify: false } as const;
        expect(error(await addon.startTransfer(source, request).done)).toMatchObject({
          code: 'ENOSPC',
          path: directory,
        });
        expect(readdirSync(directory)).toEqual([]);
        expect(holdings(scratch.directory)).toEqual(before);
      });
    },
  );

  test('is ENOSPC for a generated source too', async ({ skip }) => {
    if (!root) skip('needs root, to mount a small filesystem');
    await onSmallFilesystem(async (directory) => {
      const request = { kind: 'generated', directory, bytes: 2_000_000, seed: 1 } as const;
      expect(error(await addon.openSource(request))).toMatchObject({ code: 'ENOSPC', path: directory });
      expect(readdirSync(directory)).toEqual([]);
    });
  });
});

describe('a folder', () => {
  const into = (directory: string): TransferRequest => ({
    mode: 'sendfile',
    destination: { kind: 'file', directory },
    bufferBytes: 4096,
    verify: false,
  });

  test('that is not there, or is none, is refused', async () => {
    const missing = scratch.file('missing');
    expect(error(await addon.startTransfer(source, into(missing)).done)).toMatchObject({
      code: 'ENOENT',
      path: missing,
    });
    const file = scratch.write('file', Buffer.alloc(1));
    expect(error(await addon.startTransfer(source, into(file)).done)).toMatchObject({ code: 'ENOTDIR', path: file });
  });

  test('that may not be written to is refused', async ({ skip }) => {
    if (root) skip('root may write to every folder');
    const locked = scratch.file('locked');
    mkdirSync(locked);
    chmodSync(locked, 0o500);
    expect(error(await addon.startTransfer(source, into(locked)).done)).toMatchObject({ code: 'EACCES', path: locked });
  });

  test('on a filesystem without unnamed files gets one that is unlinked at once', async ({ skip }) => {
    // procfs and sysfs have neither; ramfs is the kernel's own example of one with names only on some kernels.
    if (!root) skip('needs root, to mount a filesystem');
    const directory = scratch.file('vfat');
    mkdirSync(directory);
    const image = scratch.sparse('vfat.img', 32 * 2 ** 20);
    if (spawnSync('mkfs.vfat', [image]).status !== 0) skip('needs mkfs.vfat (apt install dosfstools)');
    if (spawnSync('mount', ['-o', 'loop', image, directory]).status !== 0) skip('this kernel mounts no vfat');
    try {
      expect((await addon.startTransfer(source, into(directory)).done).ok).toBe(true);
      expect(readdirSync(directory)).toEqual([]);
    } finally {
      expect(spawnSync('umount', [directory]).status).toBe(0);
    }
  });
});

describe('bad arguments', () => {
  const good: TransferRequest = {
    mode: 'sendfile',
    destination: { kind: 'socket', receiverBufferBytes: 4096 },
    bufferBytes: 4096,
    verify: false,
  };
  const start = (changes: object, from: unknown = source) =>
    addon.startTransfer(from as NativeSource, { ...good, ...changes } as TransferRequest).done;

  test.each([
    { bufferBytes: 0 },
    { bufferBytes: -1 },
    { bufferBytes: 2 ** 30 + 1 },
    { bufferBytes: '4096' },
    { verify: 'yes' },
    { destination: undefined },
    { destination: { kind: 'printer' } },
    { destination: { kind: 'file' } },
    { destination: { kind: 'socket', receiverBufferBytes: 0 } },
    { destination: { kind: 'socket', receiverBufferBytes: 2 ** 31 } },
    { sendBufferBytes: 2 ** 31 },
    { nonBlocking: 1 },
  ])('%o is refused', async (changes) => {
    expect(error(await start(changes)).code).toBe('BAD_ARGUMENT');
  });

  test('a mode there is none of is UNKNOWN_MODE, by name', async () => {
    expect(error(await start({ mode: 'teleport' }))).toMatchObject({
      code: 'UNKNOWN_MODE',
      message: expect.stringContaining('teleport'),
    });
  });

  test('what is no source is refused', async () => {
    for (const from of [undefined, null, 1, {}, { bytes: 1 }, Object.create(source) as unknown]) {
      expect(error(await start({}, from)).code).toBe('BAD_ARGUMENT');
    }
    const closed = await openFile(scratch.write('closed', Buffer.alloc(10)));
    closed.close();
    expect(error(await start({}, closed)).message).toContain('closed');
    const transfer = addon.startTransfer(closed, good);
    expect(transfer.bytesSoFar()).toBe(0);
    transfer.cancel();
    transfer.nudge();
  });

  test('the largest buffers are given, or are an error', async () => {
    const outcome = await start({ mode: 'read-write', bufferBytes: 2 ** 30 });
    expect(value(outcome).bytes).toBe(source.bytes);
  });
});
