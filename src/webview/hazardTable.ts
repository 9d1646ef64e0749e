/** What the system did when a hazard met a mode: a row per mode, a column per hazard, and every outcome in words. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { type HazardDescriptor, type HazardTelling, hazardsOf, tellHazard } from '../model/hazards.ts';
import type { Case, Result } from '../model/result.ts';
import { formatBytes } from '../model/units.ts';
import { modeName, modesOf } from './words.ts';

const ICONS: Readonly<Record<HazardTelling['tone'], string>> = {
  harmless: 'check',
  told: 'error',
  silent: 'warning',
  'not-shown': 'dash',
};

export function hazardTable(result: Result): TemplateResult {
  const hazards = hazardsOf(result.experiment.path);
  const atByte = result.cases[0]?.hazard?.atByte ?? 0;
  return html`<section aria-labelledby="hazards-heading">
    <h2 id="hazards-heading">${l10n.t('Hazards')}</h2>
    <p class="chart-note">
      ${l10n.t('Each happens when {0} of {1} are on their way.', formatBytes(atByte), formatBytes(result.experiment.bytes))}
    </p>
    <div class="scroll-x" tabindex="0" role="region" aria-labelledby="hazards-heading">
      <table class="numbers hazards" data-part="hazards">
        <thead>
          <tr>
            <th scope="col">${l10n.t('Mode')}</th>
            ${hazards.map((hazard) => html`<th scope="col" title=${hazard.what}>${hazard.name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${modesOf(result).map((mode) => row(result, mode, hazards))}
        </tbody>
      </table>
    </div>
    <ul class="hazard-legend" role="list" aria-label=${l10n.t('Legend')}>
      <li class="tone-harmless">${icon('harmless')} ${l10n.t('nothing was lost')}</li>
      <li class="tone-told">${icon('told')} ${l10n.t('a call failed and said so')}</li>
      <li class="tone-silent">${icon('silent')} ${l10n.t('other bytes were delivered, and nothing said so')}</li>
    </ul>
    <details class="hazard-words" data-part="hazard-words">
      <summary>${l10n.t('Every outcome in words')}</summary>
      ${modesOf(result).map((mode) => inWords(result, mode, hazards))}
    </details>
  </section>`;
}

function row(result: Result, mode: string, hazards: readonly HazardDescriptor[]): TemplateResult {
  return html`<tr data-mode=${mode}>
    <th scope="row">${modeName(mode)}</th>
    ${hazards.map((hazard) => cell(caseOf(result, mode, hazard)))}
  </tr>`;
}

function cell(one: Case | undefined): TemplateResult {
  const telling = one === undefined ? null : tellHazard(one);
  if (telling === null) return html`<td><span class="none">${l10n.t('not yet')}</span></td>`;
  return html`<td class="tone-${telling.tone}" data-tone=${telling.tone} title=${telling.text}>
    ${icon(telling.tone)} ${telling.label}
  </td>`;
}

function inWords(result: Result, mode: string, hazards: readonly HazardDescriptor[]): TemplateResult {
  return html`<h3>${modeName(mode)}</h3>
    <dl>
      ${hazards.map((hazard) => {
        const one = caseOf(result, mode, hazard);
        const telling = one === undefined ? null : tellHazard(one);
        return telling === null ? nothing : html`<dt>${hazard.name}</dt><dd>${telling.text}</dd>`;
      })}
    </dl>`;
}

function caseOf(result: Result, mode: string, hazard: HazardDescriptor): Case | undefined {
  return result.cases.find((one) => one.mode === mode && one.hazard?.kind === hazard.id);
}

function icon(tone: HazardTelling['tone']): TemplateResult {
  return html`<span class="codicon codicon-${ICONS[tone]}" aria-hidden="true"></span>`;
}
