/** The lines and marks of a diagram as a legend shows them. */
import type { StepKind } from '../../flow.ts';
import type { ArrowVerdict } from '../../result/evidence.ts';
import { node, type SvgNode } from '../svg.ts';
import { eventMark, head, headLength, verdictMark } from './marks.ts';
import { strokeOf, widthOf } from './strokes.ts';

/** Of every sample of a line. */
export const SAMPLE_WIDTH = 38;
export const SAMPLE_HEIGHT = 16;

/** The line of a kind, as the diagrams draw it; `atMost` of one that need not happen. */
export function lineSample(kind: StepKind, atMost = false): SvgNode {
  return node('svg', { ...frame(SAMPLE_WIDTH, SAMPLE_HEIGHT), class: `legend-line kind-${kind}` }, parts(kind, atMost));
}

/** The mark of a verdict. */
export function verdictSample(verdict: ArrowVerdict['verdict']): SvgNode {
  return node('svg', frame(SAMPLE_HEIGHT, SAMPLE_HEIGHT), [verdictMark(verdict, { x: 8, y: 8 })]);
}

function frame(width: number, height: number) {
  return { viewBox: `0 0 ${width} ${height}`, width, height, 'aria-hidden': 'true' };
}

function parts(kind: StepKind, atMost: boolean): readonly SvgNode[] {
  const middle = SAMPLE_HEIGHT / 2;
  const line = (from: number, to: number, y: number) =>
    node('path', { class: 'line', d: `M${from} ${y}L${to} ${y}`, ...strokeOf(kind, { atMost }) });
  const tip = (x: number, y: number, angle: number) =>
    head(kind, { x, y, angle }, headLength(kind, widthOf(kind, undefined)));
  if (kind === 'system-call') return [line(4, 26, 4), tip(34, 4, 0), line(12, 34, 12), tip(4, 12, 180)];
  if (kind === 'mapping') return [line(2, 36, middle - 2), line(2, 36, middle + 2)];
  const event = eventMark(kind, { x: SAMPLE_WIDTH / 2, y: middle });
  return event.length > 0 ? event : [line(2, 29, middle), tip(36, middle, 0)];
}
