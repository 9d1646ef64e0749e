/** Where a run stands, and the way to end it. */

import { caseName } from '../../model/caseName.ts';
import { hasSeveralSizes } from '../../model/caseSize.ts';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { Progress } from '../../model/events.ts';
import type { PageResult } from '../../model/pageResult.ts';
import { formatNumber } from '../../model/units.ts';
import { phaseWord } from '../shell/words.ts';

/** Percent, phase, case and throughput so far, with Cancel. A run of another window or program reports nothing here. */
export function progressHeader(result: PageResult, progress: Progress | null, cancel: () => void): TemplateResult {
  if (progress === null) return elsewhere(result);
  const percent = Math.floor(progress.fraction * 100);
  const one = progress.case === null ? undefined : result.cases[progress.case];
  const rounds = result.experiment.rounds;
  return html`<div class="progress" data-part="progress">
    <div class="progress-line">
      <strong data-part="percent">${percent} %</strong>
      <span data-part="phase">${phaseWord(progress.phase)}</span>
      ${one === undefined ? nothing : html`<span data-part="current-case">${caseName(one, hasSeveralSizes(result))}</span>`}
      ${
        progress.round === null || progress.phase !== 'measuring'
          ? nothing
          : html`<span>${
              rounds === 'auto'
                ? l10n.t('round {0}', progress.round)
                : l10n.t('round {0} of {1}', progress.round, rounds)
            }</span>`
      }
      ${
        progress.mibPerSecond === null
          ? nothing
          : html`<span data-part="throughput">${l10n.t('{0} MiB/s so far', formatNumber(progress.mibPerSecond))}</span>`
      }
      <vscode-button secondary @click=${cancel}>${l10n.t('Cancel')}</vscode-button>
    </div>
    <vscode-progress-bar .value=${percent} aria-label=${l10n.t('Progress of the run')}></vscode-progress-bar>
  </div>`;
}

function elsewhere(result: PageResult): TemplateResult {
  return html`<div class="progress" data-part="progress">
    <div class="progress-line" data-part="elsewhere">
      ${l10n.t(
        'This run is under way in another window or program: process {0} on {1}. The page is brought up to date when it ends.',
        result.process.pid,
        result.host.name,
      )}
    </div>
  </div>`;
}
