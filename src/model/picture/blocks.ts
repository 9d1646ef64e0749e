/** Blocks of text and shapes, one below the other, of which slides are made. */

import { wrapped } from '../wrapped.ts';
import { node, type SvgNode, textNode, token } from './svg.ts';
import { textWidth } from './textWidth.ts';

/** Something drawn from y = 0 down. */
export interface Block {
  readonly height: number;
  readonly nodes: readonly SvgNode[];
}

/** Around what is on a slide, in pixels, and the sizes of its letters. */
export const MARGIN = 28;
export const TITLE = 22;
export const TEXT = 13;
export const SMALL = 11.5;
const LINE = 1.4;

/** Paragraphs, broken to the room there is. */
export function lines(
  paragraphs: readonly string[],
  room: number,
  size: number,
  color: 'foreground' | 'muted',
  attributes: SvgNode['attributes'] = {},
): Block {
  const bold = attributes['font-weight'] !== undefined;
  const broken = paragraphs.flatMap((text) =>
    text === '' ? [] : wrapped(text, room, (line) => textWidth(line, size, 'sans', bold)),
  );
  return {
    height: broken.length * size * LINE,
    nodes: broken.map((text, index) =>
      textNode(text, 0, (index + 0.5) * size * LINE, { fill: token(color), 'font-size': size, ...attributes }),
    ),
  };
}

export function stacked(blocks: readonly Block[], gap: number): Block {
  const nodes: SvgNode[] = [];
  let y = 0;
  for (const block of blocks) {
    nodes.push(placed(block, 0, y));
    y += block.height + gap;
  }
  return { height: Math.max(0, y - gap), nodes };
}

export function placed({ nodes }: Block, x: number, y: number): SvgNode {
  return node('g', { transform: `translate(${x} ${Math.round(y)})` }, nodes);
}

/** The attributes of a slide: its size in whole pixels, and what assistive technology calls it. */
export function slideAttributes(width: number, height: number): SvgNode['attributes'] {
  const tall = Math.ceil(height);
  return {
    role: 'img',
    'aria-labelledby': 'picture-title picture-description',
    viewBox: `0 0 ${width} ${tall}`,
    width,
    height: tall,
    fill: 'none',
    'font-family': token('sans'),
    'font-size': TEXT,
  };
}
