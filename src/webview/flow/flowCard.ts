/** One flow: its picture, its counts, and its steps in words, which point at each other. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { type ChunkCounts, type Flow, markOf, type Step } from '../../model/flow.ts';
import { stepNote } from '../../model/picture/flow/words.ts';
import type { PathId } from '../../model/result.ts';
import { sidesOf } from '../../model/sides.ts';
import type { ExplainedWord } from '../shell/explained.ts';
import { LightElement } from '../shell/lightElement.ts';
import { term } from '../shell/wordCard.ts';
import { diagramElement, pointOut } from './diagram.ts';
import { contradictionList, NO_PROOF, type Proof, proofLine } from './proof.ts';

/** What the picture is drawn from; pointing at it changes nothing of it. */
const DRAWN: ReadonlySet<PropertyKey> = new Set(['key', 'origin', 'heading', 'flow', 'path', 'proof', 'available']);

/** `<zcl-flow-card>`; fires `zcl-step-pointed` with the mark of the step pointed at, none when it is left. */
export class FlowCard extends LightElement {
  @property({ attribute: false }) key = '';
  @property({ attribute: false }) heading = '';
  @property({ attribute: false }) origin = '';
  @property({ attribute: false }) flow: Flow = { steps: [] };
  @property({ attribute: false }) counts: ChunkCounts = { crossings: 0, atMost: false, cpuCopies: 0, dmaCopies: 0 };

  @property({ attribute: false }) path: PathId = 'file-to-file';
  /** What the evidence says of the flow. */
  @property({ attribute: false }) proof: Proof = NO_PROOF;
  /** Marks of what is pointed at elsewhere. */
  @property({ attribute: false }) marks: readonly string[] = [];

  private diagram: SVGElement | null = null;
  @state() private pointed: number | null = null;
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
    if (this.available === 0 || (this.diagram !== null && same)) return;
    this.diagram = diagramElement(this.flow, {
      id: `flow-${this.key}`,
      title: `${this.origin}: ${this.heading}`,
      width: this.available,
      sides: sidesOf(this.path),
      verdicts: this.proof.verdicts,
    });
  }

  protected override updated(): void {
    if (this.diagram !== null) pointOut(this.diagram, this.active());
  }

  protected override firstUpdated(): void {
    const figure = this.querySelector('.flow-figure');
    if (figure === null) return;
    this.available = Math.floor(figure.clientWidth);
    this.resized.observe(figure);
  }

  protected override render() {
    const active = this.active();
    return html`
      <div class="card-head">
        <h3><span class="origin">${this.origin}</span> ${this.heading}</h3>
        ${contradictionList(this.proof.contradictions)}
      </div>
      <div
        class="flow-figure scroll-x"
        @pointerover=${(event: PointerEvent) => this.pointAt(stepUnder(event))}
        @pointerleave=${() => this.pointAt(null)}
      >
        ${this.diagram ?? nothing}
      </div>
      <div>
        <dl class="counts">
          ${this.count('crossings', 'crossing', l10n.t('crossings'), l10n.t('crossing'))}
          ${this.count('cpuCopies', 'cpu-copy', l10n.t('CPU copies'), l10n.t('CPU copy'))}
          ${this.count('dmaCopies', 'dma-copy', l10n.t('DMA copies'), l10n.t('DMA copy'))}
        </dl>
        ${this.sides()}
      </div>
      <ol class="steps">
        ${this.flow.steps.map((step, index) => this.item(step, index, active.has(index)))}
      </ol>`;
  }

  private pointAt(step: number | null): void {
    if (step === this.pointed) return;
    this.pointed = step;
    const marks = step === null ? [] : [markOf(this.flow, step)];
    this.dispatchEvent(new CustomEvent('zcl-step-pointed', { detail: marks }));
  }

  /** Steps to point out: the one pointed at here, else those that the marks are about. */
  private active(): ReadonlySet<number> {
    if (this.pointed !== null) return new Set([this.pointed]);
    const steps = this.flow.steps.map((_, index) => index);
    return new Set(steps.filter((index) => this.marks.includes(markOf(this.flow, index))));
  }

  private count(
    name: 'crossings' | 'cpuCopies' | 'dmaCopies',
    word: ExplainedWord,
    many: string,
    one: string,
  ): TemplateResult {
    const value = this.counts[name];
    const bound = name === 'crossings' && this.counts.atMost;
    return html`<div><dt>${term(word, value === 1 ? one : many)}</dt><dd data-count=${name}>${bound ? l10n.t('at most {0}', value) : value}</dd></div>`;
  }

  /** Who makes the CPU copies, where both sides do. */
  private sides(): TemplateResult | typeof nothing {
    const copies = this.flow.steps.filter((step) => step.kind === 'cpu-copy');
    const theirs = copies.filter((step) => step.receiver).length;
    if (!this.flow.steps.some((step) => step.receiver)) return nothing;
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

  private item(step: Step, index: number, active: boolean): TemplateResult {
    const verdict = this.proof.verdicts.find((each) => each.step === index);
    return html`<li
      class=${active ? 'active' : ''}
      data-step=${index}
      tabindex=${index === (this.pointed ?? 0) ? 0 : -1}
      @pointerenter=${() => this.pointAt(index)}
      @pointerleave=${() => this.pointAt(null)}
      @focus=${() => this.pointAt(index)}
      @blur=${() => this.pointAt(null)}
      @keydown=${(event: KeyboardEvent) => this.step(event, index)}
    >
      <span class="number-sample kind-${step.kind} ${step.later ? 'later' : ''} ${step.receiver ? 'by-receiver' : ''}" aria-hidden="true">${index + 1}</span>
      <span>
        ${step.text}<span class="note">${stepNote(step, sidesOf(this.path))}</span>
        ${verdict === undefined ? nothing : proofLine(verdict)}
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

function stepUnder({ target }: Event): number | null {
  const step = target instanceof Element ? target.closest<SVGElement>('.step')?.dataset['step'] : undefined;
  return step === undefined ? null : Number(step);
}

customElements.define('zcl-flow-card', FlowCard);
