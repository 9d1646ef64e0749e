import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addon, destinations, everyWay, openFile, Scratch, transfer, value, xxh3 } from './addon.ts';
import { skipWhereRefused } from './trial.ts';

// Powers of two, and primes so that the last chunk is never whole.
const buffers = [1, 2, 7, 32, 64, 251, 512, 4096, 4099, 65_536, 65_537, 1_048_576, 1_048_583, 4_194_304];

const sizesAround = (buffer: number): number[] =>
  [...new Set([0, 1, buffer - 1, buffer, buffer + 1, buffer < 1024 ? 3 * buffer + 1 : 1])].sort((a, b) => a - b);

describe.each(everyWay())('$mode, $path', (way) => {
  const { mode, path } = way;
  let scratch: Scratch;
  beforeAll(() => {
    scratch = new Scratch();
  });
  afterAll(() => scratch.remove());
  beforeEach((context) => skipWhereRefused(context, way, scratch));

  test.each(buffers)('moves every byte, with a buffer of %i', async (bufferBytes) => {
    for (const bytes of sizesAround(bufferBytes)) {
      const content = randomBytes(bytes);
      const source = await openFile(scratch.write(`source-${bytes}`, content));
      expect(source.bytes).toBe(bytes);
      const destination = destinations(scratch.directory)[path];
      if (destination === undefined) throw new Error(path);
      const measured = await transfer(source, { mode, destination, bufferBytes, verify: true });
      expect(measured.verification).toEqual({
        ok: true,
        how: path === 'file-to-file' ? 'readback' : 'separate-pass',
        bytes,
        hash: xxh3(content),
      });
      expect(measured.bytes).toBe(bytes);
      source.close();
    }
  });

  test('makes no system call for an empty source', async () => {
    const source = await openFile(scratch.write('empty', Buffer.alloc(0)));
    const destination = destinations(scratch.directory)[path];
    if (destination === undefined) throw new Error(path);
    const measured = await transfer(source, { mode, destination, bufferBytes: 4096, verify: false });
    expect(measured.sender.calls).toEqual({});
    expect(measured.bytes).toBe(0);
    expect(measured.verification).toBeNull();
  });

  test('measures a window that makes sense', async () => {
    const source = value(
      await addon.openSource({ kind: 'generated', directory: scratch.directory, bytes: 8_000_001, seed: 3 }),
    );
    const destination = destinations(scratch.directory)[path];
    if (destination === undefined) throw new Error(path);
    const measured = await transfer(source, { mode, destination, bufferBytes: 65_536, verify: false });
    expect(measured.wallNs).toBeGreaterThanOrEqual(measured.senderDoneNs);
    expect(measured.senderDoneNs).toBeGreaterThan(0);
    expect(measured.setupNs).toBeGreaterThan(0);
    expect(measured.sender.cpuNs).toBeGreaterThan(0);
    if (path === 'file-to-file') {
      expect(measured.wallNs).toBe(measured.senderDoneNs);
      expect(measured.receiver).toBeNull();
    } else {
      expect(measured.receiver?.cpuNs).toBeGreaterThan(0);
      expect(Object.keys(measured.receiver?.calls ?? {})).toEqual(['recv']);
      expect(measured.receiver?.calls['recv']).toBeGreaterThanOrEqual(Math.ceil(8_000_001 / 65_536));
    }
    for (const cost of [measured.sender, measured.receiver]) {
      for (const number of Object.values(cost ?? {}).filter((field) => typeof field === 'number')) {
        expect(Number.isInteger(number) && number >= 0).toBe(true);
      }
    }
    source.close();
  });
});
