/** Pairing, what is refused, what is warned of, and the numbers. */
import { describe, expect, test } from 'vitest';
import { compareResults } from '../../../src/model/comparison/compare.ts';
import type { Comparison, QuantityId } from '../../../src/model/comparison/comparison.ts';
import { pairCases } from '../../../src/model/comparison/pairing.ts';
import { canJudge, regressionsOf } from '../../../src/model/comparison/regression.ts';
import { comparisonAsText, countsText, numbersOf } from '../../../src/model/comparison/words.ts';
import type { Outcome } from '../../../src/model/problems.ts';
import type { Case } from '../../../src/model/result/case.ts';
import type { Experiment } from '../../../src/model/result/experiment.ts';
import type { Result } from '../../../src/model/result/result.ts';
import { aCompleteResult, aHost, anExperiment, aSocketExperiment, granted, refusal } from '../fixtures.ts';

const STEADY = [1e6, 1.001e6, 0.999e6, 1e6, 1e6, 1e6];
const times = (factor: number, walls: readonly number[] = STEADY) => walls.map((wall) => Math.round(wall * factor));

function compare(...results: readonly Result[]): Outcome<Comparison> {
  return compareResults(results.map((result, index) => ({ name: `run-${index}`, result })));
}

/** A result that takes `factor` of the time, in some modes. */
function aRun(factor: (one: Case) => number = () => 1, experiment?: Partial<Experiment>): Result {
  return aCompleteResult((one) => times(factor(one)), anExperiment(experiment));
}

function changeOf(comparison: Comparison, mode: string, id: QuantityId = 'throughput', result = 1) {
  return comparison.cases.find((one) => one.mode === mode)?.entries[result]?.measured[id]?.change ?? null;
}

describe('cases are paired', () => {
  const cases = (experiment: Partial<Experiment>) => aCompleteResult(undefined, anExperiment(experiment)).cases;
  const named = (all: readonly Case[], index: number | null) => {
    const one = index === null ? undefined : all[index];
    return one === undefined ? null : `${one.mode} ${one.bufferBytes} ${one.options['objectBytes'] ?? ''}`.trim();
  };

  test('by mode and buffer, whatever else ran, without the control', () => {
    const [left, right] = [
      cases({ buffers: [4096, 65536], modes: ['read-write', 'sendfile'] }),
      cases({ buffers: [65536, 1048576], modes: ['sendfile', 'read-write', 'splice'] }),
    ];
    const pairs = pairCases([left, right]).map(({ indexes }) => [
      named(left, indexes[0] ?? null),
      named(right, indexes[1] ?? null),
    ]);
    expect(pairs).toEqual([
      ['read-write 4096', null],
      ['read-write 65536', 'read-write 65536'],
      ['sendfile null', 'sendfile null'],
      [null, 'read-write 1048576'],
      [null, 'splice 65536'],
      [null, 'splice 1048576'],
    ]);
    const indexes = pairCases([left, right]).flatMap((pair) => pair.indexes[0] ?? []);
    expect(indexes.map((index) => left[index]?.control)).not.toContain(true);
  });

  test('by the size of objects, whatever the buffer', () => {
    const objects = (buffers: number[]) =>
      cases({ kind: 'objects', objectSizes: [4096, 65536], buffers, modes: ['read-write'] });
    const [left, right] = [objects([1024]), objects([65536])];
    const pairs = pairCases([left, right]).map(({ indexes }) =>
      indexes.map((at, side) => [left, right][side]?.[at ?? -1]),
    );
    expect(pairs.map((pair) => pair.map((one) => one?.options['objectBytes']))).toEqual([
      [4096, 4096],
      [65536, 65536],
    ]);
  });

  test('with the same options first, and with others where there are no same ones', () => {
    const [one] = cases({ modes: ['read-write'] }) as [Case];
    const deep = (queueDepth: number): Case => ({ ...one, options: { queueDepth } });
    expect(
      pairCases([
        [deep(8), deep(32)],
        [deep(32), deep(8)],
      ]).map(({ indexes }) => indexes),
    ).toEqual([
      [0, 1],
      [1, 0],
    ]);
    expect(pairCases([[deep(8)], [deep(32)]]).map(({ indexes }) => indexes)).toEqual([[0, 0]]);
  });

  test('over three results, of which the first lacks one', () => {
    const [few, more] = [cases({ modes: ['read-write'] }), cases({ modes: ['read-write', 'sendfile'] })];
    const sendfile = more.findIndex(({ mode }) => mode === 'sendfile');
    expect(pairCases([few, more, more]).map(({ indexes }) => indexes)).toEqual([
      [0, 0, 0],
      [null, sendfile, sendfile],
    ]);
  });
});

describe('the numbers', () => {
  test('are the ratio of the medians, and reach as far as both intervals allow', () => {
    const comparison = granted(
      compare(
        aRun(),
        aRun((one) => (one.mode === 'sendfile' ? 0.5 : 1)),
      ),
    );
    const change = changeOf(comparison, 'sendfile');
    expect(change?.verdict).toBe('faster');
    expect(change?.ratio.median).toBeCloseTo(2, 6);
    const entry = comparison.cases.find(({ mode }) => mode === 'sendfile')?.entries;
    const [before, after] = entry?.map((each) => each?.measured.throughput?.value) ?? [];
    expect(change?.ratio.low).toBeCloseTo((after?.low as number) / (before?.high as number), 9);
    expect(change?.ratio.high).toBeCloseTo((after?.high as number) / (before?.low as number), 9);
    expect(changeOf(comparison, 'mmap-write')?.verdict).toBe('same');
    expect(comparison.results.map(({ letter, name }) => [letter, name])).toEqual([
      ['A', 'run-0'],
      ['B', 'run-1'],
    ]);
  });

  test('relative to the baseline take out a host that is slower as a whole', () => {
    const comparison = granted(
      compare(
        aRun(),
        aRun(() => 1.5),
      ),
    );
    expect(changeOf(comparison, 'sendfile')?.verdict).toBe('slower');
    expect(changeOf(comparison, 'sendfile', 'relative')?.verdict).toBe('same');
    expect(changeOf(comparison, 'read-write', 'relative')).toBeNull();
  });

  test('of CPU time: less is better, and the ratio is as the numbers are', () => {
    const busy = aRun();
    const idle: Result = {
      ...busy,
      cases: busy.cases.map((one) => ({
        ...one,
        summary: one.summary && { ...one.summary, cpuSecondsPerGib: { median: 0.5, low: 0.49, high: 0.51 } },
      })),
    };
    const comparison = granted(compare(busy, idle));
    const change = changeOf(comparison, 'sendfile', 'cpu');
    expect(change?.ratio.median).toBeLessThan(1);
    expect(change?.verdict).toBe('faster');
    const cpu = comparison.quantities.find(({ id }) => id === 'cpu');
    expect(cpu && numbersOf(comparison, cpu).rows.every((row) => row.at(-1) === 'less CPU')).toBe(true);
  });

  test('claim no interval from fewer than six rounds on either side', () => {
    const few = aCompleteResult((one) => times(one.mode === 'sendfile' ? 0.2 : 1).slice(1));
    for (const pair of [
      [aRun(), few],
      [few, aRun()],
    ] as const) {
      const comparison = granted(compare(...pair));
      const change = changeOf(comparison, 'sendfile');
      expect([change?.ratio.low, change?.ratio.high, change?.verdict]).toEqual([null, null, 'unsettled']);
      expect(comparison.warnings.map(({ kind }) => kind)).toEqual(['rounds']);
      expect(canJudge(comparison)).toBe(false);
    }
  });

  test('are no differences below the noise floor of either run', () => {
    const noisy = { ...aRun((one) => (one.mode === 'sendfile' ? 1.1 : 1)), noiseFloor: 0.2 };
    const comparison = granted(compare(aRun(), noisy));
    expect(changeOf(comparison, 'sendfile')).toMatchObject({ verdict: 'same', threshold: 0.2 });
    expect(changeOf(granted(compare(noisy, aRun())), 'sendfile')?.verdict).toBe('same');
  });

  test('at an equal rate are CPU time first, and no throughput', () => {
    const paced = { kind: 'equal-rate', bytesPerSecond: 1e9 } as const;
    const comparison = granted(compare(aRun(undefined, paced), aRun(undefined, paced)));
    expect(comparison.quantities.map(({ id }) => id)).toEqual(['cpu', 'relative']);
    expect(changeOf(comparison, 'sendfile', 'throughput')).toBeNull();
    expect(changeOf(comparison, 'sendfile', 'cpu')?.verdict).toBe('same');
  });

  test('in words: counts, rows, and all of it for a spreadsheet', () => {
    const comparison = granted(
      compare(
        aRun(),
        aRun((one) => (one.mode === 'sendfile' ? 0.5 : 1)),
        aRun(() => 2),
      ),
    );
    const [throughput] = comparison.quantities;
    if (throughput === undefined) throw new Error('no quantity');
    expect(countsText(comparison, throughput, 1)).toBe('B against A: 1 faster, 2 same.');
    expect(countsText(comparison, throughput, 2)).toBe('C against A: 3 slower.');
    const { head, rows } = numbersOf(comparison, throughput);
    expect(head).toEqual(['Case', 'Result', 'A, MiB/s', 'result, MiB/s', 'Ratio', '95 % interval', 'Verdict']);
    expect(rows).toHaveLength(6);
    expect(rows.at(-1)?.slice(0, 5)).toEqual(['sendfile', 'C', '1,000', '500', '0.50x']);
    expect(comparisonAsText(comparison)).toContain(`${head.join('\t')}\n`);
  });
});

describe('what is compared nowhere is told', () => {
  const reason = { code: 'EXDEV', message: 'It does not work across filesystems.', hint: 'Stay on one.' };
  const without = (result: Result, mode: string): Result => ({
    ...result,
    cases: result.cases.map((one) =>
      one.mode === mode ? { ...one, status: 'unsupported', reason, summary: null, samples: [] } : one,
    ),
  });

  test('with the reason, by result', () => {
    const comparison = granted(
      compare(aRun(), without(aRun(), 'sendfile'), aRun(undefined, { modes: ['mmap-write'] })),
    );
    expect(comparison.apart).toEqual([
      { name: 'sendfile', text: `B: ${reason.message} C: Not part of the experiment.` },
    ]);
    expect(comparison.cases.map(({ mode }) => mode)).toEqual(['read-write', 'mmap-write']);
  });

  test('a mode that one of three lacks is compared with the other', () => {
    const comparison = granted(compare(aRun(), without(aRun(), 'sendfile'), aRun()));
    expect(changeOf(comparison, 'sendfile', 'throughput', 1)).toBeNull();
    expect(changeOf(comparison, 'sendfile', 'throughput', 2)?.verdict).toBe('same');
    expect(comparison.apart.map(({ name }) => name)).toEqual(['sendfile']);
  });
});

describe('what cannot be compared is refused in a sentence', () => {
  const all = aRun();
  test.each([
    ['one alone', [all], 'not-so-many'],
    ['nine', Array.from({ length: 9 }, () => all), 'not-so-many'],
    ['another path', [all, aCompleteResult(undefined, aSocketExperiment())], 'another-path'],
    ['another kind', [all, aRun(undefined, { kind: 'equal-rate' })], 'another-kind'],
    ['one that runs', [all, { ...all, status: 'running' as const }], 'still-running'],
    ['hazards', [{ ...all, experiment: { ...all.experiment, kind: 'hazards' as const } }, all], 'measures-nothing'],
    [
      'no case in common',
      [aRun(undefined, { modes: ['read-write'], buffers: [64] }), aRun(undefined, { modes: ['read-write'] })],
      'nothing-in-common',
    ],
  ])('%s', (_, results, code) => {
    const problem = refusal(compare(...results));
    expect(problem.code).toBe(code);
    expect(problem.message).toMatch(/^[^\n]+\.$/);
    expect(problem.hint).toMatch(/^[^\n]+\.$/);
  });
});

describe('what differs around the numbers', () => {
  const socket = aSocketExperiment();
  const pairs: readonly (readonly [string, Experiment, Experiment])[] = [
    ['cache', anExperiment(), anExperiment({ cache: 'cold' })],
    ['bytes', anExperiment(), anExperiment({ bytes: 2 ** 30 })],
    ['receiver', socket, { ...socket, receiver: { kind: 'discard', bufferBytes: 262144, directory: null } }],
    ['durable', anExperiment(), anExperiment({ durable: true })],
    ['source', anExperiment(), anExperiment({ source: { kind: 'file', path: '/data/film' } })],
    ['pin', anExperiment(), anExperiment({ pin: { sender: 0, receiver: 1 } })],
    ['network', aSocketExperiment(), aSocketExperiment({ target: 'lab', laboratories: [{ scatterGather: false }] })],
    ['pipe-size', anExperiment(), anExperiment({ pipeBytes: 65536 })],
    ['queue-depth', anExperiment(), anExperiment({ queueDepth: 32 })],
    ['passes', anExperiment(), anExperiment({ evidence: 'auto' })],
    [
      'rate',
      anExperiment({ kind: 'equal-rate', bytesPerSecond: 1e8 }),
      anExperiment({ kind: 'equal-rate', bytesPerSecond: 2e8 }),
    ],
    [
      'peer',
      anExperiment({ path: 'process-to-process', modes: ['pipe'], target: 'peer', peer: 'process' }),
      anExperiment({ path: 'process-to-process', modes: ['pipe'], target: 'peer', peer: 'thread' }),
    ],
  ];
  test.each(pairs)('%s is warned of, with both values and what it means', (kind, left, right) => {
    const { warnings } = granted(compare(aCompleteResult(undefined, left), aCompleteResult(undefined, right)));
    expect(warnings.map((each) => each.kind)).toEqual([kind]);
    expect(new Set(warnings[0]?.values).size).toBe(2);
    expect(warnings[0]?.meaning).toMatch(/^[^\n]+\.$/);
  });

  test('nothing is warned of where nothing differs', () => {
    const { warnings, hostDifferences } = granted(compare(aRun(), aRun()));
    expect([warnings, hostDifferences]).toEqual([[], []]);
  });

  test('rounds and a run cut short are warned of', () => {
    const cut: Result = { ...aCompleteResult(() => [...STEADY, 1e6]), status: 'partial' };
    expect(granted(compare(aRun(), cut)).warnings.map(({ kind }) => kind)).toEqual(['rounds', 'status']);
  });

  test('host facts are listed by group, with a dash where one has no such fact', () => {
    const mine = aHost();
    const theirs = aHost({
      kernel: '6.12.0',
      limits: { memlock: 1024 },
      blockDevices: [
        {
          name: 'sda',
          alias: null,
          model: 'A DISK',
          rotational: false,
          scheduler: null,
          logicalBlockBytes: 512,
          virtio: false,
        },
      ],
    });
    const other: Result = { ...aCompleteResult(undefined, undefined, theirs), tool: 'zero-copy-lab 9.9.9' };
    const { hostDifferences } = granted(compare(aCompleteResult(undefined, undefined, mine), other));
    expect(hostDifferences.map(({ name, values }) => [name, ...values])).toEqual([
      ['Kernel', '6.1.0 (x86_64)', '6.12.0 (x86_64)'],
      ['fs.pipe-max-size', '1 MiB', '–'],
      ['Made by', 'zero-copy-lab 0.0.0', 'zero-copy-lab 9.9.9'],
      ['Device sda', '–', 'A DISK, not rotational, blocks of 512 B'],
      ['memlock (ulimit -l)', '–', '1 KiB'],
    ]);
  });
});

describe('a regression', () => {
  const slower = (factor: number) =>
    granted(
      compare(
        aRun(),
        aRun((one) => (one.mode === 'sendfile' ? factor : 1)),
        aRun(),
      ),
    );

  test('is a whole interval below 1 less the limit', () => {
    const regressions = regressionsOf(slower(1.1), 0.05);
    expect(regressions.map(({ result, name }) => [result, name])).toEqual([[1, 'sendfile']]);
    expect(regressions[0]?.gain.high).toBeLessThan(0.95);
    // 1 / 1.1 is 0.909: within 10 %.
    expect(regressionsOf(slower(1.1), 0.1)).toEqual([]);
    // The median is below 0.95, the interval reaches above it.
    expect(regressionsOf(slower(1.0535), 0.05)).toEqual([]);
  });

  test('is never within the noise, whatever the limit', () => {
    expect(regressionsOf(slower(1.015), 0)).toEqual([]);
    expect(regressionsOf(slower(1.03), 0)).toHaveLength(1);
  });

  test('at an equal rate is more CPU time', () => {
    const paced = aRun(undefined, { kind: 'equal-rate', bytesPerSecond: 1e9 });
    const busier: Result = {
      ...paced,
      cases: paced.cases.map((one) => {
        const cpu = one.summary?.cpuSecondsPerGib.median ?? 0;
        return {
          ...one,
          summary: one.summary && {
            ...one.summary,
            cpuSecondsPerGib: { median: 1.2 * cpu, low: 1.19 * cpu, high: 1.21 * cpu },
          },
        };
      }),
    };
    expect(regressionsOf(granted(compare(paced, busier)), 0.05)).toHaveLength(3);
    expect(regressionsOf(granted(compare(busier, paced)), 0.05)).toEqual([]);
  });
});
