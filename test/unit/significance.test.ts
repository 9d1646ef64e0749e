import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holm, pairedT, studentTail } from '../../src/model/statistics/significance.ts';

fc.configureGlobal({ seed: 20_031 });

describe("the tails of Student's t", () => {
  // Two-sided critical values of the tables (NIST/SEMATECH e-Handbook, 1.3.6.7.2).
  test.each([
    { degrees: 1, p: 0.05, t: 12.706 },
    { degrees: 2, p: 0.05, t: 4.303 },
    { degrees: 4, p: 0.01, t: 4.604 },
    { degrees: 5, p: 0.05, t: 2.571 },
    { degrees: 5, p: 0.002, t: 5.893 },
    { degrees: 9, p: 0.05, t: 2.262 },
    { degrees: 9, p: 0.2, t: 1.383 },
    { degrees: 19, p: 0.01, t: 2.861 },
    { degrees: 29, p: 0.1, t: 1.699 },
    { degrees: 100, p: 0.05, t: 1.984 },
  ])('beyond $t with $degrees degrees of freedom hold $p', ({ degrees, p, t }) => {
    // The table rounds t to three digits behind the point.
    expect(studentTail(t - 0.0005, degrees)).toBeGreaterThanOrEqual(p);
    expect(studentTail(t + 0.0005, degrees)).toBeLessThanOrEqual(p);
    expect(studentTail(-t, degrees)).toBe(studentTail(t, degrees));
  });

  test('have closed forms for 1 and 2 degrees of freedom', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e4, noNaN: true }), (t) => {
        expect(studentTail(t, 1)).toBeCloseTo(1 - (2 / Math.PI) * Math.atan(t), 10);
        expect(studentTail(t, 2)).toBeCloseTo(1 - t / Math.sqrt(2 + t * t), 10);
      }),
    );
  });

  test('become those of the normal distribution', () => {
    expect(studentTail(1.959964, 1e7)).toBeCloseTo(0.05, 6);
  });
});

describe('the paired t test', () => {
  // The first ten pairs of Student 1908 (extra hours of sleep): t = 4.0621 with 9 degrees, p = 0.002833.
  test('of Student’s sleepers', () => {
    const gained = [1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4];
    expect(pairedT(gained)).toBeCloseTo(0.002833, 6);
  });

  test('of differences that are all the same is certain, and of none at all says nothing', () => {
    expect(pairedT([0, 0, 0, 0])).toBe(1);
    expect(pairedT([0.5, 0.5, 0.5, 0.5])).toBe(0);
    expect(() => pairedT([1])).toThrow(RangeError);
  });

  test('does not ask for a unit or a direction', () => {
    const difference = fc.integer({ min: -1000, max: 1000 });
    fc.assert(
      fc.property(fc.array(difference, { minLength: 2, maxLength: 20 }), (differences) => {
        const p = pairedT(differences);
        expect(p).toBeGreaterThanOrEqual(0);
        expect(p).toBeLessThanOrEqual(1);
        expect(pairedT(differences.map((each) => -each / 8))).toBeCloseTo(p, 9);
      }),
    );
  });
});

describe('the correction of Holm', () => {
  test('of the example in his article’s order: the smallest times all, the next times one less', () => {
    expect(holm([0.01, 0.04, 0.03, 0.005])).toEqual([0.03, 0.06, 0.06, 0.02]);
    expect(holm([0.6, 0.5])).toEqual([1, 1]);
    expect(holm([])).toEqual([]);
  });

  test('never makes a p smaller, nor changes who comes first, nor does more than Bonferroni', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 }), (ps) => {
        const corrected = holm(ps);
        for (const [i, p] of ps.entries()) {
          expect(corrected[i]).toBeGreaterThanOrEqual(p);
          expect(corrected[i]).toBeLessThanOrEqual(Math.min(1, ps.length * p));
          for (const [j, other] of ps.entries())
            if (p < other) expect(corrected[i]).toBeLessThanOrEqual(corrected[j] as number);
        }
      }),
    );
  });
});
