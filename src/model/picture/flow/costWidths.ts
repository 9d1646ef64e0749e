/** How wide lines are that show what their steps cost. */
import { type CostSource, largestCost, type StepFacts } from '../../stepFacts.ts';

/** Of the most expensive step: as wide as two lines side by side can be and still be two. */
const WIDEST = 7;
/** Of a step that costs next to nothing, or whose cost nobody knows. */
const NARROWEST = 1;

/** @param largest cost of all pictures that are to be compared @returns pixels, by the index of the step */
export function costWidths(
  facts: readonly StepFacts[],
  source: CostSource,
  largest: number = largestCost(facts, source),
): ReadonlyMap<number, number> {
  return new Map(
    facts.map((each, index) => {
      const share = largest === 0 ? 0 : (each[source] ?? 0) / largest;
      return [index, NARROWEST + share * (WIDEST - NARROWEST)];
    }),
  );
}
