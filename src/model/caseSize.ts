/** The size that tells cases of one mode apart: of its objects where it moves many, else of its buffer. */
import type { Case, Result } from './result.ts';

/** Size of the objects a case moves; null where it moves one piece. */
export function objectBytesOf(one: Pick<Case, 'options'>): number | null {
  const bytes = one.options['objectBytes'];
  return typeof bytes === 'number' ? bytes : null;
}

/** What tells cases of one mode apart: the size of its objects, else of its buffer; null for a whole transfer. */
export function sizeOf(one: Pick<Case, 'options' | 'bufferBytes'>): number | null {
  return objectBytesOf(one) ?? one.bufferBytes;
}

/** Several sizes ran, so that a mode alone does not name a case. */
export function hasSeveralSizes({ cases }: Pick<Result, 'cases'>): boolean {
  return new Set(cases.flatMap((one) => sizeOf(one) ?? [])).size > 1;
}
