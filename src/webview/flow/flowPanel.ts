/** How the bytes go: choose a mode, see the textbook's flows, the one on this host, and the mode in C. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { objectBytesOf, sizeOf } from '../../model/caseSize.ts';
import { type ChunkCounts, countsForChunk, type Flow, type StepKind } from '../../model/flow.ts';
import { flowFactsOf } from '../../model/flowFacts.ts';
import { findMode } from '../../model/modes/catalogue.ts';
import { classicFlows } from '../../model/modes/classicFlows.ts';
import type { ModeDescriptor } from '../../model/modes/descriptor.ts';
import { modesNotRun } from '../../model/modes/notRun.ts';
import { REFERENCE_BUFFER_BYTES } from '../../model/plan.ts';
import type { Case, Evidence, PathId, Result } from '../../model/result.ts';
import { formatBytes } from '../../model/units.ts';
import { evidencePanel, labelLooks } from './evidencePanel.ts';
import './flowCard.ts';
import { LightElement } from '../shell/lightElement.ts';
import { kindName, legendLine } from './flowDiagram.ts';
import './listingPanel.ts';
import { modeName, modesOf, sidesOf } from '../shell/words.ts';
import { proofLegend, proofOf, type StepVerdict } from './proof.ts';
import { tierList } from './tierList.ts';
import { transferTable } from './transferTable.ts';

const KIND_ORDER: readonly StepKind[] = [
  'cpu-copy',
  'dma-copy',
  'page-reference',
  'mapping',
  'system-call',
  'fault',
  'touch',
  'wait',
];

const VERDICTS: readonly StepVerdict['verdict'][] = ['seen', 'not-seen', 'not-observable'];

interface TitledFlow {
  /** What evidence, ids and tests call it: `classic-0`, `here`. */
  readonly key: string;
  readonly title: string;
  readonly origin: string;
  readonly flow: Flow;
  readonly counts: ChunkCounts;
}

/** A case that has evidence. */
type Proven = Case & { readonly evidence: Evidence };

/** The mode chosen, with what is drawn of it: the same objects until the result or the choice changes. */
interface Chosen {
  readonly id: string;
  /** Undefined for a mode of another version of the lab. */
  readonly mode: ModeDescriptor | undefined;
  readonly flows: readonly TitledFlow[];
  /** Its cases with evidence, one for every size it ran with. */
  readonly proven: readonly Proven[];
}

/** Marks of what is pointed at: of a step, which the listing follows, or of a line, which the steps follow too. */
interface Pointed {
  readonly at: 'step' | 'line';
  readonly marks: readonly string[];
}

const NOTHING: readonly string[] = [];

/** `<zcl-flow-panel>`; fires `zcl-mode-chosen` with the id of the mode. */
export class FlowPanel extends LightElement {
  @property({ attribute: false }) result: Result | null = null;
  @property() mode: string | null = null;

  /** The size, of buffer or object, whose evidence was asked for. */
  @property({ attribute: false }) size: number | null = null;
  @state() private pointed: Pointed = { at: 'step', marks: NOTHING };
  private chosen: Chosen | null = null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('result') || changed.has('mode')) this.chosen = chosenOf(this.result, this.mode);
    if (changed.has('mode')) this.pointed = { at: 'step', marks: NOTHING };
  }

  protected override render() {
    const { result, chosen } = this;
    if (result === null || chosen === null) return nothing;
    return html`
      <section aria-labelledby="flow-heading">
        <h2 id="flow-heading">${l10n.t('How the bytes go')}</h2>
        <div class="mode-tabs" role="tablist" aria-labelledby="flow-heading" @keydown=${this.move}>
          ${modesOf(result).map((id) => this.tab(id, id === chosen.id))}
        </div>
        <div role="tabpanel" id="flow-of-mode" aria-labelledby="tab-${chosen.id}" data-part="flow" data-mode=${chosen.id}>
          ${this.body(result, chosen)}
        </div>
        ${result.tiers === null ? nothing : tierList(result.tiers)} ${notRun(result.experiment.path)}
      </section>`;
  }

  private tab(id: string, selected: boolean): TemplateResult {
    return html`<button
      role="tab"
      id="tab-${id}"
      data-mode=${id}
      aria-selected=${selected}
      aria-controls="flow-of-mode"
      tabindex=${selected ? 0 : -1}
      @click=${() => this.choose(id)}
    >
      ${modeName(id)}
    </button>`;
  }

  private choose(id: string): void {
    this.dispatchEvent(new CustomEvent('zcl-mode-chosen', { detail: id }));
  }

  /** Arrow keys choose the neighbour, Home and End the ends. */
  private readonly move = (event: KeyboardEvent): void => {
    const tabs = [...this.querySelectorAll<HTMLElement>('[role="tab"]')];
    const at = tabs.indexOf(event.target as HTMLElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    const tab = to === undefined ? undefined : tabs.at(to % tabs.length);
    if (at === -1 || tab === undefined) return;
    event.preventDefault();
    tab.focus();
    this.choose(tab.dataset['mode'] ?? '');
  };

  private pointedAt(at: Pointed['at']) {
    return ({ detail: marks }: CustomEvent<readonly string[]>): void => {
      this.pointed = { at, marks };
    };
  }

  private readonly chooseSize = (event: Event): void => {
    this.size = Number((event.target as HTMLSelectElement).value);
  };

  private sizeChoice(proven: readonly Proven[], shown: Proven): TemplateResult | typeof nothing {
    if (proven.length < 2) return nothing;
    return html`<label class="choice">
      ${objectBytesOf(shown) === null ? l10n.t('Buffer') : l10n.t('Object')}
      <select data-part="evidence-size" @change=${this.chooseSize}>
        ${proven.map(
          (one) =>
            html`<option value=${sizeOf(one) ?? 0} ?selected=${one === shown}>${formatBytes(sizeOf(one) ?? 0)}</option>`,
        )}
      </select>
    </label>`;
  }

  private body(result: Result, { id, mode, flows, proven }: Chosen): TemplateResult {
    if (mode === undefined) {
      return html`<p>${l10n.t('This version of the lab does not know the mode "{0}" and cannot draw it.', id)}</p>`;
    }
    const { path } = result.experiment;
    const shown = shownOf(proven, this.size);
    const here = flows.find((each) => each.key === 'here')?.flow;
    const kinds = KIND_ORDER.filter((kind) => flows.some(({ flow }) => flow.steps.some((step) => step.kind === kind)));
    const some = (how: 'later' | 'receiver' | 'atMost') =>
      flows.some(({ flow }) => flow.steps.some((step) => step[how] === true));
    return html`
      <p class="mode-summary">${mode.summary}</p>
      <ul class="flow-legend" role="list" aria-label=${l10n.t('Legend')}>
        ${kinds.map((kind) => html`<li data-legend=${kind}>${legendLine(kind)} ${kindName(kind)}</li>`)}
        ${some('later') ? numberLegend('later', l10n.t('after the call returned')) : nothing}
        ${some('receiver') ? numberLegend('by-receiver', sidesOf(path).byReceiver) : nothing}
        ${proofLegend(VERDICTS.filter((each) => shown?.evidence.arrows.some(({ verdict }) => verdict === each)))}
        ${some('atMost') ? html`<li data-legend="at-most">${legendLine('system-call', true)} ${l10n.t('not every time')}</li>` : nothing}
      </ul>
      <div class="flows ${flows.length === 1 ? 'single' : ''}">
        <div class="flow-cards">
          ${flows.map(
            (each) => html`<zcl-flow-card
              data-flow=${each.key}
              .key=${each.key}
              .heading=${each.title}
              .origin=${each.origin}
              .flow=${each.flow}
              .counts=${each.counts}
              .path=${path}
              .proof=${proofOf(shown?.evidence ?? null, each.key)}
              .marks=${this.pointed.at === 'line' ? this.pointed.marks : NOTHING}
              @zcl-step-pointed=${this.pointedAt('step')}
            ></zcl-flow-card>`,
          )}
        </div>
        <zcl-listing
          .mode=${mode.id}
          .marks=${this.pointed.marks}
          @zcl-lines-pointed=${this.pointedAt('line')}
        ></zcl-listing>
      </div>
      <p class="footnote">
        ${l10n.t('A crossing is one change between user and kernel mode, so a system call makes two. Textbooks call it a context switch; here that word is kept for the scheduler changing tasks, which measurements count.')}
      </p>
      ${
        shown === undefined
          ? nothing
          : html`<div class="title-line evidence-title">
                <h3>${shown.evidence.samples === 0 ? l10n.t('Evidence') : l10n.t('Evidence: where the CPU time went')}</h3>
                ${this.sizeChoice(proven, shown)}
              </div>
              ${evidencePanel(shown, labelLooks(result.cases))}`
      }
      ${here === undefined || result.experiment.kind === 'objects' ? nothing : transferTable(mode, here, result)}
      ${
        mode.caveats.length === 0
          ? nothing
          : html`<h3>${l10n.t('Before you use {0}', mode.name)}</h3>
              <ul class="caveats" data-part="caveats">
                ${mode.caveats.map((caveat) => html`<li>${caveat}</li>`)}
              </ul>`
      }`;
  }
}

/** What the shape of a number says. */
function numberLegend(what: 'later' | 'by-receiver', words: string): TemplateResult {
  return html`<li data-legend=${what}><span class="number-sample ${what}" aria-hidden="true">n</span> ${words}</li>`;
}

/** What an engineer may miss among the modes of this path, and why. */
function notRun(path: PathId): TemplateResult | typeof nothing {
  const modes = modesNotRun().filter((mode) => mode.path === path);
  if (modes.length === 0) return nothing;
  return html`<h3 id="not-run-heading">${l10n.t('Known, and not run')}</h3>
    <dl class="not-run" data-part="not-run">
      ${modes.map(({ id, name, why }) => html`<div data-not-run=${id}><dt>${name}</dt><dd>${why}</dd></div>`)}
    </dl>`;
}

function chosenOf(result: Result | null, wanted: string | null): Chosen | null {
  if (result === null) return null;
  const modes = modesOf(result);
  const id = modes.find((each) => each === wanted) ?? modes[0];
  if (id === undefined) return null;
  const mode = findMode(id);
  return {
    id,
    mode,
    flows: mode === undefined ? [] : flowsOf(mode, result),
    proven: result.cases.filter((one): one is Proven => one.mode === id && !one.control && one.evidence !== null),
  };
}

/** The case whose size was asked for, else the one that whole transfers are compared with, else the last. */
function shownOf(proven: readonly Proven[], size: number | null): Proven | undefined {
  const at = (bytes: number | null) => proven.find((one) => sizeOf(one) === bytes);
  return at(size) ?? at(REFERENCE_BUFFER_BYTES) ?? proven.at(-1);
}

function flowsOf(mode: ModeDescriptor, result: Result): readonly TitledFlow[] {
  const { path } = result.experiment;
  return [
    ...classicFlows(mode, path).map(({ key, title, flow }) => ({
      key,
      title,
      origin: l10n.t('Textbook, one chunk'),
      flow,
    })),
    {
      key: 'here',
      title: mode.name,
      origin: l10n.t('On this host'),
      flow: mode.here(flowFactsOf(result, path)),
    },
  ].map((each) => ({ ...each, counts: countsForChunk(each.flow) }));
}
