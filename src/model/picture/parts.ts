/** The parts of pictures in a few words each. */
import type { Band } from '../flow.ts';
import type { ArrowKind, ArrowPart, BandPart, BoxLook, BoxPart, DotPart, LinePart, Point, TextPart } from './scene.ts';

const BAND_HEIGHT = 64;
/** Height of a box that stands in the middle of a band. */
const BOX_HEIGHT = 36;

/** Bands below each other, from the top. */
export function bands(...all: readonly Band[]): readonly BandPart[] {
  return all.map((band, nth) => ({ part: 'band', band, y: nth * BAND_HEIGHT, height: BAND_HEIGHT }));
}

/** Height of so many bands. */
export function bandsHeight(count: number): number {
  return count * BAND_HEIGHT;
}

/** A box in the middle of the n-th band. */
export function inBand(nth: number, x: number, width: number, text: string, look: BoxLook = 'plain'): BoxPart {
  return box(x, nth * BAND_HEIGHT + (BAND_HEIGHT - BOX_HEIGHT) / 2, width, BOX_HEIGHT, text, look);
}

export function box(
  x: number,
  y: number,
  width: number,
  height: number,
  text: string,
  look: BoxLook = 'plain',
): BoxPart {
  return { part: 'box', x, y, width, height, text, look };
}

/** Boxes side by side, a look for each. */
export function cells(x: number, y: number, size: number, looks: readonly BoxLook[]): readonly BoxPart[] {
  return looks.map((look, nth) => box(x + nth * (size + 3), y, size, size, '', look));
}

export function arrow(kind: ArrowKind, ...along: readonly Point[]): ArrowPart {
  return { part: 'arrow', kind, along, later: false };
}

/** An arrow of something that happens after the call returned. */
export function laterArrow(kind: ArrowKind, ...along: readonly Point[]): ArrowPart {
  return { part: 'arrow', kind, along, later: true };
}

/** From the lower or upper edge of one box straight to the other's. @param aside from the middle of both */
export function between(kind: ArrowKind, from: BoxPart, to: BoxPart, aside = 0): ArrowPart {
  const middle = Math.max(from.x, to.x) + overlap(from, to) / 2 + aside;
  return from.y < to.y
    ? arrow(kind, [middle, from.y + from.height], [middle, to.y])
    : arrow(kind, [middle, from.y], [middle, to.y + to.height]);
}

/** From the side of one box to the facing side of the other, which is in the same row. */
export function across(kind: ArrowKind, from: BoxPart, to: BoxPart): ArrowPart {
  const y = from.y + from.height / 2;
  return from.x < to.x
    ? arrow(kind, [from.x + from.width, y], [to.x, y])
    : arrow(kind, [from.x, y], [to.x + to.width, y]);
}

export function text(
  x: number,
  y: number,
  words: string,
  look: TextPart['look'] = 'muted',
  anchor: TextPart['anchor'] = 'middle',
): TextPart {
  return { part: 'text', at: [x, y], text: words, anchor, look };
}

export function line(look: LinePart['look'], ...along: readonly Point[]): LinePart {
  return { part: 'line', along, look };
}

export function dot(x: number, y: number, look: DotPart['look'] = 'sample'): DotPart {
  return { part: 'dot', at: [x, y], look };
}

/** How far two boxes lie above each other. */
function overlap(a: BoxPart, b: BoxPart): number {
  return Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
}
