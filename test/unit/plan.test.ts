import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { modesOfPath } from '../../src/model/modes/catalogue.ts';
import { PATHS, pathDescriptor, pathDescriptors } from '../../src/model/paths.ts';
import { baselineOf, planCases, REFERENCE_BUFFER_BYTES, roundOrder } from '../../src/model/plan.ts';
import { presets, presetsFor } from '../../src/model/presets.ts';
import { seededRandom, shuffled } from '../../src/model/random.ts';
import type { Case } from '../../src/model/result/case.ts';
import type { PathId } from '../../src/model/result/path.ts';
import { KIB, MIB } from '../../src/model/units.ts';
import { anExperiment, aSocketExperiment } from './fixtures.ts';

/** `read-write 65536 implied`: a case in a word. */
function brief(one: Case): string {
  const role = one.control ? ' control' : one.implied ? ' implied' : '';
  return `${one.mode} ${one.bufferBytes ?? 'whole'}${role}`;
}

describe('the cases of an experiment', () => {
  test.each([
    {
      name: 'the quick preset',
      modes: ['read-write', 'mmap-write', 'sendfile'],
      buffers: [65536],
      cases: ['read-write 65536', 'read-write 65536 control', 'mmap-write 65536', 'sendfile whole'],
    },
    {
      name: 'a whole mode alone brings the baseline at 64 KiB',
      modes: ['sendfile'],
      buffers: [4096],
      cases: ['read-write 4096 implied', 'read-write 65536 implied', 'read-write 65536 control', 'sendfile whole'],
    },
    {
      name: 'a buffer mode alone brings the baseline at its buffers, and the control at the largest',
      modes: ['mmap-write'],
      buffers: [512, 32],
      cases: [
        'read-write 32 implied',
        'read-write 512 implied',
        'read-write 512 control',
        'mmap-write 32',
        'mmap-write 512',
      ],
    },
    {
      name: 'the seed: 64 KiB for sendfile only is implied',
      modes: ['read-write', 'sendfile'],
      buffers: [32, 64],
      cases: [
        'read-write 32',
        'read-write 64',
        'read-write 65536 implied',
        'read-write 65536 control',
        'sendfile whole',
      ],
    },
    {
      name: 'the baseline alone still has its control',
      modes: ['read-write'],
      buffers: [100],
      cases: ['read-write 100', 'read-write 100 control'],
    },
    {
      name: 'a buffer named twice is one case',
      modes: ['read-write'],
      buffers: [100, 100],
      cases: ['read-write 100', 'read-write 100 control'],
    },
    {
      name: 'the control is at 64 KiB where that is among larger ones',
      modes: ['read-write'],
      buffers: [1048576, 65536],
      cases: ['read-write 65536', 'read-write 1048576', 'read-write 65536 control'],
    },
  ])('$name', ({ modes, buffers, cases }) => {
    expect(planCases(anExperiment({ modes, buffers })).map(brief)).toEqual(cases);
  });

  test('are pending and empty, with the receiver as their option over a socket', () => {
    for (const one of planCases(aSocketExperiment())) {
      expect(one).toMatchObject({
        path: 'file-to-socket',
        bytes: MIB,
        status: 'pending',
        samples: [],
        verified: null,
        summary: null,
        options: { receiver: 'read', receiverBufferBytes: 262144 },
      });
    }
    for (const one of planCases(anExperiment())) expect(one.options).toEqual({});
  });

  test('objects: every mode with every size, as many as make up the bytes, the control with one size', () => {
    const modes = ['sendfile', 'mmap-write'];
    const objectSizes = [MIB, 4 * KIB, 64 * KIB, 100_000_000];
    const cases = planCases(anExperiment({ kind: 'objects', modes, objectSizes, bytes: 64 * MIB }));
    const told = cases.map((one) => `${brief(one)}: ${one.options['objectCount']} of ${one.options['objectBytes']}`);
    expect(told).toEqual([
      'read-write 4096 implied: 4096 of 4096',
      'read-write 65536 implied: 1024 of 65536',
      'read-write 65536 implied: 64 of 1048576',
      'read-write 65536 implied: 1 of 100000000',
      'read-write 65536 control: 1024 of 65536',
      'sendfile whole: 4096 of 4096',
      'sendfile whole: 1024 of 65536',
      'sendfile whole: 64 of 1048576',
      'sendfile whole: 1 of 100000000',
      'mmap-write 4096: 4096 of 4096',
      'mmap-write 65536: 1024 of 65536',
      'mmap-write 65536: 64 of 1048576',
      'mmap-write 65536: 1 of 100000000',
    ]);
    for (const one of cases) {
      expect(one.bytes).toBe(Number(one.options['objectBytes']) * Number(one.options['objectCount']));
      const baseline = baselineOf(cases, one);
      if (baseline === null) continue;
      expect(cases[baseline]).toMatchObject({ mode: 'read-write', control: false });
      expect(cases[baseline]?.options['objectBytes']).toBe(one.options['objectBytes']);
    }
  });

  test('an equal rate: as for a measurement, without what moves no data', () => {
    const experiment = anExperiment({ modes: ['read-write', 'reflink', 'sendfile'] });
    const cases = planCases({ ...experiment, kind: 'equal-rate' });
    expect(cases.map(brief)).toEqual(planCases(experiment).map(brief));
    for (const one of cases) {
      expect(one.status).toBe(one.mode === 'reflink' ? 'unsupported' : 'pending');
      expect(one.reason?.message).toBe(
        one.mode === 'reflink' ? 'reflink (FICLONE) moves no data, so it has no rate to be paced to.' : undefined,
      );
    }
  });

  test('a mode nobody knows is an error', () => {
    expect(() => planCases(anExperiment({ modes: ['teleport'] }))).toThrow(new RangeError('unknown mode teleport'));
  });

  test('each but the baseline has a baseline: the same buffer, 64 KiB for whole modes, the original for the control', () => {
    const buffers = fc.uniqueArray(fc.integer({ min: 1, max: 2 ** 30 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(fc.constantFrom(...PATHS), buffers, fc.infiniteStream(fc.boolean()), (path, sizes, coin) => {
        const modes = modesOfPath(path)
          .map((mode) => mode.id)
          .filter(() => coin.next().value);
        fc.pre(modes.length > 0);
        const cases = planCases(anExperiment({ path, modes, buffers: sizes }));
        expect(cases.filter((one) => one.control)).toHaveLength(1);
        expect(new Set(cases.map(brief)).size).toBe(cases.length);
        for (const one of cases) {
          const index = baselineOf(cases, one);
          if (one.mode === pathDescriptor(path).baseline && !one.control) {
            expect(index).toBeNull();
            continue;
          }
          expect(cases[index as number]).toMatchObject({
            mode: pathDescriptor(path).baseline,
            control: false,
            bufferBytes: one.bufferBytes ?? REFERENCE_BUFFER_BYTES,
          });
        }
      }),
    );
  });
});

describe('the order of a round', () => {
  test('holds every case once, whatever the seed', () => {
    const seeds = fc.integer({ min: 0, max: 0xffffffff });
    fc.assert(
      fc.property(seeds, fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 1000 }), (seed, cases, round) => {
        const order = roundOrder(anExperiment({ seed }), cases, round);
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: cases }, (_, index) => index));
        expect(roundOrder(anExperiment({ seed }), cases, round)).toEqual(order);
      }),
    );
  });

  test('differs from round to round and from seed to seed', () => {
    const orders = (seed: number) =>
      Array.from({ length: 10 }, (_, round) => roundOrder(anExperiment({ seed }), 12, round).join());
    expect(new Set(orders(1)).size).toBe(10);
    expect(orders(1)).not.toEqual(orders(2));
  });

  test('puts each case in each place equally often', () => {
    const counts = Array.from({ length: 4 }, () => [0, 0, 0, 0]);
    const rounds = 4000;
    for (let round = 0; round < rounds; round++) {
      for (const [place, index] of roundOrder(anExperiment(), 4, round).entries()) {
        (counts[index] as number[])[place] = (counts[index]?.[place] ?? 0) + 1;
      }
    }
    // Six standard deviations of a binomial count; the seed is fixed, so this is not a matter of luck.
    const deviation = 6 * Math.sqrt(rounds * 0.25 * 0.75);
    for (const count of counts.flat()) expect(Math.abs(count - rounds / 4)).toBeLessThan(deviation);
  });
});

describe('randomness', () => {
  test('mulberry32 gives the sequence of its reference', () => {
    // Independent of the implementation: Tommy Ettinger's mulberry32 with 64-bit integers, seed 1.
    let state = 1n;
    const mask = 0xffffffffn;
    const reference = () => {
      state = (state + 0x6d2b79f5n) & mask;
      let z = ((state ^ (state >> 15n)) * (state | 1n)) & mask;
      z ^= (z + (((z ^ (z >> 7n)) * (z | 61n)) & mask)) & mask;
      return Number((z ^ (z >> 14n)) & mask) / 2 ** 32;
    };
    const random = seededRandom(1);
    for (let i = 0; i < 1000; i++) expect(random()).toBe(reference());
  });

  test('shuffling leaves the original alone', () => {
    const items = Object.freeze([1, 2, 3, 4, 5]);
    expect([...shuffled(items, seededRandom(3))].sort()).toEqual(items);
  });
});

describe('presets', () => {
  test.each([
    { id: 'quick', bytes: 64 * MIB, buffers: [64 * KIB], rounds: 6 },
    { id: 'seed', bytes: 16 * MIB, buffers: [32, 64, 128, 256, 512], rounds: 10 },
    {
      id: 'full',
      bytes: 256 * MIB,
      buffers: [4 * KIB, 16 * KIB, 64 * KIB, 256 * KIB, MIB, 4 * MIB],
      rounds: 10,
    },
  ])('$id', ({ id, ...expected }) => {
    expect(presets().find((preset) => preset.id === id)).toMatchObject(expected);
  });

  test.each(
    PATHS.flatMap((path) => presetsFor(path, false).map((preset) => ({ preset, path, name: `${preset.id}, ${path}` }))),
  )('$name: only modes of the path, its baseline among them, none twice', ({ preset, path }) => {
    const modes = preset.modes(path);
    const known = modesOfPath(path).map((mode) => mode.id);
    for (const mode of modes) expect(known).toContain(mode);
    expect(modes).toContain(pathDescriptor(path).baseline);
    expect(new Set(modes).size).toBe(modes.length);
    if (['full', 'evidence', 'equal-rate'].includes(preset.id)) expect(modes).toEqual(known);
  });

  test('are offered where they have a source to generate', () => {
    const ids = (path: PathId, ownSource: boolean) => presetsFor(path, ownSource).map(({ id }) => id);
    expect(ids('file-to-socket', false)).toEqual(presets().map(({ id }) => id));
    expect(ids('file-to-file', false)).toEqual(presets().flatMap(({ id, to }) => (to === undefined ? id : [])));
    const without = ['quick', 'seed', 'full', 'evidence', 'equal-rate'];
    expect(ids('file-to-socket', true)).toEqual([...without, 'scatter-gather']);
    expect(ids('process-to-process', false)).toEqual(without);
  });
});

test('every path has a descriptor, and an unknown one is an error', () => {
  expect(pathDescriptors().map((path) => path.id)).toEqual(PATHS);
  for (const path of PATHS) expect(modesOfPath(path).map((mode) => mode.id)).toContain(pathDescriptor(path).baseline);
  expect(() => pathDescriptor('file-to-moon' as PathId)).toThrow(RangeError);
});
