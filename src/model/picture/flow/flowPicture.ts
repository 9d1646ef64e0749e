/** The picture of any flow: three bands, places, and a numbered arrow for each step. Where things go is in layout/. */
import * as l10n from '@vscode/l10n';
import type { Flow } from '../../flow.ts';
import { places } from '../../places.ts';
import type { ArrowVerdict } from '../../result/evidence.ts';
import type { Sides } from '../../sides.ts';
import { stepLabels } from '../../stepLabels.ts';
import { node, type SvgNode, textNode, token } from '../svg.ts';
import { type Head, type Point, roundedPath } from './layout/geometry.ts';
import { layoutFlow } from './layout/layout.ts';
import { LINE_HEIGHT, MARK_ASIDE } from './layout/sizes.ts';
import type { Arrow, FlowLayout, Measure } from './layout/types.ts';
import { badge, eventMark, HEAD_LENGTH, head, headLength, verdictMark } from './marks.ts';
import { strokeOf, widthOf } from './strokes.ts';
import { bandName, eventName, proofWord, stepNote } from './words.ts';

const CORNER = 9;
/** Of the names of places, and of those of calls. */
export const NAME_SIZE = 12;
export const CALL_SIZE = 11.5;
const SMALL_SIZE = 11;

/** What a picture shows besides the flow. */
export interface FlowPictureOptions {
  /** Unique in its document. */
  readonly id: string;
  readonly title: string;
  /** Width at hand in pixels: the picture is as wide, but never narrower than its content or wider than reads well. */
  readonly width: number;
  readonly sides: Sides;
  /** Of the texts in it. */
  readonly measure: Measure;
  /** What the evidence says of the steps. */
  readonly verdicts?: readonly ArrowVerdict[];
  /** Steps that the flow it is compared with does not have. */
  readonly own?: ReadonlySet<number>;
  /** Widths of lines in pixels, instead of those of their kinds. */
  readonly widths?: ReadonlyMap<number, number>;
}

/** The picture as an `svg` element. Steps are `g.step[data-step]`, their lines `path.line`. */
export function flowPicture(flow: Flow, options: FlowPictureOptions): SvgNode {
  const { id, title, width, measure } = options;
  const layout = layoutFlow(flow, { width, places: places(), measure, eventName });
  const labels = stepLabels(flow, options.sides);
  // The thin arrows of system calls are painted last. The order never changes, so that what is pointed at stays put.
  const isCall = (arrow: Arrow) => arrow.kind === 'system-call';
  const bottomUp = [...layout.arrows.filter((arrow) => !isCall(arrow)), ...layout.arrows.filter(isCall)];
  return node(
    'svg',
    {
      class: 'flow-picture',
      role: 'img',
      'aria-labelledby': `${id}-title ${id}-description`,
      viewBox: `0 0 ${Math.ceil(layout.width)} ${Math.ceil(layout.height)}`,
      width: Math.ceil(layout.width),
      height: Math.ceil(layout.height),
      fill: 'none',
      'font-family': token('sans'),
      'font-size': NAME_SIZE,
    },
    [
      node('title', { id: `${id}-title` }, [title]),
      node('desc', { id: `${id}-description` }, [inWords(flow, options)]),
      ...layout.bands.map((strip) => bandParts(strip, layout, flow)),
      ...receiverParts(layout, options),
      node('path', {
        class: 'boundary',
        d: `M0 ${layout.boundary}H${layout.width}`,
        stroke: token('foreground'),
        'stroke-opacity': 0.55,
        'stroke-width': 1.5,
      }),
      ...layout.boxes.map(boxParts),
      ...bottomUp.map((arrow) => arrowParts(arrow, labels[arrow.step] ?? '', options)),
    ],
  );
}

const BAND_SHADES = { user: 0.02, kernel: 0.08, hardware: 0.04 } as const;

function bandParts(strip: FlowLayout['bands'][number], layout: FlowLayout, flow: Flow): SvgNode {
  const middle = strip.y + strip.height / 2;
  const x = layout.gutter / 2 + 1;
  const quiet = { fill: token('muted'), 'text-anchor': 'middle', 'font-size': SMALL_SIZE };
  const { y, height, band } = strip;
  return node('g', { 'data-band': band }, [
    node('rect', {
      x: 0,
      y,
      width: layout.width,
      height,
      fill: token('foreground'),
      'fill-opacity': BAND_SHADES[band],
    }),
    textNode(bandName(band), x, middle, { class: 'band-name', ...quiet, transform: `rotate(-90 ${x} ${middle})` }),
    ...(strip.empty && band === 'hardware'
      ? [textNode(noDevice(flow), layout.width / 2 + x, middle, { class: 'band-note', ...quiet })]
      : []),
  ]);
}

/** What is between two hosts may have devices that neither of them can see. */
function noDevice({ steps }: Flow): string {
  return steps.some(({ kind }) => kind === 'wire')
    ? l10n.t('no device that the two hosts know of')
    : l10n.t('no device moves the data');
}

/** Half the width of what joins two ends. */
const BETWEEN = 8;
/** From the line between the sides to their names. */
const ASIDE = 7;

/** A line between the sides of one host; between two ends a strip, named after what joins them. */
function receiverParts(layout: FlowLayout, { sides, measure }: FlowPictureOptions): readonly SvgNode[] {
  if (layout.receiverFrom === null) return [];
  const x = layout.receiverFrom;
  const { ends } = sides;
  const quiet = { fill: token('muted'), 'font-size': SMALL_SIZE };
  const aside = ASIDE + (ends === null ? 0 : BETWEEN);
  /** The full name where there is room for it. */
  const name = (full: string | undefined, short: string, room: number) =>
    full !== undefined && measure(full, 'name') <= room - aside ? full : short;
  return [
    node('g', { class: 'receiver-side' }, [
      ...(ends === null ? dividingLine(x, layout) : between(x, layout, ends.between)),
      textNode(name(ends?.receiver, sides.receiver, layout.width - x), x + aside, 10, quiet),
      textNode(name(ends?.sender, sides.sender, x - layout.gutter), x - aside, 10, { ...quiet, 'text-anchor': 'end' }),
    ]),
  ];
}

function dividingLine(x: number, layout: FlowLayout): readonly SvgNode[] {
  const last = layout.bands.findLast((band) => !band.empty);
  const end = last === undefined ? layout.height : last.y + last.height;
  return [node('path', { d: `M${x} 4L${x} ${end}`, stroke: token('muted'), 'stroke-dasharray': '2 4' })];
}

function between(x: number, layout: FlowLayout, words: string): readonly SvgNode[] {
  const middle = (20 + layout.boundary) / 2;
  return [
    node('rect', { x: x - BETWEEN, y: 0, width: 2 * BETWEEN, height: layout.height, fill: token('background') }),
    ...[-BETWEEN, BETWEEN].map((by) =>
      node('path', { d: `M${x + by} 0V${layout.height}`, stroke: token('muted'), 'stroke-dasharray': '2 4' }),
    ),
    textNode(words, x, middle, {
      class: 'between',
      fill: token('muted'),
      'font-size': SMALL_SIZE,
      'text-anchor': 'middle',
      transform: `rotate(-90 ${x} ${middle})`,
    }),
  ];
}

function boxParts({ place, lines, x, y, width, height }: FlowLayout['boxes'][number]): SvgNode {
  const top = y + height / 2 - ((lines.length - 1) * LINE_HEIGHT) / 2;
  return node('g', { 'data-place': place.id }, [
    node('rect', {
      x,
      y,
      width,
      height,
      rx: 4,
      fill: token('background'),
      stroke: token('foreground'),
      'stroke-opacity': 0.55,
    }),
    ...lines.map((line, index) =>
      textNode(line, x + width / 2, top + index * LINE_HEIGHT, { 'text-anchor': 'middle' }),
    ),
  ]);
}

function arrowParts(arrow: Arrow, number: string, options: FlowPictureOptions): SvgNode {
  const { step, kind, later, receiver, atMost } = arrow;
  const own = options.own?.has(step) === true;
  const verdict = options.verdicts?.find((each) => each.step === step)?.verdict;
  const width = options.widths?.get(step);
  const length = headLength(kind, widthOf(kind, width));
  const classes = ['step', `kind-${kind}`];
  if (later) classes.push('later');
  if (receiver) classes.push('by-receiver');
  if (atMost) classes.push('at-most');
  if (own) classes.push('own');
  return node('g', { class: classes.join(' '), 'data-step': step, 'data-kind': kind }, [
    ...arrow.lines.map((line, index) =>
      node('path', {
        class: 'line',
        d: shortened(line, arrow.heads[index], length),
        ...strokeOf(kind, { later, atMost, width }),
      }),
    ),
    ...arrow.lines.flatMap(([edge]) => (edge === undefined ? [] : eventMark(kind, edge))),
    ...arrow.heads.map((tip) => head(kind, tip, length)),
    ...badge(number, arrow.badge, { receiver, later, own }),
    ...(verdict === undefined
      ? []
      : [verdictMark(verdict, { x: arrow.badge.x - MARK_ASIDE, y: arrow.badge.y - MARK_ASIDE })]),
    ...labelParts(arrow, own),
  ]);
}

function labelParts({ label, kind }: Arrow, own: boolean): readonly SvgNode[] {
  if (label === null) return [];
  const font =
    kind === 'system-call' ? { 'font-family': token('mono'), 'font-size': CALL_SIZE } : { 'font-size': SMALL_SIZE };
  // Clear of the ring around the number.
  return [textNode(label.text, label.x + (own ? 2 : 0), label.y, { class: 'label', ...font })];
}

/** A line that ends inside its head, so that a wide stroke does not stick out at the tip. */
function shortened(line: readonly Point[], tip: Head | undefined, length = HEAD_LENGTH): string {
  if (tip === undefined) return roundedPath(line, CORNER);
  const back = (tip.angle * Math.PI) / 180;
  const by = length - 2;
  const end = { x: tip.x - Math.cos(back) * by, y: tip.y - Math.sin(back) * by };
  return roundedPath([...line.slice(0, -1), end], CORNER);
}

function inWords(flow: Flow, { sides, verdicts }: FlowPictureOptions): string {
  const labels = stepLabels(flow, sides);
  return flow.steps
    .map((step, index) => {
      const verdict = verdicts?.find((each) => each.step === index);
      const proof = verdict === undefined ? '' : ` [${proofWord(verdict.verdict)}]`;
      return `${labels[index]}. ${step.text}${stepNote(step, sides)}${proof}`;
    })
    .join(' ');
}
