/** How modes look in pictures that stand alone: colour, dash and point shape, as on the page. */
import { hundredths, node, type SvgAttributes, type SvgNode, type Token, token } from '../svg.ts';

const COLORS: readonly Token[] = ['blue', 'orange', 'green', 'purple', 'red', 'foreground'];
const DASHES: readonly string[] = ['', '10 4', '2 4', '10 3 2 3', '5 3', '8 3 2 3 2 3'];

export function lookColor(nth: number): { readonly token: Token } {
  return token(COLORS[nth % COLORS.length] ?? 'foreground');
}

/** The stroke of a line; from the seventh mode on a colour comes with another dash. */
export function lookStroke(nth: number): SvgAttributes {
  const dash = DASHES[(nth + cycleOf(nth)) % DASHES.length] ?? '';
  return { stroke: lookColor(nth), ...(dash === '' ? {} : { 'stroke-dasharray': dash }) };
}

const RADIUS = 4;

/** A point in the shape of the n-th mode; the ground shows through it, so that a whisker behind it is seen. */
export function lookPoint(nth: number, x: number, y: number): SvgNode {
  const shape = SHAPES[(nth + 2 * cycleOf(nth)) % SHAPES.length] ?? 'circle';
  const paint = { stroke: lookColor(nth), 'stroke-width': 2, fill: token('background') };
  return shape === 'circle'
    ? node('circle', { cx: x, cy: y, r: RADIUS, ...paint })
    : node('path', { d: shape, transform: `translate(${hundredths(x)} ${hundredths(y)})`, ...paint });
}

/** Paths around the origin, in the order of the page's shapes. */
const SHAPES: readonly string[] = [
  'circle',
  'M-3.6 -3.6H3.6V3.6H-3.6Z',
  'M0 -4.6L4.4 3.4H-4.4Z',
  'M0 -5L5 0L0 5L-5 0Z',
  'M-5 0H5M-2.5 -4.3L2.5 4.3M-2.5 4.3L2.5 -4.3',
  'M-5 0H5M0 -5V5',
];

/** How often the colours were used up before. */
function cycleOf(nth: number): number {
  return Math.floor(nth / COLORS.length);
}
