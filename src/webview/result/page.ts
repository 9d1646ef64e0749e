/** The page of a result, or of the reason why there is none, from top to bottom. */

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { caseName } from '../../model/caseName.ts';
import { caseSettings } from '../../model/caseSettings.ts';
import { hasSeveralSizes, sizeOf } from '../../model/caseSize.ts';
import type { PageState } from '../../model/messages.ts';
import { newerNotice } from '../../model/newerVersion.ts';
import type { PageResult } from '../../model/pageResult.ts';
import type { PictureText } from '../../model/picture/flow/slideOf.ts';
import type { EvidenceLink } from '../../model/result/finding.ts';
import type { SamplePage } from '../../model/samplePage.ts';
import { ChartBoard, type WantedChart } from '../charts/chartBoard.ts';
import { ChartView } from '../charts/chartView.ts';
import { noiseStrip } from '../charts/noiseStrip.ts';
import { fillPatterns } from '../charts/stackedBar.ts';
import { type FlowArrangement, FlowPanel, type WantedPicture } from '../flow/flowPanel.ts';
import type { ListingWish } from '../flow/listingPanel.ts';
import { encoded } from '../shell/exportMenu.ts';
import type { Arrangement, ChartArrangement } from '../shell/host.ts';
import type { LightElement } from '../shell/lightElement.ts';
import { PageElement } from '../shell/pageElement.ts';
import { Pointing } from '../shell/pointing.ts';
import { explainWords } from '../shell/wordCard.ts';
import { barStyles } from '../styles/bars.ts';
import { chartStyles } from '../styles/charts.ts';
import { evidenceStyles } from '../styles/evidence.ts';
import { findingStyles } from '../styles/findings.ts';
import { flowStyles } from '../styles/flows.ts';
import { hazardStyles } from '../styles/hazards.ts';
import { listingStyles } from '../styles/listing.ts';
import { measureStyles } from '../styles/measures.ts';
import { playerStyles } from '../styles/player.ts';
import { tableStyles } from '../styles/tables.ts';
import { wordStyles } from '../styles/words.ts';
import { hostCpu } from './bothHosts.ts';
import { costModel } from './costModel.ts';
import { bringIntoSight, chartOf, targetsOf } from './evidenceLinks.ts';
import { findingList } from './findingList.ts';
import { hazardTable } from './hazardTable.ts';
import { resultHeading } from './heading.ts';
import { hostDetails } from './hostDetails.ts';
import { progressHeader } from './progressHeader.ts';
import { RankingTable } from './rankingTable.ts';
import { RawSamples } from './rawSamples.ts';
import { ResultSession } from './resultSession.ts';
import { unreadablePage } from './unreadable.ts';

const STYLES = [
  findingStyles,
  tableStyles,
  chartStyles,
  barStyles,
  measureStyles,
  flowStyles,
  playerStyles,
  evidenceStyles,
  listingStyles,
  hazardStyles,
  wordStyles,
];

customElements.define('zcl-chart', ChartView);
customElements.define('zcl-charts', ChartBoard);
customElements.define('zcl-raw-samples', RawSamples);
customElements.define('zcl-ranking-table', RankingTable);
customElements.define('zcl-flow-panel', FlowPanel);

/** Its `data-status` says what it shows. */
export class ResultPage extends PageElement {
  protected override readonly styles = STYLES;
  declare protected readonly session: ResultSession;
  private drawn = false;
  private readonly pointing = new Pointing();
  /** Raw samples that are looked at. */
  private samples: SamplePage | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    explainWords(this, (word) => void this.session.ask({ type: 'open-word', word }));
  }

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
    const { mode, compare, widths, detailsOpen } = host.arrangement;
    return html`${fillPatterns()}
    <main>
      ${notice(result)}
      ${result.status === 'running' ? progressHeader(result, progress, () => void this.session.ask({ type: 'cancel' })) : nothing}
      ${resultHeading(result, fileName, () => void this.session.ask({ type: 'run-again' }))}
      ${findingList(result, (link) => void this.show(result, link))}
      ${experiment.kind === 'hazards' ? hazardTable(result, progress?.case ?? null) : this.numbers(result, host.arrangement)}
      <zcl-flow-panel
        .result=${result}
        .mode=${mode}
        .compare=${compare}
        .widths=${widths}
        @zcl-arranged=${(event: CustomEvent<Partial<FlowArrangement>>) => this.keep(event.detail)}
        @zcl-picture-wanted=${({ detail }: CustomEvent<WantedPicture>) => this.savePicture(detail)}
        @zcl-listing-wanted=${({ detail: { type, mode, done } }: CustomEvent<ListingWish>) =>
          void this.session.ask({ type, mode, path: experiment.path }, done)}
      ></zcl-flow-panel>
      ${hostDetails(result, detailsOpen, (open) => this.session.keep({ detailsOpen: open }))}
    </main>`;
  }

  private numbers(result: PageResult, { sort, charts }: Arrangement): TemplateResult {
    const wantSamples = ({ detail }: CustomEvent<number>) => this.wantSamples(detail, 0);
    return html`<zcl-ranking-table
        .result=${result}
        .sort=${sort}
        .pointing=${this.pointing}
        @zcl-sorted=${(event: CustomEvent<Arrangement['sort']>) => this.keep({ sort: event.detail })}
        @zcl-samples-wanted=${wantSamples}
      ></zcl-ranking-table>
      <zcl-charts
        .result=${result}
        .arrangement=${charts}
        .pointing=${this.pointing}
        @zcl-charts-arranged=${({ detail }: CustomEvent<Partial<ChartArrangement>>) => this.keep({ charts: { ...charts, ...detail } })}
        @zcl-mode-chosen=${(event: CustomEvent<string>) => this.keep({ mode: event.detail })}
        @zcl-samples-wanted=${wantSamples}
        @zcl-picture-wanted=${({ detail }: CustomEvent<WantedChart>) => this.savePicture(detail)}
        @zcl-copy-wanted=${({ detail }: CustomEvent<string>) => void this.session.ask({ type: 'copy', text: detail })}
      ></zcl-charts>
      ${hostCpu(result)} ${noiseStrip(result)} ${costModel(result)} ${this.rawSamples(result)}`;
  }

  private rawSamples(result: PageResult): TemplateResult | typeof nothing {
    const { samples } = this;
    const one = samples === null ? undefined : result.cases[samples.case];
    if (samples === null || one === undefined) return nothing;
    return html`<zcl-raw-samples
      .one=${one}
      .heading=${caseName(one, hasSeveralSizes(result))}
      .page=${samples}
      @zcl-page-wanted=${({ detail }: CustomEvent<number>) => this.wantSamples(samples.case, detail)}
      @zcl-closed=${() => {
        this.samples = null;
        this.requestUpdate();
      }}
    ></zcl-raw-samples>`;
  }

  private wantSamples(index: number, offset: number): void {
    void this.session.ask({ type: 'samples', case: index, offset }, (page) => {
      this.samples = page;
    });
  }

  /** The host composes the picture and saves it; only the page can make pixels of it. */
  private savePicture({ name, format, ...wish }: WantedPicture | WantedChart): void {
    const { session } = this;
    const save = async (picture: PictureText) =>
      session.ask({ type: 'save-picture', name, ...(await encoded(picture, format)) });
    if ('flow' in wish) void session.ask({ type: 'flow-picture', ...wish }, save);
    else void session.ask({ type: 'chart-picture', ...wish }, save);
  }

  /** Follows a link of a finding: the flows show the mode and the size it is about. */
  private async show(result: PageResult, link: EvidenceLink): Promise<void> {
    const one = 'case' in link ? result.cases[link.case] : undefined;
    const flows = this.querySelector<FlowPanel>('zcl-flow-panel');
    if (one !== undefined && flows !== null) {
      flows.size = sizeOf(one);
      flows.laboratory = caseSettings(one);
      this.keep({ mode: one.mode });
    }
    if (link.part === 'host') this.keep({ detailsOpen: true });
    if (link.part === 'chart') {
      const { charts } = this.session.host.arrangement;
      this.keep({ charts: { ...charts, shown: chartOf(link, result)?.id ?? null } });
    }
    await this.updateComplete;
    await flows?.updateComplete;
    const [target] = targetsOf(link, result).flatMap((selector) => this.querySelector<HTMLElement>(selector) ?? []);
    if (target !== undefined) bringIntoSight(target);
  }

  private keep(change: Partial<Arrangement>): void {
    this.session.keep(change);
    this.requestUpdate();
  }

  /** For the benchmark of the page: charts and diagrams of the first state are on the page. */
  private async markDrawn(): Promise<void> {
    this.drawn = true;
    const parts = this.querySelectorAll<LightElement>('zcl-charts, zcl-flow-panel');
    await Promise.all([...parts].map(settled));
    await Promise.all([...this.querySelectorAll<LightElement>('zcl-chart, zcl-flow-card')].map(settled));
    performance.mark('zcl-drawn');
  }
}

/** What to know of the file as such, above all else. */
function notice(result: PageResult): TemplateResult | typeof nothing {
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
