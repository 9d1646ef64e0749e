/** What a transfer moved: the bytes of its case, or, where that is a matter of time, as many as it came to. */
import type { Case } from './result/case.ts';
import type { Sample } from './result/sample.ts';

type Sized = Pick<Case, 'bytes'>;

export function movedBytes(one: Sized, { bytes }: Pick<Sample, 'bytes'>): number {
  return bytes ?? one.bytes;
}

/** What a quantity of a transfer would have been for the bytes of its case, so that transfers can be compared by it. */
export function forCase(one: Sized, sample: Pick<Sample, 'bytes'>, quantity: number): number {
  const { bytes } = sample;
  return bytes === null || bytes === 0 ? quantity : quantity * (one.bytes / bytes);
}
