import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { priced } from '../../../src/model/cost/price.ts';
import { nameOfUnit, unitOf } from '../../../src/model/cost/units.ts';
import { aCalibration, SIZES } from './calibration.ts';

const calibration = aCalibration((key) => (key === 'new-page-4096' ? 100 : key === 'new-page-65536' ? 20 : 7));

describe('a sized unit', () => {
  test.each([
    [4096, [{ unit: 'new-page-4096', count: 3, ns: 300 }]],
    [1, [{ unit: 'new-page-4096', count: 3, ns: 300 }]],
    [2 ** 40, [{ unit: 'new-page-1048576', count: 3, ns: 21 }]],
    [
      16384,
      [
        { unit: 'new-page-4096', count: 1.5, ns: 150 },
        { unit: 'new-page-65536', count: 1.5, ns: 30 },
      ],
    ],
  ])('at %d bytes', (size, parts) => {
    expect(priced({ unit: 'new-page', count: 3, size }, calibration)).toEqual(parts);
  });

  test('is shared out to two neighbours and to nobody else, none of it lost', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 30 }), fc.integer({ min: 1, max: 1e9 }), (size, count) => {
        const parts = priced({ unit: 'new-page', count, size }, calibration) ?? [];
        expect(parts.length).toBeLessThanOrEqual(2);
        expect(parts.reduce((sum, part) => sum + part.count, 0)).toBeCloseTo(count, 3);
        for (const part of parts) expect(part.count).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

test('a cost below nothing, which a small difference of large ones may be, is none', () => {
  const negative = aCalibration(() => -5);
  expect(priced({ unit: 'system-call', count: 2 }, negative)).toEqual([{ unit: 'system-call', count: 2, ns: 0 }]);
});

test('a unit that this host does not have has no price', () => {
  const bare = { durationNs: 1, unitCosts: {} };
  expect(priced({ unit: 'system-call', count: 2 }, bare)).toBeNull();
  expect(priced({ unit: 'new-page', count: 2, size: 4096 }, bare)).toBeNull();
});

describe('keys', () => {
  test('of a calibration lead back to their units', () => {
    for (const key of Object.keys(calibration.unitCosts)) expect(unitOf(key), key).not.toBeNull();
    expect(unitOf('new-page-65536')).toMatchObject({ unit: { id: 'new-page' }, size: SIZES[1] });
  });

  test.each(['new-page', 'system-call-4096', 'no-such-unit', 'no-such-unit-4096'])('%s is none', (key) => {
    expect(unitOf(key)).toBeNull();
    expect(nameOfUnit(key)).toBe(key);
  });

  test('are named with their size', () => {
    expect(nameOfUnit('new-page-65536')).toBe('new page, 64 KiB');
    expect(nameOfUnit('system-call')).toBe('system call');
  });
});
