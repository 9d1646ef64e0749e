/** Where columns and lanes are from left to right. */
import type { Cell } from './grid.ts';
import { type Lane, packLanes } from './lanes.ts';
import { BOX_PAD, type Density, GUTTER } from './sizes.ts';
import type { LayoutOptions } from './types.ts';

const SMALLEST_BOX = 56;
const MAX_EXTRA_PER_COLUMN = 110;

export interface Columns {
  readonly width: number;
  readonly left: readonly number[];
  readonly columnWidth: readonly number[];
  readonly laneX: ReadonlyMap<Lane, number>;
}

/** As narrow as `density` allows; room to spare goes to the columns and between them. */
export function columnsOf(
  cells: readonly Cell[],
  lanes: readonly Lane[],
  options: LayoutOptions,
  density: Density,
): Columns {
  const count = Math.max(0, ...cells.map((cell) => cell.column + 1));
  const columns = Array.from({ length: count }, (_, column) => {
    const words = cells.filter((cell) => cell.column === column).flatMap((cell) => cell.lines);
    const packed = (['upper', 'lower'] as const).map((gap) =>
      packLanes(lanes, column, gap, options.measure, density.pad - 2),
    );
    const box = Math.max(SMALLEST_BOX, ...words.map((line) => options.measure(line, 'name') + 2 * BOX_PAD));
    return { packed, least: Math.max(box, ...packed.map((each) => each.width)) };
  });
  const gaps = Math.max(0, count - 1);
  const least = GUTTER + 2 * density.pad + columns.reduce((sum, each) => sum + each.least, 0) + gaps * density.gap;
  const extra = Math.min(Math.max(0, options.width - least), count * MAX_EXTRA_PER_COLUMN);
  const [wider, gap] = count < 2 ? [extra, 0] : [(extra * 0.4) / count, density.gap + (extra * 0.6) / gaps];
  const left: number[] = [];
  const columnWidth: number[] = [];
  const laneX = new Map<Lane, number>();
  let x = GUTTER + density.pad;
  for (const { packed, least: narrowest } of columns) {
    const width = narrowest + wider;
    left.push(x);
    columnWidth.push(width);
    for (const { offsets, width: needed } of packed) {
      const start = x + (width - needed) / 2;
      for (const [lane, offset] of offsets) laneX.set(lane, start + offset);
    }
    x += width + gap;
  }
  return { width: least + extra, left, columnWidth, laneX };
}
