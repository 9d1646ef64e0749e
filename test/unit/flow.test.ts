import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Flow, Per, Step } from '../../src/model/flow.ts';
import { countsForChunk, countsForTransfer, markOf, occurrences, PAGE_BYTES, placesOf } from '../../src/model/flow.ts';
import { transferShape } from '../../src/model/modes/calls.ts';
import { findMode, modeDescriptors } from '../../src/model/modes/catalogue.ts';
import type { ModeDescriptor } from '../../src/model/modes/descriptor.ts';
import { places } from '../../src/model/places.ts';
import type { PathId } from '../../src/model/result/path.ts';
import { factsFor, variants } from '../facts.ts';

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
    variants(path).map(([what, facts]) => ({
      name: `${mode.id} here, ${path}, ${what}`,
      mode,
      path,
      flow: mode.here(facts),
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
    splice: '4/0/2',
  };

  test.each(classicFlows)('$name has the counts of the textbook', ({ mode, path, flow }) => {
    const title = mode.classic.find((each) => each.path === path && each.flow === flow)?.title ?? '';
    expect(textbook).toHaveProperty([title]);
    expect(figure(flow)).toBe(textbook[title]);
  });

  test('there is one for each mode a seed draws, on every path of it, and for no other', () => {
    const drawn = ['read-write', 'mmap-write', 'sendfile', 'splice'];
    for (const mode of modeDescriptors()) {
      const paths = drawn.includes(mode.id) ? mode.paths : [];
      expect(new Set(mode.classic.map((each) => each.path)), mode.id).toEqual(new Set(paths));
    }
  });

  test('only scatter-gather and splice do without a CPU copy', () => {
    const copiless = classicFlows.filter(({ flow }) => countsForChunk(flow).cpuCopies === 0);
    expect(copiless.map(({ mode, path }) => `${mode.id} ${path}`)).toEqual([
      'sendfile file-to-socket',
      'splice file-to-file',
      'splice file-to-socket',
    ]);
  });

  test.each(classicFlows.filter(({ path }) => path === 'file-to-socket'))(
    '$name ends in the NIC, after the call returned',
    ({ flow }) => {
      expect(flow.steps.at(-1)).toMatchObject({ kind: 'dma-copy', to: 'nic', later: true });
    },
  );

  test.each(classicFlows.filter(({ path }) => path === 'file-to-file'))('$name ends with a write-back', ({ flow }) => {
    expect(flow.steps.at(-1)).toMatchObject({ kind: 'dma-copy', to: 'destination-disk', later: true });
  });
});

describe('paths keep to their places', () => {
  const strangers: Readonly<Record<PathId, readonly string[]>> = {
    'file-to-file': ['socket-buffer', 'nic', 'receive-queue', 'receiver-buffer', 'producer-buffer', 'memfd'],
    'file-to-socket': ['destination-cache', 'destination-disk', 'producer-buffer', 'memfd', 'consumer-buffer'],
    'process-to-process': ['disk', 'page-cache', 'nic', 'socket-buffer', 'destination-disk', 'receiver-buffer'],
  };

  test.each(allFlows)('$name', ({ path, flow }) => {
    for (const id of strangers[path]) expect(placeIds(flow)).not.toContain(id);
  });

  test.each(flowsHere.filter(({ path }) => path === 'file-to-file'))('$name reaches the disk', ({ flow }) => {
    expect(placeIds(flow)).toContain('destination-disk');
  });
});

describe('every flow here', () => {
  test('reads from the disk when the source is cold, and not when it is warm, but for what never looks there', () => {
    const always = ['direct', 'io-uring-direct', 'direct-msg-zerocopy'];
    const never = ['reflink'];
    for (const mode of modeDescriptors()) {
      for (const path of mode.paths.filter((each) => each !== 'process-to-process')) {
        const read = (cold: boolean) =>
          mode.here(factsFor(path, { cold })).steps.filter((step) => step.kind === 'dma-copy' && step.from === 'disk');
        expect(read(false), `${mode.id} ${path}`).toHaveLength(always.includes(mode.id) ? 1 : 0);
        expect(read(true), `${mode.id} ${path}`).toHaveLength(never.includes(mode.id) ? 0 : 1);
      }
    }
  });

  test.each(flowsHere)('$name: its faults are where the descriptor says', ({ mode, flow }) => {
    for (const step of flow.steps) if (step.kind === 'fault') expect(step.taken).toBe(mode.faults);
  });

  test.each(flowsHere.filter(({ path }) => path === 'process-to-process'))(
    '$name: every byte is written once and read once',
    ({ flow }) => {
      const touches = flow.steps.filter((step) => step.kind === 'touch');
      expect(touches.map((step) => [step.mark, step.receiver === true])).toEqual([
        ['produce', false],
        ['consume', true],
      ]);
    },
  );
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
      expect(step.text).not.toMatch(/\.\s+[A-Z]/);
    }
  });

  test.each(allFlows)('$name moves bytes only from where they have come to', ({ flow }) => {
    const reached = new Set<string>(['disk', 'page-cache']);
    // What a mapping shows and where it shows it are one memory.
    const mapped = flow.steps.flatMap((step) => (step.kind === 'mapping' ? [step] : []));
    const reach = (place: string): void => {
      if (reached.has(place)) return;
      reached.add(place);
      for (const { from, to } of mapped) if (from === place || to === place) reach(from === place ? to : from);
    };
    for (const { from, to } of mapped) if (reached.has(from)) reach(to);
    for (const step of flow.steps) {
      if (step.kind === 'touch') reach(step.at);
      if (!('from' in step) || step.kind === 'mapping') continue;
      expect(reached, `${step.kind} from ${step.from}`).toContain(step.from);
      reach(step.to);
    }
  });

  test.each(allFlows)('$name: every step has a mark, and a call made twice has marks of its own', ({ flow }) => {
    const calls = flow.steps.filter((step) => step.kind === 'system-call');
    for (const [index, step] of flow.steps.entries()) {
      expect(markOf(flow, index)).toMatch(/^[a-z0-9]+([-_][a-z0-9]+)*$/);
      if (step.kind !== 'system-call') continue;
      const twice = calls.filter((other) => other.call === step.call && other.receiver === step.receiver).length > 1;
      if (twice) expect(step.mark, step.call).toBeDefined();
    }
  });

  test.each(allFlows)('$name: nothing of the receiver comes before the sender has begun', ({ flow }) => {
    expect(flow.steps[0]?.receiver).toBeUndefined();
  });
});

describe('marks', () => {
  const step = (call: string, mark?: string): Step => ({
    kind: 'system-call',
    call,
    into: 'page-cache',
    per: { each: 'call' },
    text: '',
    ...(mark === undefined ? {} : { mark }),
  });
  const copy: Step = { kind: 'cpu-copy', from: 'page-cache', to: 'user-buffer', per: { each: 'call' }, text: '' };

  test('are the name of the call, for what follows it too, unless a step has its own', () => {
    const flow = { steps: [step('read'), copy, step('splice', 'splice-in'), copy, { ...copy, mark: 'memcpy' }, copy] };
    expect(flow.steps.map((_, index) => markOf(flow, index))).toEqual([
      'read',
      'read',
      'splice-in',
      'splice-in',
      'memcpy',
      'memcpy',
    ]);
  });

  test('are empty where nothing causes a step', () => {
    expect(markOf({ steps: [copy] }, 0)).toBe('');
  });

  test.each([
    ['splice', 'file-to-file', ['splice-in', 'splice-out']],
    ['mmap-mmap', 'file-to-file', ['ftruncate', 'mmap-source', 'mmap-destination', 'memcpy', 'munmap']],
    ['io-uring', 'file-to-file', ['io_uring_enter', 'read', 'write']],
    ['io-uring-splice', 'file-to-socket', ['io_uring_enter', 'splice-in', 'splice-out', 'recv']],
    ['msg-zerocopy', 'file-to-socket', ['mmap', 'send', 'recv', 'recvmsg', 'poll', 'munmap']],
    [
      'unix-splice',
      'process-to-process',
      ['mmap', 'produce', 'splice-in', 'splice-out', 'consumer-read', 'consume', 'futex-wait'],
    ],
    ['shared-memory', 'process-to-process', ['mmap', 'produce', 'futex-wake', 'consume', 'futex-wait']],
  ] as const)('of %s over %s: %s', (id, path, marks) => {
    const flow = (findMode(id) as ModeDescriptor).here(factsFor(path));
    expect([...new Set(flow.steps.map((_, index) => markOf(flow, index)))]).toEqual(marks);
  });
});

describe('counts for a transfer', () => {
  const shapes = fc.record({
    bytes: fc.oneof(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 2 ** 50 })),
    bufferBytes: fc.integer({ min: 1, max: 2 ** 30 }),
  });

  test.each(flowsHere)('$name: nothing at all for an empty source', ({ mode, flow }) => {
    expect(countsForTransfer(flow, transferShape(mode, { bufferBytes: 4096 }, 0))).toEqual({
      crossings: 0,
      calls: {},
      callsAtMost: [],
      atMost: false,
      cpuCopiedBytes: 0,
      dmaBytes: 0,
    });
  });

  test.each(flowsHere)(
    '$name: the calls are those of its steps, and crossings those and its faults',
    ({ mode, flow }) => {
      fc.assert(
        fc.property(shapes, ({ bytes, bufferBytes }) => {
          const shape = transferShape(mode, { bufferBytes }, bytes);
          const counts = countsForTransfer(flow, shape);
          const mine = flow.steps.filter((step) => step.kind === 'system-call' && !step.receiver);
          for (const name of new Set(mine.map((step) => (step.kind === 'system-call' ? step.call : '')))) {
            const times = mine.filter((step) => step.kind === 'system-call' && step.call === name);
            const expected = times.reduce((sum, step) => sum + occurrences(step.per, shape), 0);
            expect(counts.calls[name]).toBe(expected);
            const bound = times.some((step) => step.atMost || (step.per.each === 'call' && shape.callsAtMost));
            expect(counts.callsAtMost.includes(name)).toBe(bound);
          }
          const calls = Object.values(counts.calls).reduce((sum, count) => sum + count, 0);
          const faults = flow.steps.filter((step) => step.kind === 'fault' && step.taken === 'user');
          const taken = faults.reduce((sum, step) => sum + occurrences(step.per, shape), 0);
          expect(counts.crossings).toBe(2 * (calls + taken));
          expect(counts.atMost).toBe(counts.callsAtMost.length > 0 || taken > 0);
        }),
        { numRuns: 20 },
      );
    },
  );

  test.each(flowsHere)('$name: the calls of the receiver are not billed to the sender', ({ mode, flow }) => {
    const names = Object.keys(countsForTransfer(flow, transferShape(mode, { bufferBytes: 4096 }, 1e6)).calls);
    for (const call of ['recv', 'getsockopt', 'process_vm_readv']) expect(names).not.toContain(call);
    if (mode.paths.includes('process-to-process')) expect(names).not.toContain('read');
  });

  test('bytes copied are the bytes times the copies of each', () => {
    const readWrite = findMode('read-write') as ModeDescriptor;
    const flow = readWrite.here(factsFor('file-to-file', { cold: true }));
    expect(countsForTransfer(flow, transferShape(readWrite, { bufferBytes: 1000 }, 1_000_001))).toEqual({
      crossings: 2 * (1001 + 1001),
      calls: { read: 1001, write: 1001 },
      callsAtMost: [],
      atMost: false,
      cpuCopiedBytes: 2_000_002,
      dmaBytes: 2_000_002,
    });
  });

  test('faults of mmap-mmap: as many as Btrfs takes, whose pages are single: one per 64 KiB read and per page written', () => {
    const mode = findMode('mmap-mmap') as ModeDescriptor;
    const counts = countsForTransfer(
      mode.here(factsFor('file-to-file')),
      transferShape(mode, { bufferBytes: 65536 }, 64 * 2 ** 20),
    );
    // 17408 were counted for 64 MiB, by getrusage.
    expect(counts.crossings).toBe(2 * (5 + 17408));
    expect(counts.calls).toEqual({ ftruncate: 1, mmap: 2, munmap: 2 });
    expect(counts.callsAtMost).toEqual([]);
    expect(counts.atMost).toBe(true);
  });

  test('a fault taken in user mode crosses twice, one inside a call does not', () => {
    const fault = (taken: 'user' | 'kernel'): Flow => ({
      steps: [{ kind: 'fault', at: 'mapping', taken, per: { each: 'page' }, text: '' }],
    });
    const shape = { bytes: 10 * PAGE_BYTES + 1, calls: 11, callsAtMost: false };
    expect(countsForTransfer(fault('user'), shape).crossings).toBe(22);
    expect(countsForTransfer(fault('kernel'), shape).crossings).toBe(0);
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
        expect(occurrences(per, { bytes, calls: Math.ceil(bytes / 1000), callsAtMost: false })).toBe(expected(bytes));
      }
      expect(occurrences(per, { bytes: 0, calls: 0, callsAtMost: false })).toBe(0);
    }
  });
});
