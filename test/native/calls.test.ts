import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { NativeSource } from '../../native/addon.d.ts';
import { addon, destinations, everyWay, Scratch, transfer, value } from './addon.ts';
import { skipWhereRefused } from './trial.ts';

// How many system calls modes make where nothing disturbs them: not one more.
const expected: Record<string, (bytes: number, buffer: number) => Record<string, number>> = {
  'read-write': (bytes, buffer) => ({ read: Math.ceil(bytes / buffer), write: Math.ceil(bytes / buffer) }),
  'mmap-write': (bytes, buffer) => ({ mmap: 1, munmap: 1, write: Math.ceil(bytes / buffer) }),
  'mmap-mmap': () => ({ ftruncate: 1, mmap: 2, munmap: 2 }),
  sendfile: () => ({ sendfile: 1 }),
  splice: (bytes, buffer) => ({ splice: 2 * Math.ceil(bytes / buffer) }),
  'copy-file-range': () => ({ copy_file_range: 1 }),
  reflink: () => ({ ioctl: 1 }),
  'read-write-dontcache': (bytes, buffer) => ({
    preadv2: Math.ceil(bytes / buffer),
    pwritev2: Math.ceil(bytes / buffer),
  }),
};

describe.each(everyWay().filter(({ mode }) => mode in expected))('$mode, $path', (way) => {
  const { mode, path } = way;
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
  beforeEach((context) => skipWhereRefused(context, way, scratch));

  test.each([97, 4096, 1_000_000, 1_000_001])('counts its calls, with a buffer of %i', async (buffer) => {
    const destination = destinations(scratch.directory)[path];
    if (destination === undefined) throw new Error(path);
    const measured = await transfer(source, { mode, destination, bufferBytes: buffer, verify: false });
    expect(measured.sender.calls).toEqual(expected[mode]?.(bytes, buffer));
  });
});
