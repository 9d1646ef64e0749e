/** Hazards met by every mode: the process lives, the report says what the system did, and nothing is left behind. */
import { readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { HazardKind, HazardReport, HazardRequest, NativeSource } from '../../native/addon.d.ts';
import { canMeet, hazardsOf, momentOf } from '../../src/model/hazards.ts';
import { findMode } from '../../src/model/modes/catalogue.ts';
import type { ModeDescriptor } from '../../src/model/modes/descriptor.ts';
import { addon, destinations, error, everyWay, holdings, openFile, Scratch, value } from './addon.ts';

const MIB = 1024 * 1024;
/** Over a socket more than its buffers hold, so that a sender notices a receiver that has stopped. */
const BYTES = { 'file-to-file': 4 * MIB, 'file-to-socket': 32 * MIB };
type FilePath = keyof typeof BYTES;
const halfOf = (path: FilePath): number => BYTES[path] / 2;

let scratch: Scratch;
beforeEach(() => {
  scratch = new Scratch();
});
afterEach(() => scratch.remove());

async function generated(bytes: number): Promise<NativeSource> {
  return value(
    await addon.openSource({ kind: 'generated', directory: scratch.directory, bytes, seed: 5, linkable: true }),
  );
}

function requestFor(mode: ModeDescriptor, path: FilePath, hazard: HazardKind): HazardRequest {
  const destination = destinations(scratch.directory)[path];
  if (destination === undefined) throw new Error(path);
  return {
    mode: mode.id,
    destination,
    bufferBytes: 65_536,
    verify: true,
    hazard,
    atByte: halfOf(path),
    moment: momentOf(mode, path) ?? 'sender',
  };
}

/** Meets the hazard; a sender that waits for a receiver that has stopped is ended when the moment has come. */
async function meet(mode: ModeDescriptor, path: FilePath, hazard: HazardKind): Promise<HazardReport> {
  const source = await generated(BYTES[path]);
  const running = addon.startHazard(source, requestFor(mode, path, hazard));
  let over = false;
  void running.done.then(() => {
    over = true;
  });
  if (hazard === 'receiver-stalls') {
    while (!running.happened() && !over) await new Promise(setImmediate);
    running.cancel();
  }
  const report = value(await running.done);
  source.close();
  return report;
}

/** Errors a mode may meet in a hazard of the source: what comes of a page, or of bytes, that are not there any more. */
const LOST = ['SHORT', 'SIGBUS'];

const expectations: Readonly<Record<HazardKind, (report: HazardReport, mode: ModeDescriptor, path: FilePath) => void>> =
  {
    'source-truncated': (report, _mode, path) => {
      expect(report.happened).toBe(true);
      if (report.error !== null) expect(LOST).toContain(report.error.code);
      // Without an error bytes were delivered that the source never held, or it had been read already.
      else if (report.differsFromByte === null) expect(report.arrivedBytes).toBe(BYTES[path]);
    },
    'source-appended': (report, _mode, path) => {
      expect(report).toEqual({ happened: true, arrivedBytes: BYTES[path], error: null, differsFromByte: null });
    },
    'source-overwritten': (report, _mode, path) => {
      expect(report).toMatchObject({ happened: true, arrivedBytes: BYTES[path], error: null });
      expect(report.differsFromByte).not.toBeNull();
    },
    'source-deleted': (report, _mode, path) => {
      expect(report).toEqual({ happened: true, arrivedBytes: BYTES[path], error: null, differsFromByte: null });
    },
    'destination-full': (report, mode, path) => {
      // Sharing blocks writes none, but the length of the file has its limit all the same.
      expect(report.error?.code, mode.id).toBe('EFBIG');
      expect(report.arrivedBytes).toBeLessThanOrEqual(halfOf(path));
    },
    'receiver-stalls': (report, _mode, path) => {
      expect(report.happened).toBe(true);
      expect(report.error?.code).toBe('CANCELLED');
      expect(report.arrivedBytes).toBeLessThan(BYTES[path]);
    },
    'receiver-closes': (report, _mode, path) => {
      expect(report.happened).toBe(true);
      expect(['EPIPE', 'ECONNRESET']).toContain(report.error?.code);
      expect(report.arrivedBytes).toBeGreaterThanOrEqual(halfOf(path));
    },
    'receiver-resets': (report, _mode, path) => {
      expect(report.happened).toBe(true);
      expect(['EPIPE', 'ECONNRESET']).toContain(report.error?.code);
      expect(report.arrivedBytes).toBeGreaterThanOrEqual(halfOf(path));
    },
  };

const ways = everyWay().map(({ mode, path }) => ({ mode, path: path as FilePath }));

describe.each(ways)('$mode, $path', ({ mode, path }) => {
  const descriptor = findMode(mode) as ModeDescriptor;
  const met = hazardsOf(path).filter(({ id }) => canMeet(id, descriptor, path));

  test.each(met)('$id', async ({ id }) => {
    const source = await generated(4096);
    const works = await addon.startTransfer(source, { ...requestFor(descriptor, path, id), verify: false }).done;
    source.close();
    if (!works.ok) return expect(['EOPNOTSUPP', 'EINVAL', 'EPERM']).toContain(works.error.code);
    const before = holdings(scratch.directory);
    expectations[id](await meet(descriptor, path, id), descriptor, path);
    expect(holdings(scratch.directory).descriptors).toEqual(before.descriptors);
    expect(readdirSync(scratch.directory)).toEqual([]);
  });
});

describe('a mapping of a file that is cut off', () => {
  const mmapMmap = findMode('mmap-mmap') as ModeDescriptor;

  test('raises SIGBUS, which is caught and told', async () => {
    const report = await meet(mmapMmap, 'file-to-file', 'source-truncated');
    expect(report.error).toMatchObject({ code: 'SIGBUS', call: 'memcpy' });
  });

  test('raises it as often as it happens, and the process lives on', async () => {
    for (let times = 0; times < 20; times++) {
      const report = await meet(mmapMmap, 'file-to-file', 'source-truncated');
      expect(report.error?.code).toBe('SIGBUS');
    }
  });
});

test('references to pages let bytes change that were sent already', async () => {
  // The receiver may have taken all that was sent by then; sooner or later it has not.
  let from: number | null = null;
  for (let attempt = 0; attempt < 50 && !(from !== null && from < halfOf('file-to-socket')); attempt += 1) {
    from = (await meet(findMode('splice') as ModeDescriptor, 'file-to-socket', 'source-overwritten')).differsFromByte;
  }
  expect(from).toBeLessThan(halfOf('file-to-socket'));
});

test('copies do not', async () => {
  const report = await meet(findMode('read-write') as ModeDescriptor, 'file-to-socket', 'source-overwritten');
  expect(report.differsFromByte).toBe(halfOf('file-to-socket'));
});

test('a file of the user is refused, and stays as it is', async () => {
  const source = await openFile(scratch.write('mine', Buffer.alloc(4096, 7)));
  const readWrite = findMode('read-write') as ModeDescriptor;
  const refused = await addon.startHazard(source, requestFor(readWrite, 'file-to-file', 'source-truncated')).done;
  expect(error(refused).code).toBe('BAD_ARGUMENT');
  expect(value(source.unchanged())).toBeNull();
  source.close();
});

test('a limit on file sizes is taken away again', async () => {
  await meet(findMode('read-write') as ModeDescriptor, 'file-to-file', 'destination-full');
  const source = await generated(BYTES['file-to-file']);
  source.close();
});

test.each([
  { name: 'an unknown hazard', change: { hazard: 'flood' as HazardKind } },
  { name: 'a byte that is no number', change: { atByte: 'half' as unknown as number } },
  { name: 'no moment', change: { moment: undefined as unknown as 'sender' } },
])('$name is refused in words', async ({ change }) => {
  const source = await generated(4096);
  const readWrite = findMode('read-write') as ModeDescriptor;
  const request = { ...requestFor(readWrite, 'file-to-file', 'source-appended'), ...change };
  expect(error(await addon.startHazard(source, request).done).code).toBe('BAD_ARGUMENT');
  source.close();
});
