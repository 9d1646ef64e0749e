/** More bytes than one call moves and than 32 bits count. */
import { closeSync, openSync, readSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { XXHash3 } from 'xxhash-addon';
import { destinations, openFile, Scratch, transfer, type Way } from './addon.ts';
import { skipWhereRefused } from './trial.ts';

const GIB = 2 ** 30;
const MAX_RW_COUNT = 0x7ffff000;
const bytes = 3 * GIB + 5;

/** Bytes that are in no other mark, around a place where a count that is too narrow or a loop that ends early shows. */
const mark = (name: string, around: number): [number, Buffer] => [around - 4, Buffer.from(name.padEnd(8, '!'))];

/** Moves 3 GiB by each of these ways, and looks at every byte. */
export function moveThreeGib(ways: readonly Way[]): void {
  let scratch: Scratch;
  let file: string;
  let hash: string;

  beforeAll(() => {
    scratch = new Scratch();
    file = scratch.sparse('three-gib', bytes, [
      mark('start', 4),
      mark('cap', MAX_RW_COUNT),
      mark('int', 2 * GIB),
      mark('end', bytes - 4),
    ]);
    hash = hashOf(file);
  });
  afterAll(() => scratch.remove());

  test.for(ways)('$mode, $path: 3 GiB arrive', async (way, context) => {
    await skipWhereRefused(context, way, scratch);
    const { mode, path } = way;
    const source = await openFile(file);
    const destination = destinations(scratch.directory, 2 ** 20)[path];
    if (destination === undefined) throw new Error(path);
    const measured = await transfer(source, { mode, destination, bufferBytes: 2 ** 20, verify: true });
    expect(measured.verification).toEqual({
      ok: true,
      how: path === 'file-to-file' ? 'readback' : 'separate-pass',
      bytes,
      hash,
    });
    if (mode === 'sendfile') expect(measured.sender.calls).toEqual({ sendfile: 2 });
    if (mode === 'copy-file-range') expect(measured.sender.calls).toEqual({ copy_file_range: 2 });
    source.close();
  });
}

function hashOf(path: string): string {
  const hasher = new XXHash3(Buffer.alloc(4));
  const buffer = Buffer.allocUnsafe(4 * 2 ** 20);
  const fd = openSync(path, 'r');
  for (let got = readSync(fd, buffer); got > 0; got = readSync(fd, buffer)) hasher.update(buffer.subarray(0, got));
  closeSync(fd);
  return hasher.digest().toString('hex');
}
