/**
 * Lanes: every vertical piece of an arrow gets one of its own in the gap between two bands of its column, so that arrows
 * never run over each other or over labels.
 */
import type { Flow, Step } from '../../../flow.ts';
import { type Cell, cellOf } from './grid.ts';
import { routeOf } from './routes.ts';
import { LABEL_GAP } from './sizes.ts';
import type { LayoutOptions, Measure } from './types.ts';

/** The gaps that verticals run in: user to kernel, and kernel to hardware. */
export type Gap = 'upper' | 'lower';

/**
 * From left to right: arrivals from the left, straight arrows, calls and events, arrivals from the right. Calls and events
 * `stand` on the band below or `hang` from the one above; as those never meet, both begin at the same x.
 */
type Side = 'in-left' | 'straight' | 'stand' | 'hang' | 'in-right';

/** A vertical piece in the gap of a column, waiting for its x. */
export interface Lane {
  readonly step: number;
  readonly column: number;
  readonly gap: Gap;
  readonly side: Side;
  readonly label: string | null;
}

const ELBOW_LANE = 24;
const STRAIGHT_LANE = 26;
const EVENT_LANE = 24;

/** All lanes of a flow. */
export function lanesOf(flow: Flow, cells: readonly Cell[], options: LayoutOptions): readonly Lane[] {
  return flow.steps.flatMap((step, index) => lanesOfStep(step, index, cells, options));
}

function lanesOfStep(step: Step, index: number, cells: readonly Cell[], options: LayoutOptions): readonly Lane[] {
  const lane = (column: number, gap: Gap, side: Side, label: string | null = null): Lane => ({
    step: index,
    column,
    gap,
    side,
    label,
  });
  if (step.kind === 'system-call') {
    return [lane(cellOf(cells, step.into).column, 'upper', 'stand', `${step.call}()`)];
  }
  if ('at' in step) {
    const { column, place } = cellOf(cells, step.at);
    const gap = place.band === 'user' ? 'upper' : 'lower';
    return [lane(column, gap, place.band === 'hardware' ? 'stand' : 'hang', options.eventName(step.kind))];
  }
  const [from, to] = [cellOf(cells, step.from), cellOf(cells, step.to)];
  const towards = (cell: Cell, other: Cell): Side => (other.column < cell.column ? 'in-left' : 'in-right');
  const upper = from.place.band === 'user' || to.place.band === 'user';
  switch (routeOf(from, to, cells)) {
    case 'vertical':
      return [lane(from.column, upper ? 'upper' : 'lower', 'straight')];
    case 'elbow': {
      const [kernel, user] = from.place.band === 'kernel' ? [from, to] : [to, from];
      return [lane(kernel.column, 'upper', towards(kernel, user))];
    }
    case 'gutter':
    case 'under': {
      const gap: Gap = from.place.band === 'user' ? 'upper' : 'lower';
      return [lane(from.column, gap, towards(from, to)), lane(to.column, gap, towards(to, from))];
    }
    case 'across':
    case 'channel':
      return [];
  }
}

/** Lanes of one column, gap and side from left to right. */
export function lanesAt(lanes: readonly Lane[], { column, gap, side }: Pick<Lane, 'column' | 'gap' | 'side'>) {
  return lanes.filter((lane) => lane.column === column && lane.gap === gap && lane.side === side);
}

/** The most calls and events that any column has standing or hanging in a gap: as many rows they need. */
export function rowsOf(lanes: readonly Lane[], gap: Gap, side: 'stand' | 'hang'): number {
  const columns = new Set(lanes.map((lane) => lane.column));
  return Math.max(0, ...[...columns].map((column) => lanesAt(lanes, { column, gap, side }).length));
}

/** Offsets of the lanes of a column and gap from their common left edge, and the room they take with their labels. */
export interface Packed {
  readonly offsets: ReadonlyMap<Lane, number>;
  readonly width: number;
}

/** @param overhang how far the last label may reach into the free space beside the column */
export function packLanes(
  lanes: readonly Lane[],
  column: number,
  gap: Gap,
  measure: Measure,
  overhang: number,
): Packed {
  const offsets = new Map<Lane, number>();
  /** Puts the lanes of a side from `x` on; returns where they end, without and with labels. */
  const put = (side: Side, x: number, width: number): readonly [end: number, labelEnd: number] => {
    const here = lanesAt(lanes, { column, gap, side });
    const ends = here.map((lane, nth) => {
      const centre = x + (nth + 0.5) * width;
      offsets.set(lane, centre);
      return lane.label === null ? 0 : centre + LABEL_GAP + measure(lane.label, 'call') + 2;
    });
    return [x + here.length * width, Math.max(0, ...ends)];
  };
  const [left] = put('in-left', 0, ELBOW_LANE);
  const [straight] = put('straight', left, STRAIGHT_LANE);
  const [standing, standingLabels] = put('stand', straight, EVENT_LANE);
  const [hanging, hangingLabels] = put('hang', straight, EVENT_LANE);
  const [events, labels] = [Math.max(standing, hanging), Math.max(standingLabels, hangingLabels)];
  const fromRight = lanesAt(lanes, { column, gap, side: 'in-right' }).length > 0;
  const [end] = put('in-right', fromRight ? Math.max(events, labels) : events, ELBOW_LANE);
  return { offsets, width: Math.max(end, labels - overhang) };
}
