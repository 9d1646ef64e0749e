/** Instead of a result: what is wrong with the file, and the way on. */
import '@vscode-elements/elements/dist/vscode-button/index.js';
import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import type { Problem } from '../../model/result/problem.ts';

/** A calm page for a file that is not a readable result. */
export function unreadablePage(fileName: string, problem: Problem, openAsText: () => void): TemplateResult {
  return html`<main class="unreadable" data-part="unreadable">
    <span class="codicon codicon-warning" aria-hidden="true"></span>
    <h1>${l10n.t('{0} cannot be shown', fileName)}</h1>
    <p>${problem.message}</p>
    <p class="hint">${problem.hint}</p>
    <vscode-button @click=${openAsText}>${l10n.t('Open as text')}</vscode-button>
  </main>`;
}
