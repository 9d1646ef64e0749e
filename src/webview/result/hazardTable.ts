/** What the system did when a hazard met a mode: a row per mode, a column per hazard, and every outcome in words. */

import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { modeName } from '../../model/caseName.ts';
import { modesOf } from '../../model/caseSize.ts';
import { type HazardDescriptor, type HazardTelling, hazardsOf, tellHazard } from '../../model/hazards.ts';
import type { PageResult } from '../../model/pageResult.ts';
import { formatBytes } from '../../model/units.ts';

type Tone = HazardTelling['tone'];

const TONES: readonly Tone[] = ['harmless', 'told', 'silent', 'not-shown'];

const ICONS: Readonly<Record<Tone, string>> = {
  harmless: 'check',
  told: 'error',
  silent: 'warning',
  'not-shown': 'dash',
};

/** A case with what is known of it. */
interface Met {
  readonly mode: string;
  readonly hazard: HazardDescriptor;
  /** Null while nothing is known. */
  readonly telling: HazardTelling | null;
  /** It is being tried right now. */
  readonly now: boolean;
}

/** @param current index of the case a run is at, or null */
export function hazardTable(result: PageResult, current: number | null): TemplateResult {
  const hazards = hazardsOf(result.experiment.path);
  const modes = modesOf(result);
  const met = metOf(result, hazards, current);
  const atByte = result.cases[0]?.hazard?.atByte ?? 0;
  return html`<section>
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
          ${modes.map(
            (mode) => html`<tr data-mode=${mode}>
              <th scope="row">${modeName(mode)}</th>
              ${met.filter((one) => one.mode === mode).map(cell)}
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <ul class="hazard-legend" role="list" aria-label=${l10n.t('Legend')}>
      ${TONES.map((tone) => legend(tone, met.filter(({ telling }) => telling?.tone === tone).length))}
    </ul>
    <details class="hazard-words" data-part="hazard-words">
      <summary>${l10n.t('Every outcome in words')}</summary>
      ${hazards.map((hazard) => inWords(hazard, met))}
    </details>
  </section>`;
}

function metOf(result: PageResult, hazards: readonly HazardDescriptor[], current: number | null): readonly Met[] {
  return result.cases.flatMap((one, index): Met[] => {
    const hazard = hazards.find((each) => each.id === one.hazard?.kind);
    return hazard === undefined ? [] : [{ mode: one.mode, hazard, telling: tellHazard(one), now: index === current }];
  });
}

function cell({ telling, hazard, now }: Met): TemplateResult {
  if (telling === null) {
    return html`<td class=${now ? 'now' : 'none'} data-hazard=${hazard.id}>${now ? l10n.t('now') : l10n.t('not yet')}</td>`;
  }
  return html`<td class="tone-${telling.tone}" data-hazard=${hazard.id} data-tone=${telling.tone} title=${telling.text}>
    ${icon(telling.tone)} ${telling.label}
  </td>`;
}

function legend(tone: Tone, count: number): TemplateResult | typeof nothing {
  if (count === 0) return nothing;
  return html`<li class="tone-${tone}" data-tone=${tone}>${icon(tone)} ${l10n.t('{0}: {1}', toneWords(tone), count)}</li>`;
}

function toneWords(tone: Tone): string {
  switch (tone) {
    case 'harmless':
      return l10n.t('nothing was lost');
    case 'told':
      return l10n.t('a call failed and said so');
    case 'silent':
      return l10n.t('other bytes were delivered, and nothing said so');
    case 'not-shown':
      return l10n.t('could not be shown');
  }
}

/** What is done, and what came of it; modes with the same outcome are named together. */
function inWords(hazard: HazardDescriptor, met: readonly Met[]): TemplateResult {
  const modesOfText = new Map<string, string[]>();
  for (const { mode, telling } of met.filter((one) => one.hazard === hazard)) {
    if (telling === null) continue;
    modesOfText.set(telling.text, [...(modesOfText.get(telling.text) ?? []), modeName(mode)]);
  }
  return html`<h3>${hazard.name}</h3>
    <p class="chart-note">${hazard.what}</p>
    <dl>${[...modesOfText].map(([text, modes]) => html`<div><dt>${modes.join('; ')}</dt><dd>${text}</dd></div>`)}</dl>`;
}

function icon(tone: Tone): TemplateResult {
  return html`<span class="codicon codicon-${ICONS[tone]}" aria-hidden="true"></span>`;
}
