import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  judged,
  largestCoverage,
  medianInterval,
  noiseFloor,
  outliers,
  pairedRatio,
  RESAMPLES,
  relativeHalfWidth,
  SMALLEST_DIFFERENCE,
  verdictOf,
} from '../../src/model/statistics.ts';

/** Four standard errors of an estimated 2.5 % point: how far the resampled interval may stray from the exact one. */
const RESAMPLING_ERROR = 4 * Math.sqrt((0.025 * 0.975) / RESAMPLES);

const walls = fc.array(fc.integer({ min: 1000, max: 1e9 }), { minLength: 2, maxLength: 12 });

function median(values: readonly number[]): number {
  const order = [...values].sort((a, b) => a - b);
  const middle = order.length >> 1;
  return order.length % 2 === 1
    ? (order[middle] as number)
    : ((order[middle - 1] as number) + (order[middle] as number)) / 2;
}

/** The medians of all n^n resamples, sorted. */
function everyMedian(values: readonly number[]): number[] {
  const size = values.length;
  return Array.from({ length: size ** size }, (_, code) =>
    median(values.map((_, digit) => values[Math.floor(code / size ** digit) % size] as number)),
  ).sort((a, b) => a - b);
}

function quantile(sorted: readonly number[], at: number): number {
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(sorted.length * at) - 1))] as number;
}

/** P(Bin(n, p) >= k) */
function binomialTail(n: number, p: number, k: number): number {
  let sum = 0;
  for (let i = k; i <= n; i++) {
    let term = p ** i * (1 - p) ** (n - i);
    for (let j = 0; j < i; j++) term *= (n - j) / (i - j);
    sum += term;
  }
  return sum;
}

/** The smallest order statistic x_(k) with P(median* <= x_(k)) >= at, for odd n. */
function exactQuantileOfOdd(sorted: readonly number[], at: number): number {
  const n = sorted.length;
  for (let k = 1; k <= n; k++) {
    if (binomialTail(n, k / n, (n + 1) / 2) >= at) return sorted[k - 1] as number;
  }
  return sorted[n - 1] as number;
}

describe('median interval', () => {
  test.each([
    { values: [7, 19] },
    { values: [3, 5, 11] },
    { values: [10, 12, 13, 30] },
    { values: [1, 2, 4, 8, 16] },
    { values: [9, 3, 27, 1, 81, 243] },
  ])('of $values agrees with all n^n resamples', ({ values }) => {
    const all = everyMedian(values);
    const interval = medianInterval(values);
    expect(interval.median).toBe(median(values));
    expect(interval.low).toBeGreaterThanOrEqual(quantile(all, 0.025 - RESAMPLING_ERROR));
    expect(interval.low).toBeLessThanOrEqual(quantile(all, 0.025 + RESAMPLING_ERROR));
    expect(interval.high).toBeGreaterThanOrEqual(quantile(all, 0.975 - RESAMPLING_ERROR));
    expect(interval.high).toBeLessThanOrEqual(quantile(all, 0.975 + RESAMPLING_ERROR));
  });

  test('enumeration and the binomial law are the same law', () => {
    const values = [1, 2, 4, 8, 16];
    for (const at of [0.01, 0.025, 0.1, 0.5, 0.9, 0.975, 0.99]) {
      expect(quantile(everyMedian(values), at)).toBe(exactQuantileOfOdd(values, at));
    }
  });

  // The treated mice of Efron and Tibshirani 1993, table 2.1, and longer series of distinct values.
  test.each([
    { name: 'the treated mice', values: [94, 197, 16, 38, 99, 141, 23] },
    ...[9, 11, 15, 21, 31, 51].map((n) => ({
      name: `${n} values`,
      values: Array.from({ length: n }, (_, i) => (i + 1) ** 2),
    })),
  ])('of $name agrees with the binomial law of the bootstrap median', ({ values }) => {
    const sorted = [...values].sort((a, b) => a - b);
    const { low, high } = medianInterval(values);
    const lows = [-1, 1].map((side) => exactQuantileOfOdd(sorted, 0.025 + side * RESAMPLING_ERROR));
    const highs = [-1, 1].map((side) => exactQuantileOfOdd(sorted, 0.975 + side * RESAMPLING_ERROR));
    expect(low).toBeGreaterThanOrEqual(lows[0] as number);
    expect(low).toBeLessThanOrEqual(lows[1] as number);
    expect(high).toBeGreaterThanOrEqual(highs[0] as number);
    expect(high).toBeLessThanOrEqual(highs[1] as number);
  });

  test('of the treated mice: median 94, from the second smallest to the second largest', () => {
    expect(medianInterval([94, 197, 16, 38, 99, 141, 23])).toEqual({ median: 94, low: 23, high: 141 });
  });

  test('a single value has no interval, and none at all no median', () => {
    expect(medianInterval([5])).toEqual({ median: 5, low: null, high: null });
    expect(() => medianInterval([])).toThrow(RangeError);
  });

  test('contains the median and stays within the extremes', () => {
    fc.assert(
      fc.property(walls, (values) => {
        const { median: middle, low, high } = medianInterval(values, 500);
        expect(low).toBeLessThanOrEqual(middle);
        expect(high).toBeGreaterThanOrEqual(middle);
        expect(low).toBeGreaterThanOrEqual(Math.min(...values));
        expect(high).toBeLessThanOrEqual(Math.max(...values));
      }),
    );
  });

  test('scales with its values, whatever the unit', () => {
    fc.assert(
      fc.property(walls, fc.integer({ min: -30, max: 30 }), (values, exponent) => {
        const scale = 2 ** exponent;
        const plain = medianInterval(values, 500);
        const scaled = medianInterval(
          values.map((value) => value * scale),
          500,
        );
        expect(scaled).toEqual({
          median: plain.median * scale,
          low: (plain.low as number) * scale,
          high: (plain.high as number) * scale,
        });
      }),
    );
  });

  test('hardly depends on the order of the rounds', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([1, 2, 3, 5, 8, 13, 21, 34, 55], { minLength: 9 }), (values) => {
        const sorted = [...values].sort((a, b) => a - b);
        const { median: middle, low, high } = medianInterval(values);
        expect(middle).toBe(8);
        expect(low).toBeGreaterThanOrEqual(exactQuantileOfOdd(sorted, 0.025 - RESAMPLING_ERROR));
        expect(low).toBeLessThanOrEqual(exactQuantileOfOdd(sorted, 0.025 + RESAMPLING_ERROR));
        expect(high).toBeGreaterThanOrEqual(exactQuantileOfOdd(sorted, 0.975 - RESAMPLING_ERROR));
        expect(high).toBeLessThanOrEqual(exactQuantileOfOdd(sorted, 0.975 + RESAMPLING_ERROR));
      }),
      { numRuns: 30 },
    );
  });

  test('is the same every time', () => {
    expect(medianInterval([3, 1, 4, 1, 5, 9, 2, 6])).toEqual(medianInterval([3, 1, 4, 1, 5, 9, 2, 6]));
  });
});

describe('paired ratio', () => {
  const series = fc.array(
    fc.record({ mine: fc.integer({ min: 100, max: 1e6 }), theirs: fc.integer({ min: 100, max: 1e6 }) }),
    { minLength: 2, maxLength: 10 },
  );

  test('does not feel what both series felt alike', () => {
    fc.assert(
      fc.property(series, fc.infiniteStream(fc.double({ min: 0.01, max: 100, noNaN: true })), (pairs, drift) => {
        const weather = pairs.map(() => drift.next().value as number);
        const calm = pairedRatio(
          pairs.map((pair) => pair.mine),
          pairs.map((pair) => pair.theirs),
          300,
        );
        const stormy = pairedRatio(
          pairs.map((pair, i) => pair.mine * (weather[i] as number)),
          pairs.map((pair, i) => pair.theirs * (weather[i] as number)),
          300,
        );
        expect(stormy.median).toBeCloseTo(calm.median, 8 - Math.ceil(Math.log10(calm.median + 1)));
        expect(stormy.low).toBeCloseTo(calm.low as number, 8 - Math.ceil(Math.log10((calm.low as number) + 1)));
        expect(stormy.high).toBeCloseTo(calm.high as number, 8 - Math.ceil(Math.log10((calm.high as number) + 1)));
      }),
    );
  });

  test('tells a steady difference from a drift ten times as large', () => {
    const drift = [1, 2, 4, 10, 6, 3, 1.5, 8];
    const {
      median: middle,
      low,
      high,
    } = pairedRatio(
      drift.map((weather) => 1.1 * weather),
      drift,
    );
    for (const end of [middle, low, high]) expect(end).toBeCloseTo(1.1, 12);
  });

  test('turned round is its reciprocal, ends swapped', () => {
    fc.assert(
      fc.property(series, (pairs) => {
        const mine = pairs.map((pair) => pair.mine);
        const theirs = pairs.map((pair) => pair.theirs);
        const there = pairedRatio(mine, theirs, 400);
        const back = pairedRatio(theirs, mine, 400);
        expect(there.median * back.median).toBeCloseTo(1, 9);
        expect((there.low as number) * (back.high as number)).toBeCloseTo(1, 9);
        expect((there.high as number) * (back.low as number)).toBeCloseTo(1, 9);
      }),
    );
  });

  test('of a single pair has no interval; of unequal series there is none', () => {
    expect(pairedRatio([6], [3])).toEqual({ median: 2, low: null, high: null });
    expect(() => pairedRatio([1, 2], [1])).toThrow(RangeError);
  });
});

describe('verdict', () => {
  const edge = 1e-9;
  test.each([
    { low: 1.03, high: 1.2, difference: 0.02, verdict: 'faster' },
    { low: 1.02 + edge, high: 1.2, difference: 0.02, verdict: 'faster' },
    { low: 1.02 - edge, high: 1.2, difference: 0.02, verdict: 'unsettled' },
    { low: 1.03, high: 1.2, difference: 0.05, verdict: 'unsettled' },
    { low: 0.8, high: 0.97, difference: 0.02, verdict: 'slower' },
    { low: 0.8, high: 1 / 1.02 - edge, difference: 0.02, verdict: 'slower' },
    { low: 0.8, high: 1 / 1.02 + edge, difference: 0.02, verdict: 'unsettled' },
    { low: 1 / 1.02 + edge, high: 1.02 - edge, difference: 0.02, verdict: 'same' },
    { low: 0.98, high: 1.01, difference: 0.02, verdict: 'unsettled' },
    { low: 0.99, high: 1.02 + edge, difference: 0.02, verdict: 'unsettled' },
    { low: 1, high: 1, difference: 0.02, verdict: 'same' },
    { low: 0.5, high: 2, difference: 0.02, verdict: 'unsettled' },
    { low: 0.96, high: 1.04, difference: 0.05, verdict: 'same' },
  ] as const)('from $low to $high against $difference is $verdict', ({ low, high, difference, verdict }) => {
    expect(verdictOf({ median: Math.sqrt(low * high), low, high }, difference)).toBe(verdict);
    expect(judged({ median: 1, low, high }, difference).verdict).toBe(verdict);
  });

  test('without an interval nothing is settled', () => {
    expect(verdictOf({ median: 9, low: null, high: null }, 0.02)).toBe('unsettled');
  });

  test('turned round, faster becomes slower and all else stays', () => {
    const ends = fc.tuple(fc.double({ min: 0.5, max: 2, noNaN: true }), fc.double({ min: 0.5, max: 2, noNaN: true }));
    fc.assert(
      fc.property(ends, fc.double({ min: 0.02, max: 0.5, noNaN: true }), ([a, b], difference) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        // An end on the very edge may fall to either side by rounding.
        for (const end of [low, high]) {
          fc.pre(Math.abs(Math.abs(Math.log(end)) - Math.log1p(difference)) > 1e-12);
        }
        const turned = { faster: 'slower', slower: 'faster', same: 'same', unsettled: 'unsettled' } as const;
        const there = verdictOf({ median: 1, low, high }, difference);
        expect(verdictOf({ median: 1, low: 1 / high, high: 1 / low }, difference)).toBe(turned[there]);
      }),
    );
  });
});

describe('noise floor', () => {
  test.each([
    { median: 1, floor: 0.02 },
    { median: 1.01, floor: 0.02 },
    { median: 1.05, floor: 0.05 },
    { median: 1 / 1.05, floor: 0.05 },
    { median: 2, floor: 1 },
  ])('of an A/A ratio of $median is $floor', ({ median: middle, floor }) => {
    expect(noiseFloor({ median: middle, low: null, high: null })).toBeCloseTo(floor, 12);
  });

  test('without a control is the smallest difference', () => {
    expect(noiseFloor(null)).toBe(SMALLEST_DIFFERENCE);
  });

  test('does not depend on the width of the interval, which every interval has in it already', () => {
    expect(noiseFloor({ median: 1.03, low: 0.5, high: 2 })).toBe(noiseFloor({ median: 1.03, low: 1.02, high: 1.04 }));
  });
});

describe('outliers', () => {
  test.each([
    // Quartiles 3 and 7: fences at 13 and 19 above, at -3 and -9 below.
    {
      name: 'nothing unusual',
      values: [1, 2, 3, 4, 5, 6, 7, 8, 9],
      marks: [null, null, null, null, null, null, null, null, null],
    },
    {
      name: 'beyond the inner fence',
      values: [1, 2, 3, 4, 5, 6, 7, 8, 14],
      marks: [null, null, null, null, null, null, null, null, 'mild'],
    },
    {
      name: 'just within the outer fence',
      values: [1, 2, 3, 4, 5, 6, 7, 8, 18],
      marks: [null, null, null, null, null, null, null, null, 'mild'],
    },
    {
      name: 'beyond the outer fence',
      values: [20, 2, 3, 4, 5, 6, 7, 8, 1],
      marks: ['severe', null, null, null, null, null, null, null, null],
    },
    {
      name: 'below',
      values: [-12, 2, 3, 4, 5, 6, 7, 8, 9],
      marks: ['severe', null, null, null, null, null, null, null, null],
    },
    // Quartiles 0 and 10, so no fence is crossed; but the MAD is 1, and 0 and 17 are z 6.7 and 4.7 away from 10.
    {
      name: 'far off by the MAD alone',
      values: [0, 0, 0, 9, 10, 10, 10, 11, 17],
      marks: ['mild', 'mild', 'mild', null, null, null, null, null, 'mild'],
    },
    {
      name: 'one that differs among equals',
      values: [10, 10, 10, 10, 11, 10, 10],
      marks: [null, null, null, null, 'severe', null, null],
    },
    { name: 'all equal', values: [4, 4, 4, 4, 4], marks: [null, null, null, null, null] },
    { name: 'too few to judge', values: [1, 1, 1, 1000], marks: [null, null, null, null] },
  ] as const)('$name', ({ values, marks }) => {
    expect(outliers(values)).toEqual(marks);
  });

  test('are marked, never dropped, and marked alike in any order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 30 }), (values) => {
        const marks = outliers(values);
        expect(marks).toHaveLength(values.length);
        expect(outliers([...values].reverse())).toEqual([...marks].reverse());
      }),
    );
  });
});

test('the most an interval can cover the median with', () => {
  expect(largestCoverage(2)).toBe(0.5);
  expect(largestCoverage(5)).toBe(0.9375);
  expect(largestCoverage(6)).toBe(0.96875);
});

test('half the width of an interval, relative to its median', () => {
  expect(relativeHalfWidth({ median: 100, low: 97, high: 103 })).toBeCloseTo(0.03, 12);
  expect(relativeHalfWidth({ median: 100, low: null, high: null })).toBe(Number.POSITIVE_INFINITY);
  expect(relativeHalfWidth({ median: 0, low: 0, high: 0 })).toBe(Number.POSITIVE_INFINITY);
});
