/** Values that stand out. They are marked, never dropped. */
import { medianAbsoluteDeviation, medianSorted, quantileSorted } from 'simple-statistics';

/**
 * Marks by Tukey's fences (1.5 and 3 interquartile ranges) or a scaled MAD z above 3.5 (Iglewicz and Hoaglin 1993).
 * Fewer than five values are not judged.
 */
export function outliers(values: readonly number[]): readonly ('mild' | 'severe' | null)[] {
  if (values.length < 5) return values.map(() => null);
  const order = [...values].sort((a, b) => a - b);
  const [q1, q3] = [quantileSorted(order, 0.25), quantileSorted(order, 0.75)];
  const [median, mad] = [medianSorted(order), medianAbsoluteDeviation([...values])];
  return values.map((value) => {
    const beyond = Math.max(q1 - value, value - q3);
    if (beyond > 3 * (q3 - q1)) return beyond > 0 ? 'severe' : null;
    const z = mad === 0 ? 0 : (0.6745 * Math.abs(value - median)) / mad;
    return beyond > 1.5 * (q3 - q1) || z > 3.5 ? 'mild' : null;
  });
}
