/** Two to eight results beside each other: what differs around them, then by how much each case does. */
import '@vscode-elements/elements/dist/vscode-button/index.js';
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { type Comparison, type Quantity, type QuantityId, quantityOf } from '../../model/comparison/comparison.ts';
import { caveats, countsText } from '../../model/comparison/words.ts';
import type { PageState } from '../../model/messages.ts';
import { pathDescriptor } from '../../model/paths.ts';
import type { Problem } from '../../model/result/problem.ts';
import type { Arrangement } from '../shell/host.ts';
import { PageElement } from '../shell/pageElement.ts';
import { compareStyles } from '../styles/compare.ts';
import { tableStyles } from '../styles/tables.ts';
import { differencesOf } from './differences.ts';
import './forestPlot.ts';
import { numbersTable } from './numbersTable.ts';
import { type Actions, resultList } from './resultList.ts';

export class ComparePage extends PageElement {
  protected override readonly styles = [tableStyles, compareStyles];

  protected override content(state: PageState): TemplateResult | typeof nothing {
    if (state.kind !== 'compare') return nothing;
    this.session.host.keep({ files: state.files });
    return state.outcome.ok ? this.compared(state.outcome.value) : this.refused(state.outcome.problem);
  }

  private compared(comparison: Comparison): TemplateResult {
    const { arrangement } = this.session.host;
    const quantity = quantityOf(comparison, arrangement.quantity);
    return html`<main data-part="compare">
      <header>
        <div class="title-line">
          <h1>${l10n.t('{0}: {1} results compared', pathDescriptor(comparison.path).name, comparison.results.length)}</h1>
          <vscode-button secondary data-part="copy" @click=${() => void this.session.ask({ type: 'copy-comparison' })}>
            ${l10n.t('Copy numbers')}
          </vscode-button>
        </div>
        ${resultList(comparison, this.actions)}
      </header>
      ${differencesOf(comparison)}
      <section aria-labelledby="picture-heading">
        <h2 id="picture-heading">${l10n.t('Case by case')}</h2>
        ${this.quantityChoice(comparison, quantity)}
        <ul class="counts" data-part="counts">
          ${comparison.results.slice(1).map((_, index) => html`<li>${countsText(comparison, quantity, index + 1)}</li>`)}
        </ul>
        <zcl-forest-plot
          .comparison=${comparison}
          .quantity=${quantity}
          .sort=${arrangement.sort}
          @zcl-sorted=${(event: CustomEvent<Arrangement['sort']>) => this.arrange({ sort: event.detail })}
          @zcl-result-chosen=${(event: CustomEvent<number>) => this.actions.open(event.detail)}
        ></zcl-forest-plot>
        <ul class="footnotes" data-part="caveats">
          <li>${l10n.t('Grey band: where no difference counts. Hollow mark: unsettled.')}</li>
          ${caveats(comparison).map((text) => html`<li>${text}</li>`)}
        </ul>
      </section>
      ${apartList(comparison)}
      <details
        class="all-numbers"
        data-part="numbers"
        ?open=${arrangement.detailsOpen}
        @toggle=${({ target }: Event) => this.arrange({ detailsOpen: (target as HTMLDetailsElement).open })}
      >
        <summary>${l10n.t('All numbers as a table')}</summary>
        ${comparison.quantities.map((each) => numbersTable(comparison, each))}
      </details>
    </main>`;
  }

  private quantityChoice({ quantities }: Comparison, chosen: Quantity): TemplateResult {
    return html`<div class="quantities" role="radiogroup" aria-label=${l10n.t('Quantity')} data-part="quantities">
      ${quantities.map(
        ({ id, name }) => html`<label>
          <input
            type="radio"
            name="quantity"
            .checked=${id === chosen.id}
            @change=${() => this.arrange({ quantity: id satisfies QuantityId })}
          />${name}</label
        >`,
      )}
    </div>`;
  }

  /** Instead of a comparison: why there is none. It comes by itself when the files change. */
  private refused({ message, hint }: Problem): TemplateResult {
    return html`<main class="unreadable" data-part="not-compared">
      <span class="codicon codicon-warning" aria-hidden="true"></span>
      <h1>${l10n.t('These results cannot be compared')}</h1>
      <p>${message}</p>
      <p class="hint">${hint}</p>
    </main>`;
  }

  private readonly actions: Actions = {
    open: (file) => void this.session.ask({ type: 'open-result', file }),
    compare: (files) => void this.session.ask({ type: 'compare-files', files }),
  };

  private arrange(change: Partial<Arrangement>): void {
    this.session.host.keep(change);
    this.requestUpdate();
  }
}

function apartList({ apart }: Comparison): TemplateResult | typeof nothing {
  if (apart.length === 0) return nothing;
  return html`<section>
    <h2>${l10n.t('Not compared everywhere')}</h2>
    <dl class="apart" data-part="apart">
      ${apart.map(({ name, text }) => html`<dt>${name}</dt><dd>${text}</dd>`)}
    </dl>
  </section>`;
}
