/** The results that are compared: the key to the picture, and the way to each of them. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { type ComparedResult, type Comparison, FEWEST_RESULTS } from '../../model/comparison/comparison.ts';
import { formatPercent } from '../../model/units.ts';
import { momentText } from '../shell/moment.ts';
import { markClass, markOf } from './marks.ts';

export interface Actions {
  readonly open: (file: number) => void;
  /** Compares these instead, the reference first. */
  readonly compare: (files: readonly number[]) => void;
}

export function resultList({ results }: Comparison, actions: Actions): TemplateResult {
  const all = [...results.keys()];
  return html`<ul class="compared" role="list" data-part="results">
    ${results.map(
      (result, index) => html`<li data-result=${result.letter}>
        <span class="letter">
          <svg class="key ${markClass(index)}" width="16" height="16" viewBox="-8 -8 16 16" aria-hidden="true">${markOf(index)}</svg>
          ${result.letter}
        </span>
        <button class="link" data-part="open-result" title=${l10n.t('Open this result')} @click=${() => actions.open(index)}>
          ${result.name}
        </button>
        <ul class="facts-line">
          ${facts(result).map((fact) => html`<li>${fact}</li>`)}
        </ul>
        <div class="compared-actions">
          ${
            index === 0
              ? html`<span class="tag">${l10n.t('reference')}</span>`
              : html`<button
                  class="icon"
                  data-part="make-reference"
                  title=${l10n.t('Make {0} the reference', result.letter)}
                  aria-label=${l10n.t('Make {0} the reference', result.letter)}
                  @click=${() => actions.compare([index, ...all.filter((each) => each !== index)])}
                >
                  <span class="codicon codicon-pin" aria-hidden="true"></span>
                </button>`
          }
          ${
            results.length > FEWEST_RESULTS
              ? html`<button
                  class="icon"
                  data-part="leave-out"
                  title=${l10n.t('Leave {0} out', result.letter)}
                  aria-label=${l10n.t('Leave {0} out', result.letter)}
                  @click=${() => actions.compare(all.filter((each) => each !== index))}
                >
                  <span class="codicon codicon-close" aria-hidden="true"></span>
                </button>`
              : nothing
          }
        </div>
      </li>`,
    )}
  </ul>`;
}

function facts({
  host,
  kernel,
  startedAt,
  preset,
  rounds,
  noiseFloor,
}: ComparedResult): readonly (string | TemplateResult)[] {
  return [
    html`<time datetime=${startedAt}>${momentText(startedAt, 'medium')}</time>`,
    host,
    kernel,
    ...(preset === null ? [] : [preset]),
    l10n.t('{0} rounds', rounds),
    ...(noiseFloor === null ? [] : [l10n.t('noise floor {0}', formatPercent(noiseFloor))]),
  ];
}
