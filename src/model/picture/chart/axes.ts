/** What the shapes of a chart stand on: lines at round numbers, the numbers, and what they are of. */
import { type Column, columnTitle } from '../../charts/description.ts';
import { SMALL } from '../blocks.ts';
import { hundredths, node, type SvgNode, textNode, token } from '../svg.ts';
import { textWidth } from '../textWidth.ts';
import type { Scale } from './scale.ts';

/** Below the shapes: a line of numbers and one that says of what. */
export const AXIS_HEIGHT = 44;
/** Above them, what an upright axis is of. */
export const AXIS_TITLE = 28;
/** Between two numbers side by side, at least. */
const APART = 14;

/** Upright lines from `top` to `bottom`, with the numbers below. */
export function acrossAxis(
  { at, ticks }: Scale,
  column: Column | undefined,
  { top, bottom }: { readonly top: number; readonly bottom: number },
): readonly SvgNode[] {
  const shown = legible(ticks, at, column);
  const [first = 0, last = 0] = [ticks.at(0), ticks.at(-1)];
  return [
    ...shown.flatMap((tick, nth) => [
      grid(`M${hundredths(at(tick))} ${top}V${bottom}`, nth === 0 && tick === 0),
      words(column?.words(tick) ?? '', at(tick), bottom + 13, 'middle'),
    ]),
    words(axisTitle(column), (at(first) + at(last)) / 2, bottom + 33, 'middle'),
  ];
}

/** Level lines from `left` to `right`, with the numbers on their left and the title above the `top`. */
export function upAxis(
  { at, ticks }: Scale,
  column: Column | undefined,
  { left, right, top }: { readonly left: number; readonly right: number; readonly top: number },
): readonly SvgNode[] {
  return [
    ...ticks.flatMap((tick) => [
      grid(`M${left} ${hundredths(at(tick))}H${right}`, tick === 0),
      words(column?.words(tick) ?? '', left - 8, at(tick), 'end'),
    ]),
    words(axisTitle(column), left, top - AXIS_TITLE / 2, 'start'),
  ];
}

function axisTitle(column: Column | undefined): string {
  return column === undefined ? '' : columnTitle(column);
}

function grid(d: string, zero: boolean): SvgNode {
  return node('path', { d, stroke: token('foreground'), 'stroke-opacity': zero ? 0.6 : 0.14 });
}

function words(text: string, x: number, y: number, anchor: 'start' | 'middle' | 'end'): SvgNode {
  return textNode(text, x, y, { fill: token('muted'), 'font-size': SMALL, 'text-anchor': anchor });
}

/** The ticks whose numbers do not run into the one before. */
function legible(ticks: readonly number[], at: Scale['at'], column: Column | undefined): readonly number[] {
  const half = (tick: number) => textWidth(column?.words(tick) ?? '', SMALL) / 2;
  const shown: number[] = [];
  for (const tick of ticks) {
    const before = shown.at(-1);
    if (before === undefined || at(tick) - half(tick) >= at(before) + half(before) + APART) shown.push(tick);
  }
  return shown;
}
