/** The page of a result, or of the reason why there is none, from top to bottom. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { PageState } from '../../model/messages.ts';
import type { PageResult } from '../../model/pageResult.ts';
import { BufferChart } from '../charts/bufferChart.ts';
import { noiseStrip } from '../charts/noiseStrip.ts';
import { fillPatterns } from '../charts/stackedBar.ts';
import { ThroughputChart } from '../charts/throughputChart.ts';
import type { TakenPicture } from '../flow/exportMenu.ts';
import { type FlowArrangement, FlowPanel } from '../flow/flowPanel.ts';
import type { ListingWish } from '../flow/listingPanel.ts';
import type { Arrangement } from '../shell/host.ts';
import type { LightElement } from '../shell/lightElement.ts';
import { PageElement } from '../shell/pageElement.ts';
import { barStyles } from '../styles/bars.ts';
import { chartStyles } from '../styles/charts.ts';
import { evidenceStyles } from '../styles/evidence.ts';
import { flowStyles } from '../styles/flows.ts';
import { hazardStyles } from '../styles/hazards.ts';
import { listingStyles } from '../styles/listing.ts';
import { measureStyles } from '../styles/measures.ts';
import { playerStyles } from '../styles/player.ts';
import { tableStyles } from '../styles/tables.ts';
import { costModel } from './costModel.ts';
import { hazardTable } from './hazardTable.ts';
import { resultHeading } from './heading.ts';
import { hostDetails } from './hostDetails.ts';
import { latencyTable } from './latencyTable.ts';
import { progressHeader } from './progressHeader.ts';
import { RankingTable } from './rankingTable.ts';
import { ResultSession } from './resultSession.ts';
import { unreadablePage } from './unreadable.ts';

const STYLES = [
  tableStyles,
  chartStyles,
  barStyles,
  measureStyles,
  flowStyles,
  playerStyles,
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
  declare protected readonly session: ResultSession;
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
    const { result, fileName } = state;
    const { host, progress } = this.session;
    const { experiment } = result;
    const { sort, mode, compare, widths, detailsOpen } = host.arrangement;
    return html`${fillPatterns()}
    <main>
      ${result.status === 'running' ? progressHeader(result, progress, () => void this.session.ask({ type: 'cancel' })) : nothing}
      ${resultHeading(result, fileName, () => void this.session.ask({ type: 'run-again' }))}
      ${experiment.kind === 'hazards' ? hazardTable(result, progress?.case ?? null) : this.numbers(result, sort)}
      <zcl-flow-panel
        .result=${result}
        .mode=${mode}
        .compare=${compare}
        .widths=${widths}
        @zcl-arranged=${(event: CustomEvent<Partial<FlowArrangement>>) => this.keep(event.detail)}
        @zcl-picture-taken=${({ detail }: CustomEvent<TakenPicture>) =>
          void this.session.ask({ type: 'save-picture', ...detail })}
        @zcl-listing-wanted=${({ detail: { type, mode, done } }: CustomEvent<ListingWish>) =>
          void this.session.ask({ type, mode, path: experiment.path }, done)}
      ></zcl-flow-panel>
      ${hostDetails(result, detailsOpen, (open) => this.session.keep({ detailsOpen: open }))}
    </main>`;
  }

  private numbers(result: PageResult, sort: Arrangement['sort']): TemplateResult {
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
    this.session.keep(change);
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
