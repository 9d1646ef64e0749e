/** All cases, the best by the headline of the experiment first, with every number people compare. */

import * as l10n from '@vscode/l10n';
import { html, nothing, svg, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { caseName, modeName } from '../../model/caseName.ts';
import { caseSettings } from '../../model/caseSettings.ts';
import { hasSeveralSizes, modesOf, sizeOf } from '../../model/caseSize.ts';
import type { Plotted } from '../../model/charts/description.ts';
import { headlineInterval, headlineOf } from '../../model/charts/headline.ts';
import { type PageCase, type PageResult, transferCount } from '../../model/pageResult.ts';
import { baselineOf } from '../../model/plan.ts';
import { betweenWords } from '../../model/punctuation.ts';
import { remarksOf, sharesBlocks } from '../../model/remarks.ts';
import type { Verified } from '../../model/result/case.ts';
import type { Interval } from '../../model/result/numbers.ts';
import type { PathId } from '../../model/result/path.ts';
import type { Summary } from '../../model/result/summary.ts';
import { FEWEST_FOR_INTERVAL } from '../../model/statistics/median.ts';
import { cpuVerdictWord, spread, verdictWord } from '../../model/statistics/words.ts';
import { isExcluded, whyNothingCounts } from '../../model/summary.ts';
import { formatBytes, formatDuration, formatNumber, formatPercent, formatRatio } from '../../model/units.ts';
import type { ExplainedWord } from '../shell/explained.ts';
import type { Arrangement } from '../shell/host.ts';
import { LightElement } from '../shell/lightElement.ts';
import { Pointing } from '../shell/pointing.ts';
import { lookClass } from '../shell/theme.ts';
import { term } from '../shell/wordCard.ts';
import { VERDICT_ICONS } from '../shell/words.ts';
import { sampleNotes } from './sampleNotes.ts';

/** Kind of the findings about cases whose later transfers differ from the earlier ones. */
const DRIFT = 'drifting';

/** Columns; all but the first and the last are named as in the summary. */
type ColumnKey = 'mode' | 'verified' | Exclude<keyof Summary, 'wallNs'>;

interface Column {
  readonly key: ColumnKey;
  readonly title: string;
  /** Second line of the header. */
  readonly unit: string | null;
}

/** Columns whose heading is a word to explain. */
const WORD_OF_COLUMN: Readonly<Partial<Record<ColumnKey, ExplainedWord>>> = {
  mibPerSecond: 'median',
  ratioToBaseline: 'baseline',
  cpuSecondsPerGib: 'cpu-per-gib',
  receiverCpuSecondsPerGib: 'cpu-per-gib',
  totalCpuSecondsPerGib: 'cpu-per-gib',
  crossingsPerMib: 'crossing',
  faultsPerMib: 'page-fault',
  contextSwitchesPerGib: 'context-switch',
};

/** A case on its way into a row. */
interface Row {
  readonly index: number;
  readonly one: PageCase;
}

/** `<zcl-ranking-table>`; fires `zcl-sorted` with the new order, and `zcl-samples-wanted` with a case. */
export class RankingTable extends LightElement {
  @property({ attribute: false }) result: PageResult | null = null;
  @property({ attribute: false }) sort: Arrangement['sort'] = null;
  @property({ attribute: false }) pointing = new Pointing();
  private stopObserving: (() => void) | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.stopObserving = this.pointing.observe(() => this.mark());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopObserving?.();
  }

  protected override updated(): void {
    this.mark();
  }

  protected override render() {
    if (this.result === null) return nothing;
    const { result } = this;
    const columns = columnsOf(result);
    const headline = headlineOf(result.experiment);
    const sort = this.sort ?? { column: headline.key, descending: headline.moreIsBetter };
    const context = contextOf(result);
    return html`
      <section>
        <h2 id="ranking-heading">${l10n.t('Ranking')}</h2>
        <div class="scroll-x" tabindex="0" role="region" aria-labelledby="ranking-heading">
          <table class="ranking sortable" data-part="ranking">
            <thead>
              <tr>
                ${columns.map((column) => this.header(column, column.key === headline.key, sort))}
              </tr>
            </thead>
            <tbody @pointerover=${this.point} @pointerleave=${this.leave} @focusin=${this.point} @focusout=${this.leave} @click=${this.want}>
              ${sorted(result, sort).map((row) => rowParts(row, columns, context))}
            </tbody>
          </table>
        </div>
        ${footnotes(result)}
      </section>`;
  }

  private header(column: Column, headline: boolean, sort: NonNullable<Arrangement['sort']>): TemplateResult {
    const mine = sort.column === column.key;
    const order = mine ? (sort.descending ? 'descending' : 'ascending') : 'none';
    const icon = mine ? `codicon-arrow-${sort.descending ? 'down' : 'up'}` : 'codicon-blank';
    return html`<th scope="col" aria-sort=${order} data-column=${column.key} class="${isNumber(column.key) ? 'number' : ''} ${headline ? 'headline' : ''}">
      <button data-word=${WORD_OF_COLUMN[column.key] ?? nothing} @click=${() => this.sortBy(column.key, mine ? !sort.descending : isNumber(column.key))}>
        <span><span class="column-title">${column.title}</span>${column.unit === null ? nothing : html`<span class="unit">${column.unit}</span>`}</span>
        <span class="codicon ${icon}" aria-hidden="true"></span>
      </button>
    </th>`;
  }

  /** Shows what is pointed at, here or in a chart. */
  private mark(): void {
    for (const row of this.querySelectorAll<HTMLElement>('tbody tr')) {
      row.classList.toggle('pointed', this.pointing.isAt(plottedOf(row)));
    }
  }

  private readonly point = ({ target }: Event): void => {
    const row = (target as HTMLElement).closest('tr');
    if (row !== null) this.pointing.at(plottedOf(row));
  };

  private readonly leave = (): void => this.pointing.at(null);

  private readonly want = ({ target }: Event): void => {
    const wanted = (target as HTMLElement).closest<HTMLElement>('[data-samples]');
    if (wanted === null) return;
    this.dispatchEvent(new CustomEvent('zcl-samples-wanted', { detail: Number(wanted.dataset['samples']) }));
  };

  private sortBy(column: ColumnKey, descending: boolean): void {
    this.dispatchEvent(new CustomEvent('zcl-sorted', { detail: { column, descending } }));
  }
}

function plottedOf(row: HTMLElement): Plotted {
  return { case: Number(row.dataset['case']), mode: row.dataset['mode'] ?? '' };
}

function columnsOf(result: PageResult): readonly Column[] {
  const headline = headlineOf(result.experiment).key;
  const [cpu, otherCpu] = cpuTitles(result.experiment.path);
  const columns: (Column | null)[] = [
    { key: 'mode', title: l10n.t('Mode'), unit: null },
    { key: 'mibPerSecond', title: l10n.t('Throughput'), unit: 'MiB/s' },
    { key: 'ratioToBaseline', title: l10n.t('To the baseline'), unit: l10n.t('ratio') },
    { key: 'cpuSecondsPerGib', title: cpu, unit: 's/GiB' },
    otherCpu === null ? null : { key: 'receiverCpuSecondsPerGib', title: otherCpu, unit: 's/GiB' },
    headline === 'totalCpuSecondsPerGib' ? { key: headline, title: l10n.t('CPU, both sides'), unit: 's/GiB' } : null,
    { key: 'crossingsPerMib', title: l10n.t('Crossings'), unit: '/MiB' },
    { key: 'faultsPerMib', title: l10n.t('Faults'), unit: '/MiB' },
    { key: 'contextSwitchesPerGib', title: l10n.t('Context switches'), unit: '/GiB' },
    { key: 'verified', title: l10n.t('Verified'), unit: null },
  ];
  const order = (column: Column) => (column.key === 'mode' ? 0 : column.key === headline ? 1 : 2);
  return columns.filter((column) => column !== null).sort((a, b) => order(a) - order(b));
}

/** Of the two sides; a copy between files has only one. */
function cpuTitles(path: PathId): readonly [ours: string, theirs: string | null] {
  switch (path) {
    case 'file-to-file':
      return [l10n.t('CPU'), null];
    case 'file-to-socket':
      return [l10n.t('CPU, sender'), l10n.t('CPU, receiver')];
    case 'process-to-process':
      return [l10n.t('CPU, producer'), l10n.t('CPU, consumer')];
  }
}

function isNumber(key: ColumnKey): boolean {
  return key !== 'mode' && key !== 'verified' && key !== 'ratioToBaseline';
}

/** What rows need to know of the whole table. */
interface Context {
  readonly severalSizes: boolean;
  readonly modes: readonly string[];
  readonly cases: readonly PageCase[];
  /** Right end of the common scale of the interval bars. */
  readonly most: number;
  readonly running: boolean;
  /** All ran at one rate, so that they differ in CPU time. */
  readonly paced: boolean;
  readonly host: PageResult['host'];
  /** Column that the experiment compares its cases by. */
  readonly headline: ColumnKey;
  /** Cases that a finding calls drifting. */
  readonly drifted: ReadonlySet<number>;
}

function contextOf(result: PageResult): Context {
  const headline = headlineOf(result.experiment);
  const ends = result.cases.flatMap((one) => {
    const interval = headlineInterval(one.summary, headline);
    return interval === null || sharesBlocks(one) ? [] : [interval.high ?? interval.median];
  });
  return {
    severalSizes: hasSeveralSizes(result),
    modes: modesOf(result),
    cases: result.cases,
    most: Math.max(...ends, 1e-9),
    running: result.status === 'running',
    paced: result.experiment.kind === 'equal-rate',
    host: result.host,
    headline: headline.key,
    drifted: new Set(result.findings.filter(({ kind }) => kind === DRIFT).flatMap(({ cases }) => cases)),
  };
}

/** Cases with numbers in the order asked for; cases without come last, in their own order. */
function sorted(result: PageResult, sort: NonNullable<Arrangement['sort']>): readonly Row[] {
  const rows = result.cases.map((one, index) => ({ index, one }));
  const direction = sort.descending ? -1 : 1;
  const compare = (a: Row, b: Row): number => {
    const [left, right] = [sortKey(a.one, sort.column), sortKey(b.one, sort.column)];
    if (typeof left === 'string' && typeof right === 'string') return left.localeCompare(right) * direction;
    return (Number(left) - Number(right)) * direction;
  };
  return [
    ...rows.filter((row) => row.one.summary !== null).sort(compare),
    ...rows.filter((row) => row.one.summary === null),
  ];
}

function sortKey(one: PageCase, column: string): number | string {
  if (column === 'mode') return modeName(one.mode);
  if (column === 'verified') return one.verified === null ? 0 : one.verified.ok ? 2 : 1;
  // The baseline compares with itself as 1.
  // Without a speed a case comes after all that have one.
  if (sharesBlocks(one) && (column === 'mibPerSecond' || column === 'ratioToBaseline')) return -1;
  const interval = one.summary?.[column as keyof Summary] ?? null;
  return interval?.median ?? (column === 'ratioToBaseline' ? 1 : 0);
}

function rowParts({ index, one }: Row, columns: readonly Column[], context: Context): TemplateResult {
  const { summary } = one;
  return html`<tr data-case=${index} data-mode=${one.mode} data-status=${one.status}>
    ${columns.map((column) =>
      column.key === 'mode'
        ? modeCell(one, index, context)
        : summary === null
          ? nothing
          : column.key === 'verified'
            ? verifiedCell(one)
            : numberCell(column.key, { index, one }, summary, context),
    )}
    ${summary === null ? reasonCell(one, columns.length - 1, context) : nothing}
  </tr>`;
}

function modeCell(one: PageCase, index: number, context: Context): TemplateResult {
  const baseline = baselineOf(context.cases, one) === null;
  const size = sizeOf(one);
  const settings = caseSettings(one);
  return html`<th scope="row" data-column="mode">
    <span class="mode-key ${lookClass(context.modes.indexOf(one.mode))}" aria-hidden="true"></span><span class="mode-name">${modeName(one.mode)}</span>
    ${
      transferCount(one) === 0
        ? nothing
        : html`<button
            class="icon-button"
            data-samples=${index}
            title=${l10n.t('Raw samples')}
            aria-label=${l10n.t('Raw samples of {0}', caseName(one, context.severalSizes))}
          >
            <span class="codicon codicon-list-flat" aria-hidden="true"></span>
          </button>`
    }
    ${context.severalSizes && size !== null ? html`<span class="buffer">${formatBytes(size)}</span>` : nothing}
    ${settings === '' ? nothing : html`<span class="buffer" data-part="laboratory">${settings}</span>`}
    ${one.control ? html`<span class="tag" data-tag="control">${l10n.t('control: same again')}</span>` : nothing}
    ${baseline ? html`<span class="tag" data-tag="baseline">${l10n.t('baseline')}</span>` : nothing}
    ${remarksOf(one, context.host).map(
      (remark) => html`<span class="tag" data-tag=${remark.kind} title=${remark.text}>${remark.label}</span>`,
    )}
    ${
      summaryUnderReason(one)
        ? html`<span class="tag warn" data-tag=${one.status} title=${one.reason?.message ?? ''}
            >${one.status === 'failed' ? l10n.t('failed') : l10n.t('cancelled')}</span
          >`
        : nothing
    }
  </th>`;
}

/** Some rounds were measured before the case failed or was cancelled. */
function summaryUnderReason(one: PageCase): boolean {
  return one.summary !== null && (one.status === 'failed' || one.status === 'cancelled');
}

function numberCell(
  key: Exclude<ColumnKey, 'mode' | 'verified'>,
  { index, one }: Row,
  summary: Summary,
  context: Context,
): TemplateResult {
  if (sharesBlocks(one) && (key === 'ratioToBaseline' || key === 'mibPerSecond')) return timeCell(key, summary);
  if (key === 'ratioToBaseline') return ratioCell(one, summary, context);
  const interval = summary[key];
  if (interval === null) return html`<td class="number" data-column=${key}>–</td>`;
  const headline = key === context.headline;
  return html`<td class="number ${headline ? 'headline' : ''}" data-column=${key}>
    <div>
      ${headline ? intervalBar(interval, context.most, lookClass(context.modes.indexOf(one.mode))) : nothing}
      <span class="median">${formatNumber(interval.median)}</span>
      ${spreadParts(interval, formatNumber)}
      ${headline ? sampleNotes(one, context.drifted.has(index)) : nothing}
    </div>
  </td>`;
}

/** Where no data moved there is no speed and nothing to compare: the time is told instead. */
function timeCell(key: 'ratioToBaseline' | 'mibPerSecond', summary: Summary): TemplateResult {
  if (key === 'ratioToBaseline') return html`<td data-column=${key}><span class="none">–</span></td>`;
  return html`<td class="number headline" data-column=${key}>
    <div><span class="median">${formatDuration(summary.wallNs.median)}</span></div>
  </td>`;
}

function spreadParts(interval: Interval, format: (value: number) => string): TemplateResult | typeof nothing {
  if (interval.low === interval.high && interval.low === interval.median) return nothing;
  const text = spread(interval, format);
  return text === null ? nothing : html`<span class="spread">${text}</span>`;
}

/** The interval on a scale that all rows share, so that overlap can be seen. */
function intervalBar(interval: Interval, most: number, look: string): TemplateResult {
  const percent = (value: number) => `${((value / most) * 98 + 1).toFixed(2)}%`;
  const whiskers =
    interval.low === null || interval.high === null
      ? nothing
      : svg`<line class="interval" x1=${percent(interval.low)} x2=${percent(interval.high)} y1="6" y2="6" />`;
  return html`<svg class="interval-bar ${look}" height="12" aria-hidden="true">
    <line class="scale" x1="0" x2="100%" y1="6" y2="6" />
    ${whiskers}
    <line class="middle" x1=${percent(interval.median)} x2=${percent(interval.median)} y1="0" y2="12" />
  </svg>`;
}

function ratioCell(one: PageCase, summary: Summary, context: Context): TemplateResult {
  const ratio = summary.ratioToBaseline;
  if (ratio === null) {
    return html`<td data-column="ratioToBaseline"><span class="none">–</span></td>`;
  }
  const against = context.cases[baselineOf(context.cases, one) ?? -1];
  const reference =
    context.severalSizes && sizeOf(one) === null && against?.bufferBytes != null
      ? html`<span class="spread">${l10n.t('baseline at {0}', formatBytes(against.bufferBytes))}</span>`
      : nothing;
  return html`<td data-column="ratioToBaseline">
    <span class="ratio">
      <span class="median">${formatRatio(ratio.median)}</span>
      <span
        class="verdict verdict-${ratio.verdict}"
        data-verdict=${ratio.verdict}
        title=${ratio.p === null ? nothing : l10n.t('p {0}: paired t, by Holm', formatP(ratio.p))}
      >
        <span class="codicon codicon-${VERDICT_ICONS[ratio.verdict]}" aria-hidden="true"></span>
        ${context.paced ? cpuVerdictWord(ratio.verdict) : verdictWord(ratio.verdict)}
      </span>
    </span>
    ${spreadParts(ratio, formatRatio)} ${reference}
  </td>`;
}

function formatP(p: number): string {
  return p < 0.001 ? '< 0.001' : p.toPrecision(2);
}

function verifiedCell(one: PageCase): TemplateResult {
  return html`<td data-column="verified">${verifiedParts(one.verified)}</td>`;
}

function verifiedParts(verified: Verified | null): TemplateResult {
  if (verified === null) return html`<span class="none">${l10n.t('not yet')}</span>`;
  if (!verified.ok) {
    return html`<span class="bad"><span class="codicon codicon-error" aria-hidden="true"></span> ${l10n.t('differs')}</span>
      <span class="spread">${verified.difference ?? ''}</span>`;
  }
  return verified.how === 'count-only'
    ? html`<span class="codicon codicon-symbol-numeric" aria-hidden="true"></span> ${l10n.t('byte count only')}`
    : html`<span class="good codicon codicon-verified" aria-hidden="true"></span> ${l10n.t('hash')}`;
}

/** Instead of numbers: why there are none. */
function reasonCell(one: PageCase, span: number, context: Context): TemplateResult {
  const [icon, word] = statusParts(one, context);
  return html`<td class="reason" colspan=${span} data-column="reason">
    <span class="codicon codicon-${icon}" aria-hidden="true"></span>
    ${
      one.reason === null
        ? html`<span class="none">${word}</span>`
        : html`<strong>${word}</strong> <span>${one.reason.message}</span> <span class="hint">${one.reason.hint}</span>`
    }
  </td>`;
}

function statusParts(one: PageCase, context: Context): readonly [icon: string, word: string] {
  switch (one.status) {
    case 'unsupported':
      return ['circle-slash', l10n.t('Not supported here.')];
    case 'failed':
      return ['error', l10n.t('Failed.')];
    case 'cancelled':
      return ['circle-slash', l10n.t('Cancelled.')];
    case 'pending':
    case 'ok':
      if (isExcluded(one)) return ['flame', whyNothingCounts(one)];
      return context.running ? ['clock', l10n.t('Waiting for its first round.')] : ['dash', l10n.t('Not measured.')];
  }
}

function footnotes(result: PageResult): TemplateResult {
  const rounds = Math.min(...result.cases.map((one) => one.digest.counted).filter((count) => count > 0));
  return html`<ul class="footnotes" data-part="footnotes">
    <li>
      ${l10n.t('Big number: median of the rounds. Small numbers and bar: 95 % interval of the median; the bars share one scale from 0.')}
    </li>
    <li>
      ${l10n.t('Ratio: median of the ratios round by round. Faster, slower and same are said only where the whole interval says so.')}
      ${
        result.noiseFloor === null
          ? nothing
          : l10n.t(
              'Noise floor: differences below {0} are not called differences, from the baseline run twice (control) and never less than 2 %.',
              formatPercent(result.noiseFloor),
            )
      }
    </li>
    ${
      result.experiment.kind === 'equal-rate'
        ? html`<li data-part="equal-rate">
            ${l10n.t('All ran at one rate. The ratio is the baseline’s CPU time to the mode’s, of both sides together.')}
          </li>`
        : nothing
    }
    ${
      rounds < FEWEST_FOR_INTERVAL
        ? html`<li data-part="coverage">
            ${l10n.t('Fewer than {0} rounds: no interval is claimed.', FEWEST_FOR_INTERVAL)}
          </li>`
        : nothing
    }
    ${
      result.experiment.target === 'loopback' && result.experiment.path !== 'file-to-file'
        ? html`<li data-part="loopback">
            ${l10n.t('Over loopback the kernel bills much of the receive work to the sender, so read the two CPU columns together.')}
          </li>`
        : nothing
    }
    <li data-part="meant">
      ${l10n.t('What is meant by:')}
      ${wordsOfNumbers(result).map((word, nth) => html`${nth === 0 ? nothing : betweenWords()}${term(word)}`)}
    </li>
  </ul>`;
}

/** The words behind the numbers of this result. */
function wordsOfNumbers({ cases, experiment }: PageResult): readonly ExplainedWord[] {
  return [
    'median',
    'baseline',
    'verdict',
    'noise-floor',
    ...(experiment.path === 'process-to-process' ? [] : (['residency'] as const)),
    ...(experiment.target === 'loopback' ? (['loopback'] as const) : []),
    ...(cases.some((one) => one.zerocopy !== null) ? (['zerocopy-completion'] as const) : []),
  ];
}
