/** What travels through a picture while its flow is played: on the lines that are drawn for the step. */
import * as l10n from '@vscode/l10n';
import { nothing, render, svg } from 'lit';
import type { Step } from '../../model/flow.ts';
import type { Point } from './layout/geometry.ts';

const HEIGHT = 17;
/** Half a letter of the label on either side, and room for each letter; see styles/player.ts. */
const LETTER = 6;

/** Puts the traveller of step `index` so far along its way, 0 to 1. */
export function placeTraveller(picture: SVGSVGElement, step: Step, index: number, travelled: number): void {
  const lines = [...picture.querySelectorAll<SVGPathElement>(`.step[data-step="${index}"] path.line`)];
  const at = wayPoint(step, lines, travelled);
  if (at === null) {
    removeTraveller(picture);
    return;
  }
  let group = travellerOf(picture);
  if (group === null) {
    group = document.createElementNS('http://www.w3.org/2000/svg', 'g');
    picture.append(group);
  }
  group.setAttribute('class', `traveller kind-${step.kind}`);
  group.setAttribute('transform', `translate(${at.x} ${at.y})`);
  const word = travellerName(step);
  const width = LETTER * (word.length + 2);
  render(
    svg`<rect x=${-width / 2} y=${-HEIGHT / 2} width=${width} height=${HEIGHT} rx="3" />
      ${word === '' ? nothing : svg`<text>${word}</text>`}`,
    group,
  );
}

export function removeTraveller(picture: SVGSVGElement | null): void {
  if (picture !== null) travellerOf(picture)?.remove();
}

function travellerOf(picture: SVGSVGElement): SVGGElement | null {
  return picture.querySelector<SVGGElement>(':scope > .traveller');
}

/** Only copies move the data itself. What happens in one place has a frame around its mark, and no name. */
function travellerName(step: Step): string {
  switch (step.kind) {
    case 'cpu-copy':
    case 'dma-copy':
      return l10n.t('data');
    case 'page-reference':
      return l10n.t('address');
    case 'mapping':
      return l10n.t('pages');
    case 'system-call':
      return l10n.t('call');
    default:
      return '';
  }
}

/** A call goes in on its first line and comes back on its second; other second lines run beside the first. */
function wayPoint(step: Step, lines: readonly SVGPathElement[], travelled: number): Point | null {
  const [first] = lines;
  if (first === undefined) return null;
  // What happens in one place has a line too, from its mark to its number.
  if ('at' in step) return first.getPointAtLength(0);
  if (step.kind !== 'system-call') return first.getPointAtLength(travelled * first.getTotalLength());
  let rest = travelled * lines.reduce((sum, line) => sum + line.getTotalLength(), 0);
  for (const line of lines) {
    const length = line.getTotalLength();
    if (rest <= length) return line.getPointAtLength(rest);
    rest -= length;
  }
  const last = lines.at(-1) ?? first;
  return last.getPointAtLength(last.getTotalLength());
}
