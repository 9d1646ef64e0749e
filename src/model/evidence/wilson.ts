/** A share of samples with its interval, and how many samples it takes to speak of one. */

/** Below so many samples nothing is said: the interval of a share of 5 % would reach from 3 to 9 % and more. */
export const FEWEST_SAMPLES = 200;
/** Of the standard normal distribution, for an interval of 95 %. */
const Z = 1.959964;

/** A share with its interval, 0 to 1. */
export interface Share {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** Share of `part` in `whole` with its Wilson score interval at 95 % (Wilson 1927); of nothing, nothing is known. */
export function wilson(part: number, whole: number): Share {
  if (whole === 0) return { share: 0, low: 0, high: 1 };
  const share = part / whole;
  const weight = (Z * Z) / whole;
  const centre = (share + weight / 2) / (1 + weight);
  const half = (Z / (1 + weight)) * Math.sqrt((share * (1 - share)) / whole + weight / (4 * whole));
  // Rounding must not take the bound of a share of 0 or 1 past it.
  return {
    share,
    low: part === 0 ? 0 : Math.max(0, centre - half),
    high: part === whole ? 1 : Math.min(1, centre + half),
  };
}
