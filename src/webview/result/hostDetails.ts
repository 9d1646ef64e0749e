/** Facts of host and experiment, for those who want to repeat the run. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { experimentFacts } from '../../model/experimentFacts.ts';
import type { FactGroup } from '../../model/hostFacts.ts';
import { hostFactGroups } from '../../model/hostFacts.ts';
import type { PageResult } from '../../model/pageResult.ts';
import { hostPairs } from './bothHosts.ts';
import { calibrationFacts } from './costModel.ts';

/** Collapsed at first; `toggled` is told the new state. */
export function hostDetails(result: PageResult, open: boolean, toggled: (open: boolean) => void): TemplateResult {
  // An element that begins open says so, too.
  const heard = ({ target }: Event) => {
    const now = (target as HTMLDetailsElement).open;
    if (now !== open) toggled(now);
  };
  return html`<details class="fold" data-part="details" ?open=${open} @toggle=${heard}>
    <summary>${l10n.t('Host and experiment')}</summary>
    ${hostPairs(result)}
    <div class="details">
      ${hostFactGroups(result.host).map(factTable)} ${factTable(experimentFacts(result))}
      ${result.calibration === null ? nothing : factTable(calibrationFacts(result.calibration))}
    </div>
  </details>`;
}

/** A table of names and values under its heading. */
export function factTable({ heading, facts }: FactGroup): TemplateResult {
  return html`<table class="facts">
    <caption>
      ${heading}
    </caption>
    <tbody>
      ${facts.map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`)}
    </tbody>
  </table>`;
}
