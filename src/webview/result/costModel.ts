/** Where the time goes: what the unit costs of this host predict for each case, held against what was measured. */

import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { caseName, modeName } from '../../model/caseName.ts';
import { sizeOf } from '../../model/caseSize.ts';
import { nameOfUnit, socketsNote, unitOf, units } from '../../model/cost/units.ts';
import type { FactGroup } from '../../model/hostFacts.ts';
import type { PageCase, PageResult } from '../../model/pageResult.ts';
import type { Interval } from '../../model/result/numbers.ts';
import type { Calibration, Crossover, Prediction } from '../../model/result/prediction.ts';
import { spread } from '../../model/statistics/words.ts';
import { formatBytes, formatDuration, formatNumber, formatPercent, shortDuration } from '../../model/units.ts';
import { type Fill, type Part, stackedBar, swatch } from '../charts/stackedBar.ts';

/** A case with both numbers. */
interface Explained {
  readonly one: PageCase;
  readonly predicted: Prediction;
  readonly measured: Interval;
}

/** Nothing of what was not predicted. */
export function costModel(result: PageResult): TemplateResult {
  const explained = result.cases.flatMap((one): Explained[] =>
    one.control || one.predicted === null || one.summary === null
      ? []
      : [{ one, predicted: one.predicted, measured: one.summary.wallNs }],
  );
  return html`${
    explained.length === 0
      ? nothing
      : html`<section aria-labelledby="cost-heading" data-part="cost">
          <h2 id="cost-heading">${l10n.t('Where the time goes')}</h2>
          ${bars(explained, result.experiment.path === 'file-to-socket')}
        </section>`
  }
  ${crossoverTable(result)}`;
}

function bars(explained: readonly Explained[], overSocket: boolean): TemplateResult {
  const kinds = kindsOf(explained);
  const groups = bySize(explained);
  const rests = explained.map(restOf);
  return html`<p class="chart-note">
      ${l10n.t('Counts of the flow times the unit costs of this host, which were measured apart from these transfers. The upright mark is the measured median with its 95 % interval; cases of one size share a scale from 0.')}
      ${overSocket ? socketsNote() : nothing}
    </p>
    <ul class="chart-legend" role="list">
      ${kinds.map((kind, nth) => html`<li data-legend="unit-${kind}">${swatch(nth)} ${kindName(kind)}</li>`)}
      ${rests.some((rest) => rest > 0) ? html`<li data-legend="rest">${swatch('rest')} ${l10n.t('unexplained')}</li>` : nothing}
      ${rests.some((rest) => rest < 0) ? html`<li data-legend="overshoot">${swatch('overshoot')} ${l10n.t('predicted too much')}</li>` : nothing}
    </ul>
    <div class="bars">
      ${groups.map(
        ([size, members]) => html`
          ${groups.length === 1 ? nothing : html`<h3>${size === null ? l10n.t('Whole transfer') : formatBytes(size)}</h3>`}
          ${members.map((each) => row(each, kinds, mostOf(members)))}
        `,
      )}
    </div>`;
}

function row(each: Explained, kinds: readonly string[], most: number): TemplateResult {
  const { one, predicted, measured } = each;
  const rest = restOf(each);
  const parts = [...predictedParts(each, kinds), ...(rest > 0 ? [restPart(rest)] : [])];
  const name = caseName(one, false);
  const interval = spread(measured, formatDuration);
  return html`<span class="bar-name" data-cost-case=${one.mode}>${name}</span>
    ${stackedBar(parts, {
      name: `${name}: ${parts.map((part) => part.title).join(', ')}`,
      most,
      mark: { at: measured.median, low: measured.low, high: measured.high },
    })}
    <span class="bar-value" data-cost-error=${one.mode}>
      ${
        interval === null
          ? l10n.t('{0} measured', formatDuration(measured.median))
          : l10n.t('{0} measured ({1})', formatDuration(measured.median), interval)
      }
      <span class="spread">${l10n.t('{0} predicted: {1}', formatDuration(predicted.totalNs), errorWords(each))}</span>
    </span>`;
}

/** In the order of the legend. What reaches beyond the measured median is drawn as too much. */
function predictedParts({ predicted, measured }: Explained, kinds: readonly string[]): readonly Part[] {
  const place = ({ unit }: Prediction['parts'][number]) => kinds.indexOf(kindOf(unit));
  const ordered = predicted.parts.toSorted((a, b) => place(a) - place(b));
  let start = 0;
  return ordered.flatMap(({ unit, count, ns }): Part[] => {
    const inside = Math.min(ns, Math.max(0, measured.median - start));
    start += ns;
    const title = l10n.t(
      '{0}: {1} ({2} times its unit cost)',
      nameOfUnit(unit),
      formatDuration(ns),
      formatNumber(count),
    );
    const part = (value: number, fill: Fill): Part => ({ title, value, fill });
    return [
      ...(inside > 0 ? [part(inside, kinds.indexOf(kindOf(unit)))] : []),
      ...(ns > inside ? [part(ns - inside, 'overshoot')] : []),
    ];
  });
}

function restPart(rest: number): Part {
  return { title: l10n.t('unexplained: {0}', formatDuration(rest)), value: rest, fill: 'rest' };
}

/** Measured less predicted: negative where the model predicts too much. */
function restOf({ predicted, measured }: Explained): number {
  return measured.median - predicted.totalNs;
}

function errorWords(each: Explained): string {
  const rest = restOf(each);
  const share = formatPercent(Math.abs(rest) / each.measured.median);
  if (each.measured.median === 0) return l10n.t('no time was measured');
  return rest >= 0 ? l10n.t('{0} unexplained', share) : l10n.t('{0} too much', share);
}

/** A unit whatever its size: those of several sizes are told by one colour. */
function kindOf(unit: string): string {
  return unitOf(unit)?.unit.id ?? unit;
}

function kindName(kind: string): string {
  return units().find(({ id }) => id === kind)?.name ?? kind;
}

/** Kinds of units by what they make up over all cases, the largest first. */
function kindsOf(explained: readonly Explained[]): readonly string[] {
  const sums = new Map<string, number>();
  for (const { predicted, measured } of explained) {
    for (const { unit, ns } of predicted.parts) {
      const kind = kindOf(unit);
      sums.set(kind, (sums.get(kind) ?? 0) + ns / Math.max(1, measured.median));
    }
  }
  return [...sums].sort(([, a], [, b]) => b - a).map(([unit]) => unit);
}

/** Cases of one size together; with a single size, whole transfers too. */
function bySize(explained: readonly Explained[]): readonly (readonly [number | null, readonly Explained[]])[] {
  const sizes = [...new Set(explained.map(({ one }) => sizeOf(one)))];
  if (sizes.filter((bytes) => bytes !== null).length < 2) return [[null, explained]];
  return sizes
    .sort((a, b) => (a ?? Number.POSITIVE_INFINITY) - (b ?? Number.POSITIVE_INFINITY))
    .map((bytes) => [bytes, explained.filter(({ one }) => sizeOf(one) === bytes)]);
}

function mostOf(group: readonly Explained[]): number {
  return Math.max(...group.flatMap(({ predicted, measured }) => [predicted.totalNs, measured.high ?? measured.median]));
}

function crossoverTable({ crossovers }: PageResult): TemplateResult | typeof nothing {
  if (crossovers.length === 0) return nothing;
  return html`<section>
    <h2 id="crossover-heading">${l10n.t('From which size on it pays')}</h2>
    <div class="scroll-x" tabindex="0" role="region" aria-labelledby="crossover-heading">
      <table class="numbers" data-part="crossovers">
        <thead>
          <tr>
            <th scope="col">${l10n.t('Mode')}</th>
            <th scope="col">${l10n.t('Beats')}</th>
            <th scope="col">${l10n.t('By the size of the')}</th>
            <th scope="col">${l10n.t('Predicted')}</th>
            <th scope="col">${l10n.t('Measured')}</th>
          </tr>
        </thead>
        <tbody>
          ${crossovers.map(
            (each) => html`<tr data-crossover=${each.mode}>
              <th scope="row">${modeName(each.mode)}</th>
              <td>${modeName(each.baseline)}</td>
              <td>${each.over === 'buffer' ? l10n.t('buffer') : l10n.t('object')}</td>
              <td>${predictedWords(each)}</td>
              <td>
                ${
                  each.measured === null
                    ? l10n.t('no crossover among these sizes')
                    : measuredWords(each.wins, each.measured)
                }
              </td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

function predictedWords({ wins, predictedBytes }: Crossover): string {
  if (predictedBytes === null) return l10n.t('no crossover among these sizes');
  const size = formatBytes(Math.round(predictedBytes));
  return wins === 'from' ? l10n.t('from {0} on', size) : l10n.t('up to {0}', size);
}

/** Measured were only the two sizes around it. */
function measuredWords(wins: Crossover['wins'], { above, upTo }: NonNullable<Crossover['measured']>): string {
  const [least, most] = [formatBytes(above), formatBytes(upTo)];
  return wins === 'from'
    ? l10n.t('from somewhere between {0} and {1} on', least, most)
    : l10n.t('up to somewhere between {0} and {1}', least, most);
}

/** The unit costs, for the details of the host, in the order of the units and of their sizes. */
export function calibrationFacts({ unitCosts, durationNs }: Calibration): FactGroup {
  const ids = units().map(({ id }) => id);
  const place = (key: string): readonly [number, number] => {
    const found = unitOf(key);
    return found === null ? [ids.length, 0] : [ids.indexOf(found.unit.id), found.size ?? 0];
  };
  const inOrder = Object.entries(unitCosts).sort(([a], [b]) => place(a)[0] - place(b)[0] || place(a)[1] - place(b)[1]);
  return {
    heading: l10n.t('Unit costs, measured in {0}', formatDuration(durationNs)),
    facts: inOrder.map(([key, cost]) => [nameOfUnit(key), costWords(key, cost)]),
  };
}

function costWords(key: string, cost: Interval): string {
  const interval = spread(cost, shortDuration);
  const words = interval === null ? shortDuration(cost.median) : `${shortDuration(cost.median)} (${interval})`;
  return unitOf(key)?.unit.per === 'byte' ? l10n.t('{0} a byte', words) : words;
}
