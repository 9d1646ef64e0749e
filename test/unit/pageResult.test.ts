/** What a page gets instead of samples says the same as they do. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { counts } from '../../src/model/exclusion.ts';
import { flowFactsOf } from '../../src/model/flowFacts.ts';
import { callSettingsOf } from '../../src/model/modes/calls.ts';
import { digestOf, pageResultOf } from '../../src/model/pageResult.ts';
import { remarksOfResult, sharesBlocks } from '../../src/model/remarks.ts';
import type { Case } from '../../src/model/result/case.ts';
import type { Result } from '../../src/model/result/result.ts';
import type { Sample } from '../../src/model/result/sample.ts';
import { SAMPLES_A_PAGE, samplePageOf } from '../../src/model/samplePage.ts';
import { countedSamples, isExcluded, pooledCpuSplit, summarise, withSummaries } from '../../src/model/summary.ts';
import { aCompleteResult, aPlannedResult, aSample } from './fixtures.ts';

function aCase(changes: Partial<Case>): Case {
  return { ...(aCompleteResult().cases[0] as Case), summary: null, ...changes };
}

function aResult(changes: Partial<Result>): Result {
  return { ...aPlannedResult(), ...changes };
}

/** Samples of which some do not count, some are far off, and some observed something. */
const anySamples = fc
  .array(
    fc.record({
      warmup: fc.boolean(),
      wallNs: fc.integer({ min: 1, max: 1e9 }),
      excluded: fc.constantFrom(null, 'not-cold' as const, 'held-up' as const),
      observed: fc.dictionary(fc.constantFrom('sharedBytes', 'pipeBytes', 'ioWorkers'), fc.nat(1e6)),
      receiver: fc.boolean(),
    }),
    { maxLength: 30 },
  )
  .map((all) =>
    all.map(({ receiver, ...one }, round): Sample => {
      const sample = aSample(round, one);
      return { ...sample, receiver: receiver ? sample.sender : null };
    }),
  );
const anyResult = fc
  .array(fc.tuple(fc.constantFrom('read-write', 'sendfile', 'copy-file-range'), anySamples), {
    minLength: 1,
    maxLength: 4,
  })
  .map((cases) =>
    summarise(aResult({ cases: cases.map(([mode, samples]) => aCase({ mode, samples, zerocopy: null })) })),
  );

describe('a digest', () => {
  it('says of every case what its samples say', () => {
    fc.assert(
      fc.property(anyResult, (result) => {
        const page = pageResultOf(result);
        for (const [index, one] of result.cases.entries()) {
          const told = page.cases[index];
          if (told === undefined) throw new RangeError('a case was lost');
          expect('samples' in told).toBe(false);
          expect(told.digest.counted).toBe(countedSamples(one).length);
          expect(isExcluded(told)).toBe(isExcluded(one));
          expect(pooledCpuSplit(told)).toEqual(pooledCpuSplit(one));
          expect(sharesBlocks(told)).toBe(sharesBlocks(one));
          expect(callSettingsOf(told)).toEqual(callSettingsOf(one));
        }
        expect(remarksOfResult(page)).toEqual(remarksOfResult(result));
        expect(flowFactsOf(page, 'file-to-file')).toEqual(flowFactsOf(result, 'file-to-file'));
      }),
    );
  });

  it('has a column entry for every transfer but the warm-up, and marks those that are drawn otherwise', () => {
    fc.assert(
      fc.property(anyResult, ({ cases }) => {
        for (const one of cases) {
          const { transfers, warmups } = digestOf(one);
          const measured = one.samples.filter((sample) => !sample.warmup);
          expect(warmups).toBe(one.samples.length - measured.length);
          expect(transfers.round).toEqual(measured.map(({ round }) => round));
          expect(transfers.wallNs).toEqual(measured.map(({ wallNs }) => wallNs));
          expect(transfers.excluded.map((place) => measured[place])).toEqual(
            measured.filter(({ excluded }) => excluded !== null),
          );
          expect(transfers.heldUp).toBe(measured.filter(({ excluded }) => excluded === 'held-up').length);
          expect(transfers.outliers.map((place) => measured[place])).toEqual(
            measured.filter((sample) => counts(sample) && sample.outlier !== null),
          );
          const all = measured.length > 0 && measured.every(({ receiver }) => receiver !== null);
          expect(transfers.receiverCpuNs).toEqual(all ? measured.map(({ receiver }) => receiver?.cpuNs) : null);
        }
      }),
    );
  });

  it('has the median of the counted calls, call by call', () => {
    const calling = (round: number, calls: Record<string, number>, warmup = false): Sample => {
      const sample = aSample(round, { warmup });
      return { ...sample, sender: { ...sample.sender, calls } };
    };
    const samples = [
      calling(0, { read: 99 }, true),
      calling(1, { read: 4, write: 1 }),
      calling(2, { read: 6 }),
      calling(3, { read: 5 }),
    ];
    expect(digestOf({ samples }).calls).toEqual({ read: 5, write: 0 });
  });
});

describe('summaries of a page', () => {
  const measured = (status: Result['status']): Result => {
    const samples = [1, 2, 3, 4, 5, 6, 7].map((round) => aSample(round, { wallNs: 1000 + round }));
    return aResult({ status, cases: [aCase({ mode: 'read-write', samples })] });
  };

  it('are those of the document, once it is finished', () => {
    const finished = summarise(measured('complete'));
    expect(withSummaries(finished)).toBe(finished);
  });

  it.each(['running', 'partial'] as const)('are worked out of a document that is %s without them', (status) => {
    expect(withSummaries(measured(status)).cases[0]?.summary?.wallNs.median).toBe(1004);
  });
});

describe('raw samples in pages', () => {
  const samples = Array.from({ length: 2 * SAMPLES_A_PAGE + 50 }, (_, round) => aSample(round));
  const cases: Case[] = [aCase({}), aCase({ samples })];

  it('come from the place on that was asked for, at most a page of them, with the total', () => {
    for (const [offset, length] of [
      [0, SAMPLES_A_PAGE],
      [SAMPLES_A_PAGE, SAMPLES_A_PAGE],
      [2 * SAMPLES_A_PAGE, 50],
      [1000, 0],
    ] as const) {
      const page = samplePageOf({ cases }, 1, offset);
      if (!page.ok) throw new Error(page.problem.message);
      expect(page.value).toEqual({
        case: 1,
        offset,
        total: samples.length,
        samples: samples.slice(offset, offset + length),
      });
    }
  });

  it('are refused for a case that does not exist', () => {
    expect(samplePageOf({ cases }, 2, 0)).toMatchObject({ ok: false, problem: { code: 'no-such-case' } });
  });
});
