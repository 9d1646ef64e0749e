/** The small signs of a diagram: numbers, heads, events, and the marks of verdicts. */
import type { StepKind } from '../../flow.ts';
import type { ArrowVerdict } from '../../result/evidence.ts';
import { node, type SvgNode, type Token, textNode, token } from '../svg.ts';
import type { Head, Point } from './layout/geometry.ts';
import { BADGE_RADIUS, MARK_RADIUS } from './layout/sizes.ts';
import { colorOf } from './strokes.ts';

export const HEAD_LENGTH = 8;
const CALL_HEAD_LENGTH = 6;
/** Of the ring around the number of a step that the flow beside does not have. */
const RING_RADIUS = BADGE_RADIUS + 2.25;

/** Length of the head of a line: longer for one so wide that its head would not stand out. */
export function headLength(kind: StepKind, width: number): number {
  return Math.max(kind === 'system-call' ? CALL_HEAD_LENGTH : HEAD_LENGTH, 1.7 * width);
}

export function head(kind: StepKind, tip: Head, length: number): SvgNode {
  const half = round(length * 0.55);
  return node('path', {
    class: 'head',
    fill: token(colorOf(kind)),
    d: `M0 0L${-round(length)} ${-half}L${-round(length)} ${half}Z`,
    transform: `translate(${round(tip.x)} ${round(tip.y)}) rotate(${tip.angle})`,
  });
}

const EVENT_SHAPES: Readonly<Partial<Record<StepKind, string>>> = {
  fault: 'M0 -5.5L5.5 0L0 5.5L-5.5 0Z',
  touch: 'M-4.5 -4.5H4.5V4.5H-4.5Z',
  wait: 'M-4.5 -5H4.5L-4.5 5H4.5Z',
};

/** A diamond for a fault, a square for a pass, an hourglass for a wait; nothing for what goes from place to place. */
export function eventMark(kind: StepKind, { x, y }: Point): readonly SvgNode[] {
  const shape = EVENT_SHAPES[kind];
  if (shape === undefined) return [];
  const transform = `translate(${round(x)} ${round(y)})`;
  return [node('path', { class: 'head', fill: token(colorOf(kind)), d: shape, transform })];
}

/** How the number of a step is drawn. */
export interface BadgeLook {
  /** Square with round corners instead of round. */
  readonly receiver: boolean;
  /** Empty instead of filled. */
  readonly later: boolean;
  /** In a ring: the flow beside does not have the step. */
  readonly own: boolean;
}

export function badge(text: string, at: Point, { receiver, later, own }: BadgeLook): readonly SvgNode[] {
  return [
    ...(own ? [node('g', { class: 'own-mark' }, [ring(at, receiver)])] : []),
    outline(at, receiver, BADGE_RADIUS, {
      class: 'badge',
      fill: token(later ? 'background' : 'foreground'),
      stroke: token('foreground'),
      'stroke-width': 1.25,
    }),
    textNode(text, at.x, at.y, {
      class: 'badge-number',
      fill: token(later ? 'foreground' : 'background'),
      'text-anchor': 'middle',
      'font-size': 11,
      'font-weight': 600,
    }),
  ];
}

function ring(at: Point, receiver: boolean): SvgNode {
  return outline(at, receiver, RING_RADIUS, { fill: 'none', stroke: token('foreground'), 'stroke-width': 1.25 });
}

function outline({ x, y }: Point, square: boolean, radius: number, attributes: SvgNode['attributes']): SvgNode {
  if (!square) return node('circle', { ...attributes, cx: x, cy: y, r: radius });
  const half = radius - 0.5;
  return node('rect', { ...attributes, x: x - half, y: y - half, width: 2 * half, height: 2 * half, rx: 3.5 });
}

type Verdict = ArrowVerdict['verdict'];

const VERDICT_COLORS: Readonly<Record<Verdict, Token>> = {
  seen: 'green',
  'not-seen': 'orange',
  'not-observable': 'muted',
};

const VERDICT_SHAPES: Readonly<Record<Verdict, string>> = {
  seen: 'M-2.8 0.2L-0.8 2.3L3 -2.2',
  'not-seen': 'M-3.9 3.9L3.9 -3.9',
  'not-observable': 'M-1.7 -1.6A1.8 1.8 0 1 1 0 0.3V1.2M0 3V3.4',
};

/** A verdict as a mark: a tick, a slash through a ring, a question mark in a dotted ring. */
export function verdictMark(verdict: Verdict, { x, y }: Point): SvgNode {
  const color = token(VERDICT_COLORS[verdict]);
  return node(
    'g',
    { class: 'proof-mark', 'data-proof': verdict, transform: `translate(${round(x)} ${round(y)})`, fill: 'none' },
    [
      node('circle', {
        r: MARK_RADIUS,
        fill: token('background'),
        stroke: color,
        'stroke-width': 1.25,
        ...(verdict === 'not-observable' ? { 'stroke-dasharray': '2 2' } : {}),
      }),
      node('path', { d: VERDICT_SHAPES[verdict], stroke: color, 'stroke-width': 1.6, 'stroke-linecap': 'round' }),
    ],
  );
}

function round(length: number): number {
  return Math.round(length * 100) / 100;
}
