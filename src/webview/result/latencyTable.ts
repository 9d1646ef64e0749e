/** How long single calls took: percentiles in a table, and on a logarithmic scale that all rows share. */
import * as l10n from '@vscode/l10n';
import { html, nothing, svg, type TemplateResult } from 'lit';
import { hasSeveralSizes } from '../../model/caseSize.ts';
import { findMode } from '../../model/modes/catalogue.ts';
import type { CallLatency, Case, Result } from '../../model/result.ts';
import { formatNumber } from '../../model/units.ts';
import { lookClass } from '../shell/theme.ts';
import { caseName, modesOf, shortDuration } from '../shell/words.ts';

interface Row {
  readonly one: Case;
  readonly latency: CallLatency;
}

/** Whole decades of nanoseconds that hold every row. */
interface Scale {
  readonly from: number;
  readonly to: number;
}

/** From how many calls on a percentile is another thing than the longest call. */
const COLUMNS = [
  { key: 'p50Ns', from: 2 },
  { key: 'p99Ns', from: 100 },
  { key: 'p999Ns', from: 1000 },
  { key: 'maxNs', from: 1 },
] as const;

/** Nothing where no pass timed the calls. */
export function latencyTable(result: Result): TemplateResult | typeof nothing {
  const rows = result.cases
    .filter((one) => !one.control)
    .flatMap((one) => (one.latency ?? []).map((latency): Row => ({ one, latency })));
  if (rows.length === 0) return nothing;
  const scale = scaleOf(rows);
  const several = hasSeveralSizes(result);
  const modes = modesOf(result);
  return html`<section data-part="latency">
    <h2 id="latency-heading">${l10n.t('Time of a single call')}</h2>
    <p class="chart-note">
      ${l10n.t('From a pass of its own, because timing each call slows them down. Bar: median to 99th percentile; line: to the longest; the scale is logarithmic.')}
    </p>
    <div class="scroll-x" tabindex="0" role="region" aria-labelledby="latency-heading">
      <table class="numbers latency">
        <thead>
          <tr>
            <th scope="col">${l10n.t('Mode')}</th>
            <th scope="col">${l10n.t('Call')}</th>
            <th scope="col" class="number">${l10n.t('Calls')}</th>
            <th scope="col" class="number">p50</th>
            <th scope="col" class="number">p99</th>
            <th scope="col" class="number">p99.9</th>
            <th scope="col" class="number">${l10n.t('Longest')}</th>
            <td class="latency-scale">${decades(scale)}</td>
          </tr>
        </thead>
        <tbody>
          ${rows.map((row) => rowParts(row, scale, caseName(row.one, several), lookClass(modes.indexOf(row.one.mode))))}
        </tbody>
      </table>
    </div>
  </section>`;
}

function rowParts({ one, latency }: Row, scale: Scale, name: string, look: string): TemplateResult {
  const once = findMode(one.mode)?.chunk === 'whole' ? l10n.t('one call moves it all') : l10n.t('one call');
  return html`<tr data-latency=${one.mode} data-call=${latency.call}>
    <th scope="row"><span class="mode-dot ${look}" aria-hidden="true"></span>${name}</th>
    <td><code>${latency.call}</code></td>
    ${
      latency.count === 1
        ? html`<td class="number" colspan="4">${once}</td>
            <td class="number">${shortDuration(latency.maxNs)}</td>`
        : html`<td class="number">${formatNumber(latency.count)}</td>
            ${COLUMNS.map(({ key, from }) => html`<td class="number">${latency.count < from ? '–' : shortDuration(latency[key])}</td>`)}`
    }
    <td class="latency-scale">${distribution(latency, scale, look)}</td>
  </tr>`;
}

function scaleOf(rows: readonly Row[]): Scale {
  const log = (ns: number) => Math.log10(Math.max(1, ns));
  return {
    from: Math.floor(Math.min(...rows.map(({ latency }) => log(latency.p50Ns)))),
    to: Math.ceil(Math.max(...rows.map(({ latency }) => log(latency.maxNs))) + 1e-9),
  };
}

function at(ns: number, { from, to }: Scale): string {
  return `${(((Math.log10(Math.max(1, ns)) - from) / Math.max(1, to - from)) * 96 + 2).toFixed(2)}%`;
}

function powers({ from, to }: Scale): readonly number[] {
  return Array.from({ length: Math.max(1, to - from) + 1 }, (_, nth) => 10 ** (from + nth));
}

/** Names of the decades; of many only every second. */
function decades(scale: Scale): TemplateResult {
  const all = powers(scale);
  const every = all.length > 6 ? 2 : 1;
  return html`<svg class="latency-axis" height="16" aria-hidden="true">
    ${all.map((ns, nth) =>
      nth % every === 0
        ? svg`<text class=${nth === 0 ? 'first' : nth === all.length - 1 ? 'last' : ''} x=${at(ns, scale)} y="12">${shortDuration(ns)}</text>`
        : nothing,
    )}
  </svg>`;
}

function distribution({ p50Ns, p99Ns, p999Ns, maxNs }: CallLatency, scale: Scale, look: string): TemplateResult {
  const tick = (ns: number, half: number) =>
    svg`<line x1=${at(ns, scale)} x2=${at(ns, scale)} y1=${8 - half} y2=${8 + half} />`;
  return html`<svg class="latency-bar ${look}" height="16" aria-hidden="true">
    ${powers(scale).map((ns) => svg`<line class="grid" x1=${at(ns, scale)} x2=${at(ns, scale)} y1="0" y2="16" />`)}
    <line class="tail" x1=${at(p99Ns, scale)} x2=${at(maxNs, scale)} y1="8" y2="8" />
    <line class="body" x1=${at(p50Ns, scale)} x2=${at(p99Ns, scale)} y1="8" y2="8" />
    <g class="ticks">${tick(p50Ns, 6)}${tick(p999Ns, 4)}${tick(maxNs, 4)}</g>
  </svg>`;
}
