/** What travels through a picture while its flow is played: on the lines that are drawn for the step. */
import * as l10n from '@vscode/l10n';
import type { Step } from '../../model/flow.ts';
import type { Point } from '../../model/picture/flow/layout/geometry.ts';
import { colorOf } from '../../model/picture/flow/strokes.ts';
import { node, type SvgNode, textNode, token } from '../../model/picture/svg.ts';
import { svgElement } from '../shell/svgElement.ts';

const HEIGHT = 17;
const DOT = 4.5;
/** Of the middle of a name above the line. */
const RISE = 16;
/** Width of a letter of its name, in pixels. */
const LETTER = 6;

/** Puts the traveller of step `index` so far along its way, 0 to 1. */
export function placeTraveller(picture: SVGElement, step: Step, index: number, travelled: number): void {
  const lines = [...picture.querySelectorAll<SVGPathElement>(`.step[data-step="${index}"] path.line`)];
  const at = wayPoint(step, lines, travelled);
  let traveller = travellerOf(picture);
  if (traveller?.dataset['of'] !== String(index)) {
    traveller?.remove();
    traveller = svgElement(tag(step, index));
    picture.append(traveller);
  }
  traveller.setAttribute('transform', `translate(${at.x} ${at.y})`);
}

export function removeTraveller(picture: SVGElement | null): void {
  if (picture !== null) travellerOf(picture)?.remove();
}

function travellerOf(picture: SVGElement): SVGElement | null {
  return picture.querySelector<SVGElement>(':scope > .traveller');
}

/** A dot on the line with a name above it, which leaves the names of places free. What happens in one place has a frame around its mark instead. */
function tag(step: Step, index: number): SvgNode {
  const color = token(colorOf(step.kind));
  const stays = 'at' in step;
  const name = travellerName(step);
  const width = Math.max(HEIGHT, LETTER * (name.length + 2));
  const middle = stays ? 0 : -RISE;
  const frame = {
    x: -width / 2,
    y: middle - HEIGHT / 2,
    width,
    height: HEIGHT,
    rx: 3,
    fill: stays ? 'none' : token('background'),
    stroke: color,
    'stroke-width': 1.5,
  };
  const label = { 'font-family': token('mono'), 'font-size': 10, 'text-anchor': 'middle' };
  return node('g', { class: 'traveller', 'data-of': index }, [
    ...(stays ? [] : [node('circle', { r: DOT, fill: color })]),
    node('rect', frame),
    textNode(name, 0, middle, label),
  ]);
}

/** Only copies move the data itself. */
function travellerName(step: Step): string {
  switch (step.kind) {
    case 'cpu-copy':
    case 'dma-copy':
      return l10n.t('data');
    case 'page-reference':
      return l10n.t('address');
    case 'mapping':
      return l10n.t('pages');
    case 'wire':
      return l10n.t('packets');
    case 'system-call':
      return l10n.t('call');
    default:
      return '';
  }
}

/** A call goes in on its first line and comes back on its second; other second lines run beside the first. */
function wayPoint(step: Step, lines: readonly SVGPathElement[], travelled: number): Point {
  const legs = step.kind === 'system-call' ? lines : lines.slice(0, 1);
  const leg = Math.min(Math.floor(travelled * legs.length), legs.length - 1);
  const line = legs[leg];
  if (line === undefined) return { x: 0, y: 0 };
  // What happens in one place has a line too, from its mark to its number.
  const along = 'at' in step ? 0 : travelled * legs.length - leg;
  return line.getPointAtLength(along * line.getTotalLength());
}
