/** The page: a result, a probe or the reason why there is neither, as the session knows it, from top to bottom. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Result } from '../model/result.ts';
import { BufferChart } from './bufferChart.ts';
import { costModel } from './costModel.ts';
import { FlowPanel } from './flowPanel.ts';
import { hazardTable } from './hazardTable.ts';
import { resultHeading } from './heading.ts';
import type { Arrangement } from './host.ts';
import { hostDetails } from './hostDetails.ts';
import { latencyTable } from './latencyTable.ts';
import { LightElement } from './lightElement.ts';
import type { ListingWish } from './listingPanel.ts';
import { noiseStrip } from './noiseStrip.ts';
import { probePage } from './probeView.ts';
import { progressHeader } from './progressHeader.ts';
import { RankingTable } from './rankingTable.ts';
import { type Known, Session } from './session.ts';
import { fillPatterns } from './stackedBar.ts';
import { barStyles } from './styles/bars.ts';
import { chartStyles } from './styles/charts.ts';
import { evidenceStyles } from './styles/evidence.ts';
import { flowStyles } from './styles/flows.ts';
import { frameStyles } from './styles/frame.ts';
import { hazardStyles } from './styles/hazards.ts';
import { listingStyles } from './styles/listing.ts';
import { measureStyles } from './styles/measures.ts';
import { probeStyles } from './styles/probe.ts';
import { tableStyles } from './styles/tables.ts';
import { ThroughputChart } from './throughputChart.ts';
import { unreadablePage } from './unreadable.ts';

/** Theme tokens only; derived colours by color-mix. Adopted, because the page allows no inline style. */
const STYLES = [
  frameStyles,
  tableStyles,
  chartStyles,
  barStyles,
  measureStyles,
  flowStyles,
  evidenceStyles,
  listingStyles,
  hazardStyles,
  probeStyles,
];

customElements.define('zcl-buffer-chart', BufferChart);
customElements.define('zcl-throughput-chart', ThroughputChart);
customElements.define('zcl-ranking-table', RankingTable);
customElements.define('zcl-flow-panel', FlowPanel);

/** `<zcl-page>`, the root. Its `data-status` says what it shows. */
export class ResultPage extends LightElement {
  private readonly session = new Session(() => this.requestUpdate());
  private drawn = false;

  override connectedCallback(): void {
    super.connectedCallback();
    for (const { styleSheet } of STYLES) {
      if (styleSheet !== undefined) document.adoptedStyleSheets.push(styleSheet);
    }
    void this.session.refresh();
  }

  protected override render(): TemplateResult {
    return html`${this.problem()} ${this.content(this.session.known)}`;
  }

  protected override updated(_changed: PropertyValues<this>): void {
    const { known } = this.session;
    if (known.kind === 'result') this.dataset['status'] = known.result.status;
    else delete this.dataset['status'];
    if (known.kind === 'result' && !this.drawn) void this.markDrawn();
  }

  private problem(): TemplateResult | typeof nothing {
    const { problem } = this.session;
    if (problem === null) return nothing;
    return html`<p class="not-whole" role="alert" data-part="problem">
      <span class="codicon codicon-error" aria-hidden="true"></span>
      <span>${problem.message} <span class="hint">${problem.hint}</span></span>
    </p>`;
  }

  private content(known: Known): TemplateResult | typeof nothing {
    if (known.kind === 'nothing') return nothing;
    if (known.kind === 'unreadable') {
      return unreadablePage(known.fileName, known.problem, () => void this.session.ask({ type: 'open-as-text' }));
    }
    if (known.kind === 'probe') return probePage(known, () => void this.session.ask({ type: 'probe-again' }));
    const { result, progress, fileName } = known;
    const { host } = this.session;
    const { experiment } = result;
    const { sort, mode, detailsOpen } = host.arrangement;
    return html`${fillPatterns()}
    <main>
      ${result.status === 'running' ? progressHeader(result, progress, () => void this.session.ask({ type: 'cancel' })) : nothing}
      ${resultHeading(result, fileName, () => void this.session.ask({ type: 'run-again' }))}
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

/** Until a component has nothing left to update: a first update may ask for a second one. */
async function settled(part: LightElement): Promise<void> {
  while (!(await part.updateComplete));
}
