/** A box from the median to the 99th percentile, a whisker to the longest, a ring at the 99.9th, on a logarithmic scale. */
import { type Description, middle, type Row } from '../../charts/description.ts';
import type { Block } from '../blocks.ts';
import { hundredths, node, type SvgNode, token } from '../svg.ts';
import { lookColor } from './looks.ts';
import { type Strip, strips } from './rows.ts';
import { logScale } from './scale.ts';

const HEIGHT = 15;
const RING = 3;

export function boxes({ rows, columns }: Description, room: number): Block {
  const [, column] = columns;
  const all = rows.flatMap((row) => Object.values(endsOf(row)).filter((value) => value !== null));
  return strips({
    rows,
    room,
    height: HEIGHT,
    scale: (ends) => logScale(all, ends),
    column: column === undefined ? undefined : { ...column, title: '', unit: '' },
    shapes: boxOf,
    numbers: (row) => {
      const { median, longest } = endsOf(row);
      const words = column?.words ?? String;
      return [median === null ? words(longest ?? 0) : `${words(median)} – ${words(longest ?? 0)}`];
    },
  });
}

/** What there is of a row; of few calls only what can be told apart. */
function endsOf({ values }: Row) {
  const [, median = null, most = null, ring = null, longest = null] = values.map(middle);
  return { median, most, ring, longest };
}

function boxOf(row: Row, { y, height, scale }: Strip): readonly SvgNode[] {
  const { median, most, ring, longest } = endsOf(row);
  if (longest === null) return [];
  const at = y + height / 2;
  const [from, to, end] = [median ?? longest, most ?? median ?? longest, longest].map((value) =>
    hundredths(scale.at(value)),
  ) as [number, number, number];
  const stroke = { stroke: lookColor(row.look), 'stroke-width': 1.5 };
  return [
    node('path', { d: `M${to} ${at}H${end}M${end} ${at - 4}V${at + 4}`, ...stroke }),
    node('rect', {
      x: from,
      y: y + 1,
      width: to - from,
      height: height - 2,
      ...stroke,
      fill: lookColor(row.look),
      'fill-opacity': 0.4,
    }),
    node('path', { d: `M${from} ${y}V${y + height}`, stroke: token('foreground'), 'stroke-width': 2 }),
    ...(ring === null
      ? []
      : [
          node('circle', {
            cx: scale.at(ring),
            cy: at,
            r: RING,
            stroke: token('foreground'),
            fill: token('background'),
          }),
        ]),
  ];
}
