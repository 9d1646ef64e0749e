/** What charts draw behind their data, so that it can be read: intervals of level lines, and the line of equal values. */
import type { Plugin } from 'chart.js';

/** What a dataset that is a level line carries. */
export interface Level {
  readonly low: number;
  readonly high: number;
  readonly fill: string;
}

/** Interval of a level line, shaded across the chart: it is one measurement, not one per buffer. */
export const levelBand: Plugin = {
  id: 'levelBand',
  beforeDatasetsDraw(chart) {
    const y = chart.scales['y'];
    if (y === undefined) return;
    for (const dataset of chart.data.datasets) {
      const { level } = dataset as unknown as { readonly level?: Level };
      if (level === undefined) continue;
      const [top, bottom] = [y.getPixelForValue(level.high), y.getPixelForValue(level.low)];
      chart.ctx.fillStyle = level.fill;
      chart.ctx.fillRect(chart.chartArea.left, top, chart.chartArea.width, Math.max(1, bottom - top));
    }
  },
};

/** Where both axes have the same value, in charts whose options give it a colour. */
export const equalityLine: Plugin<'line', { readonly color?: string }> = {
  id: 'equalityLine',
  beforeDatasetsDraw({ ctx, chartArea, scales: { x, y } }, _args, { color }) {
    if (x === undefined || y === undefined || color === undefined) return;
    const [from, to] = [Math.max(x.min, y.min), Math.min(x.max, y.max)];
    if (from >= to) return;
    ctx.save();
    ctx.beginPath();
    ctx.rect(chartArea.left, chartArea.top, chartArea.width, chartArea.height);
    ctx.clip();
    ctx.strokeStyle = color;
    ctx.setLineDash([4, 4]);
    ctx.beginPath();
    ctx.moveTo(x.getPixelForValue(from), y.getPixelForValue(from));
    ctx.lineTo(x.getPixelForValue(to), y.getPixelForValue(to));
    ctx.stroke();
    ctx.restore();
  },
};
