/** The log axis of a forest plot: 1x in the middle, as far to the left as to the right. */
import type { ComparedCase, Quantity } from '../../model/comparison/comparison.ts';

export interface Scale {
  /** Position of a ratio in percent of the width. */
  readonly at: (ratio: number) => number;
  /** Ratios with a line of their own. */
  readonly ticks: readonly number[];
}

/** It reaches at least this far, so that small differences look small. */
const SHORTEST_REACH = 1.1;
/** Room at both ends, in percent: for half a mark. */
const MARGIN = 2;

/** Pairs of round ratios that are each other's inverse, or nearly, from near to far. */
const TICKS: readonly (readonly [number, number])[] = [
  [0.98, 1.02],
  [0.95, 1.05],
  [0.9, 1.1],
  [0.8, 1.25],
  [0.67, 1.5],
  [0.5, 2],
  [0.33, 3],
  [0.2, 5],
  [0.1, 10],
  [0.05, 20],
  [0.02, 50],
  [0.01, 100],
];
/** Lines closer than this, in percent, would be too close for their labels. */
const CLOSEST_TICKS = 11;

/** Holds every interval and every threshold of the quantity. */
export function scaleOf(cases: readonly ComparedCase[], { id }: Quantity): Scale {
  const ends = cases.flatMap(({ entries }) =>
    entries.flatMap((entry) => {
      const change = entry?.measured[id]?.change ?? null;
      if (change === null) return [];
      const { median, low, high } = change.ratio;
      return [median, low ?? median, high ?? median, 1 + 1.5 * change.threshold];
    }),
  );
  const reach = Math.max(Math.log(SHORTEST_REACH), ...ends.map((end) => Math.abs(Math.log(end))));
  const at = (ratio: number) => 50 + (Math.log(ratio) / reach) * (50 - MARGIN);
  return { at, ticks: ticksWithin(reach, at) };
}

/** From the outside in, because the ends say how far the axis reaches. */
function ticksWithin(reach: number, at: Scale['at']): readonly number[] {
  const chosen: (readonly [number, number])[] = [];
  let last = 100 + CLOSEST_TICKS;
  for (const pair of [...TICKS].reverse()) {
    const position = at(pair[1]);
    if (Math.log(pair[1]) > reach || last - position < CLOSEST_TICKS || position - 50 < CLOSEST_TICKS) continue;
    chosen.push(pair);
    last = position;
  }
  return [...chosen.map(([low]) => low), 1, ...chosen.map(([, high]) => high).reverse()];
}
