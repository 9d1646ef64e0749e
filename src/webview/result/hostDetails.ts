/** Facts of host and experiment, for those who want to repeat the run. */
import '@vscode-elements/elements/dist/vscode-collapsible/index.js';
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { experimentFacts } from '../../model/experimentFacts.ts';
import type { FactGroup } from '../../model/hostFacts.ts';
import { hostFactGroups } from '../../model/hostFacts.ts';
import type { PageResult } from '../../model/pageResult.ts';
import { calibrationFacts } from './costModel.ts';

/** Collapsed at first; `toggled` is told the new state. */
export function hostDetails(result: PageResult, open: boolean, toggled: (open: boolean) => void): TemplateResult {
  return html`<vscode-collapsible
    heading=${l10n.t('Host and experiment')}
    ?open=${open}
    data-part="details"
    @vsc-collapsible-toggle=${(event: CustomEvent<{ readonly open: boolean }>) => toggled(event.detail.open)}
  >
    <div class="details">
      ${hostFactGroups(result.host).map(factTable)} ${factTable(experimentFacts(result))}
      ${result.calibration === null ? nothing : factTable(calibrationFacts(result.calibration))}
    </div>
  </vscode-collapsible>`;
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
