/** Words and myths: the glossary with its pictures, and what is often told wrongly, with experiments that show it. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { LEARN_SECTIONS, type LearnPlace, type LearnSection, type PageState } from '../../model/messages.ts';
import { PageElement } from '../shell/pageElement.ts';
import { tabReached } from '../shell/tabKeys.ts';
import { flowStyles } from '../styles/flows.ts';
import { learnStyles } from '../styles/learn.ts';
import { listingStyles } from '../styles/listing.ts';
import { glossary } from './glossary.ts';
import { mythList } from './mythList.ts';

type LearnState = Extract<PageState, { readonly kind: 'learn' }>;

export class LearnPage extends PageElement {
  protected override readonly styles = [flowStyles, listingStyles, learnStyles];

  /** What the glossary is narrowed to. */
  @state() private filter = '';
  /** Myth whose experiment was copied last. */
  @state() private copied: string | null = null;
  /** The visit whose place has been gone to. */
  private visited: number | null = null;

  protected override content(shown: PageState): TemplateResult | typeof nothing {
    return shown.kind === 'learn' ? this.contents(shown) : nothing;
  }

  protected override updated(): void {
    const { state: shown } = this.session;
    if (shown?.kind !== 'learn' || this.visited === shown.place.visit) return;
    this.visited = shown.place.visit;
    this.reveal(this.placeIn(shown).anchor);
  }

  private contents(shown: LearnState): TemplateResult {
    const { section } = this.placeIn(shown);
    return html`<main class="learn" data-part="learn" data-section=${section}>
      <header>
        <h1>${l10n.t('Words and myths')}</h1>
        <div class="mode-tabs" role="tablist" aria-label=${l10n.t('Words and myths')} @keydown=${this.move}>
          ${LEARN_SECTIONS.map((each) => this.tab(each, each === section))}
        </div>
      </header>
      <div role="tabpanel" id="learn-panel" aria-labelledby="tab-${section}">
        ${
          section === 'glossary'
            ? glossary({ filter: this.filter, narrow: this.narrow, goTo: this.goToWord })
            : mythList({
                obstacle: shown.obstacle,
                copied: this.copied,
                run: (myth) => void this.session.ask({ type: 'run-myth', myth }),
                copy: (myth) => void this.session.ask({ type: 'copy-myth', myth }, () => this.noteCopied(myth)),
                goTo: this.goToWord,
              })
        }
      </div>
    </main>`;
  }

  private tab(section: LearnSection, selected: boolean): TemplateResult {
    return html`<button
      role="tab"
      id="tab-${section}"
      data-section=${section}
      aria-selected=${selected}
      aria-controls="learn-panel"
      tabindex=${selected ? 0 : -1}
      @click=${() => this.goTo(section, null)}
    >
      ${section === 'glossary' ? l10n.t('Glossary') : l10n.t('Myths')}
    </button>`;
  }

  private readonly move = (event: KeyboardEvent): void => {
    tabReached(event, this)?.click();
  };

  private readonly narrow = (filter: string): void => {
    this.filter = filter;
  };

  private noteCopied(myth: string): void {
    this.copied = myth;
  }

  /** A link to a word: shown even if the filter had hidden it. */
  private readonly goToWord = (event: Event, word: string): void => {
    event.preventDefault();
    this.filter = '';
    this.goTo('glossary', word);
  };

  private goTo(section: LearnSection, anchor: string | null): void {
    const { state: shown, host } = this.session;
    if (shown?.kind !== 'learn') return;
    const place: LearnPlace = { visit: shown.place.visit, section, anchor };
    host.keep({ place });
    this.requestUpdate();
    this.reveal(anchor);
  }

  /** Where the reader went since the page was last opened at a place; else that place. */
  private placeIn({ place }: LearnState): LearnPlace {
    const kept = this.session.host.arrangement.place;
    return kept?.visit === place.visit ? kept : place;
  }

  /** Scrolls to a word or a myth and puts the focus there, so that the keyboard goes on from it. */
  private async reveal(anchor: string | null): Promise<void> {
    await this.updateComplete;
    if (anchor === null) return;
    const found = document.getElementById(anchor);
    found?.scrollIntoView({ block: 'start' });
    found?.focus({ preventScroll: true });
  }
}
