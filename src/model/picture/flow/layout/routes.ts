/** How an arrow between two places is led. */
import type { Flow, Step } from '../../../flow.ts';
import { type Cell, cellOf } from './grid.ts';

/**
 * `across`: straight, within a band. `under`: within a band and past a place between. `vertical`: straight, within a
 * column. `elbow`: up from the kernel and sideways into user space. `gutter`: down, sideways between kernel and hardware,
 * and on. `channel`: between user space and hardware, beside the kernel.
 */
export type Route = 'across' | 'under' | 'vertical' | 'elbow' | 'gutter' | 'channel';

export function routeOf(a: Cell, b: Cell, cells: readonly Cell[]): Route {
  const bands = [a.place.band, b.place.band];
  if (a.place.band === b.place.band) {
    const [low, high] = a.column < b.column ? [a.column, b.column] : [b.column, a.column];
    const between = cells.some((cell) => cell.place.band === a.place.band && cell.column > low && cell.column < high);
    return between && a.place.band !== 'hardware' ? 'under' : 'across';
  }
  if (!bands.includes('kernel')) return 'channel';
  if (a.column === b.column) return 'vertical';
  return bands.includes('user') ? 'elbow' : 'gutter';
}

/** How many arrows run side by side between the same two places. */
export function parallels(flow: Flow, cells: readonly Cell[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const step of flow.steps) {
    const pair = acrossPair(step, cells);
    if (pair !== null) counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  return counts;
}

/** Name of the pair of places a step joins within a band, or null for all other steps. */
export function acrossPair(step: Step, cells: readonly Cell[]): string | null {
  if (!('from' in step)) return null;
  if (routeOf(cellOf(cells, step.from), cellOf(cells, step.to), cells) !== 'across') return null;
  return [step.from, step.to].sort().join(' ');
}
