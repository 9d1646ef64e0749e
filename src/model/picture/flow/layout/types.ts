/** What a layout is made from, and what it consists of. */
import type { Band, EventKind, Place, StepKind } from '../../../flow.ts';
import type { Head, Point, Rect } from './geometry.ts';

export interface BandStrip extends Rect {
  readonly band: Band;
  /** No place of this flow is in the band. */
  readonly empty: boolean;
}

export interface PlaceBox extends Rect {
  readonly place: Place;
  readonly lines: readonly string[];
}

export interface Arrow {
  /** Index of the step in the flow; the number shown is one more. */
  readonly step: number;
  readonly kind: StepKind;
  readonly later: boolean;
  readonly receiver: boolean;
  /** It need not happen every time. */
  readonly atMost: boolean;
  /** Parallel lines: one, or two for a mapping and for the way in and out of a system call. */
  readonly lines: readonly (readonly Point[])[];
  readonly heads: readonly Head[];
  /** Centre of the numbered circle. */
  readonly badge: Point;
  /** Name of the call or kind of event; `x` is its left edge, `y` its middle. */
  readonly label: (Point & { readonly text: string }) | null;
}

export interface FlowLayout {
  readonly width: number;
  readonly height: number;
  readonly bands: readonly BandStrip[];
  readonly boxes: readonly PlaceBox[];
  readonly arrows: readonly Arrow[];
  /** Height of the line between user and kernel space. */
  readonly boundary: number;
  /** Left edge of what belongs to the receiver, or null. */
  readonly receiverFrom: number | null;
  /** Space for the band names at the left. */
  readonly gutter: number;
}

/** Width of a text in the font of place names or of call names. */
export type Measure = (text: string, font: 'name' | 'call') => number;

export interface LayoutOptions {
  /** Width at hand; the layout is as wide, but never narrower than its content or wider than reads well. */
  readonly width: number;
  readonly places: readonly Place[];
  readonly measure: Measure;
  /** Words for events that have no name of their own. */
  readonly eventName: (kind: EventKind) => string;
}
