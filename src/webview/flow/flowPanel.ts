/** How the bytes go: choose a mode, see the textbook's flows, the one on this host, and the mode in C. */

import * as l10n from '@vscode/l10n';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { modeName } from '../../model/caseName.ts';
import { caseSettings } from '../../model/caseSettings.ts';
import { modesOf, objectBytesOf, sizeOf } from '../../model/caseSize.ts';
import type { FlowView } from '../../model/flowViews.ts';
import { findMode } from '../../model/modes/catalogue.ts';
import { modesNotRun } from '../../model/modes/notRun.ts';
import type { PageResult } from '../../model/pageResult.ts';
import type { SlideWish } from '../../model/picture/flow/slideOf.ts';
import type { PathId } from '../../model/result/path.ts';
import type { CostSource } from '../../model/stepFacts.ts';
import { formatBytes, formatNumber } from '../../model/units.ts';
import type { PictureChoice, PictureFormat } from '../shell/exportMenu.ts';
import { LightElement } from '../shell/lightElement.ts';
import { tabReached } from '../shell/tabKeys.ts';
import { type ChosenFlows, chosenFlows } from './chosenFlows.ts';
import { evidencePanel, labelLooks } from './evidencePanel.ts';
import './flowCard.ts';
import { flowLegend } from './flowLegend.ts';
import './listingPanel.ts';
import { tierList } from './tierList.ts';
import { transferTable } from './transferTable.ts';

/** Marks of what is pointed at: of a step, which the listing follows, or of a line, which the steps follow too. */
interface Pointed {
  readonly at: 'step' | 'line';
  readonly marks: readonly string[];
}

const NOTHING: readonly string[] = [];

/** What the widths of arrows show, as it is kept: a source of costs, or their kind alone. */
export type ArrowWidths = CostSource | 'kind';

/** What the user arranged in the panel. */
export interface FlowArrangement {
  readonly mode: string | null;
  /** The mode that is drawn beside the first. */
  readonly compare: string | null;
  /** null: what was measured, where something was. */
  readonly widths: ArrowWidths | null;
}

/** A picture of a flow that is to be saved. */
export interface WantedPicture extends SlideWish {
  /** Of the file, without its ending. */
  readonly name: string;
  readonly format: PictureFormat;
}

/**
 * `<zcl-flow-panel>`; fires `zcl-arranged` with the part of a `FlowArrangement` that changes, and `zcl-picture-wanted` with
 * a `WantedPicture`.
 */
export class FlowPanel extends LightElement {
  @property({ attribute: false }) result: PageResult | null = null;
  @property() mode: string | null = null;
  @property() compare: string | null = null;
  @property() widths: ArrowWidths | null = null;

  /** The size, of buffer or object, whose numbers were asked for. */
  @property({ attribute: false }) size: number | null = null;
  /** The settings of the laboratory whose numbers were asked for. */
  @property({ attribute: false }) laboratory: string | null = null;
  @state() private pointed: Pointed = { at: 'step', marks: NOTHING };
  private chosen: ChosenFlows | null = null;

  protected override willUpdate(changed: PropertyValues): void {
    if (['result', 'mode', 'compare', 'size', 'laboratory'].some((name) => changed.has(name))) {
      const { result, mode, compare, size, laboratory } = this;
      this.chosen = result === null ? null : chosenFlows(result, { mode, compare, size, laboratory });
    }
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
    this.arrange({ mode: id });
  }

  private arrange(detail: Partial<FlowArrangement>): void {
    this.dispatchEvent(new CustomEvent('zcl-arranged', { detail }));
  }

  private readonly move = (event: KeyboardEvent): void => {
    tabReached(event, this)?.click();
  };

  private pointedAt(at: Pointed['at']) {
    return ({ detail: marks }: CustomEvent<readonly string[]>): void => {
      this.pointed = { at, marks };
    };
  }

  /** What is beside the mode, at which size, and what the widths of arrows show. */
  private choices(result: PageResult, chosen: ChosenFlows): TemplateResult {
    const others = modesOf(result).filter((id) => id !== chosen.id && findMode(id) !== undefined);
    return html`<div class="choices">
      ${
        others.length === 0
          ? nothing
          : choice(
              l10n.t('Compare with'),
              'compare-with',
              [['', l10n.t('the textbook')], ...others.map((id) => [id, modeName(id)] as const)],
              chosen.other?.id ?? '',
              (value) => this.arrange({ compare: value === '' ? null : value }),
            )
      }
      ${
        chosen.shown === undefined || chosen.known.length < 2
          ? nothing
          : choice(
              objectBytesOf(chosen.shown) === null ? l10n.t('Buffer') : l10n.t('Object'),
              'evidence-size',
              chosen.known.map((one) => [String(sizeOf(one) ?? 0), formatBytes(sizeOf(one) ?? 0)] as const),
              String(sizeOf(chosen.shown) ?? 0),
              (value) => {
                this.size = Number(value);
              },
            )
      }
      ${
        chosen.shown === undefined || chosen.laboratories.length < 2
          ? nothing
          : choice(
              result.experiment.laboratories === null ? l10n.t('Settings') : l10n.t('Laboratory'),
              'laboratory',
              chosen.laboratories.map((each) => [each, each || l10n.t('as the kernel makes it')] as const),
              caseSettings(chosen.shown),
              (value) => {
                this.laboratory = value;
              },
            )
      }
      ${
        chosen.costs.size === 0
          ? nothing
          : choice(
              l10n.t('Arrows as wide as'),
              'arrow-widths',
              [
                ['kind', l10n.t('their kind')],
                ...[...chosen.costs.keys()].map((source) => [source, sourceName(source)] as const),
              ],
              this.shownWidths(chosen) ?? 'kind',
              (value) => this.arrange({ widths: value as ArrowWidths }),
            )
      }
    </div>`;
  }

  /** What was asked for, else measured costs, else predicted ones; null: the kind of the arrow alone. */
  private shownWidths({ costs }: ChosenFlows): CostSource | null {
    if (this.widths === 'kind') return null;
    const [best] = costs.keys();
    return this.widths !== null && costs.has(this.widths) ? this.widths : (best ?? null);
  }

  private body(result: PageResult, chosen: ChosenFlows): TemplateResult {
    const { mode, views, shown } = chosen;
    if (mode === undefined) {
      return html`<p>${l10n.t('This version of the lab does not know the mode "{0}" and cannot draw it.', chosen.id)}</p>`;
    }
    const here = views.find((each) => each.key === 'here')?.flow;
    const widths = this.shownWidths(chosen);
    const largest = widths === null ? 0 : (chosen.costs.get(widths) ?? 0);
    return html`
      <p class="mode-summary">${mode.summary}</p>
      ${this.choices(result, chosen)} ${flowLegend(views)}
      ${widths === null ? nothing : html`<p class="chart-note" data-part="widths-note">${widthsNote(widths, largest)}</p>`}
      ${switchedList(result, chosen)}
      <div class="flows ${views.length === 1 ? 'single' : ''}">
        <div class="flow-cards ${isPaired(views) ? 'paired' : ''}">
          ${views.map(
            (view) => html`<zcl-flow-card
              data-flow=${view.key}
              .view=${view}
              .widths=${widths}
              .largest=${largest}
              .marks=${this.pointed.at === 'line' && view.mode === mode ? this.pointed.marks : NOTHING}
              @zcl-picture-wanted=${({ detail }: CustomEvent<PictureChoice>) =>
                this.wantPicture(result, views, { ...detail, flow: view.key, widths })}
              @zcl-step-pointed=${view.mode === mode ? this.pointedAt('step') : nothing}
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
      ${shown === undefined || shown.evidence === null ? nothing : this.evidence(result, { ...shown, evidence: shown.evidence })}
      ${here === undefined ? nothing : transferTable(mode, here, result, shown === undefined ? '' : caseSettings(shown))}
      ${
        mode.caveats.length === 0
          ? nothing
          : html`<h3>${l10n.t('Before you use {0}', mode.name)}</h3>
              <ul class="caveats" data-part="caveats">
                ${mode.caveats.map((caveat) => html`<li>${caveat}</li>`)}
              </ul>`
      }`;
  }

  /** Of one of the flows side by side; the host knows them by their cases. */
  private wantPicture(
    { cases }: PageResult,
    views: readonly FlowView[],
    wanted: Omit<WantedPicture, 'name' | 'case' | 'other'>,
  ): void {
    const caseOf = (key: string) => cases.findIndex((one) => one === views.find((view) => view.key === key)?.one);
    const other = caseOf('other');
    const mode = views.find(({ key }) => key === wanted.flow)?.mode.id;
    const detail: WantedPicture = {
      ...wanted,
      name: `${mode}-${wanted.flow}-${wanted.shade}`,
      case: caseOf('here'),
      other: other === -1 ? null : other,
    };
    this.dispatchEvent(new CustomEvent('zcl-picture-wanted', { detail }));
  }

  private evidence({ cases }: PageResult, shown: Parameters<typeof evidencePanel>[0]): TemplateResult {
    const size = sizeOf(shown);
    const what = shown.evidence.samples === 0 ? l10n.t('Evidence') : l10n.t('Evidence: where the CPU time went');
    const several = (this.chosen?.known.length ?? 0) > 1 && size !== null;
    const sized = several ? l10n.t('{0}, at {1}', what, formatBytes(size)) : what;
    const settings = caseSettings(shown);
    return html`<h3 class="evidence-title">${settings === '' ? sized : l10n.t('{0} ({1})', sized, settings)}</h3>
      ${evidencePanel(shown, labelLooks(cases))}`;
  }
}

/** Kinds of findings on what the switch of a laboratory changed. */
const SWITCHED: readonly string[] = ['switched', 'segmentation-copy', 'copied-flag-blind'];

/** What the findings say of the mode, where several laboratories are side by side. */
function switchedList({ findings, cases }: PageResult, { id, views }: ChosenFlows): TemplateResult | typeof nothing {
  const own = findings.filter(
    (finding) => SWITCHED.includes(finding.kind) && finding.cases.some((index) => cases[index]?.mode === id),
  );
  if (own.length === 0 || views.every(({ measured }) => measured.length === 0)) return nothing;
  return html`<ul class="switched" data-part="switched">
    ${own.map(({ text }) => html`<li>${text}</li>`)}
  </ul>`;
}

/** Two of the textbook's and two of laboratories, one pair below the other. */
function isPaired(views: readonly FlowView[]): boolean {
  return views.length === 4 && views.filter(({ measured }) => measured.length > 0).length === 2;
}

function choice(
  label: string,
  part: string,
  options: readonly (readonly [value: string, name: string])[],
  chosen: string,
  choose: (value: string) => void,
): TemplateResult {
  return html`<label class="choice">
    ${label}
    <select data-part=${part} @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
      ${options.map(([value, name]) => html`<option value=${value} .selected=${value === chosen}>${name}</option>`)}
    </select>
  </label>`;
}

function sourceName(source: CostSource): string {
  return source === 'measured' ? l10n.t('measured CPU time') : l10n.t('predicted CPU time');
}

function widthsNote(source: CostSource, largest: number): string {
  const most = l10n.t('{0} ms/GiB', formatNumber(largest));
  return source === 'measured'
    ? l10n.t(
        'Widths: CPU time per GiB of the steps that kernel samples can tell apart, the widest {0}; all others are thin.',
        most,
      )
    : l10n.t('Widths: CPU time per GiB by the cost model, the widest {0}; steps without a prediction are thin.', most);
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
