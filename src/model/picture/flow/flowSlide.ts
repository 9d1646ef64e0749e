/** A flow as a picture that stands alone, on a slide or in a text: with its steps, its numbers, its legend and its host. */
import * as l10n from '@vscode/l10n';
import type { ChunkCounts, Step } from '../../flow.ts';
import type { FlowView } from '../../flowViews.ts';
import type { CaseOutline } from '../../pageResult.ts';
import type { Host } from '../../result/host.ts';
import { type CostSource, largestCost, type StepFacts } from '../../stepFacts.ts';
import { stepLabels, stepLists } from '../../stepLabels.ts';
import { formatBytes, formatNumber } from '../../units.ts';
import { type Block, lines, MARGIN, placed, SMALL, slideAttributes, stacked, TEXT, TITLE } from '../blocks.ts';
import { node, type SvgNode, textNode } from '../svg.ts';
import { textWidth } from '../textWidth.ts';
import { costWidths } from './costWidths.ts';
import { CALL_SIZE, flowPicture, NAME_SIZE } from './flowPicture.ts';
import type { Measure } from './layout/types.ts';
import { KINDS, VERDICTS } from './legend.ts';
import { badge } from './marks.ts';
import { lineSample, SAMPLE_HEIGHT, SAMPLE_WIDTH, verdictSample } from './samples.ts';
import { kindName, proofWord, stepNote } from './words.ts';

const PICTURE_WIDTH = 540;
const STEPS_WIDTH = 372;
const GAP = 36;
/** Left of a step's sentence, for its number. */
const NUMBER = 28;

type HostName = Pick<Host, 'name' | 'kernel'>;

export interface SlideOptions {
  readonly host: HostName;
  /** The other end; null where there is none, or nobody told of it. */
  readonly receiverHost: HostName | null;
  /** What the widths of arrows show; null: their kind alone. */
  readonly widths: CostSource | null;
  /** Largest cost of all slides that are to be compared; absent: of this one. */
  readonly largest?: number;
}

/** The slide as an `svg` element with `width` and `height`, for `svgDocument`. */
export function flowSlide(view: FlowView, options: SlideOptions): SvgNode {
  const picture = pictureOf(view, options);
  const { width: drawn, height: tall } = picture.attributes as { readonly width: number; readonly height: number };
  const width = 2 * MARGIN + drawn + GAP + STEPS_WIDTH;
  const room = width - 2 * MARGIN;
  const head = heading(view, room);
  const steps = stepList(view, options);
  const legend = legendOf(view, room, options);
  const foot = lines(footOf(view, options), room, SMALL, 'muted');
  const top = MARGIN + head.height + 18;
  const below = top + Math.max(tall, steps.height) + 20;
  const footTop = below + legend.height + 8;
  const [title, description, ...shapes] = picture.children;
  return node('svg', slideAttributes(width, footTop + foot.height + MARGIN), [
    ...(title === undefined ? [] : [title]),
    ...(description === undefined ? [] : [description]),
    placed(head, MARGIN, MARGIN),
    node('g', { transform: `translate(${MARGIN} ${top})`, 'font-size': NAME_SIZE }, shapes),
    placed(steps, MARGIN + drawn + GAP, top),
    placed(legend, MARGIN, below),
    placed(foot, MARGIN, footTop),
  ]);
}

/** Text widths without a browser. */
function measure(text: string, font: Parameters<Measure>[1]): number {
  return font === 'name' ? textWidth(text, NAME_SIZE) : textWidth(text, CALL_SIZE, 'mono');
}

function pictureOf(view: FlowView, { widths, largest }: SlideOptions): SvgNode {
  return flowPicture(view.flow, {
    id: 'picture',
    title: `${view.origin}: ${view.title}`,
    width: PICTURE_WIDTH,
    measure,
    sides: view.sides,
    verdicts: view.facts.flatMap(({ verdict }) => verdict ?? []),
    own: view.own,
    ...(widths === null ? {} : { widths: costWidths(view.facts, widths, largest) }),
  });
}

/** Title, where the flow comes from, its counts, and how it differs from those beside it. */
function heading(view: FlowView, room: number): Block {
  const { countsOfEnds: ends, sides } = view;
  const counts =
    ends === null
      ? [countsText(view.counts)]
      : [`${sides.sender}: ${countsText(ends.sender)}`, `${sides.receiver}: ${countsText(ends.receiver)}`];
  const blocks = [
    lines([view.title], room, TITLE, 'foreground', { 'font-weight': 600 }),
    ...counts.map((text, nth) => lines([nth === 0 ? `${view.origin} · ${text}` : text], room, TEXT, 'foreground')),
    ...(view.measured.length === 0
      ? []
      : [lines([view.measured.map((fact) => fact.join(': ')).join(' · ')], room, TEXT, 'foreground')]),
    ...view.differences.map((text) => lines([text], room, TEXT, 'muted')),
  ];
  return stacked(blocks, 3);
}

function countsText({ crossings, atMost, cpuCopies, dmaCopies }: ChunkCounts): string {
  const bound = atMost ? l10n.t('at most {0}', crossings) : String(crossings);
  return [
    l10n.t('crossings: {0}', bound),
    l10n.t('CPU copies: {0}', cpuCopies),
    l10n.t('DMA copies: {0}', dmaCopies),
  ].join(' · ');
}

/** The steps in words, each with its number as in the picture. */
function stepList(view: FlowView, { widths }: SlideOptions): Block {
  const { sides } = view;
  const labels = stepLabels(view.flow, sides);
  const block = (step: Step, index: number): Block => {
    const text = `${step.text}${stepNote(step, sides)}`;
    const notes = notesOf(view, index, view.facts[index], widths);
    const words = stacked(
      [
        lines([text], STEPS_WIDTH - NUMBER, TEXT, 'foreground'),
        ...(notes.length === 0 ? [] : [lines([notes.join(' · ')], STEPS_WIDTH - NUMBER, SMALL, 'muted')]),
      ],
      0,
    );
    const look = {
      receiver: step.receiver === true,
      later: step.later === true,
      own: view.own.has(index),
    };
    return {
      height: words.height,
      nodes: [...badge(labels[index] ?? '', { x: 11, y: 9 }, look), placed(words, NUMBER, 0)],
    };
  };
  const blocks = stepLists(view.flow, sides).flatMap(({ heading: name, steps }) => [
    ...(name === null ? [] : [lines([name], STEPS_WIDTH, TEXT, 'foreground', { 'font-weight': 600 })]),
    ...steps.map((index) => block(view.flow.steps[index] as Step, index)),
  ]);
  return stacked(blocks, 7);
}

function notesOf(
  view: FlowView,
  index: number,
  facts: StepFacts | undefined,
  widths: CostSource | null,
): readonly string[] {
  const cost = widths === null ? null : (facts?.[widths] ?? null);
  return [
    ...(facts?.verdict == null ? [] : [proofWord(facts.verdict.verdict)]),
    ...(cost === null ? [] : [l10n.t('{0} ms/GiB', formatNumber(cost))]),
    ...(view.own.has(index) ? [view.ownWord] : []),
  ];
}

/** Samples of every line and mark that the picture has, in as many rows as they take. */
function legendOf(view: FlowView, room: number, { widths }: SlideOptions): Block {
  const { steps } = view.flow;
  const some = (has: (step: Step) => boolean) => steps.some(has);
  const kinds = KINDS.filter((kind) => some((step) => step.kind === kind));
  const verdicts = VERDICTS.filter((each) => view.facts.some(({ verdict }) => verdict?.verdict === each));
  const number = (look: Parameters<typeof badge>[2]) =>
    node('g', {}, badge('n', { x: SAMPLE_HEIGHT / 2 + 2, y: SAMPLE_HEIGHT / 2 }, look));
  const plain = { receiver: false, later: false, own: false };
  const samples: readonly (readonly [sample: SvgNode, width: number, words: string])[] = [
    ...kinds.map((kind) => [lineSample(kind), SAMPLE_WIDTH, kindName(kind)] as const),
    ...(some((step) => step.atMost === true)
      ? [[lineSample('system-call', true), SAMPLE_WIDTH, l10n.t('not every time')] as const]
      : []),
    ...(some((step) => step.later === true)
      ? [[number({ ...plain, later: true }), 21, l10n.t('after the call returned')] as const]
      : []),
    ...(some((step) => step.receiver === true)
      ? [[number({ ...plain, receiver: true }), 21, view.sides.byReceiver] as const]
      : []),
    ...(view.own.size > 0 ? [[number({ ...plain, own: true }), 23, view.ownWord] as const] : []),
    ...verdicts.map((verdict) => [verdictSample(verdict), SAMPLE_HEIGHT, proofWord(verdict)] as const),
  ];
  const nodes: SvgNode[] = [];
  let [x, y] = [0, 0];
  for (const [sample, width, words] of samples) {
    const wide = width + 7 + textWidth(words, SMALL);
    if (x > 0 && x + wide > room) [x, y] = [0, y + 24];
    nodes.push(
      node('g', { transform: `translate(${Math.round(x)} ${y})` }, [
        ...sample.children.filter((child) => typeof child !== 'string'),
        textNode(words, width + 7, SAMPLE_HEIGHT / 2, { 'font-size': SMALL }),
      ]),
    );
    x += wide + 22;
  }
  const scale = widths === null ? [] : [scaleText(view, widths)];
  const words = lines(scale, room, SMALL, 'foreground');
  return { height: y + 24 + words.height, nodes: [...nodes, placed(words, 0, y + 26)] };
}

function scaleText(view: FlowView, source: CostSource): string {
  const most = l10n.t('{0} ms/GiB', formatNumber(largestCost(view.facts, source)));
  return source === 'measured'
    ? l10n.t(
        'The wider an arrow, the more CPU time per GiB its step took, by kernel samples; the widest here: {0}.',
        most,
      )
    : l10n.t(
        'The wider an arrow, the more CPU time per GiB its step takes by the cost model; the widest here: {0}.',
        most,
      );
}

function footOf(view: FlowView, { host, receiverHost, widths }: SlideOptions): readonly string[] {
  const measured = view.facts.some(({ verdict }) => verdict !== null) || widths !== null;
  return [
    l10n.t('Counts are for one chunk, from the steps. A crossing is one change between user and kernel mode.'),
    ...(view.one !== undefined && measured ? [transferText(view.one)] : []),
    view.key.startsWith('classic') && !measured
      ? l10n.t('As textbooks draw it. Zero-Copy Lab.')
      : receiverHost === null
        ? l10n.t('{0}, {1}. Zero-Copy Lab.', host.name, host.kernel)
        : l10n.t(
            'From {0}, {1}, to {2}, {3}. Zero-Copy Lab.',
            host.name,
            host.kernel,
            receiverHost.name,
            receiverHost.kernel,
          ),
  ];
}

/** Which transfers the numbers are of. */
function transferText({ bytes, bufferBytes, options }: CaseOutline): string {
  const { objectBytes } = options;
  const what =
    typeof objectBytes === 'number'
      ? l10n.t('files of {0}, {1} in all', formatBytes(objectBytes), formatBytes(bytes))
      : formatBytes(bytes);
  return bufferBytes === null
    ? l10n.t('Numbers: of transfers of {0}.', what)
    : l10n.t('Numbers: of transfers of {0}, through buffers of {1}.', what, formatBytes(bufferBytes));
}
