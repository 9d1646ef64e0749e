/** Whether a series stays what it is, or becomes another on its way. */
import { medianSorted } from 'simple-statistics';
import { seededRandom, shuffled } from '../random.ts';

/** Shuffles that the law of K is taken from. */
const SHUFFLES = 100_000;
/** Longer series are judged by Pettitt's approximation: shuffling takes seconds there, and a stranger's file may be long. */
const LONGEST_SHUFFLED = 100;
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
 * from shuffles; for long series from his approximation, which is too large by a factor of two at most where it matters. Ranks alone count, so neither outliers nor two modes of
 * speed raise a false alarm; a lasting trend is found as well. Null for fewer than two values.
 */
export function changeOf(values: readonly number[]): Change | null {
  if (values.length < 2) return null;
  const { before, k } = pettitt(ranks(values));
  return {
    before,
    ratio: median(values.slice(before)) / median(values.slice(0, before)),
    p: values.length > LONGEST_SHUFFLED ? approximately(k, values.length) : chanceOf(reaching(k, values.length)),
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

/** 2 exp(-6 K² / (n³ + n²)), Pettitt 1979. */
function approximately(k: number, size: number): number {
  return Math.min(1, 2 * Math.exp((-6 * k * k) / (size ** 3 + size ** 2)));
}

function reaching(k: number, size: number): number {
  return asClearAs(size)[Math.ceil(k)] as number;
}

/**
 * Chance of what so many shuffles showed, two standard errors to the safe side: with a hundred cases Holm's correction asks
 * for a p of 0.0005, for which a bare estimate would be low half of the time.
 */
function chanceOf(shuffles: number): number {
  return Math.min(1, (shuffles + 1 + 2 * Math.sqrt(shuffles + 1)) / (SHUFFLES + 1));
}

const laws = new Map<number, Uint32Array>();

/** By K: how many shuffles of a series of this length reach it. The same for all such series, so worked out once. */
function asClearAs(size: number): Uint32Array {
  let law = laws.get(size);
  if (law === undefined) {
    const random = seededRandom(SHUFFLE_SEED + size);
    const inOrder = Array.from({ length: size }, (_, index) => index + 1);
    // K is largest where one half lies wholly above the other.
    law = new Uint32Array(Math.floor((size * size) / 4) + 1);
    for (let shuffle = 0; shuffle < SHUFFLES; shuffle++) {
      const { k } = pettitt(shuffled(inOrder, random));
      law[k] = (law[k] as number) + 1;
    }
    for (let k = law.length - 2; k >= 0; k--) law[k] = (law[k] as number) + (law[k + 1] as number);
    laws.set(size, law);
  }
  return law;
}

function median(values: readonly number[]): number {
  return medianSorted([...values].sort((a, b) => a - b));
}
