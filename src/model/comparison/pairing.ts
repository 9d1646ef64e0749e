/** Which cases of several results are the same case. */
import { objectBytesOf } from '../caseSize.ts';
import type { Case } from '../result/case.ts';

/** A case of each result that has it; at least one has. */
export interface Pairing {
  /** Indexes into the cases, by result. */
  readonly indexes: readonly (number | null)[];
}

/**
 * The cases of several results, paired: the same path, mode, and size of buffer or of objects. Of several such cases the one
 * with the same options is the partner, and none that has one of its own. An option that all cases of an experiment have in common, such as the receiver,
 * may differ: that is what the warnings of a comparison are for. Controls are left out: they answer another question.
 */
export function pairCases(results: readonly (readonly Case[])[]): readonly Pairing[] {
  const taken = results.map(() => new Set<number>());
  return results.flatMap((cases, owner) =>
    cases.flatMap((one, index): Pairing[] => {
      if (one.control || taken[owner]?.has(index)) return [];
      const indexes = results.map((others, result) => {
        if (result === owner) return index;
        return result < owner ? null : partnerOf(one, cases, others, taken[result] as Set<number>);
      });
      for (const [result, partner] of indexes.entries()) if (partner !== null) taken[result]?.add(partner);
      return [{ indexes }];
    }),
  );
}

/** @param own the cases that `one` is of: what is the very partner of another of them is left to that */
function partnerOf(
  one: Case,
  own: readonly Case[],
  others: readonly Case[],
  taken: ReadonlySet<number>,
): number | null {
  const alike = [...others.keys()].filter((index) => !taken.has(index) && isLike(one, others[index] as Case));
  const textOf = (index: number) => optionsText(others[index] as Case);
  const options = optionsText(one);
  const awaited = new Set(own.filter((each) => isLike(one, each)).map(optionsText));
  return alike.find((index) => textOf(index) === options) ?? alike.find((index) => !awaited.has(textOf(index))) ?? null;
}

function isLike(one: Case, other: Case): boolean {
  if (other.control || one.path !== other.path || one.mode !== other.mode) return false;
  const size = objectBytesOf(one);
  return size === objectBytesOf(other) && (size !== null || one.bufferBytes === other.bufferBytes);
}

function optionsText({ options }: Case): string {
  return JSON.stringify(Object.entries(options).sort(([a], [b]) => a.localeCompare(b)));
}
