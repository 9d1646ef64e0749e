/** A small picture as SVG. */
import type { StepKind } from '../flow.ts';
import { wrapped } from '../wrapped.ts';
import { type Point as FlowPoint, type Head, headOf, offset, roundedPath } from './flow/layout/geometry.ts';
import { head, headLength } from './flow/marks.ts';
import { strokeOf, widthOf } from './flow/strokes.ts';
import { bandName } from './flow/words.ts';
import {
  type ArrowPart,
  type BandPart,
  type BoxLook,
  type BoxPart,
  type DotPart,
  type LinePart,
  type Part,
  SCENE_WIDTH,
  type Scene,
  type TextPart,
} from './scene.ts';
import { node, type SvgAttributes, type SvgNode, textNode, token } from './svg.ts';
import { textWidth } from './textWidth.ts';

const FONT_SIZE = 12;
const SMALL_SIZE = 11;
const LINE_HEIGHT = 14;
const CORNER = 6;
/** The strip that the name of a band stands in. */
const GUTTER = 20;

/** The picture as an `svg` element. @param id unique in its document */
export function scenePicture({ alt, height, parts }: Scene, id: string): SvgNode {
  return node(
    'svg',
    {
      class: 'scene',
      role: 'img',
      'aria-labelledby': `${id}-title`,
      viewBox: `0 0 ${SCENE_WIDTH} ${height}`,
      width: SCENE_WIDTH,
      height,
      fill: 'none',
      'font-family': token('sans'),
      'font-size': FONT_SIZE,
    },
    [node('title', { id: `${id}-title` }, [alt]), ...parts.flatMap(partNodes)],
  );
}

function partNodes(part: Part): readonly SvgNode[] {
  switch (part.part) {
    case 'band':
      return bandNodes(part);
    case 'box':
      return boxNodes(part);
    case 'arrow':
      return arrowNodes(part);
    case 'text':
      return [label(part)];
    case 'line':
      return [lineNode(part)];
    case 'dot':
      return [dotNode(part)];
  }
}

const BAND_SHADES = { user: 0.02, kernel: 0.08, hardware: 0.04 } as const;

function bandNodes({ band, y, height }: BandPart): readonly SvgNode[] {
  const [x, middle] = [GUTTER / 2 + 1, y + height / 2];
  return [
    node('rect', { x: 0, y, width: SCENE_WIDTH, height, fill: token('foreground'), 'fill-opacity': BAND_SHADES[band] }),
    textNode(bandName(band), x, middle, {
      fill: token('muted'),
      'text-anchor': 'middle',
      'font-size': 10,
      transform: `rotate(-90 ${x} ${middle})`,
    }),
  ];
}

/** Told apart by outline and filling, and by what stands in them. */
const BOX_LOOKS: Readonly<Record<BoxLook, SvgAttributes>> = {
  plain: { fill: token('background'), stroke: token('foreground'), 'stroke-opacity': 0.55 },
  full: { fill: token('blue'), 'fill-opacity': 0.25, stroke: token('blue') },
  ghost: { stroke: token('foreground'), 'stroke-opacity': 0.55, 'stroke-dasharray': '3 3' },
  busy: { fill: token('green'), 'fill-opacity': 0.22, stroke: token('green') },
  other: { fill: token('orange'), 'fill-opacity': 0.22, stroke: token('orange'), 'stroke-width': 2 },
};

function boxNodes({ x, y, width, height, text, look }: BoxPart): readonly SvgNode[] {
  const lines = text === '' ? [] : wrapped(text, width - 8, (line) => textWidth(line, FONT_SIZE));
  const top = y + height / 2 - ((lines.length - 1) * LINE_HEIGHT) / 2;
  return [
    // What is below a box must not shine through its colour.
    node('rect', { x, y, width, height, rx: 4, fill: token('background') }),
    node('rect', { x, y, width, height, rx: 4, ...BOX_LOOKS[look] }),
    ...lines.map((line, index) =>
      textNode(line, x + width / 2, top + index * LINE_HEIGHT, { 'text-anchor': 'middle' }),
    ),
  ];
}

/** How far apart the two lines of a mapping are. */
const DOUBLE = 2.5;

function arrowNodes({ kind, along, later }: ArrowPart): readonly SvgNode[] {
  const points = along.map(([x, y]) => ({ x, y }));
  if (kind === 'mapping') {
    // The same pages seen from two sides: no direction.
    return [-DOUBLE, DOUBLE].map((by) => lineOf('mapping', offset(points, by), later));
  }
  // What only points is drawn as thin as a call.
  const drawn = kind === 'points' ? 'system-call' : kind;
  const tip = headOf(points);
  const length = headLength(drawn, widthOf(drawn, undefined));
  return [lineOf(drawn, [...points.slice(0, -1), inside(tip, length)], later), head(drawn, tip, length)];
}

function lineOf(kind: StepKind, points: readonly FlowPoint[], later: boolean): SvgNode {
  return node('path', { d: roundedPath(points, CORNER), ...strokeOf(kind, { later }) });
}

/** Where a line ends so that a wide stroke does not stick out at the tip of its head. */
function inside({ x, y, angle }: Head, length: number): FlowPoint {
  const back = (angle * Math.PI) / 180;
  return { x: x - Math.cos(back) * (length - 2), y: y - Math.sin(back) * (length - 2) };
}

const TEXT_LOOKS: Readonly<Record<TextPart['look'], SvgAttributes>> = {
  plain: {},
  muted: { fill: token('muted'), 'font-size': SMALL_SIZE },
  strong: { 'font-weight': 600 },
  code: { 'font-family': token('mono'), 'font-size': SMALL_SIZE },
};

function label({ at: [x, y], text, anchor, look }: TextPart): SvgNode {
  return textNode(text, x, y, { 'text-anchor': anchor, ...TEXT_LOOKS[look] });
}

const LINE_LOOKS: Readonly<Record<LinePart['look'], SvgAttributes>> = {
  axis: { stroke: token('foreground'), 'stroke-opacity': 0.55 },
  limit: { stroke: token('muted'), 'stroke-dasharray': '3 4' },
  interval: { stroke: token('blue'), 'stroke-width': 5 },
};

function lineNode({ along, look }: LinePart): SvgNode {
  const d = along.map(([x, y], nth) => `${nth === 0 ? 'M' : 'L'}${x} ${y}`).join('');
  return node('path', { d, ...LINE_LOOKS[look] });
}

/** A round; a median is a bar, as in the ranking. */
function dotNode({ at: [x, y], look }: DotPart): SvgNode {
  return look === 'sample'
    ? node('circle', { cx: x, cy: y, r: 3, fill: token('foreground'), 'fill-opacity': 0.7 })
    : node('path', { d: `M${x} ${y - 8}V${y + 8}`, stroke: token('foreground'), 'stroke-width': 2.5 });
}
