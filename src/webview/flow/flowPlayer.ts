/** Plays a flow: a chunk goes through the steps, or the counts of the whole transfer run up. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { ChunkCounts, Flow } from '../../model/flow.ts';
import { stepNote } from '../../model/picture/flow/words.ts';
import {
  AT_REST,
  type Moment,
  momentAt,
  type PlayerAction,
  type PlayerState,
  playerAfter,
  type Scope,
  SPEEDS,
  type Speed,
  stopMs,
  stopsOf,
  TRANSFER_STOPS,
} from '../../model/player.ts';
import { type Reading, readingsAt, type Transfer } from '../../model/readings.ts';
import type { Sides } from '../../model/sides.ts';
import { stepLabels } from '../../model/stepLabels.ts';
import { formatBytes, formatPercent } from '../../model/units.ts';
import { LightElement } from '../shell/lightElement.ts';
import { readingTable, readingText } from './readingTable.ts';
import { placeTraveller, removeTraveller } from './traveller.ts';

/** Smallest part of a stop that a slider is moved by. */
const FINE = 0.01;

/** The player that shows a moment: one at a time in a page, which has one listing that follows. */
let showing: FlowPlayer | null = null;

/**
 * `<zcl-flow-player>`; fires `zcl-played` with the `Moment` to show, null to show the flow whole. Where the user wants no
 * motion it plays too, from one whole step to the next: nothing moves, and each stays as long as it would have.
 */
export class FlowPlayer extends LightElement {
  /** Unique in the page. */
  @property({ attribute: false }) key = '';
  @property({ attribute: false }) heading = '';
  @property({ attribute: false }) flow: Flow = { steps: [] };
  @property({ attribute: false }) sides: Sides = { sender: '', receiver: '', byReceiver: '', ends: null };
  /** The whole transfer; null where there is only the one chunk. */
  @property({ attribute: false }) transfer: Transfer | null = null;
  /** The picture that the chunk travels through. */
  @property({ attribute: false }) picture: () => SVGElement | null = () => null;

  @state() private player: PlayerState = AT_REST;
  private frame: number | null = null;
  private lastFrame = 0;
  private told: Moment | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('keydown', this.press);
    document.addEventListener('visibilitychange', this.hide);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('keydown', this.press);
    document.removeEventListener('visibilitychange', this.hide);
    this.stop();
    if (showing === this) showing = null;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('flow');
    if (before !== undefined && !sameSteps(before, this.flow)) this.player = this.stateAfter({ type: 'rest' });
    if (this.transfer === null) this.player = this.stateAfter({ type: 'scope', scope: 'chunk' });
  }

  protected override updated(): void {
    const moment = this.moment();
    const picture = this.picture();
    const step = moment?.step == null ? undefined : this.flow.steps[moment.step];
    if (picture !== null && moment?.step != null && step !== undefined) {
      placeTraveller(picture, step, moment.step, moment.travelled);
    } else {
      removeTraveller(picture);
    }
    if (sameMoment(moment, this.told)) return;
    this.told = moment;
    this.dispatchEvent(new CustomEvent('zcl-played', { detail: moment }));
  }

  protected override render() {
    const { phase, scope, speed, position } = this.player;
    const playing = phase === 'playing';
    const transfer = scope === 'transfer' ? this.transfer : null;
    return html`<div class="player" role="group" aria-label=${l10n.t('Play: {0}', this.heading)} data-phase=${phase} data-scope=${scope}>
      <div class="player-bar">
        ${button('restart', 'debug-restart', l10n.t('Restart'), this.restart)}
        ${button('back', 'debug-step-back', l10n.t('Step back'), this.act('back'))}
        ${
          playing
            ? button('play', 'debug-pause', l10n.t('Pause'), this.act('pause'))
            : button('play', 'debug-continue', l10n.t('Play'), this.act('play'))
        }
        ${button('forward', 'debug-step-over', l10n.t('Step'), this.act('forward'))}
        <input
          type="range"
          data-part="position"
          min="0"
          max=${stopsOf(this.flow, scope)}
          step=${wantsNoMotion() ? 1 : FINE}
          .value=${live(String(position))}
          aria-label=${scope === 'chunk' ? l10n.t('Step') : l10n.t('Share of the transfer')}
          aria-valuetext=${this.place()}
          @input=${(event: Event) => this.do({ type: 'scrub', position: Number((event.target as HTMLInputElement).value) })}
        />
        <span class="choice">
          <select data-part="speed" aria-label=${l10n.t('Speed')} title=${l10n.t('Speed')} @change=${this.changeSpeed}>
            ${SPEEDS.map((each) => html`<option value=${each} ?selected=${each === speed}>${each}x</option>`)}
          </select>
        </span>
      </div>
      <div class="player-line">
        ${this.transfer === null ? nothing : this.scopeChoice()}
        <span data-part="place">${phase === 'resting' && position === 0 ? nothing : this.place()}</span>
      </div>
      <p class="for-readers" role="status" data-part="state">${this.inWords()}</p>
      ${transfer === null ? nothing : readingTable(this.readings(transfer), this.sides)}
    </div>`;
  }

  private scopeChoice(): TemplateResult {
    const choice = (scope: Scope, words: string) => html`<label>
      <input
        type="radio"
        name="scope-${this.key}"
        value=${scope}
        .checked=${live(this.player.scope === scope)}
        @change=${() => this.do({ type: 'scope', scope })}
      />
      ${words}
    </label>`;
    return html`<span class="player-scope" role="radiogroup" aria-label=${l10n.t('What is played')}>
      ${choice('chunk', l10n.t('One chunk'))} ${choice('transfer', l10n.t('Whole transfer'))}
    </span>`;
  }

  private readings(transfer: Transfer): readonly Reading[] {
    const { phase, position } = this.player;
    return readingsAt(transfer, phase === 'resting' ? 1 : position / TRANSFER_STOPS);
  }

  private moment(): Moment | null {
    const { phase, scope, position } = this.player;
    return phase === 'resting' || scope === 'transfer' ? null : momentAt(this.flow, position);
  }

  /** Where the player is, in few words. */
  private place(): string {
    const { scope, position } = this.player;
    if (scope === 'transfer' && this.transfer !== null) {
      return l10n.t('{0} of {1}', formatPercent(position / TRANSFER_STOPS), formatBytes(this.transfer.one.bytes));
    }
    const { step: index } = momentAt(this.flow, position);
    const step = index === null ? undefined : this.flow.steps[index];
    if (index === null || step === undefined) return l10n.t('Before the first step');
    const { length } = this.flow.steps;
    const label = stepLabels(this.flow, this.sides)[index];
    const place =
      label === String(index + 1)
        ? l10n.t('Step {0} of {1}', label, length)
        : l10n.t('Step {0}, which is {1} of {2}', label ?? '', index + 1, length);
    return place + stepNote(step, this.sides);
  }

  /** What a screen reader says; nothing while it plays, for it would not come to an end. */
  private inWords(): string {
    const { phase, scope, position } = this.player;
    if (phase === 'playing' || (phase === 'resting' && position === 0)) return '';
    if (scope === 'transfer' && this.transfer !== null) {
      return `${this.place()}: ${this.readings(this.transfer).map(readingText).join(', ')}`;
    }
    const { step, counts, sides } = momentAt(this.flow, position);
    const text = step === null ? '' : (this.flow.steps[step]?.text ?? '');
    const { sender, receiver, ends } = this.sides;
    const said =
      ends === null
        ? countsInWords(counts)
        : `${sender}: ${countsInWords(sides.sender)} ${receiver}: ${countsInWords(sides.receiver)}`;
    return `${this.place()}: ${text} ${said}`;
  }

  private readonly changeSpeed = (event: Event): void => {
    this.do({ type: 'speed', speed: Number((event.target as HTMLSelectElement).value) as Speed });
  };

  private readonly restart = (): void => {
    this.do({ type: 'home' });
    this.do({ type: 'play' });
  };

  private act(type: 'play' | 'pause' | 'forward' | 'back'): () => void {
    return () => this.do({ type });
  }

  private stateAfter(action: PlayerAction): PlayerState {
    return playerAfter(this.player, action, this.flow);
  }

  private do(action: PlayerAction): void {
    const next = this.stateAfter(action);
    if (next.phase !== 'resting' && showing !== this) {
      // The other one first, so that the last word on what is pointed at is this one's.
      showing?.do({ type: 'rest' });
      showing = this;
    }
    this.player = next;
    if (this.player.phase === 'playing') this.start();
    else this.stop();
  }

  private start(): void {
    if (this.frame !== null) return;
    this.lastFrame = performance.now();
    if (wantsNoMotion()) this.player = this.stateAfter({ type: 'next' });
    this.frame = requestAnimationFrame(this.tick);
  }

  private stop(): void {
    if (this.frame !== null) cancelAnimationFrame(this.frame);
    this.frame = null;
  }

  private readonly tick = (now: number): void => {
    const elapsedMs = Math.max(0, now - this.lastFrame);
    this.frame = requestAnimationFrame(this.tick);
    if (wantsNoMotion() && elapsedMs < stopMs(this.player)) return;
    this.lastFrame = now;
    this.do(wantsNoMotion() ? { type: 'next' } : { type: 'tick', elapsedMs });
  };

  private readonly hide = (): void => {
    if (document.hidden) this.do({ type: 'pause' });
  };

  /** Space, arrows, Home, End and Escape, but for what a control does with them itself. */
  private readonly press = (event: KeyboardEvent): void => {
    const target = event.target as HTMLElement;
    const own = target.matches('select, [type="radio"]') || (event.key === ' ' && target.matches('button'));
    const action = own || event.ctrlKey || event.altKey || event.metaKey ? undefined : this.actionOf(event.key);
    if (action === undefined) return;
    event.preventDefault();
    this.do({ type: action });
  };

  private actionOf(key: string) {
    switch (key) {
      case ' ':
        return this.player.phase === 'playing' ? 'pause' : 'play';
      case 'ArrowRight':
      case 'ArrowUp':
        return 'forward';
      case 'ArrowLeft':
      case 'ArrowDown':
        return 'back';
      case 'Home':
        return 'home';
      case 'End':
        return 'end';
      case 'Escape':
        return 'rest';
      default:
        return undefined;
    }
  }
}

function button(name: string, icon: string, words: string, press: () => void): TemplateResult {
  return html`<button class="icon-button" data-part=${name} title=${words} aria-label=${words} @click=${press}>
    <span class="codicon codicon-${icon}" aria-hidden="true"></span>
  </button>`;
}

function countsInWords({ crossings, cpuCopies, dmaCopies }: ChunkCounts): string {
  return l10n.t('Crossings {0}, CPU copies {1}, DMA copies {2}.', crossings, cpuCopies, dmaCopies);
}

/** Asked of the system and of VS Code, which has a setting of its own. */
function wantsNoMotion(): boolean {
  return (
    document.body.classList.contains('vscode-reduce-motion') || matchMedia('(prefers-reduced-motion: reduce)').matches
  );
}

/** A live run makes the same flow anew with every event. */
function sameSteps(a: Flow, b: Flow): boolean {
  return a.steps.length === b.steps.length && a.steps.every((step, index) => step.text === b.steps[index]?.text);
}

/** The same but for how far the chunk has come. */
function sameMoment(a: Moment | null, b: Moment | null): boolean {
  if (a === null || b === null) return a === b;
  return (
    a.step === b.step && (['sender', 'receiver'] as const).every((side) => sameCounts(a.sides[side], b.sides[side]))
  );
}

function sameCounts(a: ChunkCounts, b: ChunkCounts): boolean {
  return (['crossings', 'cpuCopies', 'dmaCopies'] as const).every((count) => a[count] === b[count]);
}

customElements.define('zcl-flow-player', FlowPlayer);
