import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Flow, Per } from '../../src/model/flow.ts';
import {
  countsForChunk,
  countsForTransfer,
  MAX_CALL_BYTES,
  occurrences,
  PAGE_BYTES,
  placesOf,
} from '../../src/model/flow.ts';
import { callBytes } from '../../src/model/modes/callBytes.ts';
import { modeDescriptors } from '../../src/model/modes/catalogue.ts';
import type { ModeDescriptor } from '../../src/model/modes/descriptor.ts';
import { places } from '../../src/model/places.ts';
import type { PathId } from '../../src/model/result.ts';
import { factsFor } from '../facts.ts';

interface NamedFlow {
  readonly name: string;
  readonly mode: ModeDescriptor;
  readonly path: PathId;
  readonly flow: Flow;
}

const classicFlows: readonly NamedFlow[] = modeDescriptors().flatMap((mode) =>
  mode.classic.map(({ path, title, flow }) => ({ name: `${title}, ${path}`, mode, path, flow })),
);
const flowsHere: readonly NamedFlow[] = modeDescriptors().flatMap((mode) =>
  mode.paths.flatMap((path) =>
    [false, true].map((cold) => ({
      name: `${mode.id} here, ${path}, ${cold ? 'cold' : 'warm'}`,
      mode,
      path,
      flow: mode.here(factsFor(path, { cold })),
    })),
  ),
);
const allFlows = [...classicFlows, ...flowsHere];

/** Crossings, CPU copies and DMA copies of a chunk, as the figures this lab started from write them: `4/2/2`. */
function figure(flow: Flow): string {
  const { crossings, cpuCopies, dmaCopies } = countsForChunk(flow);
  return `${crossings}/${cpuCopies}/${dmaCopies}`;
}

function placeIds(flow: Flow): string[] {
  return placesOf(flow, places()).map((place) => place.id);
}

describe('classic flows', () => {
  const textbook: Record<string, string> = {
    'read + write': '4/2/2',
    'mmap + write': '4/1/2',
    sendfile: '2/1/2',
    'sendfile, ordinary DMA': '2/1/2',
    'sendfile, scatter-gather DMA': '2/0/2',
  };

  test.each(classicFlows)('$name has the counts of the textbook', ({ mode, path, flow }) => {
    const title = mode.classic.find((each) => each.path === path && each.flow === flow)?.title ?? '';
    expect(textbook).toHaveProperty([title]);
    expect(figure(flow)).toBe(textbook[title]);
  });

  test('there is one for every mode on every path of it', () => {
    for (const mode of modeDescriptors()) {
      expect(new Set(mode.classic.map((each) => each.path)), mode.id).toEqual(new Set(mode.paths));
    }
  });

  test('scatter-gather is shown over a socket only, without a CPU copy', () => {
    const gathering = classicFlows.filter(({ flow }) => countsForChunk(flow).cpuCopies === 0);
    expect(gathering.map(({ mode, path }) => `${mode.id} ${path}`)).toEqual(['sendfile file-to-socket']);
  });
});

describe('file to file', () => {
  test.each(allFlows.filter(({ path }) => path === 'file-to-file'))('$name shows no socket and no NIC', ({ flow }) => {
    for (const id of ['socket-buffer', 'nic', 'receive-queue', 'receiver-buffer']) {
      expect(placeIds(flow)).not.toContain(id);
    }
    expect(placeIds(flow)).toContain('destination-cache');
  });

  test.each([
    { id: 'read-write', copies: 2 },
    { id: 'mmap-write', copies: 1 },
    { id: 'sendfile', copies: 1 },
  ])('$id copies each byte $copies times with the CPU here', ({ id, copies }) => {
    const mine = flowsHere.filter(({ mode, path }) => mode.id === id && path === 'file-to-file');
    expect(mine).toHaveLength(2);
    for (const { flow } of mine) expect(countsForChunk(flow).cpuCopies).toBe(copies);
  });

  test.each(allFlows.filter(({ path }) => path === 'file-to-file'))(
    '$name ends with a write-back, later',
    ({ flow }) => {
      expect(flow.steps.at(-1)).toMatchObject({ kind: 'dma-copy', to: 'destination-disk', later: true });
      expect(flow.steps.filter((step) => step.later)).toHaveLength(1);
    },
  );
});

describe('file to socket', () => {
  test.each([
    { id: 'read-write', copies: 2 },
    { id: 'mmap-write', copies: 1 },
    { id: 'sendfile', copies: 0 },
  ])('$id copies each byte $copies times on the sending side here', ({ id, copies }) => {
    const mine = flowsHere.filter(({ mode, path }) => mode.id === id && path === 'file-to-socket');
    expect(mine).toHaveLength(2);
    for (const { flow } of mine) {
      const sending = flow.steps.filter((step) => step.kind === 'cpu-copy' && !step.receiver);
      expect(sending).toHaveLength(copies);
    }
  });

  test.each(flowsHere.filter(({ path }) => path === 'file-to-socket'))(
    '$name ends with the copy of the receiver, and never meets a NIC',
    ({ flow }) => {
      expect(flow.steps.at(-1)).toMatchObject({ kind: 'cpu-copy', to: 'receiver-buffer', receiver: true });
      expect(placeIds(flow)).not.toContain('nic');
    },
  );

  test.each(classicFlows.filter(({ path }) => path === 'file-to-socket'))(
    '$name ends in the NIC, after the call returned',
    ({ flow }) => {
      expect(flow.steps.at(-1)).toMatchObject({ kind: 'dma-copy', to: 'nic', later: true });
    },
  );
});

describe('every flow here', () => {
  test('reads from the disk when the source is cold, and not when it is warm', () => {
    for (const mode of modeDescriptors()) {
      for (const path of mode.paths) {
        const cold = mode.here(factsFor(path, { cold: true }));
        const warm = mode.here(factsFor(path));
        const fromDisk = cold.steps.filter((step) => step.kind === 'dma-copy' && step.from === 'disk');
        expect(fromDisk, `${mode.id} ${path}`).toHaveLength(1);
        expect(fromDisk[0]).not.toHaveProperty('later');
        expect(warm.steps).toEqual(cold.steps.filter((step) => step !== fromDisk[0]));
        expect(countsForChunk(cold).dmaCopies).toBe(countsForChunk(warm).dmaCopies + 1);
        expect(placeIds(warm)).not.toContain('disk');
      }
    }
  });

  test.each(flowsHere)('$name: its faults are where the descriptor says', ({ mode, flow }) => {
    for (const step of flow.steps) if (step.kind === 'fault') expect(step.taken).toBe(mode.faults);
  });
});

describe('every flow', () => {
  test.each(allFlows)('$name can be drawn: no two places share a band and a column', ({ flow }) => {
    const spots = placesOf(flow, places()).map((place) => `${place.band} ${place.column}`);
    expect(new Set(spots).size).toBe(spots.length);
  });

  test.each(allFlows)('$name touches only places that exist, and says each step in one sentence', ({ flow }) => {
    const known = new Set(places().map((place) => place.id));
    for (const step of flow.steps) {
      const touched = step.kind === 'system-call' ? [step.into] : 'from' in step ? [step.from, step.to] : [step.at];
      for (const id of touched) expect(known).toContain(id);
      expect(step.text).toMatch(/^\S.*\.$/s);
    }
  });

  test.each(allFlows)('$name moves bytes only from where they have come to', ({ flow }) => {
    const reached = new Set<string>(['disk', 'page-cache']);
    for (const step of flow.steps) {
      if (!('from' in step)) continue;
      expect(reached, `${step.kind} from ${step.from}`).toContain(step.from);
      reached.add(step.to);
    }
  });
});

describe('counts for a transfer', () => {
  const shapes = fc.record({
    bytes: fc.oneof(
      fc.integer({ min: 1, max: 1e6 }),
      fc.maxSafeInteger().filter((n) => n > 0),
    ),
    bufferBytes: fc.integer({ min: 1, max: 2 ** 30 }),
  });

  test.each(flowsHere)('$name: nothing at all for an empty source', ({ mode, flow }) => {
    expect(countsForTransfer(flow, { bytes: 0, callBytes: callBytes(mode, { bufferBytes: 4096 }) })).toEqual({
      crossings: 0,
      calls: {},
      cpuCopiedBytes: 0,
      dmaBytes: 0,
    });
  });

  test.each(flowsHere)('$name: one call per buffer, the last one included', ({ mode, flow }) => {
    fc.assert(
      fc.property(shapes, ({ bytes, bufferBytes }) => {
        const most = mode.chunk === 'whole' ? 0x7ffff000 : bufferBytes;
        const counts = countsForTransfer(flow, { bytes, callBytes: callBytes(mode, { bufferBytes }) });
        for (const step of flow.steps) {
          if (step.kind !== 'system-call' || step.receiver) continue;
          expect(counts.calls[step.call]).toBe(step.per.each === 'call' ? Math.ceil(bytes / most) : 1);
        }
        const calls = Object.values(counts.calls).reduce((sum, count) => sum + count, 0);
        // No mode so far takes faults in user mode.
        expect(counts.crossings).toBe(2 * calls);
      }),
    );
  });

  test.each(flowsHere)('$name: the calls of the receiver are not billed to the sender', ({ flow }) => {
    expect(countsForTransfer(flow, { bytes: 1e6, callBytes: 4096 }).calls).not.toHaveProperty('recv');
  });

  test('bytes copied are the bytes times the copies of each', () => {
    const readWrite = modeDescriptors().find((mode) => mode.id === 'read-write') as ModeDescriptor;
    const flow = readWrite.here(factsFor('file-to-file', { cold: true }));
    expect(countsForTransfer(flow, { bytes: 1_000_001, callBytes: 1000 })).toEqual({
      crossings: 2 * (1001 + 1001),
      calls: { read: 1001, write: 1001 },
      cpuCopiedBytes: 2_000_002,
      dmaBytes: 2_000_002,
    });
  });

  test('a fault taken in user mode crosses twice, one inside a call does not', () => {
    const fault = (taken: 'user' | 'kernel'): Flow => ({
      steps: [{ kind: 'fault', at: 'mapping', taken, per: { each: 'page' }, text: '' }],
    });
    const shape = { bytes: 10 * PAGE_BYTES + 1, callBytes: PAGE_BYTES };
    expect(countsForTransfer(fault('user'), shape).crossings).toBe(22);
    expect(countsForTransfer(fault('kernel'), shape).crossings).toBe(0);
  });

  test('a call moves at most what the kernel allows', () => {
    expect(MAX_CALL_BYTES).toBe(0x7ffff000);
    for (const mode of modeDescriptors()) {
      expect(callBytes(mode, { bufferBytes: 65536 })).toBe(mode.chunk === 'whole' ? MAX_CALL_BYTES : 65536);
      expect(callBytes(mode, { bufferBytes: null })).toBe(MAX_CALL_BYTES);
      expect(callBytes(mode, { bufferBytes: 2 ** 40 })).toBe(MAX_CALL_BYTES);
    }
  });

  test('how often a step happens: ceilings, and nothing for nothing', () => {
    const pers: readonly (readonly [Per, (bytes: number) => number])[] = [
      [{ each: 'transfer' }, () => 1],
      [{ each: 'call' }, (bytes) => Math.ceil(bytes / 1000)],
      [{ each: 'batch', bytes: 65536 }, (bytes) => Math.ceil(bytes / 65536)],
      [{ each: 'page' }, (bytes) => Math.ceil(bytes / 4096)],
    ];
    for (const [per, expected] of pers) {
      for (const bytes of [1, 999, 1000, 1001, 4096, 4097, 65536, 65537, 1e6]) {
        expect(occurrences(per, { bytes, callBytes: 1000 })).toBe(expected(bytes));
      }
      expect(occurrences(per, { bytes: 0, callBytes: 1000 })).toBe(0);
    }
  });
});
