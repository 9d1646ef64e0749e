/** A calibration of a host that is not, with a cost for every unit: what tests of the cost model are made with. */
import { units } from '../../../src/model/cost/units.ts';
import type { Calibration } from '../../../src/model/result/prediction.ts';

export const SIZES = [4096, 65536, 1048576] as const;

/** Every unit costs `ns(key)`, the sized ones at all of SIZES. */
export function aCalibration(ns: (key: string) => number = () => 1): Calibration {
  const keys = units().flatMap(({ id, sized }) => (sized ? SIZES.map((size) => `${id}-${size}`) : [id]));
  return {
    durationNs: 1,
    unitCosts: Object.fromEntries(keys.map((key) => [key, { median: ns(key), low: null, high: null }])),
  };
}
