/** Both hosts of a run: their facts side by side, and what the work cost the CPUs of each. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { cpuColumns, cpuOfHosts, cpuSentences } from '../../model/bothHosts/cpu.ts';
import { factPairs } from '../../model/bothHosts/facts.ts';
import type { PageResult } from '../../model/pageResult.ts';

/** What differs first, and marked. */
export function hostPairs(result: PageResult): TemplateResult | typeof nothing {
  const pairs = factPairs(result);
  if (pairs.length === 0) return nothing;
  const known = (fact: string | null) => fact ?? html`<span class="hint">${l10n.t('unknown')}</span>`;
  return html`<div class="scroll-x" tabindex="0" role="region" aria-label=${l10n.t('Both hosts')}>
    <table class="numbers both-hosts" data-part="both-hosts">
      <thead>
        <tr>
          <th scope="col">${l10n.t('Both hosts')}</th>
          <th scope="col">${l10n.t('Sender')}</th>
          <th scope="col">${l10n.t('Receiver')}</th>
          <td></td>
        </tr>
      </thead>
      <tbody>
        ${pairs.map(
          ({ name, sender, receiver, differs }) => html`<tr data-differs=${differs}>
            <th scope="row">${name}</th>
            <td>${known(sender)}</td>
            <td>${known(receiver)}</td>
            <td>${differs ? html`<span class="codicon codicon-diff" aria-hidden="true"></span> ${l10n.t('differs')}` : nothing}</td>
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** CPU time of the threads and of their whole hosts, with the share of softirqs. */
export function hostCpu(result: PageResult): TemplateResult | typeof nothing {
  const cases = cpuOfHosts(result);
  if (cases.length === 0) return nothing;
  const columns = cpuColumns();
  return html`<div data-part="host-cpu">
    <h3 id="host-cpu-heading">${l10n.t('CPU of both hosts')}</h3>
    <div class="scroll-x" tabindex="0" role="region" aria-labelledby="host-cpu-heading">
      <table class="numbers">
        <thead>
          <tr>
            <th scope="col">${l10n.t('Case')}</th>
            ${columns.map(({ title }) => html`<th scope="col" class="number">${title}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${cases.map(
            (one) => html`<tr data-case=${one.index}>
              <th scope="row">${one.name}</th>
              ${columns.map(({ cell }) => html`<td class="number">${cell(one)}</td>`)}
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <p class="footnote">${cpuSentences(result).join(' ')}</p>
  </div>`;
}
