/** How large things are, and how close they stand; pixels. */

export const BADGE_RADIUS = 8.5;
/** Of the mark of a verdict, whose centre is so far left of the number and above it. */
export const MARK_RADIUS = 6;
export const MARK_ASIDE = BADGE_RADIUS - 0.5;
export const LINE_HEIGHT = 15;

/** Names on one line where there is room, else as narrow as stays clear. */
export interface Density {
  readonly nameWidth: number;
  readonly gap: number;
  readonly pad: number;
}

export const COMFORTABLE: Density = { nameWidth: 84, gap: 36, pad: 12 };
export const COMPACT: Density = { nameWidth: 48, gap: 34, pad: 8 };

/** Between the edge of a place and its name. */
export const BOX_PAD = 9;
/** Left of everything, for the names of the bands. */
export const GUTTER = 24;
/** From the centre of a badge to the text beside it. */
export const LABEL_GAP = BADGE_RADIUS + 4;
/** From the edge of a place to the centre of the badge of an event there. */
export const EVENT_REACH = 9 + BADGE_RADIUS;
/** From one call or event of a column to the next one below. */
export const EVENT_ROW = 22;
/** From one arrow to the next between the same two places. */
export const PARALLEL = 20;
/** From the line between user and kernel space to the places of the kernel, where the tips of calls are. */
export const KERNEL_HEADROOM = 32;
