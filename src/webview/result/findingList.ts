/** What the run says: at most five sentences that answer different questions, each with its evidence; then all others. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { arrange } from '../../model/findings/top.ts';
import type { PageResult } from '../../model/pageResult.ts';
import type { EvidenceLink, Finding, Question } from '../../model/result/finding.ts';
import { linkName, linkWords } from './evidenceLinks.ts';

/** @param show is told the link that was followed */
export function findingList(result: PageResult, show: (link: EvidenceLink) => void): TemplateResult | typeof nothing {
  const { top, rest } = arrange(result.findings);
  if (top.length === 0) return result.status === 'running' ? notYet(result) : nothing;
  return html`<section class="findings" aria-label=${l10n.t('Findings')}>
    <ol role="list" data-part="findings">
      ${top.map((each) => item(each, result, show))}
    </ol>
    ${
      rest.length === 0
        ? nothing
        : html`<details class="fold">
            <summary>${l10n.t('More about this run ({0})', rest.length)}</summary>
            <ol role="list" data-part="more-findings">
              ${rest.map((each) => item(each, result, show))}
            </ol>
          </details>`
    }
  </section>`;
}

function notYet({ experiment }: PageResult): TemplateResult {
  return html`<p class="not-yet" data-part="finding">${
    experiment.kind === 'hazards'
      ? l10n.t('The finding comes when every mode has met its hazards.')
      : l10n.t('The finding comes when all rounds are in.')
  }</p>`;
}

function item(finding: Finding, result: PageResult, show: (link: EvidenceLink) => void): TemplateResult {
  const { kind, text, question, evidence } = finding;
  return html`<li data-finding=${kind} data-question=${question}>
    <span class="question">${questionWords(question)}</span>
    <div>
      <p data-part="finding">${text}</p>
      ${evidence.length === 0 ? nothing : links(evidence, result, show)}
    </div>
  </li>`;
}

function links(
  evidence: readonly EvidenceLink[],
  result: PageResult,
  show: (link: EvidenceLink) => void,
): TemplateResult {
  return html`<ul class="evidence-links" role="list" aria-label=${l10n.t('Evidence')}>
    ${evidence.map(
      (link) => html`<li>
        <button class="link" data-link=${link.part} aria-label=${linkName(link, result)} @click=${() => show(link)}>
          ${linkWords(link)}
        </button>
      </li>`,
    )}
  </ul>`;
}

function questionWords(question: Question): string {
  switch (question) {
    case 'contradiction':
      return l10n.t('Contradicted');
    case 'won':
      return l10n.t('Outcome');
    case 'cost':
      return l10n.t('CPU cost');
    case 'caution':
      return l10n.t('Caution');
    case 'cannot-tell':
      return l10n.t('Left open');
    case 'limit':
      return l10n.t('Held back');
    case 'confirmed':
      return l10n.t('Confirmed');
  }
}
