/** Whose side a place is on. */
import type { Flow, PlaceId, Step } from '../../../flow.ts';
import type { Columns } from './columns.ts';
import type { Cell } from './grid.ts';

/** Middle of the gap left of the columns that only the receiver works in, or null where there are none. */
export function receiverEdge(flow: Flow, cells: readonly Cell[], columns: Columns): number | null {
  const theirs = worksIn(flow.steps.filter((step) => step.receiver));
  const ours = worksIn(flow.steps.filter((step) => !step.receiver));
  const shared = cells.filter(({ place }) => !theirs.has(place.id) || ours.has(place.id));
  const first = Math.max(-1, ...shared.map((cell) => cell.column)) + 1;
  if (first === 0 || first >= columns.left.length) return null;
  const end = (columns.left[first - 1] as number) + (columns.columnWidth[first - 1] as number);
  return (end + (columns.left[first] as number)) / 2;
}

/** Places that steps call into, happen at or take from; what they only bring something to belongs to others. */
function worksIn(steps: readonly Step[]): ReadonlySet<PlaceId> {
  return new Set(
    steps.flatMap((step) => {
      if ('into' in step) return [step.into];
      if ('at' in step) return [step.at];
      return step.receiver ? [step.from, step.to] : [step.from];
    }),
  );
}
