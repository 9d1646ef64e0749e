/** A point per row: the second column over the first, with the line on which both are equal. */
import { type Description, middle } from '../../charts/description.ts';
import type { Block } from '../blocks.ts';
import { node, token } from '../svg.ts';
import { AXIS_HEIGHT, AXIS_TITLE, acrossAxis, upAxis } from './axes.ts';
import { LABEL, labels, labelsWidth } from './labels.ts';
import { ends, HEIGHT, isLogarithmic, LEFT, seriesOf, whisker } from './lines.ts';
import { lookPoint } from './looks.ts';
import { type Ends, linearScale, logScale } from './scale.ts';

export function points(chart: Description, room: number): Block {
  const [acrossColumn, upColumn] = chart.columns;
  const series = seriesOf(chart.rows);
  const right = room - Math.ceil(labelsWidth(series.map(({ mode }) => mode)));
  const bottom = AXIS_TITLE + Math.max(HEIGHT, series.length * LABEL);
  // One scale for both, or the line of equality would mean nothing.
  const values = chart.rows.flatMap((row) => row.values.flatMap(ends));
  const scale = (to: Ends) =>
    isLogarithmic(chart) ? logScale(values, to) : linearScale(Math.max(0, ...values), 5, to);
  const [across, up] = [scale([LEFT, right]), scale([bottom, AXIS_TITLE])];
  const pointOf = (row: Description['rows'][number]) => ({
    x: across.at(middle(row.values[0]) ?? 0),
    y: up.at(middle(row.values[1]) ?? 0),
  });
  return {
    height: bottom + AXIS_HEIGHT,
    nodes: [
      ...upAxis(up, upColumn, { left: LEFT, right, top: AXIS_TITLE }),
      ...acrossAxis(across, acrossColumn, { top: AXIS_TITLE, bottom }),
      node('path', {
        d: `M${LEFT} ${bottom}L${right} ${AXIS_TITLE}`,
        stroke: token('muted'),
        'stroke-dasharray': '4 4',
      }),
      ...chart.rows.flatMap((row) => {
        const { x, y } = pointOf(row);
        return [...whisker(row.values[1] ?? null, row.look, x, up), lookPoint(row.look, x, y)];
      }),
      ...labels(
        series.map(({ mode, look, rows }) => {
          const heights = rows.map((row) => pointOf(row).y);
          const y = heights.reduce((sum, each) => sum + each, 0) / Math.max(1, heights.length);
          return { mode, look, y, leader: null, pointed: true, lined: false };
        }),
        right,
        bottom,
      ),
    ],
  };
}
