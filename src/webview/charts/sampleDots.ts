/** Single transfers as dots over the bars of a chart, so that one sees what the intervals were made from. */
import type { Chart, ChartDataset, Plugin } from 'chart.js';
import type { SampleDot } from '../../model/charts/description.ts';

/** What a dataset of horizontal bars carries for the plugin: the dots of each bar, in the order of the rounds. */
export interface DottedDataset {
  readonly dots: readonly (readonly SampleDot[])[];
  readonly dotColor: string;
}

const RADIUS = 1.75;
/** The dots of a bar lie within this share of its height, the first round on top. */
const SPREAD = 0.7;

export const sampleDots: Plugin = {
  id: 'sampleDots',
  afterDatasetsDraw(chart) {
    for (const [nth, dataset] of chart.data.datasets.entries()) {
      if ('dots' in dataset) drawDots(chart, nth, dataset as ChartDataset & DottedDataset);
    }
  },
};

function drawDots(chart: Chart, nth: number, { dots, dotColor }: DottedDataset): void {
  const { ctx } = chart;
  const scale = chart.scales['x'];
  if (scale === undefined) return;
  ctx.save();
  ctx.strokeStyle = dotColor;
  ctx.fillStyle = dotColor;
  ctx.lineWidth = 1;
  for (const [index, bar] of chart.getDatasetMeta(nth).data.entries()) {
    const { y, height } = bar.getProps(['y', 'height'], true) as unknown as { y: number; height: number };
    const own = dots[index] ?? [];
    for (const [round, { value, kind }] of own.entries()) {
      const aside = own.length === 1 ? 0 : round / (own.length - 1) - 0.5;
      drawDot(ctx, kind, scale.getPixelForValue(value), y + aside * SPREAD * height);
    }
  }
  ctx.restore();
}

function drawDot(ctx: CanvasRenderingContext2D, kind: SampleDot['kind'], x: number, y: number): void {
  ctx.beginPath();
  switch (kind) {
    case 'counted':
      ctx.arc(x, y, RADIUS, 0, 2 * Math.PI);
      ctx.fill();
      break;
    case 'outlier':
      ctx.arc(x, y, RADIUS + 1, 0, 2 * Math.PI);
      ctx.stroke();
      break;
    case 'excluded':
      ctx.moveTo(x - 3, y - 3);
      ctx.lineTo(x + 3, y + 3);
      ctx.moveTo(x - 3, y + 3);
      ctx.lineTo(x + 3, y - 3);
      ctx.stroke();
      break;
  }
}
