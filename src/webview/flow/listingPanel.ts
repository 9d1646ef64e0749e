/** A mode in C: its essential loop, with the lines that the step pointed at is about, and ways to take it along. */
import '@vscode-elements/elements/dist/vscode-button/index.js';
import * as l10n from '@vscode/l10n';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Header, Listing } from '../../model/listings.ts';
import { LightElement } from '../shell/lightElement.ts';

/** What somebody wants with a listing. `done` is told when the host has done it, and gets the listing where it was asked for. */
export interface ListingWish {
  readonly type: 'listing' | 'copy-listing' | 'save-listing';
  readonly mode: string;
  readonly done: (listing: Listing | null) => void;
}

/**
 * `<zcl-listing>`; fires `zcl-lines-pointed` with the marks of the line pointed at, none when it is left, and
 * `zcl-listing-wanted` with a `ListingWish`.
 */
export class ListingPanel extends LightElement {
  @property() mode = '';
  /** Marks of what is pointed at elsewhere. */
  @property({ attribute: false }) marks: readonly string[] = [];

  /** What was done last, in words. */
  @state() private done: string | null = null;
  /** Those the host sent so far, by their mode. */
  @state() private listings: ReadonlyMap<string, Listing> = new Map();
  private marksOfLine: ReadonlyMap<number, readonly string[]> = new Map();

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('mode')) this.done = null;
    this.marksOfLine = byLine(this.listings.get(this.mode));
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('mode')) {
      this.box()?.scrollTo(0, 0);
      if (!this.listings.has(this.mode)) this.load(this.mode);
    } else if (changed.has('marks')) {
      this.reveal();
    }
  }

  protected override render() {
    const listing = this.listings.get(this.mode);
    if (listing === undefined) return nothing;
    const { text, headers } = listing;
    return html`
      <div class="listing-head">
        <h3 id="listing-heading">${l10n.t('In C')}</h3>
        <span class="listing-done" role="status">${this.done ?? nothing}</span>
        <vscode-button secondary data-part="copy-listing" @click=${() => this.take('copy-listing', l10n.t('Copied.'))}
          >${l10n.t('Copy')}</vscode-button
        >
        <vscode-button
          secondary
          data-part="save-listing"
          title=${l10n.t('A program of one file, with a main, that can be compiled and run')}
          @click=${() => this.take('save-listing', null)}
          >${l10n.t('Save as stand-alone C…')}</vscode-button
        >
      </div>
      <div class="code" tabindex="0" role="region" aria-labelledby="listing-heading" data-part="listing">
        <pre><code>${text
          .trimEnd()
          .split('\n')
          .map((line, index) => this.line(line, index + 1))}</code></pre>
      </div>
      ${headers.map(headerParts)}`;
  }

  private line(text: string, number: number): TemplateResult {
    const marks = this.marksOfLine.get(number);
    if (marks === undefined) return plainLine(text, number);
    const active = marks.some((mark) => this.marks.includes(mark));
    return html`<span
      class="code-line marked ${active ? 'active' : ''}"
      data-line=${number}
      data-marks=${marks.join(' ')}
      @pointerenter=${() => this.pointAt(marks)}
      @pointerleave=${() => this.pointAt([])}
      >${colored(text)}\n</span
    >`;
  }

  private pointAt(marks: readonly string[]): void {
    this.dispatchEvent(new CustomEvent('zcl-lines-pointed', { detail: marks }));
  }

  private load(mode: string): void {
    this.wish('listing', (listing) => {
      if (listing !== null) this.listings = new Map(this.listings).set(mode, listing);
    });
  }

  private take(type: 'copy-listing' | 'save-listing', words: string | null): void {
    this.done = null;
    this.wish(type, () => {
      this.done = words;
    });
  }

  private wish(type: ListingWish['type'], done: ListingWish['done']): void {
    const detail: ListingWish = { type, mode: this.mode, done };
    this.dispatchEvent(new CustomEvent('zcl-listing-wanted', { bubbles: true, detail }));
  }

  private box(): HTMLElement | null {
    return this.querySelector<HTMLElement>('.code');
  }

  /** Brings the lines pointed at into sight, inside the box of the listing only: the page itself stays where it is. */
  private reveal(): void {
    const [box, first] = [this.box(), this.querySelector<HTMLElement>('.code-line.active')];
    if (box === null || first === null || box.matches(':hover')) return;
    const [top, bottom] = [first.offsetTop, first.offsetTop + first.offsetHeight];
    if (top < box.scrollTop || bottom > box.scrollTop + box.clientHeight) {
      box.scrollTop = top - box.clientHeight / 3;
    }
  }
}

function byLine(listing: Listing | undefined): ReadonlyMap<number, readonly string[]> {
  const found = new Map<number, readonly string[]>();
  for (const { line, mark } of listing?.marks ?? []) found.set(line, [...(found.get(line) ?? []), mark]);
  return found;
}

function headerParts({ name, text }: Header): TemplateResult {
  return html`<details class="code-header" data-header=${name}>
    <summary>${name}</summary>
    <div class="code" tabindex="0" role="region" aria-label=${name}>
      <pre><code>${text
        .trimEnd()
        .split('\n')
        .map((line, index) => plainLine(line, index + 1))}</code></pre>
    </div>
  </details>`;
}

function plainLine(text: string, number: number): TemplateResult {
  return html`<span class="code-line" data-line=${number}>${colored(text)}\n</span>`;
}

/** Comments step back; nothing else is coloured. */
function colored(text: string): TemplateResult | string {
  const at = text.indexOf('//');
  return at === -1 ? text : html`${text.slice(0, at)}<span class="comment">${text.slice(at)}</span>`;
}

customElements.define('zcl-listing', ListingPanel);
