/** One flow: its picture, its counts, and its steps in words, which point at each other. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { type ChunkCounts, markOf, type SideCounts, type Step } from '../../model/flow.ts';
import type { FlowView } from '../../model/flowViews.ts';
import { costWidths } from '../../model/picture/flow/costWidths.ts';
import { stepNote } from '../../model/picture/flow/words.ts';
import type { Shade } from '../../model/picture/palettes.ts';
import type { Moment } from '../../model/player.ts';
import { transferOf } from '../../model/readings.ts';
import type { Sides } from '../../model/sides.ts';
import type { CostSource } from '../../model/stepFacts.ts';
import { stepLabels, stepLists } from '../../model/stepLabels.ts';
import { exportMenu, type PictureFormat } from '../shell/exportMenu.ts';
import { LightElement } from '../shell/lightElement.ts';
import { term } from '../shell/wordCard.ts';
import { diagramElement, diagramOf, pointOut } from './diagram.ts';
import type { FlowPlayer } from './flowPlayer.ts';
import './flowPlayer.ts';
import { contradictionList, proofLine } from './proof.ts';
import { placeCard, stepNumbers } from './stepNumbers.ts';

/** What the picture is drawn from; pointing at it changes nothing of it. */
const DRAWN: ReadonlySet<PropertyKey> = new Set(['view', 'widths', 'largest', 'available']);

/**
 * `<zcl-flow-card>`; fires `zcl-step-pointed` with the mark of the step pointed at, none when it is left, and
 * `zcl-picture-wanted` with the format and the shade of the picture that is to be saved.
 */
export class FlowCard extends LightElement {
  @property({ attribute: false }) view: FlowView | null = null;
  /** What the widths of arrows show; null: their kind alone. */
  @property({ attribute: false }) widths: CostSource | null = null;
  /** The cost of the widest arrow of all cards side by side. */
  @property({ attribute: false }) largest = 0;
  /** Marks of what is pointed at elsewhere. */
  @property({ attribute: false }) marks: readonly string[] = [];

  private diagram: SVGElement | null = null;
  private drawn = '';
  @state() private pointed: number | null = null;
  /** What the player shows; null while it rests. */
  @state() private moment: Moment | null = null;
  /** The numbers of the step pointed at were sent away. */
  @state() private dismissed = false;
  @state() private available = 0;
  private readonly resized = new ResizeObserver(([entry]) => {
    this.available = Math.floor(entry?.contentRect.width ?? 0);
  });

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resized.disconnect();
  }

  protected override willUpdate(changed: PropertyValues): void {
    const same = [...changed.keys()].every((name) => !DRAWN.has(name));
    if (this.view === null || this.available === 0 || (this.diagram !== null && same)) return;
    const { key, origin, title, flow, facts, own, sides } = this.view;
    const picture = diagramOf(flow, {
      id: `flow-${key}`,
      title: `${origin}: ${title}`,
      width: this.available,
      sides,
      verdicts: facts.flatMap(({ verdict }) => verdict ?? []),
      own,
      ...(this.widths === null ? {} : { widths: costWidths(facts, this.widths, this.largest) }),
    });
    // While a run is under way everything comes anew; what is drawn stays, with what points at it.
    const drawn = JSON.stringify(picture);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    this.diagram = diagramElement(picture);
  }

  protected override updated(): void {
    if (this.diagram !== null && this.view !== null) pointOut(this.diagram, this.active(this.view));
    const [card, about] = [this.querySelector<HTMLElement>('.step-card'), this.pointedElement()];
    if (card !== null && about !== null) placeCard(card, about);
    // The picture may be another one now: what travels in it has to be put there again.
    this.querySelector<FlowPlayer>('zcl-flow-player')?.requestUpdate();
  }

  protected override firstUpdated(): void {
    const figure = this.querySelector('.flow-figure');
    if (figure === null) return;
    this.available = Math.floor(figure.clientWidth);
    this.resized.observe(figure);
  }

  protected override render() {
    const { view } = this;
    if (view === null) return nothing;
    const active = this.active(view);
    return html`
      <div class="card-head">
        <div class="card-title">
          <h3><span class="origin">${view.origin}</span> ${view.title}</h3>
          ${exportMenu(`${view.origin}: ${view.title}`, (format, shade) => this.take(format, shade))}
        </div>
        ${measured(view)} ${contradictionList(view.contradictions)}
      </div>
      <div
        class="flow-figure scroll-x"
        @pointerover=${(event: PointerEvent) => this.pointAt(stepUnder(event))}
        @pointerleave=${this.left}
      >
        ${this.diagram ?? nothing}
      </div>
      <div>
        <zcl-flow-player
          .key=${view.key}
          .heading=${`${view.origin}: ${view.title}`}
          .flow=${view.flow}
          .sides=${view.sides}
          .transfer=${transferOf(view)}
          .picture=${this.picture}
          @zcl-played=${this.show}
        ></zcl-flow-player>
        ${this.counts(view)}
        ${view.differences.map((text) => html`<p class="sides" data-part="difference">${text}</p>`)}
      </div>
      <div>${this.steps(view, active)}</div>
      ${this.numbers(view)}`;
  }

  /** The card with the numbers of the step pointed at; it may be pointed at itself. */
  private numbers(view: FlowView): TemplateResult | typeof nothing {
    const [step, facts] = this.pointed === null ? [] : [view.flow.steps[this.pointed], view.facts[this.pointed]];
    if (this.pointed === null || step === undefined || facts === undefined || this.dismissed) return nothing;
    const content = stepNumbers(step, stepLabels(view.flow, view.sides)[this.pointed] ?? '', facts);
    if (content === nothing) return nothing;
    return html`<div class="step-card" role="tooltip" id="numbers-${view.key}" @pointerleave=${this.left}>
      ${content}
    </div>`;
  }

  /** What the card is placed at: the number in the picture, or the step in the list where the picture is out of sight. */
  private pointedElement(): Element | null {
    const at = `[data-step="${this.pointed}"]`;
    const number = this.querySelector(`.step${at} .badge`);
    const { top = 0, bottom = 0 } = number?.getBoundingClientRect() ?? {};
    return top >= 0 && bottom > top && bottom <= window.innerHeight ? number : this.querySelector(`li${at}`);
  }

  private pointAt(step: number | null): void {
    if (step === this.pointed || this.view === null) return;
    this.pointed = step;
    this.dismissed = false;
    this.tell(this.view);
  }

  private readonly picture = (): SVGElement | null => this.diagram;

  private readonly show = ({ detail: moment }: CustomEvent<Moment | null>): void => {
    this.moment = moment;
    if (this.view !== null) this.tell(this.view);
  };

  private tell({ flow }: FlowView): void {
    const step = this.stepShown();
    const marks = step === null ? [] : [markOf(flow, step)];
    this.dispatchEvent(new CustomEvent('zcl-step-pointed', { detail: marks }));
  }

  /** The step pointed at, else the one that is played. */
  private stepShown(): number | null {
    return this.pointed ?? this.moment?.step ?? null;
  }

  private readonly left = ({ relatedTarget }: PointerEvent): void => {
    if (relatedTarget instanceof Element && relatedTarget.closest('.step-card') !== null) return;
    this.pointAt(null);
  };

  private readonly dismiss = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') this.dismissed = true;
  };

  /** Steps to point out: the one shown, else those that the marks are about. */
  private active({ flow }: FlowView): ReadonlySet<number> {
    const shown = this.stepShown();
    if (shown !== null) return new Set([shown]);
    const steps = flow.steps.map((_, index) => index);
    return new Set(steps.filter((index) => this.marks.includes(markOf(flow, index))));
  }

  private take(format: PictureFormat, shade: Shade): void {
    this.dispatchEvent(new CustomEvent('zcl-picture-wanted', { detail: { format, shade } }));
  }

  /** Of one chunk, as far as it is played: of both sides together, or of each end by itself. */
  private counts(view: FlowView): TemplateResult {
    const counts = this.moment?.counts ?? view.counts;
    if (view.countsOfEnds !== null) return countsOfEnds(this.moment?.sides ?? view.countsOfEnds, view.sides);
    return html`<dl class="counts">
        ${count(counts, 'crossings')} ${count(counts, 'cpuCopies')} ${count(counts, 'dmaCopies')}
      </dl>
      ${copiesOfSides(view)}`;
  }

  /** In one list, or in one for each end. */
  private steps(view: FlowView, active: ReadonlySet<number>): TemplateResult[] {
    const labels = stepLabels(view.flow, view.sides);
    return stepLists(view.flow, view.sides).map(
      ({ side, heading, steps }) => html`${heading === null ? nothing : html`<h4 class="side-name">${heading}</h4>`}
        <ol class="steps" aria-label=${heading ?? nothing} data-side=${side ?? nothing} @keydown=${this.dismiss}>
          ${steps.map((index) =>
            this.item(view, view.flow.steps[index] as Step, index, labels[index] ?? '', active.has(index)),
          )}
        </ol>`,
    );
  }

  private item(view: FlowView, step: Step, index: number, label: string, active: boolean): TemplateResult {
    const verdict = view.facts[index]?.verdict ?? null;
    const own = view.own.has(index);
    return html`<li
      class=${active ? 'active' : ''}
      data-step=${index}
      tabindex=${index === (this.pointed ?? 0) ? 0 : -1}
      aria-describedby=${this.pointed === index ? `numbers-${view.key}` : nothing}
      @pointerenter=${() => this.pointAt(index)}
      @pointerleave=${this.left}
      @focus=${() => this.pointAt(index)}
      @blur=${() => this.pointAt(null)}
      @keydown=${this.step}
    >
      <span
        class="number-sample kind-${step.kind} ${step.later ? 'later' : ''} ${step.receiver ? 'by-receiver' : ''} ${own ? 'own' : ''}"
        aria-hidden="true"
        >${label}</span
      >
      <span>
        ${step.text}<span class="note">${stepNote(step, view.sides)}</span>
        ${own ? html`<span class="own-word">${view.ownWord}</span>` : nothing}
        ${verdict === null ? nothing : proofLine(verdict)}
      </span>
    </li>`;
  }

  /** Up and down walk the steps as they are listed. */
  private readonly step = (event: KeyboardEvent): void => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const listed = [...this.querySelectorAll<HTMLElement>('.steps li')];
    const next = by === undefined ? undefined : listed[listed.indexOf(event.currentTarget as HTMLElement) + by];
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
  };
}

/** What was measured on this way, for cards of several laboratories side by side. */
function measured({ measured: facts }: FlowView): TemplateResult | typeof nothing {
  if (facts.length === 0) return nothing;
  return html`<dl class="measured" data-part="measured">
    ${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
  </dl>`;
}

type CountName = 'crossings' | 'cpuCopies' | 'dmaCopies';

const COUNTS: readonly CountName[] = ['crossings', 'cpuCopies', 'dmaCopies'];

function count(counts: ChunkCounts, name: CountName) {
  return html`<div><dt>${countName(name, counts[name])}</dt><dd data-count=${name}>${countText(counts, name)}</dd></div>`;
}

/** A row for each end. */
function countsOfEnds(counts: SideCounts, sides: Sides): TemplateResult {
  return html`<table class="numbers counts-of-ends" data-part="ends">
    <thead>
      <tr>
        <td></td>
        ${COUNTS.map((name) => html`<th scope="col" class="number">${countName(name, 0)}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${(['sender', 'receiver'] as const).map(
        (side) => html`<tr data-side=${side}>
          <th scope="row">${sides[side]}</th>
          ${COUNTS.map((name) => html`<td class="number" data-count=${name}>${countText(counts[side], name)}</td>`)}
        </tr>`,
      )}
    </tbody>
  </table>`;
}

function countName(name: CountName, value: number) {
  switch (name) {
    case 'crossings':
      return term('crossing', value === 1 ? l10n.t('crossing') : l10n.t('crossings'));
    case 'cpuCopies':
      return term('cpu-copy', value === 1 ? l10n.t('CPU copy') : l10n.t('CPU copies'));
    case 'dmaCopies':
      return term('dma-copy', value === 1 ? l10n.t('DMA copy') : l10n.t('DMA copies'));
  }
}

function countText(counts: ChunkCounts, name: CountName): string {
  return name === 'crossings' && counts.atMost ? l10n.t('at most {0}', counts[name]) : String(counts[name]);
}

/** Who makes the CPU copies, where both sides of one host do. */
function copiesOfSides({ flow, one }: FlowView): TemplateResult | typeof nothing {
  const copies = flow.steps.filter((step) => step.kind === 'cpu-copy');
  const theirs = copies.filter((step) => step.receiver).length;
  if (!flow.steps.some((step) => step.receiver)) return nothing;
  return html`<p class="sides" data-part="sides">
    ${
      one?.path === 'process-to-process'
        ? l10n.t(
            'CPU copies: {0} by the producer, {1} by the consumer. Crossings are those of the producer.',
            copies.length - theirs,
            theirs,
          )
        : l10n.t(
            'CPU copies: {0} on the sending side, {1} by the receiver. Crossings are the sending side only.',
            copies.length - theirs,
            theirs,
          )
    }
  </p>`;
}

function stepUnder({ target }: Event): number | null {
  const step = target instanceof Element ? target.closest<SVGElement>('.step')?.dataset['step'] : undefined;
  return step === undefined ? null : Number(step);
}

customElements.define('zcl-flow-card', FlowCard);
