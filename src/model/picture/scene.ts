/** What a small picture consists of, in its own units of about a pixel; draw.ts makes SVG of it. */
import type { Band, MoveKind } from '../flow.ts';

export interface Scene {
  /** What there is to see, in words, for those who cannot. */
  readonly alt: string;
  readonly height: number;
  readonly parts: readonly Part[];
}

/** All pictures are equally wide. */
export const SCENE_WIDTH = 420;

export type Part = BandPart | BoxPart | ArrowPart | TextPart | LinePart | DotPart;

/** A strip from side to side, with its name on the left. */
export interface BandPart {
  readonly part: 'band';
  readonly band: Band;
  readonly y: number;
  readonly height: number;
}

/**
 * `plain` is a place; `full` holds something; `ghost` is one that is not there, or not yet; `busy` and `other` are two
 * kinds of work on a line of time.
 */
export type BoxLook = 'plain' | 'full' | 'ghost' | 'busy' | 'other';

export interface BoxPart {
  readonly part: 'box';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Broken into lines where it is too long. */
  readonly text: string;
  readonly look: BoxLook;
}

/** Drawn as in the diagrams of flows, where there is such an arrow; `points` is a thin one that only points. */
export type ArrowKind = MoveKind | 'system-call' | 'points';

export interface ArrowPart {
  readonly part: 'arrow';
  readonly kind: ArrowKind;
  /** At least two. */
  readonly along: readonly Point[];
  /** Happens after the call returned. */
  readonly later: boolean;
}

export type Point = readonly [x: number, y: number];

export interface TextPart {
  readonly part: 'text';
  readonly at: Point;
  readonly text: string;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly look: 'plain' | 'muted' | 'strong' | 'code';
}

/** `axis` is thin and solid, `limit` dashed. */
export interface LinePart {
  readonly part: 'line';
  readonly along: readonly Point[];
  readonly look: 'axis' | 'limit' | 'interval';
}

export interface DotPart {
  readonly part: 'dot';
  readonly at: Point;
  readonly look: 'sample' | 'median';
}
