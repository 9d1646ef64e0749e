/** What is not the same around the numbers: the experiments, which warns, and the hosts. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { Comparison } from '../../model/comparison/comparison.ts';

/** So many facts are shown at once; the rest opens. */
const FACTS_AT_ONCE = 6;

export function differencesOf(comparison: Comparison): TemplateResult {
  return html`${warnings(comparison)} ${hosts(comparison)}`;
}

function warnings({ warnings, results }: Comparison): TemplateResult | typeof nothing {
  if (warnings.length === 0) return nothing;
  return html`<section class="warnings" data-part="warnings">
    <h2 id="warnings-heading">
      <span class="codicon codicon-warning" aria-hidden="true"></span> ${l10n.t('The experiments differ')}
    </h2>
    <div class="scroll-x" tabindex="0" role="region" aria-labelledby="warnings-heading"><table class="differences">
      ${letterHead(results)}
      <tbody>
        ${warnings.map(
          ({ kind, name, values, meaning }) => html`<tr data-kind=${kind}>
            <th scope="row">${name}<span class="meaning">${meaning}</span></th>
            ${values.map((value, index) => html`<td class=${isLikeReference(values, index) ? 'alike' : ''}>${value}</td>`)}
          </tr>`,
        )}
      </tbody>
    </table></div>
  </section>`;
}

function hosts({ hostDifferences, results }: Comparison): TemplateResult {
  if (hostDifferences.length === 0) {
    return html`<p class="same-host" data-part="hosts">${l10n.t('The facts of the hosts are the same in all results.')}</p>`;
  }
  const rows = (
    from: number,
    to: number,
  ) => html`<div class="scroll-x" tabindex="0" role="region" aria-labelledby="hosts-heading"><table class="differences">
    ${letterHead(results)}
    <tbody>
      ${hostDifferences.slice(from, to).map(
        ({ name, values }) => html`<tr>
          <th scope="row">${name}</th>
          ${values.map((value, index) => html`<td class=${isLikeReference(values, index) ? 'alike' : ''}>${value}</td>`)}
        </tr>`,
      )}
    </tbody>
  </table></div>`;
  const more = hostDifferences.length - FACTS_AT_ONCE;
  return html`<section data-part="hosts">
    <h2 id="hosts-heading">${l10n.t('The hosts differ')}</h2>
    ${rows(0, FACTS_AT_ONCE)}
    ${
      more > 0
        ? html`<details>
            <summary>${l10n.t('{0} more facts differ', more)}</summary>
            ${rows(FACTS_AT_ONCE, hostDifferences.length)}
          </details>`
        : nothing
    }
  </section>`;
}

function letterHead(results: Comparison['results']): TemplateResult {
  return html`<thead>
    <tr>
      <td></td>
      ${results.map(({ letter }) => html`<th scope="col">${letter}</th>`)}
    </tr>
  </thead>`;
}

function isLikeReference(values: readonly string[], index: number): boolean {
  return index > 0 && values[index] === values[0];
}
