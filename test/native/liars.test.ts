import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NativeAddon, NativeSource } from '../../native/addon.d.ts';
import { FILE_PATHS } from '../../src/model/paths.ts';
import { addon, destinations, error, liarsFile, load, Scratch, transfer, value } from './addon.ts';

// For every promise a mode that breaks it and says that all is well. If verification does not find it, nothing does.
const bytes = 1_000_003;
const found: Record<string, { kind: string; arrivedBytes: number; atByte: (buffer: number) => number }> = {
  'liar-drops-byte': { kind: 'dropped', arrivedBytes: bytes - 1, atByte: () => Math.floor(bytes / 2 / 4096) * 4096 },
  'liar-reorders': { kind: 'reordered', arrivedBytes: bytes, atByte: () => 0 },
  'liar-stops-early': { kind: 'truncated', arrivedBytes: bytes - 3, atByte: () => bytes - 3 },
  'liar-flips-bit': { kind: 'corrupt', arrivedBytes: bytes, atByte: () => Math.floor(bytes / 3 / 4096) * 4096 },
  'liar-adds-byte': { kind: 'extra', arrivedBytes: bytes + 1, atByte: () => Math.floor(bytes / 4096) * 4096 },
};

/** Hand over references to a buffer that they then write again, before the consumer could read it. */
const earlyReuse = ['liar-reuses-file', 'liar-reuses-memory'];

/** Move every byte as it is, but not as they say, or not as fast as they began: the tests of the lab find them out. */
const exactLiars = ['liar-sendfile', 'liar-splice', 'liar-tires'];

let scratch: Scratch;
let liars: NativeAddon;
let source: NativeSource;
beforeAll(async () => {
  scratch = new Scratch();
  liars = load(liarsFile);
  const request = { kind: 'generated', directory: scratch.directory, bytes, seed: 11 } as const;
  source = value(await liars.openSource(request));
});
afterAll(() => {
  source.close();
  scratch.remove();
});

test('the addon that ships has none of them', () => {
  expect(addon.modes.filter((mode) => mode.startsWith('liar') || mode.startsWith('test'))).toEqual([]);
  expect(liars.modes.filter((mode) => !mode.startsWith('test'))).toEqual(
    [...Object.keys(found), ...earlyReuse, ...exactLiars, ...addon.modes].sort(),
  );
});

const ways = Object.keys(found).flatMap((mode) => FILE_PATHS.map((path) => ({ mode, path })));

describe.each(ways)('$mode, $path', ({ mode, path }) => {
  test.each([32, 97, 4096, 65_537])('is found out, with a buffer of %i', async (bufferBytes) => {
    const destination = destinations(scratch.directory)[path];
    if (destination === undefined) throw new Error(path);
    const measured = await transfer(source, { mode, destination, bufferBytes, verify: true }, liars);
    expect(measured.bytes).toBe(found[mode]?.arrivedBytes);
    expect(measured.verification).toEqual({
      ok: false,
      how: path === 'file-to-file' ? 'readback' : 'separate-pass',
      kind: found[mode]?.kind,
      atByte: found[mode]?.atByte(bufferBytes),
      blockBytes: 4096,
      sentBytes: bytes,
      arrivedBytes: found[mode]?.arrivedBytes,
    });
  });
});

describe.each(earlyReuse)('%s', (mode) => {
  const request = { mode, bytes, seed: 5, bufferBytes: 4096, peer: 'thread' } as const;

  test('is found out by the sum of the words, in every transfer', async () => {
    const outcome = await liars.startExchange({ ...request, verify: false }).done;
    expect(error(outcome)).toMatchObject({ code: 'CORRUPT', call: 'exchange' });
    expect(error(outcome).message).toMatch(/^Other bytes were consumed than were produced/);
  });

  test('is found out by the hash', async () => {
    const measured = value(await liars.startExchange({ ...request, verify: true }).done);
    expect(measured.verification).toMatchObject({ ok: false, how: 'separate-pass', kind: 'corrupt', atByte: 0 });
  });

  test('tells the truth where there is nothing to write again', async () => {
    const measured = value(await liars.startExchange({ ...request, bytes: 4096, verify: true }).done);
    expect(measured.verification).toMatchObject({ ok: true });
  });
});
