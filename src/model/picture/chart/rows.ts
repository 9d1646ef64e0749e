/** Charts with a strip for every row: its name on the left, its shapes in the middle, its numbers on the right. */
import type { Column, Row } from '../../charts/description.ts';
import { type Block, SMALL, TEXT } from '../blocks.ts';
import { type SvgNode, textNode, token } from '../svg.ts';
import { shortened, textWidth } from '../textWidth.ts';
import { AXIS_HEIGHT, acrossAxis } from './axes.ts';
import type { Ends, Scale } from './scale.ts';

const GAP = 14;
/** Share of the room that names may take. */
const NAMES = 0.4;
const BETWEEN = 9;

/** Where the shapes of a row go. */
export interface Strip {
  readonly y: number;
  readonly height: number;
  readonly scale: Scale;
}

export interface Strips {
  readonly rows: readonly Row[];
  readonly room: number;
  readonly height: number;
  readonly scale: (ends: Ends) => Scale;
  /** What the scale is of. */
  readonly column: Column | undefined;
  readonly shapes: (row: Row, strip: Strip) => readonly SvgNode[];
  /** The numbers of a row, one line below the other. */
  readonly numbers: (row: Row) => readonly string[];
}

export function strips({ rows, room, height, scale: scaleOver, column, shapes, numbers }: Strips): Block {
  const names = rows.map(({ name }) => shortened(name, NAMES * room, TEXT));
  const left = Math.ceil(widest(names, TEXT)) + GAP;
  const right = room - Math.ceil(widest(rows.flatMap(numbers), SMALL)) - GAP;
  const scale = scaleOver([left, right]);
  const pitch = height + BETWEEN;
  const bottom = rows.length * pitch;
  return {
    height: bottom + AXIS_HEIGHT,
    nodes: [
      ...acrossAxis(scale, column, { top: 0, bottom }),
      ...rows.flatMap((row, index) => {
        const strip = { y: index * pitch + BETWEEN / 2, height, scale };
        return [
          textNode(names[index] ?? '', left - GAP + 4, strip.y + height / 2, { 'text-anchor': 'end' }),
          ...shapes(row, strip),
          ...numberLines(numbers(row), room, strip),
        ];
      }),
    ],
  };
}

/** Aligned on the right, each beside its share of the strip. */
function numberLines(lines: readonly string[], x: number, { y, height }: Strip): readonly SvgNode[] {
  return lines.map((line, nth) =>
    textNode(line, x, y + ((nth + 0.5) * height) / lines.length, {
      fill: token('muted'),
      'font-size': SMALL,
      'text-anchor': 'end',
    }),
  );
}

function widest(texts: readonly string[], size: number): number {
  return Math.max(0, ...texts.map((text) => textWidth(text, size)));
}
