import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NativeSource } from '../../native/addon.d.ts';
import { addon, destinations, Scratch, transfer, value } from './addon.ts';

// How many system calls the classic modes make where nothing disturbs them: not one more.
const classic: Record<string, (bytes: number, buffer: number) => Record<string, number>> = {
  'read-write': (bytes, buffer) => ({ read: Math.ceil(bytes / buffer), write: Math.ceil(bytes / buffer) }),
  'mmap-write': (bytes, buffer) => ({ mmap: 1, munmap: 1, write: Math.ceil(bytes / buffer) }),
  sendfile: () => ({ sendfile: 1 }),
};

describe.each(Object.keys(classic))('%s', (mode) => {
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

  test.each([97, 4096, 1_000_000, 1_000_001])('counts its calls on both paths, with a buffer of %i', async (buffer) => {
    for (const destination of Object.values(destinations(scratch.directory))) {
      const measured = await transfer(source, { mode, destination, bufferBytes: buffer, verify: false });
      expect(measured.sender.calls).toEqual(classic[mode]?.(bytes, buffer));
    }
  });
});
