/** A chart as a picture that stands alone, on a slide or in a report: what the page draws on its canvas, as SVG. */
import * as l10n from '@vscode/l10n';
import { type Description, sentenceOf } from '../../charts/description.ts';
import type { PageResult } from '../../pageResult.ts';
import { titleOf, whatRan } from '../../whatRan.ts';
import {
  type Block,
  MARGIN,
  lines as paragraphs,
  placed,
  SMALL,
  slideAttributes,
  stacked,
  TEXT,
  TITLE,
} from '../blocks.ts';
import { node, type SvgNode } from '../svg.ts';
import { bars } from './bars.ts';
import { boxes } from './boxes.ts';
import { isLogarithmic, lines } from './lines.ts';
import { points } from './points.ts';

/** As wide as the slide of a flow. */
const WIDTH = 1004;
/** Rows of bars or boxes that still can be read on a slide; a report has all of them in its table. */
const MOST_ROWS = 32;

/** The chart as an `svg` element with `width` and `height`, for `svgDocument`. */
export function chartSlide(chart: Description, result: PageResult): SvgNode {
  const room = WIDTH - 2 * MARGIN;
  const shown = inStrips(chart) ? { ...chart, rows: chart.rows.slice(0, MOST_ROWS) } : chart;
  const head = stacked(
    [
      paragraphs([chart.title], room, TITLE, 'foreground', { 'font-weight': 600 }),
      paragraphs([[titleOf(result), ...whatRan(result)].join(' · ')], room, TEXT, 'foreground'),
      paragraphs(notesOf(chart, shown), room, TEXT, 'muted'),
    ],
    3,
  );
  const plot = plotOf(shown, room);
  const { name, kernel, cpu } = result.host;
  const foot = paragraphs([l10n.t('{0}, {1}, {2}. Zero-Copy Lab.', name, kernel, cpu.model)], room, SMALL, 'muted');
  const top = MARGIN + head.height + 18;
  const footTop = top + plot.height + 12;
  return node('svg', slideAttributes(WIDTH, footTop + foot.height + MARGIN), [
    node('title', { id: 'picture-title' }, [chart.title]),
    node('desc', { id: 'picture-description' }, [sentenceOf(chart)]),
    placed(head, MARGIN, MARGIN),
    placed(plot, MARGIN, top),
    placed(foot, MARGIN, footTop),
  ]);
}

function inStrips({ shape }: Description): boolean {
  return shape.kind === 'bars' || shape.kind === 'boxes';
}

function plotOf(chart: Description, room: number): Block {
  switch (chart.shape.kind) {
    case 'bars':
      return bars(chart, room);
    case 'lines':
      return lines(chart, chart.shape, room);
    case 'boxes':
      return boxes(chart, room);
    case 'points':
      return points(chart, room);
  }
}

function notesOf(chart: Description, shown: Description): readonly string[] {
  const left = chart.rows.length - shown.rows.length;
  // The note of boxes says so itself.
  const scale = !inStrips(chart) && isLogarithmic(chart) ? [l10n.t('The scale is logarithmic.')] : [];
  return [
    [chart.note, ...scale].join(' '),
    ...(left > 0 ? [l10n.t('The first {0} of {1} are drawn.', shown.rows.length, chart.rows.length)] : []),
  ];
}
