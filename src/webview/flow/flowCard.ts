/** One flow: its picture, its counts, and its steps in words, which point at each other. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { type ChunkCounts, markOf, type Step } from '../../model/flow.ts';
import type { FlowView } from '../../model/flowViews.ts';
import { costWidths } from '../../model/picture/flow/costWidths.ts';
import { stepNote } from '../../model/picture/flow/words.ts';
import type { Shade } from '../../model/picture/palettes.ts';
import type { Moment } from '../../model/player.ts';
import { transferOf } from '../../model/readings.ts';
import type { PathId } from '../../model/result/path.ts';
import { sidesOf } from '../../model/sides.ts';
import type { CostSource } from '../../model/stepFacts.ts';
import { exportMenu, type PictureFormat } from '../shell/exportMenu.ts';
import { LightElement } from '../shell/lightElement.ts';
import { term } from '../shell/wordCard.ts';
import { diagramElement, diagramOf, pointOut } from './diagram.ts';
import type { FlowPlayer } from './flowPlayer.ts';
import './flowPlayer.ts';
import { contradictionList, proofLine } from './proof.ts';
import { placeCard, stepNumbers } from './stepNumbers.ts';

/** What the picture is drawn from; pointing at it changes nothing of it. */
const DRAWN: ReadonlySet<PropertyKey> = new Set(['view', 'path', 'widths', 'largest', 'available']);

/**
 * `<zcl-flow-card>`; fires `zcl-step-pointed` with the mark of the step pointed at, none when it is left, and
 * `zcl-picture-wanted` with the format and the shade of the picture that is to be saved.
 */
export class FlowCard extends LightElement {
  @property({ attribute: false }) view: FlowView | null = null;
  @property({ attribute: false }) path: PathId = 'file-to-file';
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
    const { key, origin, title, flow, facts, own } = this.view;
    const picture = diagramOf(flow, {
      id: `flow-${key}`,
      title: `${origin}: ${title}`,
      width: this.available,
      sides: sidesOf(this.path),
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
    const counts = this.moment?.counts ?? view.counts;
    return html`
      <div class="card-head">
        <div class="card-title">
          <h3><span class="origin">${view.origin}</span> ${view.title}</h3>
          ${exportMenu(`${view.origin}: ${view.title}`, (format, shade) => this.take(format, shade))}
        </div>
        ${contradictionList(view.contradictions)}
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
          .sides=${sidesOf(this.path)}
          .transfer=${transferOf(view)}
          .picture=${this.picture}
          @zcl-played=${this.show}
        ></zcl-flow-player>
        <dl class="counts">
          ${count(counts, 'crossings', l10n.t('crossings'), l10n.t('crossing'))}
          ${count(counts, 'cpuCopies', l10n.t('CPU copies'), l10n.t('CPU copy'))}
          ${count(counts, 'dmaCopies', l10n.t('DMA copies'), l10n.t('DMA copy'))}
        </dl>
        ${this.sides(view)}
        ${view.differences.map((text) => html`<p class="sides" data-part="difference">${text}</p>`)}
      </div>
      <ol class="steps" @keydown=${this.dismiss}>
        ${view.flow.steps.map((step, index) => this.item(view, step, index, active.has(index)))}
      </ol>
      ${this.numbers(view)}`;
  }

  /** The card with the numbers of the step pointed at; it may be pointed at itself. */
  private numbers(view: FlowView): TemplateResult | typeof nothing {
    const [step, facts] = this.pointed === null ? [] : [view.flow.steps[this.pointed], view.facts[this.pointed]];
    if (this.pointed === null || step === undefined || facts === undefined || this.dismissed) return nothing;
    const content = stepNumbers(step, this.pointed + 1, facts);
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

  /** Who makes the CPU copies, where both sides do. */
  private sides({ flow }: FlowView): TemplateResult | typeof nothing {
    const copies = flow.steps.filter((step) => step.kind === 'cpu-copy');
    const theirs = copies.filter((step) => step.receiver).length;
    if (!flow.steps.some((step) => step.receiver)) return nothing;
    return html`<p class="sides" data-part="sides">
      ${
        this.path === 'process-to-process'
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

  private item(view: FlowView, step: Step, index: number, active: boolean): TemplateResult {
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
      @keydown=${(event: KeyboardEvent) => this.step(event, index)}
    >
      <span
        class="number-sample kind-${step.kind} ${step.later ? 'later' : ''} ${step.receiver ? 'by-receiver' : ''} ${own ? 'own' : ''}"
        aria-hidden="true"
        >${index + 1}</span
      >
      <span>
        ${step.text}<span class="note">${stepNote(step, sidesOf(this.path))}</span>
        ${own ? html`<span class="own-word">${view.ownWord}</span>` : nothing}
        ${verdict === null ? nothing : proofLine(verdict)}
      </span>
    </li>`;
  }

  /** Up and down walk the steps. */
  private step(event: KeyboardEvent, index: number): void {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const next = by === undefined ? null : this.querySelector<HTMLElement>(`li[data-step="${index + by}"]`);
    if (next === null) return;
    event.preventDefault();
    next.focus();
  }
}

const WORDS_OF_COUNTS = { crossings: 'crossing', cpuCopies: 'cpu-copy', dmaCopies: 'dma-copy' } as const;

function count(counts: ChunkCounts, name: keyof typeof WORDS_OF_COUNTS, many: string, one: string) {
  const value = counts[name];
  const bound = name === 'crossings' && counts.atMost;
  return html`<div><dt>${term(WORDS_OF_COUNTS[name], value === 1 ? one : many)}</dt><dd data-count=${name}>${bound ? l10n.t('at most {0}', value) : value}</dd></div>`;
}

function stepUnder({ target }: Event): number | null {
  const step = target instanceof Element ? target.closest<SVGElement>('.step')?.dataset['step'] : undefined;
  return step === undefined ? null : Number(step);
}

customElements.define('zcl-flow-card', FlowCard);
