/** Draws any flow as SVG: bands, places, arrows. Where things go is worked out in flowLayout/. */
import * as l10n from '@vscode/l10n';
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { Band, EventKind, Flow, Step, StepKind } from '../../model/flow.ts';
import { places } from '../../model/places.ts';
import type { Sides } from '../shell/words.ts';
import { type Head, type Point, roundedPath } from './layout/geometry.ts';
import { layoutFlow } from './layout/layout.ts';
import { BADGE_RADIUS, LINE_HEIGHT, MARK_ASIDE } from './layout/sizes.ts';
import type { Arrow, FlowLayout } from './layout/types.ts';
import { proofMark, proofWord, type StepVerdict } from './proof.ts';

const CORNER = 9;
const HEAD_LENGTH = 8;
/** Below this share of its own size a diagram scrolls instead of shrinking further. */
const SMALLEST_SCALE = 0.75;

/** What a diagram shows besides the flow. */
export interface DiagramOptions {
  /** Unique in the page. */
  readonly id: string;
  readonly title: string;
  /** Width at hand in pixels. */
  readonly width: number;
  /** Steps to point out. */
  readonly active: ReadonlySet<number>;
  readonly pointAt: (step: number | null) => void;
  readonly sides: Sides;
  /** What the evidence says of the steps. */
  readonly verdicts: readonly StepVerdict[];
}

/** The diagram of a flow. */
export function flowDiagram(flow: Flow, options: DiagramOptions): TemplateResult {
  const layout = layoutFlow(flow, { width: options.width, places: places(), measure: textWidth, eventName });
  const scale = Math.min(1, Math.max(SMALLEST_SCALE, options.width / layout.width));
  // The thin arrows of system calls are painted last. The order never changes, so that what is pointed at stays put.
  const isCall = (arrow: Arrow) => arrow.kind === 'system-call';
  const bottomUp = [...layout.arrows.filter((arrow) => !isCall(arrow)), ...layout.arrows.filter(isCall)];
  return html`<svg
    class="flow-picture"
    role="img"
    aria-labelledby="${options.id}-title ${options.id}-description"
    viewBox="0 0 ${layout.width} ${layout.height}"
    width=${Math.floor(layout.width * scale)}
    height=${Math.ceil(layout.height * scale)}
  >
    <title id="${options.id}-title">${options.title}</title>
    <desc id="${options.id}-description">${inWords(flow, options)}</desc>
    ${layout.bands.map((strip) => bandParts(strip, layout))} ${receiverParts(layout, options.sides)}
    <line class="boundary" x1="0" x2=${layout.width} y1=${layout.boundary} y2=${layout.boundary} />
    ${layout.boxes.map(boxParts)} ${bottomUp.map((arrow) => arrowParts(arrow, options))}
  </svg>`;
}

/** Name of a band, as on the seed's pictures. */
export function bandName(band: Band): string {
  switch (band) {
    case 'user':
      return l10n.t('user space');
    case 'kernel':
      return l10n.t('kernel space');
    case 'hardware':
      return l10n.t('hardware');
  }
}

/** Name of a kind of step, for legend and list. */
export function kindName(kind: StepKind): string {
  switch (kind) {
    case 'cpu-copy':
      return l10n.t('CPU copy');
    case 'dma-copy':
      return l10n.t('DMA copy');
    case 'page-reference':
      return l10n.t('reference to pages or blocks');
    case 'mapping':
      return l10n.t('mapping');
    case 'system-call':
      return l10n.t('system call: in and back, 2 crossings');
    case 'fault':
      return l10n.t('page fault');
    case 'touch':
      return l10n.t('pass of the CPU that copies nothing');
    case 'wait':
      return l10n.t('wait');
  }
}

/** The line of a kind, as the diagrams draw it; `atMost` of one that need not happen. */
export function legendLine(kind: StepKind, atMost = false): TemplateResult {
  const y = 8;
  const line = (from: number, to: number, at: number) => svg`<path class="line" d="M${from} ${at}L${to} ${at}" />`;
  const parts =
    kind === 'system-call'
      ? svg`${line(4, 26, 4)}${head({ x: 34, y: 4, angle: 0 }, 6)}${line(12, 34, 12)}${head({ x: 4, y: 12, angle: 180 }, 6)}`
      : kind === 'mapping'
        ? svg`${line(2, 36, y - 2)}${line(2, 36, y + 2)}`
        : isEvent(kind)
          ? eventMark(kind, 19, y)
          : svg`${line(2, 29, y)}${head({ x: 36, y, angle: 0 })}`;
  return html`<svg class="legend-line kind-${kind} ${atMost ? 'at-most' : ''}" viewBox="0 0 38 16" width="38" height="16" aria-hidden="true">${parts}</svg>`;
}

function isEvent(kind: StepKind): boolean {
  return kind === 'fault' || kind === 'touch' || kind === 'wait';
}

function eventName(kind: EventKind): string {
  switch (kind) {
    case 'fault':
      return l10n.t('page fault');
    case 'touch':
      return l10n.t('CPU pass');
    case 'wait':
      return l10n.t('wait');
  }
}

function bandParts(strip: FlowLayout['bands'][number], layout: FlowLayout): TemplateResult {
  const middle = strip.y + strip.height / 2;
  const x = layout.gutter / 2 + 1;
  return svg`<g class="band band-${strip.band}" data-band=${strip.band}>
    <rect x="0" y=${strip.y} width=${layout.width} height=${strip.height} />
    <text class="band-name" x=${x} y=${middle} transform="rotate(-90 ${x} ${middle})">${bandName(strip.band)}</text>
    ${
      strip.empty && strip.band === 'hardware'
        ? svg`<text class="band-note" x=${layout.width / 2 + x} y=${middle}>${l10n.t('no device moves the data')}</text>`
        : nothing
    }
  </g>`;
}

function receiverParts(layout: FlowLayout, sides: Sides): TemplateResult | typeof nothing {
  if (layout.receiverFrom === null) return nothing;
  const x = layout.receiverFrom;
  const last = layout.bands.findLast((band) => !band.empty);
  const end = last === undefined ? layout.height : last.y + last.height;
  return svg`<g class="receiver-side">
    <path d="M${x} 4L${x} ${end}" />
    <text x=${x + 7} y="10">${sides.receiver}</text>
    <text class="sender" x=${x - 7} y="10">${sides.sender}</text>
  </g>`;
}

function boxParts(box: FlowLayout['boxes'][number]): TemplateResult {
  const middle = box.x + box.width / 2;
  const top = box.y + box.height / 2 - ((box.lines.length - 1) * LINE_HEIGHT) / 2;
  return svg`<g class="place" data-place=${box.place.id}>
    <rect x=${box.x} y=${box.y} width=${box.width} height=${box.height} rx="4" />
    ${box.lines.map((line, index) => svg`<text x=${middle} y=${top + index * LINE_HEIGHT}>${line}</text>`)}
  </g>`;
}

function arrowParts(arrow: Arrow, options: DiagramOptions): TemplateResult {
  const classes = ['step', `kind-${arrow.kind}`];
  if (arrow.later) classes.push('later');
  if (arrow.receiver) classes.push('by-receiver');
  if (arrow.atMost) classes.push('at-most');
  if (options.active.size > 0) classes.push(options.active.has(arrow.step) ? 'active' : 'aside');
  const verdict = verdictOf(options.verdicts, arrow.step);
  const paths = arrow.lines.map((line) => roundedPath(line, CORNER));
  return svg`<g
    class=${classes.join(' ')}
    data-step=${arrow.step}
    data-kind=${arrow.kind}
    @pointerenter=${() => options.pointAt(arrow.step)}
    @pointerleave=${() => options.pointAt(null)}
  >
    ${paths.map((path) => svg`<path class="reach" d=${path} />`)}
    ${arrow.lines.map((line, index) => svg`<path class="line" d=${shortened(line, arrow.heads[index])} />`)}
    ${isEvent(arrow.kind) ? arrow.lines.map(([edge]) => (edge === undefined ? nothing : eventMark(arrow.kind, edge.x, edge.y))) : nothing}
    ${arrow.heads.map((each) => head(each, arrow.kind === 'system-call' ? 6 : HEAD_LENGTH))}
    ${badge(arrow)}
    <text class="badge-number" x=${arrow.badge.x} y=${arrow.badge.y}>${arrow.step + 1}</text>
    ${verdict === undefined ? nothing : proofMark(verdict.verdict, { x: arrow.badge.x - MARK_ASIDE, y: arrow.badge.y - MARK_ASIDE })}
    ${arrow.label === null ? nothing : svg`<text class="label" x=${arrow.label.x} y=${arrow.label.y}>${arrow.label.text}</text>`}
  </g>`;
}

/** A line that ends inside its head, so that a wide stroke does not stick out at the tip. */
function shortened(line: readonly Point[], tip: Head | undefined): string {
  if (tip === undefined) return roundedPath(line, CORNER);
  const back = (tip.angle * Math.PI) / 180;
  const by = HEAD_LENGTH - 2;
  const end = { x: tip.x - Math.cos(back) * by, y: tip.y - Math.sin(back) * by };
  return roundedPath([...line.slice(0, -1), end], CORNER);
}

function head(tip: Head, length = HEAD_LENGTH): TemplateResult {
  const half = length * 0.55;
  return svg`<path
    class="head"
    d="M0 0L${-length} ${-half}L${-length} ${half}Z"
    transform="translate(${tip.x} ${tip.y}) rotate(${tip.angle})"
  />`;
}

/** Round, or square with round corners where the receiver does it. */
function badge({ badge: { x, y }, receiver }: Arrow): TemplateResult {
  const size = 2 * BADGE_RADIUS - 1;
  return receiver
    ? svg`<rect class="badge" x=${x - size / 2} y=${y - size / 2} width=${size} height=${size} rx="3.5" />`
    : svg`<circle class="badge" cx=${x} cy=${y} r=${BADGE_RADIUS} />`;
}

/** A diamond for a fault, a square for a pass, an hourglass for a wait. */
function eventMark(kind: StepKind, x: number, y: number): TemplateResult {
  const shape =
    kind === 'touch'
      ? 'M-4.5 -4.5H4.5V4.5H-4.5Z'
      : kind === 'wait'
        ? 'M-4.5 -5H4.5L-4.5 5H4.5Z'
        : 'M0 -5.5L5.5 0L0 5.5L-5.5 0Z';
  return svg`<path class="head" d=${shape} transform="translate(${x} ${y})" />`;
}

function inWords(flow: Flow, { sides, verdicts }: DiagramOptions): string {
  return flow.steps
    .map((step, index) => {
      const verdict = verdictOf(verdicts, index);
      const proof = verdict === undefined ? '' : ` [${proofWord(verdict.verdict)}]`;
      return `${index + 1}. ${step.text}${stepNote(step, sides)}${proof}`;
    })
    .join(' ');
}

function verdictOf(verdicts: readonly StepVerdict[], step: number): StepVerdict | undefined {
  return verdicts.find((each) => each.step === step);
}

/** What is particular to a step besides its sentence. */
export function stepNote(step: Step, sides: Sides): string {
  const notes = [
    ...(step.atMost ? [l10n.t('at most; not every time')] : []),
    ...(step.later ? [l10n.t('after the call returned')] : []),
    ...(step.receiver ? [sides.byReceiver] : []),
  ];
  return notes.length === 0 ? '' : ` (${notes.join(', ')})`;
}

let measuring: CanvasRenderingContext2D | null | undefined;

/** Width of a text in the diagrams' fonts; see styles/flows.ts. */
function textWidth(text: string, font: 'name' | 'call'): number {
  measuring ??= document.createElement('canvas').getContext('2d');
  if (measuring === null || measuring === undefined) return text.length * 7;
  const style = getComputedStyle(document.body);
  const mono = style.getPropertyValue('--vscode-editor-font-family') || 'monospace';
  measuring.font = font === 'name' ? `12px ${style.fontFamily}` : `11.5px ${mono}`;
  return measuring.measureText(text).width;
}
