/** How the compared results look: a colour, a shape and a letter each, so that none is told by colour alone. */
import { type SVGTemplateResult, svg } from 'lit';
import { lookClass, modeLook } from '../shell/theme.ts';

type Shape = ReturnType<typeof modeLook>['shape'];

/** Half the size of a mark, in px. */
const HALF = 5;

/** Within a square around 0,0. */
const OUTLINES: Readonly<Record<Shape, string>> = {
  circle: `M ${-HALF} 0 A ${HALF} ${HALF} 0 1 1 ${HALF} 0 A ${HALF} ${HALF} 0 1 1 ${-HALF} 0 Z`,
  rect: 'M -4.4 -4.4 H 4.4 V 4.4 H -4.4 Z',
  triangle: 'M 0 -5.6 L 5.6 4.4 H -5.6 Z',
  rectRot: 'M 0 -6 L 6 0 L 0 6 L -6 0 Z',
  star: 'M 0 -6.5 L 1.6 -2 L 6.2 -2 L 2.5 0.9 L 3.8 5.4 L 0 2.7 L -3.8 5.4 L -2.5 0.9 L -6.2 -2 L -1.6 -2 Z',
  cross: 'M -5 -1.8 H -1.8 V -5 H 1.8 V -1.8 H 5 V 1.8 H 1.8 V 5 H -1.8 V 1.8 H -5 Z',
};

/** The mark of the n-th result around 0,0; the reference, which has the first, is no colour of theirs. */
export function markOf(result: number): SVGTemplateResult {
  return svg`<path class="mark" d=${OUTLINES[shapeOf(result)]} />`;
}

/** Class that gives the mark its colour. */
export function markClass(result: number): string {
  return result === 0 ? 'look-reference' : lookClass(result - 1);
}

/** The shape has a turn of its own, so that where colours begin again the shapes do not. */
function shapeOf(result: number): Shape {
  return result === 0 ? 'rectRot' : modeLook(result - 1).shape;
}
