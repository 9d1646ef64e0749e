/** What works on this host: every mode on every path, the reasons, and the facts behind them. */
import { modeName } from '../../model/caseName.ts';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { hostFactGroups } from '../../model/hostFacts.ts';
import type { PageState } from '../../model/messages.ts';
import { modesNotRun } from '../../model/modes/notRun.ts';
import type { PathDescriptor } from '../../model/paths.ts';
import { pathDescriptors } from '../../model/paths.ts';
import type { LaboratoryProbe, ModeProbe, ProbeReport, ProbeStatus } from '../../model/probe.ts';
import type { Problem } from '../../model/result/problem.ts';
import { factTable } from '../result/hostDetails.ts';
import { momentText } from '../shell/moment.ts';
import { PageElement } from '../shell/pageElement.ts';
import { probeStyles } from '../styles/probe.ts';
import { tableStyles } from '../styles/tables.ts';

type ProbeState = Extract<PageState, { readonly kind: 'probe' }>;

const ICONS: Readonly<Record<ProbeStatus, string>> = { works: 'pass', unsupported: 'circle-slash', failed: 'error' };

/** The page of a probe, also while one is under way or after one came to nothing. */
export class ProbePage extends PageElement {
  protected override readonly styles = [tableStyles, probeStyles];

  protected override content(state: PageState): TemplateResult | typeof nothing {
    if (state.kind !== 'probe') return nothing;
    return contents(state, () => void this.session.ask({ type: 'probe-again' }));
  }
}

function contents({ report, problem, probing }: ProbeState, probeAgain: () => void): TemplateResult {
  return html`<main class="probe" data-part="probe" aria-busy=${probing}>
    <header>
      <div class="title-line">
        <h1>${report === null ? l10n.t('What works on this host') : l10n.t('What works on {0}', report.host.name)}</h1>
        <vscode-button
          secondary
          ?disabled=${probing}
          aria-disabled=${probing}
          data-part="probe-again"
          @click=${probeAgain}
        >
          ${l10n.t('Probe again')}
        </vscode-button>
      </div>
      ${report === null ? nothing : where(report)}
      ${probing ? underWay() : nothing}
      ${problem === null ? nothing : obstacle(problem)}
      ${report === null ? nothing : html`<p class="finding" data-part="finding">${finding(report)}</p>`}
    </header>
    ${report === null ? nothing : found(report)}
  </main>`;
}

function where({ probedAt, host, directory }: ProbeReport): TemplateResult {
  return html`<ul class="facts-line" role="list" data-part="where">
    <li><time datetime=${probedAt}>${momentText(probedAt)}</time></li>
    <li>${host.kernel}</li>
    <li>${l10n.t('{0} on {1}', directory, host.filesystem.type)}</li>
    ${host.container === null ? nothing : html`<li>${l10n.t('container ({0})', host.container)}</li>`}
    ${host.virtualised === null ? nothing : html`<li>${l10n.t('virtual machine ({0})', host.virtualised)}</li>`}
  </ul>`;
}

function underWay(): TemplateResult {
  return html`<div class="probing" role="status" data-part="probing">
    <vscode-progress-bar indeterminate aria-label=${l10n.t('Progress of the probe')}></vscode-progress-bar>
    ${l10n.t('Moving a little by every mode on every path …')}
  </div>`;
}

function obstacle({ message, hint }: Problem): TemplateResult {
  return html`<p class="not-whole" role="alert" data-part="obstacle">
    <span class="codicon codicon-warning" aria-hidden="true"></span>
    <span>${message} <span class="hint">${hint}</span></span>
  </p>`;
}

function finding({ modes }: ProbeReport): string {
  const working = countWorking(modes);
  return working === modes.length
    ? l10n.t('All {0} ways to move bytes work here.', working)
    : l10n.t('{0} of {1} ways to move bytes work here.', working, modes.length);
}

function found(report: ProbeReport): TemplateResult {
  const paths = pathDescriptors().filter(({ id }) => report.modes.some((each) => each.path === id));
  return html`${paths.map((path) => pathSection(path, report))} ${laboratorySection(report.laboratory)}
    <section>
      <h2>${l10n.t('Named, and not run')}</h2>
      <table class="probes" data-part="not-run">
        <tbody>
          ${modesNotRun().map(({ id, name, why }) => html`<tr data-mode=${id}><th scope="row">${name}</th><td>${why}</td></tr>`)}
        </tbody>
      </table>
    </section>
    <section>
      <h2>${l10n.t('Host')}</h2>
      <div class="details" data-part="host">${hostFactGroups(report.host).map(factTable)}</div>
    </section>`;
}

function pathSection({ id, name }: PathDescriptor, report: ProbeReport): TemplateResult {
  const modes = report.modes.filter((each) => each.path === id);
  return html`<section>
    <h2>${name} <span class="share">${l10n.t('{0} of {1}', countWorking(modes), modes.length)}</span></h2>
    <table class="probes" data-path=${id}>
      <thead>
        <tr>
          <th scope="col">${l10n.t('Mode')}</th>
          <th scope="col">${l10n.t('Here')}</th>
          <th scope="col">${l10n.t('Why, and what to do')}</th>
        </tr>
      </thead>
      <tbody>
        ${modes.map(row)}
      </tbody>
    </table>
  </section>`;
}

/** What a network of the lab's own can be set to; where there is none, why. */
function laboratorySection({ problem, switches }: LaboratoryProbe): TemplateResult {
  const settable = switches.filter((each) => each.problem === null).length;
  const share = html`<span class="share">${l10n.t('{0} of {1}', settable, switches.length)}</span>`;
  return html`<section>
    <h2>${l10n.t('Switches of a laboratory')} ${problem === null ? share : nothing}</h2>
    ${
      problem === null
        ? html`<table class="probes" data-part="laboratory">
            <tbody>
              ${switches.map((each) => trial({ ...each, status: each.problem === null ? 'works' : 'unsupported' }, each.id))}
            </tbody>
          </table>`
        : obstacle(problem)
    }
  </section>`;
}

function row({ mode, notes, ...tried }: ModeProbe): TemplateResult {
  return trial({ ...tried, id: mode }, modeName(mode), notes);
}

interface Tried {
  readonly id: string;
  readonly status: ProbeStatus;
  readonly problem: Problem | null;
}

function trial({ id, status, problem }: Tried, name: string, notes: readonly string[] = []): TemplateResult {
  return html`<tr data-mode=${id} data-status=${status}>
    <th scope="row">${name}</th>
    <td class="status">
      <span class="codicon codicon-${ICONS[status]}" aria-hidden="true"></span>${statusWord(status)}
    </td>
    <td>${problem === null ? nothing : html`<p>${problem.message}</p><p class="hint">${problem.hint}</p>`}${notes.map(
      (note) => html`<p class="hint">${note}</p>`,
    )}</td>
  </tr>`;
}

function countWorking(modes: readonly ModeProbe[]): number {
  return modes.filter((each) => each.status === 'works').length;
}

function statusWord(status: ProbeStatus): string {
  switch (status) {
    case 'works':
      return l10n.t('works');
    case 'unsupported':
      return l10n.t('unsupported');
    case 'failed':
      return l10n.t('failed');
  }
}
