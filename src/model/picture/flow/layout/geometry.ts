/** Points, rectangles and polylines whose pieces are horizontal or vertical. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rect extends Point {
  readonly width: number;
  readonly height: number;
}

/** An arrowhead: its tip, and the direction it points to in degrees (0 is right, 90 is down). */
export interface Head extends Point {
  readonly angle: number;
}

/** The head at the end of a polyline. */
export function headOf(points: readonly Point[]): Head {
  const [before, tip] = [points.at(-2) as Point, points.at(-1) as Point];
  return { ...tip, angle: (Math.atan2(tip.y - before.y, tip.x - before.x) * 180) / Math.PI };
}

/** The same polyline, moved sideways. */
export function offset(points: readonly Point[], by: number): readonly Point[] {
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

/** A point of the first piece of a polyline, at this share of its length. */
export function between(points: readonly Point[], share: number): Point {
  const [a, b] = [points[0] as Point, points[1] as Point];
  return { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share };
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
