/** From steps to arrows. */
import type { Flow, PlaceId, Step } from '../../../flow.ts';
import type { Columns } from './columns.ts';
import { between, headOf, offset, type Point } from './geometry.ts';
import { type Cell, cellOf } from './grid.ts';
import { type Lane, lanesAt } from './lanes.ts';
import { acrossPair, parallels, routeOf } from './routes.ts';
import type { Rows } from './rows.ts';
import { BADGE_RADIUS, COMPACT, EVENT_REACH, EVENT_ROW, KERNEL_HEADROOM, LABEL_GAP, PARALLEL } from './sizes.ts';
import type { Arrow, LayoutOptions, PlaceBox } from './types.ts';

/** Half the distance between the way into a call and the way out. */
const CALL_HALF = 4.5;

/** Turns steps into arrows, once everything has its place. */
export class ArrowDrawer {
  private readonly usedAcross = new Map<string, number>();
  private readonly parallel: ReadonlyMap<string, number>;

  constructor(
    private readonly flow: Flow,
    private readonly cells: readonly Cell[],
    private readonly boxes: readonly PlaceBox[],
    private readonly lanes: readonly Lane[],
    private readonly columns: Columns,
    private readonly rows: Rows,
    private readonly options: LayoutOptions,
  ) {
    this.parallel = parallels(flow, cells);
  }

  arrow(step: Step, index: number): Arrow {
    const common = {
      step: index,
      kind: step.kind,
      later: step.later === true,
      receiver: step.receiver === true,
      atMost: step.atMost === true,
    };
    if (step.kind === 'system-call') return { ...common, ...this.call(index, `${step.call}()`, step.into) };
    if ('at' in step) {
      return { ...common, ...this.event(index, this.options.eventName(step.kind), step.at) };
    }
    const { points, badge } = this.move(index, step.from, step.to);
    return step.kind === 'mapping'
      ? { ...common, lines: [offset(points, -2), offset(points, 2)], heads: [], badge, label: null }
      : { ...common, lines: [points], heads: [headOf(points)], badge, label: null };
  }

  /** The way in and the way out of a system call, from its name in user space to the place it enters. */
  private call(index: number, text: string, into: PlaceId): Pick<Arrow, 'lines' | 'heads' | 'badge' | 'label'> {
    const x = this.laneX(index, 0);
    const top = this.rows.bottom.user - 20 - BADGE_RADIUS - this.rowsBelow(index) * EVENT_ROW;
    const box = this.box(into);
    const bottom = box.place.band === 'kernel' ? box.y : this.rows.bottom.user + KERNEL_HEADROOM;
    const start = top + BADGE_RADIUS + 1;
    const down = [
      { x: x - CALL_HALF, y: start },
      { x: x - CALL_HALF, y: bottom },
    ];
    const up = [
      { x: x + CALL_HALF, y: bottom },
      { x: x + CALL_HALF, y: start },
    ];
    return {
      lines: [down, up],
      heads: [headOf(down), headOf(up)],
      badge: { x, y: top },
      label: { text, x: x + LABEL_GAP, y: top },
    };
  }

  /** A fault, a pass or a wait: a mark at the edge of its place that faces the gap. */
  private event(index: number, text: string, at: PlaceId): Pick<Arrow, 'lines' | 'heads' | 'badge' | 'label'> {
    const x = this.laneX(index, 0);
    const box = this.box(at);
    const reach = EVENT_REACH + this.rowsBelow(index) * EVENT_ROW;
    const [edge, y] =
      box.place.band === 'hardware' ? [box.y, box.y - reach] : [box.y + box.height, box.y + box.height + reach];
    return {
      lines: [
        [
          { x, y: edge },
          { x, y },
        ],
      ],
      heads: [],
      badge: { x, y },
      label: { text, x: x + LABEL_GAP, y },
    };
  }

  /** How many calls or events of its column and side come after a step: the first stands highest or hangs lowest. */
  private rowsBelow(index: number): number {
    const lane = this.laneAt(index, 0);
    const all = lanesAt(this.lanes, lane);
    return all.length - 1 - all.indexOf(lane);
  }

  private move(
    index: number,
    from: PlaceId,
    to: PlaceId,
  ): { readonly points: readonly Point[]; readonly badge: Point } {
    const [a, b] = [this.box(from), this.box(to)];
    switch (routeOf(cellOf(this.cells, from), cellOf(this.cells, to), this.cells)) {
      case 'across':
        return this.across(index, a, b);
      case 'vertical':
        return this.vertical(index, a, b);
      case 'elbow':
        return a.place.band === 'kernel' ? this.elbow(index, a, b) : reversed(this.elbow(index, b, a));
      case 'gutter':
      case 'under':
        return this.around(index, a, b);
      case 'channel':
        return channel(a, b);
    }
  }

  private across(index: number, a: PlaceBox, b: PlaceBox) {
    const pair = acrossPair(this.flow.steps[index] as Step, this.cells) as string;
    const nth = this.usedAcross.get(pair) ?? 0;
    this.usedAcross.set(pair, nth + 1);
    const y = a.y + a.height / 2 + (nth - ((this.parallel.get(pair) ?? 1) - 1) / 2) * PARALLEL;
    const right = b.x > a.x;
    const points = [
      { x: right ? a.x + a.width : a.x, y },
      { x: right ? b.x : b.x + b.width, y },
    ];
    return { points, badge: between(points, 0.45) };
  }

  private vertical(index: number, a: PlaceBox, b: PlaceBox) {
    const x = this.laneX(index, 0);
    const down = b.y > a.y;
    const points = [
      { x, y: down ? a.y + a.height : a.y },
      { x, y: down ? b.y : b.y + b.height },
    ];
    return { points, badge: between(points, 0.47) };
  }

  /** Up from a kernel place, then sideways into a user place. */
  private elbow(index: number, kernel: PlaceBox, user: PlaceBox) {
    const x = this.laneX(index, 0);
    const right = user.x > x;
    const sameSide = this.flow.steps.flatMap((step, other) => (this.joins(step, user, right) ? [other] : []));
    const y = user.y + user.height / 2 + (sameSide.indexOf(index) - (sameSide.length - 1) / 2) * PARALLEL;
    const side = right ? user.x : user.x + user.width;
    const points = [
      { x, y: kernel.y },
      { x, y },
      { x: side, y },
    ];
    return { points, badge: { x: (x + side) / 2, y } };
  }

  /** Whether a step is led sideways into this side of a user place. */
  private joins(step: Step, user: PlaceBox, fromLeft: boolean): boolean {
    if (!('from' in step)) return false;
    const other = step.from === user.place.id ? step.to : step.to === user.place.id ? step.from : null;
    if (other === null) return false;
    const [mine, theirs] = [cellOf(this.cells, user.place.id), cellOf(this.cells, other)];
    return routeOf(mine, theirs, this.cells) === 'elbow' && theirs.column < mine.column === fromLeft;
  }

  /** Down from a place, sideways in the gap under its band, then into the other place. */
  private around(index: number, a: PlaceBox, b: PlaceBox) {
    const [fromX, toX] = [this.laneX(index, 0), this.laneX(index, 1)];
    const level = this.rows.bottom[a.place.band === 'user' ? 'user' : 'kernel'];
    const sameBand = a.place.band === b.place.band;
    const y = level + (sameBand ? -11 : 11);
    const startY = a.place.band === 'hardware' ? a.y : a.y + a.height;
    const endY = b.place.band === 'hardware' ? b.y : b.y + b.height;
    const points = [
      { x: fromX, y: startY },
      { x: fromX, y },
      { x: toX, y },
      { x: toX, y: endY },
    ];
    return { points, badge: { x: (fromX + toX) / 2, y } };
  }

  private laneAt(index: number, nth: number): Lane {
    const lane = this.lanes.filter((each) => each.step === index)[nth];
    if (lane === undefined) throw new RangeError(`step ${index} has no lane ${nth}`);
    return lane;
  }

  private laneX(index: number, nth: number): number {
    return this.columns.laneX.get(this.laneAt(index, nth)) as number;
  }

  private box(id: PlaceId): PlaceBox {
    return this.boxes[this.cells.indexOf(cellOf(this.cells, id))] as PlaceBox;
  }
}

/** Between user space and hardware with no stop in the kernel: sideways out, along the gap of the columns, sideways in. */
function channel(a: PlaceBox, b: PlaceBox) {
  const [startY, endY] = [a.y + a.height / 2, b.y + b.height / 2];
  const [start, end] =
    b.x > a.x ? [a.x + a.width, b.x] : b.x < a.x ? [a.x, b.x + b.width] : [a.x + a.width, b.x + b.width];
  const middle = b.x === a.x ? start + COMPACT.gap / 2 : (start + end) / 2;
  const points = [
    { x: start, y: startY },
    { x: middle, y: startY },
    { x: middle, y: endY },
    { x: end, y: endY },
  ];
  return { points, badge: { x: middle, y: (startY + endY) / 2 } };
}

function reversed(route: { readonly points: readonly Point[]; readonly badge: Point }) {
  return { points: route.points.toReversed(), badge: route.badge };
}
