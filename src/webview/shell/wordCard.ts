/**
 * Words explained where they stand: `term()` underlines one with dots, and hover or focus shows a card with two sentences
 * and the way to the glossary. There is one card in a page; it moves to the word that is pointed at.
 */
import * as l10n from '@vscode/l10n';
import { html, render, type TemplateResult } from 'lit';
import { EXPLAINED, type ExplainedWord } from './explained.ts';

/** Before a card appears under a pointer that may only be passing by; as long as VS Code's own hovers wait. */
const HOVER_MS = 300;
/** For a pointer on its way from the word to the card. */
const LEAVE_MS = 200;
/** Between the card and the word, and between the card and the edge of the window; pixels. */
const [GAP, EDGE] = [4, 8];

/** A word, underlined with dots, that explains itself. @param shown as it stands in the text, where that is not its name */
export function term(word: ExplainedWord, shown = EXPLAINED[word]().name): TemplateResult {
  return html`<button type="button" class="term" data-word=${word}>${shown}</button>`;
}

/**
 * Watches over the words below `root`: elements with `data-word`, whether by `term()` or buttons of other use.
 * @param open shows a word in the glossary
 */
export function explainWords(root: HTMLElement, open: (word: ExplainedWord) => void): void {
  new WordCard(root, open);
}

class WordCard {
  private readonly card = document.createElement('div');
  /** The word whose card is shown. */
  private anchor: HTMLElement | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    root: HTMLElement,
    private readonly open: (word: ExplainedWord) => void,
  ) {
    this.card.className = 'word-card';
    // In the top layer nothing clips it; and it goes only when it is told to.
    this.card.popover = 'manual';
    root.addEventListener('pointerover', ({ target }) => this.pointed(target));
    root.addEventListener('pointerleave', () => this.left());
    root.addEventListener('focusin', ({ target }) => this.focused(target));
    root.addEventListener('click', ({ target }) => this.focused(target));
    root.addEventListener('keydown', (event) => this.pressed(event));
    document.addEventListener('scroll', () => this.follow(), { capture: true, passive: true });
    window.addEventListener('resize', () => this.follow());
  }

  private pointed(target: EventTarget | null): void {
    const word = this.isInside(target) ? this.anchor : wordAt(target);
    clearTimeout(this.timer);
    if (word === this.anchor) return;
    if (word !== null) this.later(HOVER_MS, () => this.show(word));
    else this.left();
  }

  /** The card of a word that has the focus stays. */
  private left(): void {
    if (this.anchor !== document.activeElement) this.later(LEAVE_MS, () => this.hide());
  }

  /** Also by a tap. */
  private focused(target: EventTarget | null): void {
    const word = wordAt(target);
    if (word !== null) this.show(word);
    else if (!this.isInside(target)) this.hide();
  }

  private pressed(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || this.anchor === null) return;
    event.stopPropagation();
    if (this.isInside(document.activeElement)) this.anchor.focus();
    this.hide();
  }

  private show(anchor: HTMLElement): void {
    clearTimeout(this.timer);
    const id = anchor.dataset['word'] ?? '';
    if (anchor === this.anchor || !isExplained(id) || !anchor.isConnected) return;
    this.hide();
    this.anchor = anchor;
    render(this.contents(id), this.card);
    // Behind its word, so that the tab key finds the way from one to the other.
    anchor.after(this.card);
    anchor.setAttribute('aria-describedby', 'word-card-text');
    this.card.showPopover();
    this.follow();
  }

  private hide(): void {
    clearTimeout(this.timer);
    this.anchor?.removeAttribute('aria-describedby');
    this.anchor = null;
    this.card.remove();
  }

  private contents(id: ExplainedWord): TemplateResult {
    const { name, short } = EXPLAINED[id]();
    return html`<p id="word-card-text" role="tooltip"><strong>${name}</strong> ${short}</p>
      <button type="button" class="link" data-part="open-word" @click=${() => this.open(id)}>
        ${l10n.t('More in the glossary')}
      </button>`;
  }

  /** Below the word, or above it where there is more room; never beyond an edge of the window, and gone with its word. */
  private follow(): void {
    if (this.anchor === null) return;
    const word = this.anchor.getBoundingClientRect();
    if (word.bottom < 0 || word.top > document.documentElement.clientHeight) {
      this.hide();
      return;
    }
    const { offsetWidth: width, offsetHeight: height, style } = this.card;
    const { clientWidth, clientHeight } = document.documentElement;
    const below = word.bottom + GAP;
    const fits = below + height <= clientHeight - EDGE || word.top < clientHeight - word.bottom;
    style.left = `${Math.max(EDGE, Math.min(word.left, clientWidth - width - EDGE))}px`;
    style.top = `${fits ? below : Math.max(EDGE, word.top - GAP - height)}px`;
  }

  private isInside(target: EventTarget | null): boolean {
    return target instanceof Node && this.card.contains(target);
  }

  /** One thing is waited for at a time. */
  private later(ms: number, then: () => void): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(then, ms);
  }
}

function wordAt(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-word]') : null;
}

function isExplained(id: string): id is ExplainedWord {
  return id in EXPLAINED;
}
