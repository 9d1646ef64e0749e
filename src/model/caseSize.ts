/** The size that tells cases of one mode apart: of its objects where it moves many, else of its buffer. */
import type { CaseOutline } from './pageResult.ts';

type Sized = Pick<CaseOutline, 'options' | 'bufferBytes'>;

/** Size of the objects a case moves; null where it moves one piece. */
export function objectBytesOf({ options }: Pick<CaseOutline, 'options'>): number | null {
  const bytes = options['objectBytes'];
  return typeof bytes === 'number' ? bytes : null;
}

/** What tells cases of one mode apart: the size of its objects, else of its buffer; null for a whole transfer. */
export function sizeOf(one: Sized): number | null {
  return objectBytesOf(one) ?? one.bufferBytes;
}

/** The first case of every size: with hazards, several have the same. */
export function oneOfEachSize<Each extends Sized>(cases: readonly Each[]): readonly Each[] {
  return [...new Map(cases.toReversed().map((one) => [sizeOf(one), one])).values()].toReversed();
}

/** Several sizes ran, so that a mode alone does not name a case. */
export function hasSeveralSizes({ cases }: { readonly cases: readonly Sized[] }): boolean {
  return new Set(cases.flatMap((one) => sizeOf(one) ?? [])).size > 1;
}

/** Modes of the cases in the order of their first. */
export function modesOf({ cases }: { readonly cases: readonly Pick<CaseOutline, 'mode'>[] }): readonly string[] {
  return [...new Set(cases.map((one) => one.mode))];
}
