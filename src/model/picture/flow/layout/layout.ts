/**
 * Pure geometry of a flow diagram: from steps and places to boxes, arrows and numbers in pixels. Nothing here knows the
 * DOM; text widths come in through `measure`.
 */
import type { Band, Flow } from '../../../flow.ts';
import { placesOf } from '../../../flow.ts';
import { ArrowDrawer } from './arrows.ts';
import { type Columns, columnsOf } from './columns.ts';
import { type Cell, placeCells, unwrapped } from './grid.ts';
import { lanesOf } from './lanes.ts';
import { type Rows, rowsGeometry } from './rows.ts';
import { receiverEdge } from './sides.ts';
import { COMFORTABLE, COMPACT, type Density, GUTTER } from './sizes.ts';
import type { FlowLayout, LayoutOptions, PlaceBox } from './types.ts';

const BANDS: readonly Band[] = ['user', 'kernel', 'hardware'];

/** Lays a flow out. */
export function layoutFlow(flow: Flow, options: LayoutOptions): FlowLayout {
  const comfortable = layoutAt(flow, options, COMFORTABLE);
  return comfortable.width <= options.width ? comfortable : layoutAt(flow, options, COMPACT);
}

function layoutAt(flow: Flow, options: LayoutOptions, density: Density): FlowLayout {
  const narrow = placeCells(placesOf(flow, options.places), options.measure, density.nameWidth);
  const lanes = lanesOf(flow, narrow, options);
  const columns = columnsOf(narrow, lanes, options, density);
  const cells = unwrapped(narrow, columns.columnWidth, options.measure);
  const receiverFrom = receiverEdge(flow, cells, columns);
  const rows = rowsGeometry(flow, cells, lanes, receiverFrom !== null);
  const boxes = cells.map((cell) => boxOf(cell, columns, rows));
  const draw = new ArrowDrawer(flow, cells, boxes, lanes, columns, rows, options);
  return {
    width: columns.width,
    height: rows.height,
    bands: BANDS.map((band) => ({
      band,
      empty: !cells.some((cell) => cell.place.band === band),
      x: 0,
      y: rows.top[band],
      width: columns.width,
      height: rows.bottom[band] - rows.top[band],
    })),
    boxes,
    arrows: flow.steps.map((step, index) => draw.arrow(step, index)),
    boundary: rows.bottom.user,
    receiverFrom,
    gutter: GUTTER,
  };
}

function boxOf(cell: Cell, columns: Columns, rows: Rows): PlaceBox {
  const { band } = cell.place;
  return {
    place: cell.place,
    lines: cell.lines,
    x: columns.left[cell.column] as number,
    y: rows.boxTop[band],
    width: columns.columnWidth[cell.column] as number,
    height: rows.boxHeight[band],
  };
}
