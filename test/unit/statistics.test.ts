import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noiseFloor, pairedRatio, SMALLEST_DIFFERENCE, verdictOf } from '../../src/model/statistics/comparison.ts';
import { FEWEST_FOR_INTERVAL, medianInterval, relativeHalfWidth } from '../../src/model/statistics/median.ts';
import { outliers } from '../../src/model/statistics/outliers.ts';

fc.configureGlobal({ seed: 20_031 });

const wall = fc.integer({ min: 1000, max: 1e9 });
const walls = fc.array(wall, { minLength: FEWEST_FOR_INTERVAL, maxLength: 30 });

/** P(Bin(n, 1/2) = k) */
function chance(n: number, k: number): number {
  let ways = 1;
  for (let i = 1; i <= k; i++) ways *= (n - k + i) / i;
  return ways / 2 ** n;
}

/** P(Bin(n, 1/2) < k) */
function chanceBelow(n: number, k: number): number {
  return Array.from({ length: k }, (_, i) => chance(n, i)).reduce((sum, each) => sum + each, 0);
}

/** Where the interval of the values 1 to n starts: its rank. */
function lowRank(n: number): number {
  return medianInterval(Array.from({ length: n }, (_, i) => i + 1)).low as number;
}

describe('median interval', () => {
  // 1 - 2 P(B < k), to be found in any table of the sign test.
  test.each([
    { n: 6, rank: 1, covers: 0.96875 },
    { n: 7, rank: 1, covers: 0.984375 },
    { n: 9, rank: 2, covers: 0.9609375 },
    { n: 10, rank: 2, covers: 0.978515625 },
    { n: 15, rank: 4, covers: 0.96484375 },
  ])('of $n values starts at the smallest but $rank', ({ n, rank, covers }) => {
    expect(lowRank(n)).toBe(rank);
    expect(1 - 2 * chanceBelow(n, rank)).toBeCloseTo(covers, 12);
  });

  // The extremes of 8 cover 99.2 %, the next pair 93.0 %: half way they cover at least 96.1 %.
  test('of 8 values starts half way between the smallest two, of 11 between the next two', () => {
    expect(lowRank(8)).toBe(1.5);
    expect(lowRank(11)).toBe(2.5);
    expect(medianInterval([1, 3, 4, 5, 6, 7, 8, 20])).toEqual({ median: 5.5, low: 2, high: 14 });
  });

  test('cannot start higher without covering less than 95 %, nor covers more than 99 %', () => {
    for (let n = FEWEST_FOR_INTERVAL; n <= 300; n++) {
      const rank = lowRank(n);
      const k = Math.floor(rank);
      const half = rank > k;
      const covers = (atHalf: boolean, at: number) => 1 - 2 * chanceBelow(n, at) - (atHalf ? chance(n, at) : 0);
      expect(covers(half, k), `${n}`).toBeGreaterThanOrEqual(0.95);
      expect(covers(!half, half ? k + 1 : k), `${n}`).toBeLessThan(0.95);
      // What a symmetric distribution gets of a half step, which is the most (k in n of what lies in it).
      const most = 1 - 2 * (chanceBelow(n, k) + (half ? (chance(n, k) * k) / n : 0));
      expect(most, `${n}`).toBeLessThanOrEqual(0.99);
    }
  });

  test('is there for thousands of rounds too', () => {
    const { low, high } = medianInterval(Array.from({ length: 5000 }, (_, i) => i + 1));
    // 2500.5 ± 1.96 √5000 / 2
    expect(low).toBeCloseTo(2431, -1);
    expect(high).toBeCloseTo(2570, -1);
  });

  test('is not claimed of fewer than six values; of none there is no median', () => {
    expect(medianInterval([5])).toEqual({ median: 5, low: null, high: null });
    expect(medianInterval([5, 1, 3, 2])).toEqual({ median: 2.5, low: null, high: null });
    expect(medianInterval([5, 1, 3, 2, 4])).toEqual({ median: 3, low: null, high: null });
    expect(medianInterval([5, 1, 3, 2, 4, 6])).toEqual({ median: 3.5, low: 1, high: 6 });
    expect(() => medianInterval([])).toThrow(RangeError);
  });

  test('contains the median and stays within the extremes', () => {
    fc.assert(
      fc.property(walls, (values) => {
        const { median, low, high } = medianInterval(values);
        expect(low).toBeLessThanOrEqual(median);
        expect(high).toBeGreaterThanOrEqual(median);
        expect(low).toBeGreaterThanOrEqual(Math.min(...values));
        expect(high).toBeLessThanOrEqual(Math.max(...values));
      }),
    );
  });

  test('scales with its values, whatever the unit, and does not depend on their order', () => {
    fc.assert(
      fc.property(walls, fc.integer({ min: -30, max: 30 }), (values, exponent) => {
        const scale = 2 ** exponent;
        const plain = medianInterval(values);
        expect(medianInterval(values.map((value) => value * scale).reverse())).toEqual({
          median: plain.median * scale,
          low: (plain.low as number) * scale,
          high: (plain.high as number) * scale,
        });
      }),
    );
  });
});

describe('paired ratio', () => {
  const series = fc.array(
    fc.record({ mine: fc.integer({ min: 100, max: 1e6 }), theirs: fc.integer({ min: 100, max: 1e6 }) }),
    { minLength: FEWEST_FOR_INTERVAL, maxLength: 16 },
  );

  test('does not feel what both series felt alike', () => {
    fc.assert(
      fc.property(series, fc.infiniteStream(fc.double({ min: 0.01, max: 100, noNaN: true })), (pairs, drift) => {
        const weather = pairs.map(() => drift.next().value as number);
        const calm = pairedRatio(
          pairs.map((pair) => pair.mine),
          pairs.map((pair) => pair.theirs),
        );
        const stormy = pairedRatio(
          pairs.map((pair, i) => pair.mine * (weather[i] as number)),
          pairs.map((pair, i) => pair.theirs * (weather[i] as number)),
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
        const there = pairedRatio(mine, theirs);
        const back = pairedRatio(theirs, mine);
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

test('half the width of an interval, relative to its median', () => {
  expect(relativeHalfWidth({ median: 100, low: 97, high: 103 })).toBeCloseTo(0.03, 12);
  expect(relativeHalfWidth({ median: 100, low: null, high: null })).toBe(Number.POSITIVE_INFINITY);
  expect(relativeHalfWidth({ median: 0, low: 0, high: 0 })).toBe(Number.POSITIVE_INFINITY);
});
