import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readdirSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, type TestContext, test } from 'vitest';
import type { DestinationRequest, Outcome, TransferMeasurement, TransferRequest } from '../../native/addon.d.ts';
import { addon, destinations, error, everyWay, openFile, Scratch, value, type Way, xxh3 } from './addon.ts';
import { FILESYSTEM_KINDS, Filesystem, type FilesystemKind, outcomesOn } from './filesystems.ts';

const sizes = [0, 1, 4095, 4096, 4097, 65_536, 2 ** 20 + 1];

let scratch: Scratch;
const filesystems = new Map<FilesystemKind, Filesystem>();
beforeAll(() => {
  scratch = new Scratch();
  for (const kind of FILESYSTEM_KINDS) filesystems.set(kind, new Filesystem(kind, scratch));
});
afterAll(() => {
  for (const filesystem of filesystems.values()) filesystem.remove();
  scratch.remove();
});

function folder(kind: FilesystemKind, context: TestContext): string {
  const filesystem = filesystems.get(kind);
  if (filesystem === undefined) throw new Error(kind);
  return filesystem.folder(context);
}

type Asked = Pick<TransferRequest, 'mode' | 'destination'>;

async function moveFile(file: string, request: Asked): Promise<Outcome<TransferMeasurement>> {
  const source = await openFile(file);
  const outcome = await addon.startTransfer(source, { ...request, bufferBytes: 65_536, verify: true }).done;
  source.close();
  return outcome;
}

/** Moves `content` from a file in `from`. */
function move(content: Buffer, from: string, request: Asked): Promise<Outcome<TransferMeasurement>> {
  const file = path.join(from, 'source');
  writeFileSync(file, content);
  return moveFile(file, request);
}

function destinationOf(way: Way, directory: string): DestinationRequest {
  const destination = destinations(directory)[way.path];
  if (destination === undefined) throw new Error(way.path);
  return destination;
}

describe.each(FILESYSTEM_KINDS)('on %s', (kind) => {
  test.for(everyWay())('$mode, $path: every byte arrives, or the mode is refused', async (way, context) => {
    const directory = folder(kind, context);
    const request = { mode: way.mode, destination: destinationOf(way, directory) };
    for (const bytes of sizes) {
      const content = randomBytes(bytes);
      const outcome = await move(content, directory, request);
      // Nothing to move is nothing to refuse, for a mode that finds out by its first call.
      const allowed = [...outcomesOn(kind, way.mode), ...(bytes === 0 ? ['ok'] : [])];
      expect(allowed, `${bytes} bytes`).toContain(outcome.ok ? 'ok' : outcome.error.code);
      if (outcome.ok) {
        expect(outcome.value.verification).toMatchObject({ ok: true, bytes, hash: xxh3(content) });
        if (bytes === 0) expect(outcome.value.sender.calls).toEqual({});
      }
    }
    expect(readdirSync(directory).filter((name) => name.startsWith('.zero-copy-lab'))).toEqual([]);
  });

  // Holes at the start, in the middle and at the end; then none at the start, and none at an end that is no page's.
  const islands = [
    { bytes: 300_000, places: [70_000, 200_000] },
    { bytes: 262_145, places: [0, 131_072, 262_145 - 5000] },
  ];

  test.for(everyWay())('$mode, $path: holes arrive as zeros', async (way, context) => {
    const directory = folder(kind, context);
    const request = { mode: way.mode, destination: destinationOf(way, directory) };
    for (const { bytes, places } of islands) {
      const island = randomBytes(5000);
      const content = Buffer.alloc(bytes);
      for (const at of places) island.copy(content, at);
      const file = scratch.sparse(
        path.relative(scratch.directory, path.join(directory, 'source')),
        bytes,
        places.map((at) => [at, island]),
      );
      const outcome = await moveFile(file, request);
      expect(outcomesOn(kind, way.mode)).toContain(outcome.ok ? 'ok' : outcome.error.code);
      if (outcome.ok) {
        expect(outcome.value.verification).toMatchObject({ ok: true, bytes, hash: xxh3(content) });
      }
    }
  });
});

describe('residency', () => {
  // What is in memory anyway cannot be dropped from it.
  const keeps = (kind: FilesystemKind) => (kind === 'tmpfs' || kind === 'overlayfs on tmpfs' ? 1 : 0);

  test.for(FILESYSTEM_KINDS)('falls with drop and rises with warm on %s', async (kind, context) => {
    const request = { kind: 'generated', directory: folder(kind, context), bytes: 2 ** 20, seed: 1 } as const;
    const source = value(await addon.openSource(request));
    for (let round = 0; round < 2; round += 1) {
      expect(value(await source.warm())).toBeNull();
      expect(value(source.residency())).toBe(1);
      expect(value(await source.drop())).toBeNull();
      expect(value(source.residency())).toBe(keeps(kind));
    }
    source.close();
  });

  test.for(['ext4', 'overlayfs'] as const)('is that of the pages that were read on %s', async (kind, context) => {
    const directory = folder(kind, context);
    const content = randomBytes(2 ** 20);
    const file = path.join(directory, 'half');
    writeFileSync(file, content);
    const source = await openFile(file);
    expect(value(await source.drop())).toBeNull();
    const fd = openSync(file, 'r+');
    writeSync(fd, content, 0, 2 ** 19, 0); // whole pages: nothing is read ahead for them
    closeSync(fd);
    expect(value(source.residency())).toBe(0.5);
    source.close();
  });
});

describe('shared blocks', () => {
  const all = (bytes: number) => bytes;
  // Btrfs keeps small files among its metadata, where each has its own.
  const allButSmall = (bytes: number) => (bytes < 2048 ? 0 : bytes);

  test.for([
    { kind: 'xfs', mode: 'reflink', shared: all },
    { kind: 'xfs', mode: 'copy-file-range', shared: all },
    { kind: 'btrfs', mode: 'reflink', shared: allButSmall },
    { kind: 'btrfs', mode: 'copy-file-range', shared: allButSmall },
    { kind: 'ext4', mode: 'copy-file-range', shared: () => 0 },
    { kind: 'overlayfs', mode: 'copy-file-range', shared: () => 0 },
    { kind: 'tmpfs', mode: 'copy-file-range', shared: () => undefined },
  ] as const)('$mode on $kind counts them', async ({ kind, mode, shared }, context) => {
    const directory = folder(kind, context);
    for (const bytes of sizes.filter((size) => size > 0)) {
      const outcome = await move(randomBytes(bytes), directory, { mode, destination: { kind: 'file', directory } });
      expect(value(outcome).observed['sharedBytes'], `${bytes} bytes`).toBe(shared(bytes));
    }
  });

  test('of more extents than one answer holds are counted', async (context) => {
    const directory = folder('xfs', context);
    const marks = Array.from({ length: 200 }, (_, index) => [index * 8192, randomBytes(4096)] as const);
    const file = path.relative(scratch.directory, path.join(directory, 'holey'));
    const outcome = await moveFile(scratch.sparse(file, 200 * 8192, marks), {
      mode: 'reflink',
      destination: { kind: 'file', directory },
    });
    expect(value(outcome).observed['sharedBytes']).toBe(200 * 4096);
  });

  test.for(['reflink', 'copy-file-range'])('%s: there are none across filesystems: EXDEV', async (mode, context) => {
    const directory = folder('btrfs', context);
    const request = { mode, destination: { kind: 'file', directory } } as const;
    const outcome = await move(randomBytes(10_000), folder('xfs', context), request);
    expect(error(outcome)).toMatchObject({ code: 'EXDEV', path: directory });
  });
});
