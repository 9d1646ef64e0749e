/** How the line of each kind of step is drawn: no two of them alike without their colour. */
import type { StepKind } from '../../flow.ts';
import { type SvgAttributes, type Token, token } from '../svg.ts';

export interface Stroke {
  readonly color: Token;
  readonly width: number;
  /** Lengths of dashes and gaps at that width; none for a whole line. */
  readonly dash: readonly number[];
  readonly round?: true;
}

const EVENT: Stroke = { color: 'orange', width: 1.25, dash: [] };

const STROKES: Readonly<Record<StepKind, Stroke>> = {
  'cpu-copy': { color: 'red', width: 3, dash: [] },
  'dma-copy': { color: 'blue', width: 2.25, dash: [9, 5] },
  'page-reference': { color: 'green', width: 2.75, dash: [0.1, 5], round: true },
  mapping: { color: 'purple', width: 1.5, dash: [] },
  wire: { color: 'foreground', width: 2.25, dash: [2, 4] },
  'system-call': { color: 'foreground', width: 1.25, dash: [] },
  fault: EVENT,
  touch: EVENT,
  wait: EVENT,
};

/** What besides its kind changes a line. */
export interface Manner {
  readonly later?: boolean;
  readonly atMost?: boolean;
  /** Instead of the width of its kind. */
  readonly width?: number | undefined;
}

export function colorOf(kind: StepKind): Token {
  return STROKES[kind].color;
}

export function widthOf(kind: StepKind, width: number | undefined): number {
  return width ?? STROKES[kind].width;
}

/** Attributes of the line of a step. Dashes grow with a wide line, so that they stay dashes. */
export function strokeOf(kind: StepKind, { later, atMost, width }: Manner = {}): SvgAttributes {
  const stroke = STROKES[kind];
  const drawn = widthOf(kind, width);
  const dash = later ? LATER : atMost ? AT_MOST : stroke.dash;
  const stretch = Math.max(1, drawn / stroke.width);
  return {
    fill: 'none',
    stroke: token(stroke.color),
    'stroke-width': drawn,
    ...(dash.length === 0 ? {} : { 'stroke-dasharray': dash.map((each) => round(each * stretch)).join(' ') }),
    ...(stroke.round ? { 'stroke-linecap': 'round' } : {}),
    ...(later ? { 'stroke-opacity': 0.8 } : {}),
  };
}

const LATER: readonly number[] = [4, 6];
const AT_MOST: readonly number[] = [3, 2.5];

function round(length: number): number {
  return Math.round(length * 100) / 100;
}
