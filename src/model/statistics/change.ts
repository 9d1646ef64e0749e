/** Whether a series stays what it is, or becomes another on its way. */
import { medianSorted } from 'simple-statistics';
import { seededRandom, shuffled } from '../random.ts';

/** Shuffles that the law of K is taken from: enough for a p of 0.00005. */
const SHUFFLES = 20_000;
/** Fixed, so that the same samples always give the same p. */
const SHUFFLE_SEED = 20_031;

/** Where a series changes most. */
export interface Change {
  /** How many values come before it. */
  readonly before: number;
  /** Median of the values after it over the median of those before. */
  readonly ratio: number;
  /** Chance of a change as clear as this in a series whose order means nothing. */
  readonly p: number;
}

/**
 * The most likely change point by Pettitt's rank test (Pettitt 1979, Applied Statistics 28: K = max |U_t|), whose p comes
 * from shuffles instead of his approximation for long series. Ranks alone count, so neither outliers nor two modes of
 * speed raise a false alarm; a lasting trend is found as well. Null for fewer than two values.
 */
export function changeOf(values: readonly number[]): Change | null {
  if (values.length < 2) return null;
  const { before, k } = pettitt(ranks(values));
  const law = lawOfK(values.length);
  const asClear = law.length - firstAtLeast(law, k);
  return {
    before,
    ratio: median(values.slice(before)) / median(values.slice(0, before)),
    p: (1 + asClear) / (1 + law.length),
  };
}

/** Ranks from 1; equal values share the middle one. */
function ranks(values: readonly number[]): readonly number[] {
  const order = [...values].sort((a, b) => a - b);
  return values.map((value) => (order.indexOf(value) + order.lastIndexOf(value)) / 2 + 1);
}

/** K and where it is reached: U_t = 2 (sum of the first t ranks) - t (n + 1). */
function pettitt(ranked: readonly number[]): { readonly before: number; readonly k: number } {
  let [before, k, u] = [1, 0, 0];
  for (let t = 1; t < ranked.length; t++) {
    u += 2 * (ranked[t - 1] as number) - (ranked.length + 1);
    if (Math.abs(u) > k) [before, k] = [t, Math.abs(u)];
  }
  return { before, k };
}

const laws = new Map<number, Float64Array>();

/** K of shuffled series of this length, ascending. The same for all of them, so worked out once. */
function lawOfK(size: number): Float64Array {
  let law = laws.get(size);
  if (law === undefined) {
    const random = seededRandom(SHUFFLE_SEED + size);
    const inOrder = Array.from({ length: size }, (_, index) => index + 1);
    law = Float64Array.from({ length: SHUFFLES }, () => pettitt(shuffled(inOrder, random)).k).sort();
    laws.set(size, law);
  }
  return law;
}

/** Index of the first that is at least `wanted`, in ascending order. */
function firstAtLeast(ascending: Float64Array, wanted: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] as number) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

function median(values: readonly number[]): number {
  return medianSorted([...values].sort((a, b) => a - b));
}
