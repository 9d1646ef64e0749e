/** Places in a grid of bands and columns. */
import type { Place, PlaceId } from '../../../flow.ts';
import { wrapped } from '../../../wrapped.ts';
import { BOX_PAD } from './sizes.ts';
import type { Measure } from './types.ts';

export interface Cell {
  readonly place: Place;
  /** From 0 on, without gaps. */
  readonly column: number;
  /** Its name. */
  readonly lines: readonly string[];
}

/** Two places of one band and column get columns of their own. */
export function placeCells(places: readonly Place[], measure: Measure, nameWidth: number): readonly Cell[] {
  const seen = new Map<string, number>();
  const keyed = places.map((place) => {
    const key = `${place.band} ${place.column}`;
    const nth = seen.get(key) ?? 0;
    seen.set(key, nth + 1);
    return { place, key: place.column + nth / 10 };
  });
  const keys = [...new Set(keyed.map((each) => each.key))].sort((a, b) => a - b);
  return keyed.map(({ place, key }) => ({
    place,
    column: keys.indexOf(key),
    lines: wrapped(place.name, nameWidth, inNameFont(measure)),
  }));
}

/** The same places with their names in as few lines as the widths of the columns allow. */
export function unwrapped(cells: readonly Cell[], widths: readonly number[], measure: Measure): readonly Cell[] {
  return cells.map((cell) => ({
    ...cell,
    lines: wrapped(cell.place.name, (widths[cell.column] as number) - 2 * BOX_PAD, inNameFont(measure)),
  }));
}

function inNameFont(measure: Measure): (line: string) => number {
  return (line) => measure(line, 'name');
}

export function cellOf(cells: readonly Cell[], id: PlaceId): Cell {
  const found = cells.find((cell) => cell.place.id === id);
  if (found === undefined) throw new RangeError(`the diagram has no place ${id}`);
  return found;
}
