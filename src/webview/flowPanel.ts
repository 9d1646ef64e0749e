/** How the bytes go: choose a mode, see the textbook's flows and the one on this host beside each other. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { countsForChunk, type Flow, type StepKind } from '../model/flow.ts';
import { flowFactsOf } from '../model/flowFacts.ts';
import { findMode } from '../model/modes/catalogue.ts';
import type { ModeDescriptor } from '../model/modes/descriptor.ts';
import type { Result } from '../model/result.ts';
import './flowCard.ts';
import { kindName, legendLine } from './flowDiagram.ts';
import { LightElement } from './lightElement.ts';
import { transferTable } from './transferTable.ts';
import { modeName, modesOf } from './words.ts';

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

interface TitledFlow {
  /** Hook for tests and ids: `classic-0`, `here`. */
  readonly key: string;
  readonly title: string;
  readonly origin: string;
  readonly flow: Flow;
}

/** `<zcl-flow-panel>`; fires `zcl-mode-chosen` with the id of the mode. */
export class FlowPanel extends LightElement {
  @property({ attribute: false }) result: Result | null = null;
  @property() mode: string | null = null;

  protected override render() {
    if (this.result === null) return nothing;
    const modes = modesOf(this.result);
    const chosen = modes.find((id) => id === this.mode) ?? modes[0];
    if (chosen === undefined) return nothing;
    return html`
      <section aria-labelledby="flow-heading">
        <h2 id="flow-heading">${l10n.t('How the bytes go')}</h2>
        <div class="mode-tabs" role="tablist" aria-labelledby="flow-heading" @keydown=${this.move}>
          ${modes.map((id) => this.tab(id, id === chosen))}
        </div>
        <div role="tabpanel" id="flow-of-mode" aria-labelledby="tab-${chosen}" data-part="flow" data-mode=${chosen}>
          ${this.body(this.result, chosen)}
        </div>
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

  private body(result: Result, id: string): TemplateResult {
    const mode = findMode(id);
    if (mode === undefined) {
      return html`<p>${l10n.t('This version of the lab does not know the mode "{0}" and cannot draw it.', id)}</p>`;
    }
    const flows = flowsOf(mode, result);
    const kinds = KIND_ORDER.filter((kind) => flows.some(({ flow }) => flow.steps.some((step) => step.kind === kind)));
    const later = flows.some(({ flow }) => flow.steps.some((step) => step.later));
    return html`
      <p class="mode-summary">${mode.summary}</p>
      <ul class="flow-legend" role="list" aria-label=${l10n.t('Legend')}>
        ${kinds.map((kind) => html`<li data-legend=${kind}>${legendLine(kind)} ${kindName(kind)}</li>`)}
        ${
          later
            ? html`<li data-legend="later">
                <span class="number-sample later" aria-hidden="true">n</span> ${l10n.t('after the call returned')}
              </li>`
            : nothing
        }
      </ul>
      <div class="flow-cards">
        ${flows.map(
          (each) => html`<zcl-flow-card
            data-flow=${each.key}
            .key=${each.key}
            .heading=${each.title}
            .origin=${each.origin}
            .flow=${each.flow}
            .counts=${countsForChunk(each.flow)}
          ></zcl-flow-card>`,
        )}
      </div>
      <p class="footnote">
        ${l10n.t('A crossing is one change between user and kernel mode, so a system call makes two. Textbooks call it a context switch; here that word is kept for the scheduler changing tasks, which the table above measures.')}
      </p>
      ${transferTable(mode, hereOf(mode, result), result)}
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

function hereOf(mode: ModeDescriptor, result: Result): Flow {
  return mode.here(flowFactsOf(result, result.experiment.path));
}

function flowsOf(mode: ModeDescriptor, result: Result): readonly TitledFlow[] {
  const classic = mode.classic.filter((each) => each.path === result.experiment.path);
  return [
    ...classic.map((each, index) => ({
      key: `classic-${index}`,
      title: each.title,
      origin: l10n.t('Textbook, one chunk'),
      flow: each.flow,
    })),
    { key: 'here', title: mode.name, origin: l10n.t('On this host'), flow: hereOf(mode, result) },
  ];
}
