/** How often chance alone would show as much: the paired t test, and Holm's correction for asking several times. */
import { gammaln, mean, sampleStandardDeviation } from 'simple-statistics';

/** Two-sided p of the paired t test: that the differences have mean 0. @throws RangeError for fewer than two */
export function pairedT(differences: readonly number[]): number {
  const size = differences.length;
  if (size < 2) throw new RangeError('a t test needs at least two differences');
  const center = mean([...differences]);
  const error = sampleStandardDeviation([...differences]) / Math.sqrt(size);
  if (error === 0) return center === 0 ? 1 : 0;
  return studentTail(center / error, size - 1);
}

/** Chance that Student's t is at least so far from 0, either way (NIST DLMF 8.17.4 with Abramowitz and Stegun 26.7.1). */
export function studentTail(t: number, degrees: number): number {
  const all = degrees + t * t;
  return incompleteBeta(degrees / 2, 1 / 2, degrees / all, (t * t) / all);
}

/**
 * p of each after Holm's step-down correction (Holm 1979): the chance of any false alarm among all of them is at most the
 * level one holds these against, however they depend on each other. In the order given.
 */
export function holm(ps: readonly number[]): readonly number[] {
  const ascending = [...ps.keys()].sort((a, b) => (ps[a] as number) - (ps[b] as number));
  const corrected = new Array<number>(ps.length);
  let most = 0;
  for (const [place, index] of ascending.entries()) {
    most = Math.max(most, Math.min(1, (ps.length - place) * (ps[index] as number)));
    corrected[index] = most;
  }
  return corrected;
}

/** Regularised incomplete beta function I_x(a, b), for a, b > 0 and x from 0 to 1; y is 1 - x without its rounding. */
function incompleteBeta(a: number, b: number, x: number, y: number): number {
  if (x === 0 || y === 0) return x;
  // The fraction converges fast on this side only; on the other, I_x(a, b) = 1 - I_y(b, a) (DLMF 8.17.4).
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(b, a, y, x);
  const front = Math.exp(gammaln(a + b) - gammaln(a) - gammaln(b) + a * Math.log(x) + b * Math.log(y));
  return front / a / betaFraction(a, b, x);
}

/** The continued fraction 1 + d1/(1 + d2/(1 + ...)) of DLMF 8.17.22, by the method of Lentz (DLMF 3.10(iii)). */
function betaFraction(a: number, b: number, x: number): number {
  let [value, c, d] = [1, 1, 0];
  for (let step = 1; step <= 1000; step++) {
    const m = step >> 1;
    const coefficient =
      step % 2 === 0
        ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
        : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + coefficient * d);
    c = 1 + coefficient / c;
    value *= c * d;
    if (Math.abs(c * d - 1) < 1e-15) break;
  }
  return value;
}
