/** What all pages have in common: their styles, the first question to the host, and the last thing that went wrong. */
import * as l10n from '@vscode/l10n';
import { type CSSResult, html, nothing, type TemplateResult } from 'lit';
import type { PageState } from '../../model/messages.ts';
import { frameStyles } from '../styles/frame.ts';
import { LightElement } from './lightElement.ts';
import { Session } from './session.ts';

/** `<zcl-page>`, the root of every page. */
export abstract class PageElement extends LightElement {
  protected readonly session: Session = this.openSession(() => this.requestUpdate());
  /** Theme tokens only; derived colours by color-mix. Adopted, because the page allows no inline style. */
  protected abstract readonly styles: readonly CSSResult[];

  override connectedCallback(): void {
    super.connectedCallback();
    for (const { styleSheet } of [frameStyles, ...this.styles]) {
      if (styleSheet !== undefined) document.adoptedStyleSheets.push(styleSheet);
    }
    void this.session.refresh();
  }

  /** What a page shows of the state it got. */
  protected abstract content(state: PageState): TemplateResult | typeof nothing;

  protected openSession(changed: () => void): Session {
    return new Session(changed);
  }

  protected override render(): TemplateResult {
    const { state } = this.session;
    return html`${this.problem()} ${state === null ? nothing : this.content(state)}`;
  }

  private problem(): TemplateResult | typeof nothing {
    const { problem } = this.session;
    if (problem === null) return nothing;
    return html`<p class="not-whole" role="alert" data-part="problem">
      <span class="codicon codicon-error" aria-hidden="true"></span>
      <span>${problem.message} <span class="hint">${problem.hint}</span></span>
    </p>`;
  }
}

/** Makes `page` the root of the document that loaded this bundle, in the language the host chose. */
export function startPage(page: CustomElementConstructor): void {
  const bundle = document.getElementById('l10n')?.textContent;
  if (bundle) l10n.config({ contents: bundle });
  customElements.define('zcl-page', page);
}
