/** What so many of a unit cost, by a calibration. */
import type { Calibration, Prediction } from '../result/prediction.ts';
import type { UnitId } from './units.ts';

/** So many occurrences or bytes of a unit; of a sized one, at this size. */
export interface Demand {
  readonly unit: UnitId;
  readonly count: number;
  readonly size?: number;
}

type Part = Prediction['parts'][number];

/**
 * The demand in terms of what was calibrated. A size between two that were measured is shared out to both, linearly in
 * its logarithm; a smaller or larger one is priced as the nearest. Null where the host has no such unit cost.
 */
export function priced({ unit, count, size }: Demand, { unitCosts }: Calibration): readonly Part[] | null {
  const part = (key: string, share: number): Part => {
    // A cost that comes out below nothing, as the small difference of two large ones may, is none.
    const ns = Math.max(0, unitCosts[key]?.median ?? 0);
    return { unit: key, count: count * share, ns: count * share * ns };
  };
  if (size === undefined) return unitCosts[unit] === undefined ? null : [part(unit, 1)];
  const sizes = calibratedSizes(unit, unitCosts);
  const above = sizes.find((each) => each >= size);
  const below = sizes.findLast((each) => each <= size);
  const nearest = above ?? below;
  if (nearest === undefined) return null;
  if (above === undefined || below === undefined || above === below) return [part(`${unit}-${nearest}`, 1)];
  const share = Math.log(size / below) / Math.log(above / below);
  return [part(`${unit}-${below}`, 1 - share), part(`${unit}-${above}`, share)];
}

function calibratedSizes(unit: UnitId, unitCosts: Calibration['unitCosts']): readonly number[] {
  return Object.keys(unitCosts)
    .flatMap((key) => {
      const size = key.startsWith(`${unit}-`) ? key.slice(unit.length + 1) : '';
      return /^\d+$/.test(size) ? [Number(size)] : [];
    })
    .sort((a, b) => a - b);
}
