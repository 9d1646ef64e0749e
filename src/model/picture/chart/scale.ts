/** From values to pixels, and round numbers to write on an axis. */

export interface Scale {
  readonly at: (value: number) => number;
  readonly ticks: readonly number[];
}

/** Pixels of its two ends. */
export type Ends = readonly [from: number, to: number];

/** Below that a value is as good as none: no quantity here is that small. */
const LEAST = 1e-9;
/** More than so many ticks of 1, 2 and 5 would be crowded; then those of 1 are enough. */
const MOST_LOG_TICKS = 10;

/** From zero to at least `most`, with about `wanted` ticks of 1, 2 or 5 times a power of ten. */
export function linearScale(most: number, wanted: number, [from, to]: Ends): Scale {
  const reach = most > LEAST ? most : 1;
  const power = 10 ** Math.floor(Math.log10(reach / wanted));
  const step = power * ([1, 2, 5].find((each) => each * power >= reach / wanted) ?? 10);
  const count = Math.max(1, Math.ceil(reach / step - 1e-9));
  return {
    at: (value) => from + (value / (step * count)) * (to - from),
    ticks: Array.from({ length: count + 1 }, (_, nth) => nth * step),
  };
}

/** Logarithmic around values above zero; whatever is below the least of them lies at its end. */
export function logScale(values: readonly number[], ends: Ends): Scale {
  const positive = values.filter((value) => value > LEAST);
  const [least, most] = positive.length === 0 ? [1, 10] : [Math.min(...positive), Math.max(...positive)];
  const tens = powers(least, most);
  const ascending = tens.flatMap((power) => [power, 2 * power, 5 * power]);
  const low = ascending.findLast((tick) => tick <= least) ?? least;
  const high = ascending.find((tick) => tick >= most && tick > low) ?? most;
  const within = (ticks: readonly number[]) => ticks.filter((tick) => tick >= low && tick <= high);
  const fine = within(ascending);
  return {
    at: logarithmic(low, high, ends),
    ticks: fine.length > MOST_LOG_TICKS ? everyNth(within(tens), MOST_LOG_TICKS) : fine,
  };
}

/** Logarithmic between the least and the most of some sizes, which are the ticks; one alone is in the middle. */
export function sizeScale(sizes: readonly number[], [from, to]: Ends): Scale {
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  const at = least < most ? logarithmic(least, most, [from, to]) : () => (from + to) / 2;
  return { at, ticks: sizes };
}

function logarithmic(low: number, high: number, [from, to]: Ends): Scale['at'] {
  const span = Math.log(high / low);
  return (value) => from + (Math.log(Math.max(value, low) / low) / span) * (to - from);
}

/** Powers of ten from the one below `least` to the one above `most`. */
function powers(least: number, most: number): readonly number[] {
  const [first, last] = [Math.floor(Math.log10(least) - 1e-9), Math.ceil(Math.log10(most) + 1e-9)];
  return Array.from({ length: last - first + 1 }, (_, nth) => 10 ** (first + nth));
}

function everyNth(all: readonly number[], most: number): readonly number[] {
  const step = Math.ceil(all.length / most);
  return all.filter((_, index) => index % step === 0);
}
