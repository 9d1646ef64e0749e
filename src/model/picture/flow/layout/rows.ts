/** Where bands and their places are from top to bottom. */
import type { Band, Flow } from '../../../flow.ts';
import type { Cell } from './grid.ts';
import { type Lane, rowsOf } from './lanes.ts';
import { parallels } from './routes.ts';
import { EVENT_ROW, KERNEL_HEADROOM, LINE_HEIGHT, PARALLEL } from './sizes.ts';

const TOP_PAD = 13;
const BAND_MARGIN = 29;
const MIN_BAND = 78;
const MIN_BOX = 38;
/** For the words that tell the two sides apart. */
const HEADER = 20;
/** What a first event needs besides the margin that is there anyway. */
const FIRST_EVENT = 14;
/** Between events that hang from user space and the calls below them. */
const CLEAR = 6;
/** Between the lowest call and the line between user and kernel space. */
const CALL_FOOT = 22;

export interface Rows {
  readonly height: number;
  readonly top: Readonly<Record<Band, number>>;
  readonly bottom: Readonly<Record<Band, number>>;
  readonly boxTop: Readonly<Record<Band, number>>;
  readonly boxHeight: Readonly<Record<Band, number>>;
}

/**
 * Bands as high as their places and the calls and events beside them need.
 * @param twoSides there is something to write above them
 */
export function rowsGeometry(flow: Flow, cells: readonly Cell[], lanes: readonly Lane[], twoSides: boolean): Rows {
  const heights = boxHeights(flow, cells);
  const start = twoSides ? HEADER : 0;
  const [hanging, standing] = [rowsOf(lanes, 'upper', 'hang'), rowsOf(lanes, 'upper', 'stand')];
  const events = Math.max(1, hanging + standing) * EVENT_ROW + (hanging > 0 ? CLEAR : 0);
  const boundary = start + Math.max(MIN_BAND, TOP_PAD + heights.user + events + CALL_FOOT);
  const kernelNeeds = KERNEL_HEADROOM + heights.kernel + BAND_MARGIN + eventHeight(rowsOf(lanes, 'lower', 'hang'));
  const kernelBottom = boundary + Math.max(MIN_BAND, kernelNeeds);
  const hardwareTop = kernelBottom + BAND_MARGIN + eventHeight(rowsOf(lanes, 'lower', 'stand'));
  const hardwareBottom = Math.max(kernelBottom + MIN_BAND, hardwareTop + heights.hardware + TOP_PAD);
  return {
    height: hardwareBottom,
    top: { user: start, kernel: boundary, hardware: kernelBottom },
    bottom: { user: boundary, kernel: kernelBottom, hardware: hardwareBottom },
    boxTop: { user: start + TOP_PAD, kernel: boundary + KERNEL_HEADROOM, hardware: hardwareTop },
    boxHeight: heights,
  };
}

function boxHeights(flow: Flow, cells: readonly Cell[]): Readonly<Record<Band, number>> {
  const parallel = Math.max(1, ...parallels(flow, cells).values());
  const height = (band: Band): number => {
    const lines = cells.filter((cell) => cell.place.band === band).map((cell) => cell.lines.length);
    const least = Math.max(MIN_BOX, parallel * PARALLEL + 4);
    return lines.length === 0 ? 0 : Math.max(least, Math.max(...lines) * LINE_HEIGHT + 12);
  };
  return { user: height('user'), kernel: height('kernel'), hardware: height('hardware') };
}

function eventHeight(rows: number): number {
  return rows === 0 ? 0 : FIRST_EVENT + (rows - 1) * EVENT_ROW;
}
