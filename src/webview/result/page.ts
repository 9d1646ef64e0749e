/** The page of a result, or of the reason why there is none, from top to bottom. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { sizeOf } from '../../model/caseSize.ts';
import type { PageState } from '../../model/messages.ts';
import { newerNotice } from '../../model/newerVersion.ts';
import type { EvidenceLink, Result } from '../../model/result.ts';
import { BufferChart } from '../charts/bufferChart.ts';
import { noiseStrip } from '../charts/noiseStrip.ts';
import { fillPatterns } from '../charts/stackedBar.ts';
import { ThroughputChart } from '../charts/throughputChart.ts';
import { FlowPanel } from '../flow/flowPanel.ts';
import type { ListingWish } from '../flow/listingPanel.ts';
import type { Arrangement } from '../shell/host.ts';
import type { LightElement } from '../shell/lightElement.ts';
import { PageElement } from '../shell/pageElement.ts';
import { barStyles } from '../styles/bars.ts';
import { chartStyles } from '../styles/charts.ts';
import { evidenceStyles } from '../styles/evidence.ts';
import { findingStyles } from '../styles/findings.ts';
import { flowStyles } from '../styles/flows.ts';
import { hazardStyles } from '../styles/hazards.ts';
import { listingStyles } from '../styles/listing.ts';
import { measureStyles } from '../styles/measures.ts';
import { tableStyles } from '../styles/tables.ts';
import { costModel } from './costModel.ts';
import { bringIntoSight, targetsOf } from './evidenceLinks.ts';
import { findingList } from './findingList.ts';
import { hazardTable } from './hazardTable.ts';
import { resultHeading } from './heading.ts';
import { hostDetails } from './hostDetails.ts';
import { latencyTable } from './latencyTable.ts';
import { progressHeader } from './progressHeader.ts';
import { RankingTable } from './rankingTable.ts';
import { ResultSession } from './resultSession.ts';
import { unreadablePage } from './unreadable.ts';

const STYLES = [
  findingStyles,
  tableStyles,
  chartStyles,
  barStyles,
  measureStyles,
  flowStyles,
  evidenceStyles,
  listingStyles,
  hazardStyles,
];

customElements.define('zcl-buffer-chart', BufferChart);
customElements.define('zcl-throughput-chart', ThroughputChart);
customElements.define('zcl-ranking-table', RankingTable);
customElements.define('zcl-flow-panel', FlowPanel);

/** Its `data-status` says what it shows. */
export class ResultPage extends PageElement {
  protected override readonly styles = STYLES;
  private drawn = false;

  protected override openSession(changed: () => void): ResultSession {
    return new ResultSession(changed);
  }

  protected override updated(_changed: PropertyValues<this>): void {
    const { state } = this.session;
    if (state?.kind === 'result') this.dataset['status'] = state.result.status;
    else delete this.dataset['status'];
    if (state?.kind === 'result' && !this.drawn) void this.markDrawn();
  }

  protected override content(state: PageState): TemplateResult | typeof nothing {
    if (state.kind === 'unreadable') {
      return unreadablePage(state.fileName, state.problem, () => void this.session.ask({ type: 'open-as-text' }));
    }
    if (state.kind !== 'result') return nothing;
    const { result, progress, fileName } = state;
    const { host } = this.session;
    const { experiment } = result;
    const { sort, mode, detailsOpen } = host.arrangement;
    return html`${fillPatterns()}
    <main>
      ${notice(result)}
      ${result.status === 'running' ? progressHeader(result, progress, () => void this.session.ask({ type: 'cancel' })) : nothing}
      ${resultHeading(result, fileName, () => void this.session.ask({ type: 'run-again' }))}
      ${findingList(result, (link) => void this.show(result, link))}
      ${experiment.kind === 'hazards' ? hazardTable(result, progress?.case ?? null) : this.numbers(result, sort)}
      <zcl-flow-panel
        .result=${result}
        .mode=${mode}
        @zcl-mode-chosen=${(event: CustomEvent<string>) => this.keep({ mode: event.detail })}
        @zcl-listing-wanted=${({ detail: { type, mode, done } }: CustomEvent<ListingWish>) =>
          void this.session.ask({ type, mode, path: experiment.path }, done)}
      ></zcl-flow-panel>
      ${hostDetails(result, detailsOpen, (open) => host.keep({ detailsOpen: open }))}
    </main>`;
  }

  private numbers(result: Result, sort: Arrangement['sort']): TemplateResult {
    return html`<zcl-ranking-table
        .result=${result}
        .sort=${sort}
        @zcl-sorted=${(event: CustomEvent<Arrangement['sort']>) => this.keep({ sort: event.detail })}
      ></zcl-ranking-table>
      <div class="charts">
        <zcl-throughput-chart .result=${result}></zcl-throughput-chart>
        <zcl-buffer-chart .result=${result}></zcl-buffer-chart>
      </div>
      ${noiseStrip(result)} ${costModel(result)} ${latencyTable(result)}`;
  }

  /** Follows a link of a finding: the flows show the mode and the size it is about. */
  private async show(result: Result, link: EvidenceLink): Promise<void> {
    const one = 'case' in link ? result.cases[link.case] : undefined;
    const flows = this.querySelector<FlowPanel>('zcl-flow-panel');
    if (one !== undefined && flows !== null) {
      flows.size = sizeOf(one);
      this.keep({ mode: one.mode });
    }
    if (link.part === 'host') this.keep({ detailsOpen: true });
    await this.updateComplete;
    await flows?.updateComplete;
    const [target] = targetsOf(link, result).flatMap((selector) => this.querySelector<HTMLElement>(selector) ?? []);
    if (target !== undefined) bringIntoSight(target);
  }

  private keep(change: Partial<Arrangement>): void {
    this.session.host.keep(change);
    this.requestUpdate();
  }

  /** For the benchmark of the page: charts and diagrams of the first state are on the page. */
  private async markDrawn(): Promise<void> {
    this.drawn = true;
    const parts = this.querySelectorAll<LightElement>('zcl-throughput-chart, zcl-buffer-chart, zcl-flow-panel');
    await Promise.all([...parts].map(settled));
    await Promise.all([...this.querySelectorAll<LightElement>('zcl-flow-card')].map(settled));
    performance.mark('zcl-drawn');
  }
}

/** What to know of the file as such, above all else. */
function notice(result: Result): TemplateResult | typeof nothing {
  const newer = newerNotice(result);
  if (newer === null) return nothing;
  return html`<p class="not-whole" data-part="notice">
    <span class="codicon codicon-info" aria-hidden="true"></span>
    <span>${newer.message} <span class="hint">${newer.hint}</span></span>
  </p>`;
}

/** Until a component has nothing left to update: a first update may ask for a second one. */
async function settled(part: LightElement): Promise<void> {
  while (!(await part.updateComplete));
}
