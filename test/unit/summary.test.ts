import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reportResult } from '../../src/cli/report.ts';
import { finished } from '../../src/lab/resultFile.ts';
import { exclusionOf } from '../../src/model/exclusion.ts';
import { findingsOf } from '../../src/model/findings.ts';
import { baselineOf, REFERENCE_BUFFER_BYTES } from '../../src/model/plan.ts';
import type { Case } from '../../src/model/result/case.ts';
import type { Result } from '../../src/model/result/result.ts';
import type { Sample } from '../../src/model/result/sample.ts';
import { holm, pairedT } from '../../src/model/statistics/significance.ts';
import { countedSamples, isExcluded, pooledCpuSplit, summarise } from '../../src/model/summary.ts';
import { GIB, MIB } from '../../src/model/units.ts';
import {
  aCompleteResult,
  aCost,
  aHost,
  anExperiment,
  aPlannedResult,
  aSample,
  aSocketExperiment,
  withSamples,
} from './fixtures.ts';

fc.configureGlobal({ seed: 20_031 });

function caseOf(result: Result, mode: string): Case {
  const found = result.cases.find((one) => one.mode === mode && !one.control);
  if (found === undefined) throw new Error(`no case of ${mode}`);
  return found;
}

/** Wall times by mode, the control's as the baseline's unless given. */
function walls(byMode: Record<string, readonly number[]>) {
  return (one: Case) => byMode[one.control ? 'control' : one.mode] ?? byMode[one.mode] ?? [];
}

function findingKinds(result: Result): string[] {
  return findingsOf(result).map((finding) => finding.kind);
}

describe('units', () => {
  const experiment = anExperiment({ bytes: 256 * MIB });
  const planned = aPlannedResult(experiment);
  const cost = aCost({
    cpuNs: 50_000_000,
    voluntarySwitches: 3,
    involuntarySwitches: 2,
    minorFaults: 500,
    majorFaults: 12,
    calls: { read: 4096, write: 4096 },
  });
  const receiver = aCost({ cpuNs: 75_000_000 });
  const measured = summarise({
    ...planned,
    cases: planned.cases.map((one) => ({
      ...one,
      samples: [1, 2, 3, 4, 5, 6].map((round) => aSample(round, { wallNs: 125_000_000, sender: cost, receiver })),
    })),
  });
  const same = (value: number) => ({ median: value, low: value, high: value });

  test('are MiB/s, CPU s/GiB, crossings/MiB, faults/MiB and context switches/GiB', () => {
    expect(caseOf(measured, 'read-write').summary).toEqual({
      wallNs: same(125_000_000),
      mibPerSecond: same(2048),
      cpuSecondsPerGib: same(0.2),
      receiverCpuSecondsPerGib: same(0.3),
      totalCpuSecondsPerGib: same(0.5),
      // 8192 calls are 16384 crossings; faults inside calls are none.
      crossingsPerMib: same(64),
      faultsPerMib: same(2),
      contextSwitchesPerGib: same(20),
      ratioToBaseline: null,
    });
  });

  test('user and system time are pooled over all counted rounds', () => {
    const [quarter] = planned.cases as [Case];
    const samples = [
      aSample(0, { sender: aCost({ userNs: 9e9, systemNs: 9e9 }) }),
      aSample(1, { sender: aCost({ userNs: 0, systemNs: 4e6 }) }),
      aSample(2, { sender: aCost({ userNs: 1e7, systemNs: 0 }) }),
    ];
    const split = pooledCpuSplit({ ...quarter, bytes: GIB / 4, samples });
    expect(split?.user).toBeCloseTo(0.02, 12);
    expect(split?.system).toBeCloseTo(0.008, 12);
    expect(pooledCpuSplit({ ...quarter, samples: [aSample(0)] })).toBeNull();
  });

  test('without a receiver there is no CPU time of one', () => {
    const summary = caseOf(aCompleteResult(), 'read-write').summary;
    expect([summary?.receiverCpuSecondsPerGib, summary?.totalCpuSecondsPerGib]).toEqual([null, null]);
  });
});

describe('what counts', () => {
  test('the warm-up does not', () => {
    const planned = aPlannedResult();
    const result = summarise({
      ...planned,
      cases: planned.cases.map((one) => ({
        ...one,
        samples: [aSample(0, { wallNs: 1e12 }), ...[1, 2, 3, 4, 5, 6].map((round) => aSample(round))],
      })),
    });
    for (const one of result.cases) {
      expect(countedSamples(one).map((sample) => sample.round)).toEqual([1, 2, 3, 4, 5, 6]);
      expect(one.summary?.wallNs).toEqual({ median: 1e6, low: 1e6, high: 1e6 });
      expect(one.samples[0]?.outlier).toBeNull();
    }
  });

  test('outliers do: they are marked, not dropped', () => {
    const result = summarise(withSamples(aPlannedResult(), () => [1e6, 1e6, 1.1e6, 0.9e6, 1e6, 1.05e6, 0.95e6, 9e6]));
    const [one] = result.cases as [Case];
    expect(one.samples.map((sample) => sample.outlier)).toEqual([...Array(7).fill(null), 'severe']);
    expect(countedSamples(one)).toHaveLength(8);
    expect(one.summary?.wallNs.high).toBeGreaterThan(1.05e6);
  });

  test('a case without samples has no summary, and nobody is compared with it', () => {
    const result = summarise(withSamples(aPlannedResult(), walls({ sendfile: [1e6, 1e6] })));
    expect(caseOf(result, 'read-write').summary).toBeNull();
    expect(caseOf(result, 'sendfile').summary?.ratioToBaseline).toBeNull();
    expect(result.noiseFloor).toBeNull();
  });

  test('only rounds that both have are compared', () => {
    const planned = aPlannedResult();
    const result = summarise({
      ...planned,
      cases: planned.cases.map((one) => ({
        ...one,
        samples:
          one.mode === 'sendfile'
            ? [2, 3, 4, 5, 6, 7].map((round) => aSample(round, { wallNs: 5e5 }))
            : [aSample(1, { wallNs: 9e9 }), ...[2, 3, 4, 5, 6, 7].map((round) => aSample(round))],
      })),
    });
    expect(caseOf(result, 'sendfile').summary?.ratioToBaseline).toEqual({
      median: expect.closeTo(2, 9),
      low: expect.closeTo(2, 9),
      high: expect.closeTo(2, 9),
      verdict: 'faster',
      p: 0,
    });
  });

  test('the control sets the noise floor, and differences below it are not called differences', () => {
    const twiceAsFast = walls({
      'read-write': Array(6).fill(1e6),
      control: Array(6).fill(2e6),
      sendfile: Array(6).fill(7e5),
    });
    const result = summarise(withSamples(aPlannedResult(), twiceAsFast));
    expect(result.noiseFloor).toBeCloseTo(1, 9);
    expect(caseOf(result, 'sendfile').summary?.ratioToBaseline?.verdict).toBe('same');
  });

  test('what was excluded does not: not in a summary, a ratio, an outlier mark or a sum', () => {
    const planned = aPlannedResult(anExperiment({ cache: 'cold' }));
    const cold = withSamples(planned, (one) => Array(6).fill(one.mode === 'sendfile' ? 5e5 : 1e6));
    const zerocopy = { sent: 1, completed: 1, copied: 1 };
    const warm = aSample(7, { wallNs: 1, residency: 1, excluded: 'not-cold', zerocopy });
    const result = summarise({
      ...cold,
      cases: cold.cases.map((one) => ({ ...one, samples: [...one.samples, warm] })),
    });
    const without = summarise(cold);
    for (const [index, one] of result.cases.entries()) {
      expect(one.summary).toEqual(without.cases[index]?.summary);
      expect(one.samples.at(-1)).toEqual(warm);
      expect(one.zerocopy).toBeNull();
    }
    expect(findingsOf(result)[0]?.text).toEqual(findingsOf(without)[0]?.text);
  });

  test('a case of which everything was excluded has no summary, and the report says why', () => {
    const planned = withSamples(aPlannedResult(anExperiment({ cache: 'cold' })), () => Array(6).fill(1e6));
    const result = finished(
      {
        ...planned,
        cases: planned.cases.map((one) =>
          one.mode === 'sendfile'
            ? { ...one, samples: one.samples.map((sample) => ({ ...sample, residency: 0.25, excluded: 'not-cold' })) }
            : one,
        ),
      },
      'complete',
      null,
    );
    expect(caseOf(result, 'sendfile').summary).toBeNull();
    expect(isExcluded(caseOf(result, 'sendfile'))).toBe(true);
    expect(reportResult(result)).toMatch(/^sendfile: No transfer counts, because none of them was cold\.$/m);
    const found = result.findings.filter(({ kind }) => kind === 'not-cold');
    expect(found.map(({ text }) => text)).toEqual([
      'These transfers were to be cold, but up to 25 % of the source was in the page cache; they are not counted: sendfile (6 of 6).',
    ]);
    expect(found[0]?.cases.map((index) => result.cases[index]?.mode)).toEqual(['sendfile']);
  });

  test.each([
    { cache: 'cold', residency: 0, why: null },
    { cache: 'cold', residency: 0.01, why: null },
    { cache: 'cold', residency: 0.0101, why: 'not-cold' },
    { cache: 'cold', residency: null, why: null },
    { cache: 'warm', residency: 1, why: null },
  ] as const)('$cache with $residency of the source in the page cache: $why', ({ cache, residency, why }) => {
    expect(exclusionOf(cache, residency, 250)).toBe(why);
  });

  test('transfers too short for the clock give no ratio', () => {
    const result = summarise(withSamples(aPlannedResult(), () => [0, 0, 0]));
    for (const one of result.cases) expect(one.summary?.ratioToBaseline ?? null).toBeNull();
    expect(caseOf(result, 'sendfile').summary?.mibPerSecond.median).toBe(0);
  });

  test('statuses stay as they are', () => {
    const result = summarise(withSamples(aPlannedResult(), () => [1e6]));
    expect(result.cases.map((one) => one.status)).toEqual(result.cases.map(() => 'pending'));
    expect(result.status).toBe('running');
  });
});

describe('p', () => {
  /** Ratios near 1, with a p that is neither 0 nor 1. */
  const wobbling = (one: Case, index: number) =>
    [0, 1, 2, 3, 4, 5, 6, 7].map((round) =>
      one.mode === 'read-write' && !one.control ? 1e6 : 1e6 + ((round * 7 + index * 3) % 11) * 1e4 - index * 5e3,
    );
  const logRatiosOf = (one: Case, baseline: Case) =>
    one.samples.map((sample, round) => Math.log((baseline.samples[round] as Sample).wallNs / sample.wallNs));

  test('is that of the paired t test, by Holm among the modes of one buffer size; the control keeps its own', () => {
    const experiment = anExperiment({ modes: ['mmap-write', 'splice', 'sendfile'], buffers: [4096, 65536] });
    const result = summarise(withSamples(aPlannedResult(experiment), wobbling));
    const raw = (one: Case) => pairedT(logRatiosOf(one, result.cases[baselineOf(result.cases, one) as number] as Case));
    for (const buffer of [4096, 65536]) {
      const family = result.cases.filter(
        (one) => one.mode !== 'read-write' && (one.bufferBytes ?? REFERENCE_BUFFER_BYTES) === buffer,
      );
      expect(family.map((one) => one.mode)).toEqual(
        buffer === 4096 ? ['mmap-write', 'splice'] : ['mmap-write', 'splice', 'sendfile'],
      );
      const ps = holm(family.map(raw));
      for (const [place, one] of family.entries()) {
        expect(one.summary?.ratioToBaseline?.p).toBeCloseTo(ps[place] as number, 12);
      }
    }
    const control = result.cases.find((one) => one.control) as Case;
    expect(control.summary?.ratioToBaseline?.p).toBeCloseTo(raw(control), 12);
  });

  test('is not claimed where no interval is', () => {
    const result = summarise(withSamples(aPlannedResult(), (one, index) => wobbling(one, index).slice(0, 5)));
    expect(caseOf(result, 'sendfile').summary?.ratioToBaseline).toMatchObject({ low: null, high: null, p: null });
  });
});

describe('at an equal rate', () => {
  const experiment = aSocketExperiment({ kind: 'equal-rate', bytes: 100 * MIB });
  /** All take a second, at 100 MiB/s; sendfile takes less CPU time of the sender and the same of the receiver. */
  const paced = (wallNs: (one: Case) => number, cpuNs: (one: Case) => number): Result => {
    const planned = aPlannedResult(experiment);
    return finished(
      {
        ...planned,
        pacedBytesPerSecond: 100 * MIB,
        cases: planned.cases.map((one) => ({
          ...one,
          samples: [1, 2, 3, 4, 5, 6].map((round) =>
            aSample(round, {
              wallNs: wallNs(one),
              sender: aCost({ cpuNs: cpuNs(one) }),
              receiver: aCost({ cpuNs: 1e8 }),
            }),
          ),
        })),
      },
      'complete',
      null,
    );
  };
  const second = () => 1e9;

  test('the ratio is of CPU time, of both sides together', () => {
    const result = paced(second, (one) => (one.mode === 'sendfile' ? 2e8 : 5e8));
    expect(caseOf(result, 'sendfile').summary?.ratioToBaseline).toMatchObject({
      median: expect.closeTo(2, 9),
      verdict: 'faster',
    });
    expect(result.findings[0]?.text).toMatch(
      /^sendfile used 0\.50x the CPU time of read \+ write with 64 KiB buffers \(95 % interval 0\.50x to 0\.50x\) at 100 MiB\/s, /,
    );
    expect(reportResult(result)).toContain('The ratio is the baseline’s CPU time to the mode’s');
  });

  test('where none needs less, the worst is named, or that none differs', () => {
    expect(paced(second, (one) => (one.mode === 'sendfile' ? 9e8 : 4e8)).findings[0]?.text).toMatch(
      /^No mode used less CPU time than its baseline beyond the noise; sendfile used 2\.00x the CPU time of /,
    );
    expect(paced(second, () => 4e8).findings[0]?.text).toMatch(/^No mode’s CPU time differed/);
  });

  test('a case that could not hold the rate is named, and not compared', () => {
    const slow = (one: Case) => (one.mode === 'sendfile' ? 2e9 : 1.04e9);
    const result = paced(slow, (one) => (one.mode === 'sendfile' ? 2e8 : 5e8));
    expect(result.findings[0]?.kind).toBe('same');
    const missed = result.findings.filter(({ kind }) => kind === 'rate-missed');
    expect(missed.map(({ text }) => text)).toEqual([
      'sendfile could not hold 100 MiB/s: it came to 50 MiB/s, and its CPU time is not compared.',
    ]);
    const base = paced(
      (one) => (one.mode === 'read-write' ? 2e9 : 1e9),
      () => 5e8,
    );
    expect(base.findings[0]?.kind).toBe('nothing-compared');
  });
});

describe('objects', () => {
  test('are compared with those of their own size, which the headline names', () => {
    const planned = aPlannedResult(anExperiment({ kind: 'objects', objectSizes: [4096, MIB] }));
    const wall = (one: Case) => (one.options['objectBytes'] === 4096 ? 8e6 : one.mode === 'sendfile' ? 5e5 : 1e6);
    const result = finished(
      withSamples(planned, (one) => Array(6).fill(wall(one))),
      'complete',
      null,
    );
    for (const one of result.cases) {
      if (one.mode === 'read-write' && !one.control) continue;
      const baseline = result.cases[baselineOf(result.cases, one) as number];
      expect(baseline?.options['objectBytes']).toBe(one.options['objectBytes']);
    }
    expect(result.findings[0]?.text).toMatch(
      /^sendfile on files of 1 MiB ran at 2\.00x the speed of read \+ write with 64 KiB buffers on files of 1 MiB /,
    );
    expect(reportResult(result)).toMatch(/^sendfile, files of 1 MiB +2,000 /m);
  });
});

describe('the headline', () => {
  const steady = (wallNs: number) => Array.from({ length: 8 }, () => wallNs);

  test.each([
    { name: 'one mode is faster', speeds: { 'read-write': 1e6, 'mmap-write': 1e6, sendfile: 5e5 }, kind: 'faster' },
    { name: 'none differs', speeds: { 'read-write': 1e6, 'mmap-write': 1e6, sendfile: 1.01e6 }, kind: 'same' },
    { name: 'all are slower', speeds: { 'read-write': 1e6, 'mmap-write': 2e6, sendfile: 3e6 }, kind: 'none-faster' },
  ])('$name: $kind', ({ speeds, kind }) => {
    const result = aCompleteResult((one) => steady(speeds[one.mode as keyof typeof speeds]));
    expect(result.findings[0]?.kind).toBe(kind);
    // Filesystem and device are named with every finding.
    expect(result.findings[0]?.text).toContain('ext4 (/dev/sda1)');
  });

  test('names the fastest of those that are faster, what it is faster than, and its interval', () => {
    const speeds: Record<string, number> = { 'read-write': 1e6, 'mmap-write': 8e5, sendfile: 4e5 };
    const result = aCompleteResult((one) => steady(speeds[one.mode] ?? 0));
    expect(result.findings[0]?.cases.map((index) => result.cases[index]?.mode)).toEqual(['sendfile']);
    expect(result.findings[0]?.text).toMatch(/^sendfile ran at 2\.50x .*read \+ write.*2\.50x to 2\.50x/);
  });

  test('of intervals that reach across is that nothing can be told', () => {
    const noisy = [1e6, 2e6, 1e6, 2e6, 1e6, 2e6, 1e6, 2e6];
    const other = [2e6, 1e6, 2e6, 1e6, 2e6, 1e6, 2e6, 1e6];
    const result = aCompleteResult((one) => (one.mode === 'read-write' ? noisy : other));
    expect(result.findings[0]?.kind).toBe('unsettled');
  });

  test('of a single round is that nothing can be told', () => {
    expect(aCompleteResult((one) => [one.mode === 'sendfile' ? 1 : 1e9]).findings[0]?.kind).toBe('unsettled');
  });

  test('without a baseline is that nothing was compared', () => {
    expect(aCompleteResult(walls({ sendfile: [1, 1, 1] })).findings[0]?.kind).toBe('nothing-compared');
  });

  test('never claims an order the intervals do not support', () => {
    const wall = fc.integer({ min: 1e5, max: 4e5 });
    const rounds = fc.integer({ min: 4, max: 12 });
    const sortOfWalls = rounds.chain((count) =>
      fc.array(fc.array(wall, { minLength: count, maxLength: count }), { minLength: 4, maxLength: 4 }),
    );
    const kinds = new Set<string>();
    fc.assert(
      fc.property(sortOfWalls, fc.double({ min: 0.3, max: 1.2, noNaN: true }), (series, help) => {
        // `help` makes the last mode clearly faster in some results, so that all kinds of headlines come up.
        const planned = withSamples(aPlannedResult(), (_, index) =>
          (series[index] as number[]).map((ns) => Math.round(index === 3 ? ns * help : ns / 10 + 2e5)),
        );
        const result = summarise(planned);
        const floor = result.noiseFloor as number;
        const [headline] = findingsOf(result);
        kinds.add(headline?.kind ?? 'none');
        const ratios = result.cases.flatMap((one) => (one.control ? [] : (one.summary?.ratioToBaseline ?? [])));
        const named = (headline?.cases ?? []).map((index) => result.cases[index]?.summary?.ratioToBaseline);
        const above = (1 + floor) * (1 - 1e-12);
        for (const ratio of named) {
          if (headline?.kind === 'faster') expect(ratio?.low).toBeGreaterThan(above);
          if (headline?.kind === 'none-faster') expect(ratio?.high).toBeLessThan(1 / above);
        }
        const someFaster = ratios.some((ratio) => ratio.low !== null && ratio.low > (1 + floor) * (1 + 1e-12));
        if (someFaster) expect(headline?.kind).toBe('faster');
        if (headline?.kind === 'same') {
          for (const ratio of ratios) {
            expect(ratio.low).toBeGreaterThanOrEqual((1 / (1 + floor)) * (1 - 1e-12));
            expect(ratio.high).toBeLessThanOrEqual((1 + floor) * (1 + 1e-12));
          }
        }
      }),
      { numRuns: 400 },
    );
    expect(kinds).toContain('faster');
    expect(kinds).toContain('unsettled');
  });
});

describe('findings beside the headline', () => {
  test('a case that delivered other bytes is named', () => {
    const planned = withSamples(aPlannedResult(), (one) => (one.mode === 'sendfile' ? [] : [1e6, 1e6]));
    const result = summarise({
      ...planned,
      cases: planned.cases.map((one) =>
        one.mode === 'sendfile'
          ? { ...one, verified: { how: 'readback', ok: false, difference: 'It dropped bytes.' } }
          : one,
      ),
    });
    const corrupt = findingsOf(result).filter((finding) => finding.kind === 'corrupt');
    expect(corrupt.map((finding) => finding.cases.map((index) => result.cases[index]?.mode))).toEqual([['sendfile']]);
    expect(corrupt[0]?.text).toMatch(/^sendfile did not deliver .*It dropped bytes\.$/);
  });

  test.each([
    { name: 'loopback', result: aCompleteResult(undefined, aSocketExperiment()), kinds: ['loopback'] },
    {
      name: 'a virtual machine',
      result: aCompleteResult(undefined, anExperiment(), aHost({ virtualised: 'KVM' })),
      kinds: ['virtual-machine'],
    },
    {
      name: 'tmpfs',
      result: aCompleteResult(
        undefined,
        anExperiment(),
        aHost({ filesystem: { type: 'tmpfs', mountPoint: '/data', device: 'tmpfs', options: 'rw' } }),
      ),
      kinds: ['tmpfs'],
    },
    { name: 'bare metal and a disk', result: aCompleteResult(), kinds: [] },
  ])('$name: what it cannot tell is said', ({ result, kinds }) => {
    expect(findingKinds(result).slice(1)).toEqual(kinds);
  });

  test('the words of a socket are not those of a file', () => {
    expect(aCompleteResult(undefined, aSocketExperiment()).findings[0]?.text).toContain('TCP');
    expect(aCompleteResult().findings[0]?.text).not.toContain('TCP');
  });
});
