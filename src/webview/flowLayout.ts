/**
 * Pure geometry of a flow diagram: from steps and places to boxes, arrows and numbers in pixels. Nothing here knows the
 * DOM; text widths come in through `measure`.
 *
 * Places stand in a grid of bands (rows) and columns. Every vertical piece of an arrow gets a lane of its own in the gap
 * between two bands of its column, and every arrow between neighbours in a band its own height, so that arrows never
 * run over each other, over labels or through boxes.
 */
import type { Band, EventKind, Flow, Place, PlaceId, Step, StepKind } from '../model/flow.ts';
import { placesOf } from '../model/flow.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rect extends Point {
  readonly width: number;
  readonly height: number;
}

export interface BandStrip extends Rect {
  readonly band: Band;
  /** No place of this flow is in the band. */
  readonly empty: boolean;
}

export interface PlaceBox extends Rect {
  readonly place: Place;
  readonly lines: readonly string[];
}

/** An arrowhead: its tip, and the direction it points to in degrees (0 is right, 90 is down). */
export interface Head extends Point {
  readonly angle: number;
}

export interface Arrow {
  /** Index of the step in the flow; the number shown is one more. */
  readonly step: number;
  readonly kind: StepKind;
  readonly later: boolean;
  readonly receiver: boolean;
  /** Parallel lines: one, or two for a mapping and for the way in and out of a system call. */
  readonly lines: readonly (readonly Point[])[];
  readonly heads: readonly Head[];
  /** Centre of the numbered circle. */
  readonly badge: Point;
  /** Name of the call or kind of event; `x` is its left edge, `y` its middle. */
  readonly label: (Point & { readonly text: string }) | null;
}

export interface FlowLayout {
  readonly width: number;
  readonly height: number;
  readonly bands: readonly BandStrip[];
  readonly boxes: readonly PlaceBox[];
  readonly arrows: readonly Arrow[];
  /** Height of the line between user and kernel space. */
  readonly boundary: number;
  /** Left edge of what belongs to the receiver, or null. */
  readonly receiverFrom: number | null;
  /** Space for the band names at the left. */
  readonly gutter: number;
}

/** Width of a text in the font of place names or of call names. */
export type Measure = (text: string, font: 'name' | 'call') => number;

export interface LayoutOptions {
  /** Width at hand; the layout is as wide, but never narrower than its content or wider than reads well. */
  readonly width: number;
  readonly places: readonly Place[];
  readonly measure: Measure;
  /** Words for events that have no name of their own. */
  readonly eventName: (kind: EventKind) => string;
}

export const BADGE_RADIUS = 8.5;
export const LINE_HEIGHT = 15;

/** How close things stand: names on one line where there is room, else as narrow as stays clear. */
interface Density {
  readonly nameWidth: number;
  readonly gap: number;
  readonly pad: number;
}

const COMFORTABLE: Density = { nameWidth: 84, gap: 36, pad: 12 };
const COMPACT: Density = { nameWidth: 48, gap: 34, pad: 8 };

const GUTTER = 24;
const BOX_PAD = 9;
const TOP_PAD = 13;
const MAX_EXTRA_PER_COLUMN = 110;
const ELBOW_LANE = 24;
const STRAIGHT_LANE = 26;
const CALL_LANE = 24;
const CALL_HALF = 4.5;
const LABEL_GAP = BADGE_RADIUS + 4;
const CALL_ROW = 22;
const PARALLEL = 20;
const KERNEL_HEADROOM = 32;
const BAND_MARGIN = 29;
const MIN_BAND = 78;
const HEADER = 20;

/** The gaps that verticals run in: user to kernel, and kernel to hardware. */
type Gap = 'upper' | 'lower';
type Side = 'in-left' | 'straight' | 'event' | 'in-right';

/** A vertical piece in the gap of a column, waiting for its x. */
interface Lane {
  readonly step: number;
  readonly column: number;
  readonly gap: Gap;
  readonly side: Side;
  readonly label: string | null;
}

interface Cell {
  readonly place: Place;
  readonly column: number;
  readonly lines: readonly string[];
}

/** How an arrow between two places is led. */
type Route = 'across' | 'under' | 'vertical' | 'elbow' | 'gutter' | 'channel';

const BANDS: readonly Band[] = ['user', 'kernel', 'hardware'];

/** Lays a flow out. */
export function layoutFlow(flow: Flow, options: LayoutOptions): FlowLayout {
  const comfortable = layoutAt(flow, options, COMFORTABLE);
  return comfortable.width <= options.width ? comfortable : layoutAt(flow, options, COMPACT);
}

function layoutAt(flow: Flow, options: LayoutOptions, density: Density): FlowLayout {
  const cells = placeCells(placesOf(flow, options.places), options.measure, density.nameWidth);
  const lanes = flow.steps.flatMap((step, index) => lanesOf(step, index, cells, options));
  const columns = columnGeometry(cells, lanes, options, density);
  const rows = rowGeometry(flow, cells, lanes);
  const boxes = cells.map((cell) => boxOf(cell, columns, rows));
  const draw = new ArrowDrawer(flow, cells, boxes, lanes, columns, rows, options);
  return {
    width: columns.width,
    height: rows.height,
    bands: BANDS.map((band) => ({
      band,
      empty: !cells.some((cell) => cell.place.band === band),
      x: 0,
      y: rows.top[band],
      width: columns.width,
      height: rows.bottom[band] - rows.top[band],
    })),
    boxes,
    arrows: flow.steps.map((step, index) => draw.arrow(step, index)),
    boundary: rows.bottom.user,
    receiverFrom: receiverEdge(flow, cells, columns),
    gutter: GUTTER,
  };
}

/** Places in a grid; two places of one cell get columns of their own. */
function placeCells(places: readonly Place[], measure: Measure, nameWidth: number): readonly Cell[] {
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
    lines: wrap(place.name, nameWidth, measure),
  }));
}

/** Words in as few lines as `limit` allows; a longer word stands alone. */
function wrap(text: string, limit: number, measure: Measure): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const joined = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && measure(joined, 'name') <= limit) lines[lines.length - 1] = joined;
    else lines.push(word);
  }
  return lines;
}

function cellOf(cells: readonly Cell[], id: PlaceId): Cell {
  const found = cells.find((cell) => cell.place.id === id);
  if (found === undefined) throw new RangeError(`the diagram has no place ${id}`);
  return found;
}

function routeOf(a: Cell, b: Cell, cells: readonly Cell[]): Route {
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

function lanesOf(step: Step, index: number, cells: readonly Cell[], options: LayoutOptions): readonly Lane[] {
  const lane = (column: number, gap: Gap, side: Side, label: string | null = null): Lane => ({
    step: index,
    column,
    gap,
    side,
    label,
  });
  if (step.kind === 'system-call') {
    return [lane(cellOf(cells, step.into).column, 'upper', 'event', `${step.call}()`)];
  }
  if ('at' in step) {
    const cell = cellOf(cells, step.at);
    return [lane(cell.column, cell.place.band === 'user' ? 'upper' : 'lower', 'event', options.eventName(step.kind))];
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

/** Lanes of one column and gap from left to right: arrivals from the left, straight ones, calls and events, the right. */
function orderedLanes(lanes: readonly Lane[], column: number, gap: Gap): readonly Lane[] {
  const order: readonly Side[] = ['in-left', 'straight', 'event', 'in-right'];
  return lanes
    .filter((lane) => lane.column === column && lane.gap === gap)
    .sort((a, b) => order.indexOf(a.side) - order.indexOf(b.side) || a.step - b.step);
}

/**
 * Offsets of the lanes of a column and gap from their common left edge, and the room they take with their labels. The
 * last label may hang over into the free space beside the column.
 */
function packLanes(ordered: readonly Lane[], measure: Measure, overhang: number) {
  const offsets = new Map<Lane, number>();
  let x = 0;
  let labelEnd = 0;
  for (const lane of ordered) {
    if (lane.side === 'in-right') x = Math.max(x, labelEnd);
    const width = lane.side === 'event' ? CALL_LANE : lane.side === 'straight' ? STRAIGHT_LANE : ELBOW_LANE;
    offsets.set(lane, x + width / 2);
    if (lane.label !== null) labelEnd = Math.max(labelEnd, x + width / 2 + LABEL_GAP + measure(lane.label, 'call') + 2);
    x += width;
  }
  return { offsets, width: Math.max(x, labelEnd - overhang) };
}

interface ColumnGeometry {
  readonly width: number;
  readonly left: readonly number[];
  readonly columnWidth: readonly number[];
  readonly laneX: ReadonlyMap<Lane, number>;
}

function columnGeometry(
  cells: readonly Cell[],
  lanes: readonly Lane[],
  options: LayoutOptions,
  density: Density,
): ColumnGeometry {
  const count = Math.max(0, ...cells.map((cell) => cell.column + 1));
  const columns = Array.from({ length: count }, (_, column) => {
    const words = cells.filter((cell) => cell.column === column).flatMap((cell) => cell.lines);
    const packed = (['upper', 'lower'] as const).map((gap) =>
      packLanes(orderedLanes(lanes, column, gap), options.measure, density.pad - 2),
    );
    const box = Math.max(56, ...words.map((line) => options.measure(line, 'name') + 2 * BOX_PAD));
    return { packed, least: Math.max(box, ...packed.map((each) => each.width)) };
  });
  const gaps = Math.max(0, count - 1);
  const least = GUTTER + 2 * density.pad + columns.reduce((sum, each) => sum + each.least, 0) + gaps * density.gap;
  const extra = Math.min(Math.max(0, options.width - least), count * MAX_EXTRA_PER_COLUMN);
  const [wider, gap] = count < 2 ? [extra, 0] : [(extra * 0.4) / count, density.gap + (extra * 0.6) / gaps];
  const left: number[] = [];
  const columnWidth: number[] = [];
  const laneX = new Map<Lane, number>();
  let x = GUTTER + density.pad;
  for (const { packed, least: narrowest } of columns) {
    const width = narrowest + wider;
    left.push(x);
    columnWidth.push(width);
    for (const { offsets, width: needed } of packed) {
      const start = x + (width - needed) / 2;
      for (const [lane, offset] of offsets) laneX.set(lane, start + offset);
    }
    x += width + gap;
  }
  return { width: least + extra, left, columnWidth, laneX };
}

interface RowGeometry {
  readonly height: number;
  readonly top: Readonly<Record<Band, number>>;
  readonly bottom: Readonly<Record<Band, number>>;
  readonly boxTop: Readonly<Record<Band, number>>;
  readonly boxHeight: Readonly<Record<Band, number>>;
}

function rowGeometry(flow: Flow, cells: readonly Cell[], lanes: readonly Lane[]): RowGeometry {
  const parallel = Math.max(1, ...parallels(flow, cells).values());
  const boxHeight = (band: Band): number => {
    const lines = cells.filter((cell) => cell.place.band === band).map((cell) => cell.lines.length);
    return lines.length === 0 ? 0 : Math.max(38, Math.max(...lines) * LINE_HEIGHT + 12, parallel * PARALLEL + 4);
  };
  const heights = { user: boxHeight('user'), kernel: boxHeight('kernel'), hardware: boxHeight('hardware') };
  const events = (gap: Gap): number =>
    Math.max(
      0,
      ...cells.map(
        (cell) =>
          lanes.filter((lane) => lane.column === cell.column && lane.gap === gap && lane.side === 'event').length,
      ),
    );
  const start = flow.steps.some((step) => step.receiver) ? HEADER : 0;
  const zone = 22 + Math.max(1, events('upper')) * CALL_ROW;
  const boundary = start + Math.max(MIN_BAND, TOP_PAD + heights.user + zone);
  const kernelBottom =
    boundary + Math.max(MIN_BAND, KERNEL_HEADROOM + heights.kernel + BAND_MARGIN + events('lower') * 12);
  const hardwareBottom = kernelBottom + Math.max(MIN_BAND, BAND_MARGIN + heights.hardware + TOP_PAD);
  return {
    height: hardwareBottom,
    top: { user: start, kernel: boundary, hardware: kernelBottom },
    bottom: { user: boundary, kernel: kernelBottom, hardware: hardwareBottom },
    boxTop: { user: start + TOP_PAD, kernel: boundary + KERNEL_HEADROOM, hardware: kernelBottom + BAND_MARGIN },
    boxHeight: heights,
  };
}

/** How many arrows run side by side between the same two places. */
function parallels(flow: Flow, cells: readonly Cell[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const step of flow.steps) {
    const pair = acrossPair(step, cells);
    if (pair !== null) counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  return counts;
}

/** Name of the pair of places a step joins within a band, or null for all other steps. */
function acrossPair(step: Step, cells: readonly Cell[]): string | null {
  if (!('from' in step)) return null;
  if (routeOf(cellOf(cells, step.from), cellOf(cells, step.to), cells) !== 'across') return null;
  return [step.from, step.to].sort().join(' ');
}

function boxOf(cell: Cell, columns: ColumnGeometry, rows: RowGeometry): PlaceBox {
  const { band } = cell.place;
  return {
    place: cell.place,
    lines: cell.lines,
    x: columns.left[cell.column] as number,
    y: rows.boxTop[band],
    width: columns.columnWidth[cell.column] as number,
    height: rows.boxHeight[band],
  };
}

/** Middle of the gap left of the first column that only the receiver works on. */
function receiverEdge(flow: Flow, cells: readonly Cell[], columns: ColumnGeometry): number | null {
  const touched = flow.steps
    .filter((step) => step.receiver)
    .flatMap((step) => ('from' in step ? [step.from, step.to] : 'into' in step ? [step.into] : [step.at]));
  const first = Math.min(...touched.map((id) => cellOf(cells, id).column));
  if (touched.length === 0 || first === 0) return null;
  const [end, next] = [
    (columns.left[first - 1] as number) + (columns.columnWidth[first - 1] as number),
    columns.left[first] as number,
  ];
  return (end + next) / 2;
}

/** Turns steps into arrows, once everything has its place. */
class ArrowDrawer {
  private readonly usedAcross = new Map<string, number>();
  private readonly parallel: ReadonlyMap<string, number>;

  constructor(
    private readonly flow: Flow,
    private readonly cells: readonly Cell[],
    private readonly boxes: readonly PlaceBox[],
    private readonly lanes: readonly Lane[],
    private readonly columns: ColumnGeometry,
    private readonly rows: RowGeometry,
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
    const top = this.eventTop(index);
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

  /** A fault or a wait: a mark at the edge of its place that faces the gap. */
  private event(index: number, text: string, at: PlaceId): Pick<Arrow, 'lines' | 'heads' | 'badge' | 'label'> {
    const x = this.laneX(index, 0);
    const box = this.box(at);
    const [edge, away] = box.place.band === 'hardware' ? [box.y, -1] : [box.y + box.height, 1];
    const badge = { x, y: edge + away * (9 + BADGE_RADIUS) };
    return { lines: [[{ x, y: edge }, badge]], heads: [], badge, label: { text, x: x + LABEL_GAP, y: badge.y } };
  }

  /** Calls of one column stand on steps: the first one highest, so that its name clears the others. */
  private eventTop(index: number): number {
    const lane = this.laneAt(index, 0);
    const calls = orderedLanes(this.lanes, lane.column, lane.gap).filter((each) => each.side === 'event');
    const below = calls.length - 1 - calls.indexOf(lane);
    return this.rows.bottom.user - 20 - BADGE_RADIUS - below * CALL_ROW;
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

function between(points: readonly Point[], share: number): Point {
  const [a, b] = [points[0] as Point, points[1] as Point];
  return { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share };
}

function headOf(points: readonly Point[]): Head {
  const [before, tip] = [points.at(-2) as Point, points.at(-1) as Point];
  return { ...tip, angle: (Math.atan2(tip.y - before.y, tip.x - before.x) * 180) / Math.PI };
}

/** The same polyline, moved sideways; its pieces are horizontal or vertical. */
function offset(points: readonly Point[], by: number): readonly Point[] {
  const normals = points.slice(1).map((point, index) => {
    const before = points[index] as Point;
    return { x: -Math.sign(point.y - before.y) * by, y: Math.sign(point.x - before.x) * by };
  });
  return points.map((point, index) => {
    const [before, after] = [normals[index - 1], normals[index]];
    return {
      x: point.x + (before?.x || after?.x || 0),
      y: point.y + (before?.y || after?.y || 0),
    };
  });
}

/** SVG path of a polyline with rounded corners. */
export function roundedPath(points: readonly Point[], radius: number): string {
  const parts = points.map((point, index) => {
    const [before, after] = [points[index - 1], points[index + 1]];
    if (before === undefined) return `M${at(point)}`;
    if (after === undefined) return `L${at(point)}`;
    const reach = Math.min(radius, distance(before, point) / 2, distance(point, after) / 2);
    return `L${at(towards(point, before, reach))}Q${at(point)} ${at(towards(point, after, reach))}`;
  });
  return parts.join('');
}

function at(point: Point): string {
  return `${Math.round(point.x * 10) / 10} ${Math.round(point.y * 10) / 10}`;
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function towards(from: Point, to: Point, by: number): Point {
  const length = distance(from, to) || 1;
  return { x: from.x + ((to.x - from.x) / length) * by, y: from.y + ((to.y - from.y) / length) * by };
}
