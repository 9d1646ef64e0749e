/** The kinds of evidence: which there were, and for each that was missing why, what would allow it, and how to undo that. */
import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import { remedyOf } from '../../model/evidence/tiers.ts';
import type { Tier } from '../../model/result/evidence.ts';

export function tierList(tiers: readonly Tier[]): TemplateResult {
  const available = tiers.filter((tier) => tier.available).length;
  return html`<details class="fold" data-part="tiers">
    <summary>${l10n.t('Kinds of evidence: {0} of {1} available here', available, tiers.length)}</summary>
    <ul class="tiers" role="list">
      ${tiers.map(
        (tier) => html`<li data-tier=${tier.id} data-available=${tier.available}>
          <span class="codicon codicon-${tier.available ? 'pass' : 'circle-slash'}" aria-hidden="true"></span>
          <div>
            <p><strong>${tierName(tier.id)}</strong> <span class="hint">${tierGives(tier.id)}</span></p>
            ${
              tier.missing === null
                ? html`<p>${tier.available ? l10n.t('Available.') : l10n.t('Not available.')}</p>`
                : html`<p>${tier.missing.reason}</p>
                    ${remedy(tier.missing)}`
            }
          </div>
        </li>`,
      )}
    </ul>
  </details>`;
}

function tierName(id: Tier['id']): string {
  switch (id) {
    case 'always':
      return l10n.t('Counters of the process');
    case 'task-samples':
      return l10n.t('Samples of the own threads');
    case 'cpu-wide':
      return l10n.t('Samples of whole CPUs');
    case 'tracepoint':
      return l10n.t('System-call tracepoint');
    case 'symbols':
      return l10n.t('Kernel symbols');
  }
}

function tierGives(id: Tier['id']): string {
  switch (id) {
    case 'always':
      return l10n.t('call counts, CPU clocks, page faults, zero-copy completions, disk and interface bytes');
    case 'task-samples':
      return l10n.t('where sender and receiver spent their CPU time');
    case 'cpu-wide':
      return l10n.t('copies made later or elsewhere: softirq, io_uring workers');
    case 'tracepoint':
      return l10n.t('system calls as the kernel counts them');
    case 'symbols':
      return l10n.t('names for the sampled addresses; without them no sample is labelled');
  }
}

/** A command to be copied: selected as a whole by one click, or copied by the button. Where none helps, a sentence says so. */
function remedy(missing: NonNullable<Tier['missing']>): TemplateResult {
  const { allow, undo } = missing;
  if (allow === null || undo === null) return html`<p>${remedyOf(missing)}</p>`;
  return html`<dl class="remedy">
    <dt>${l10n.t('To allow it')}</dt>
    <dd>${command(allow)}</dd>
    <dt>${l10n.t('To undo that')}</dt>
    <dd>${command(undo)}</dd>
  </dl>`;
}

function command(text: string): TemplateResult {
  return html`<code class="command" tabindex="0">${text}</code>
    <button
      class="icon-button"
      title=${l10n.t('Copy')}
      aria-label=${l10n.t('Copy: {0}', text)}
      @click=${() => void navigator.clipboard.writeText(text)}
    >
      <span class="codicon codicon-copy" aria-hidden="true"></span>
    </button>`;
}
