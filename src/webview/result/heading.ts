/** The user's name for it, or the path; what ran, when and where, in two dense lines; then why it is not whole, if it is not. */
import '@vscode-elements/elements/dist/vscode-button/index.js';
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { PageResult } from '../../model/pageResult.ts';
import { titleOf, whatRan } from '../../model/whatRan.ts';
import { momentText } from '../shell/moment.ts';

/** The heading of a result. */
export function resultHeading(result: PageResult, fileName: string, runAgain: () => void): TemplateResult {
  const { host } = result;
  return html`<header>
    <div class="title-line">
      <h1>${titleOf(result)}</h1>
      ${
        result.status === 'running'
          ? nothing
          : html`<vscode-button secondary data-part="run-again" @click=${runAgain}>${l10n.t('Run again')}</vscode-button>`
      }
    </div>
    <ul class="facts-line" role="list" data-part="what">
      ${whatRan(result).map((fact) => html`<li>${fact}</li>`)}
    </ul>
    <ul class="facts-line where" role="list" data-part="where">
      <li><time datetime=${result.startedAt}>${momentText(result.startedAt)}</time></li>
      <li>${host.name}</li>
      <li>${host.kernel}</li>
      <li>${host.cpu.model}</li>
      ${host.virtualised === null ? nothing : html`<li>${host.virtualised}</li>`}
      <li class="file-name">${fileName}</li>
    </ul>
    ${notWhole(result)}
  </header>`;
}

function notWhole({ status, reason }: PageResult): TemplateResult | typeof nothing {
  if (status !== 'partial' && status !== 'failed') return nothing;
  const word = status === 'partial' ? l10n.t('Partial result.') : l10n.t('Failed run.');
  return html`<p class="not-whole" data-part="not-whole">
    <span class="codicon codicon-${status === 'partial' ? 'warning' : 'error'}" aria-hidden="true"></span>
    <span><strong>${word}</strong> ${reason === null ? nothing : html`${reason.message} <span class="hint">${reason.hint}</span>`}</span>
  </p>`;
}
