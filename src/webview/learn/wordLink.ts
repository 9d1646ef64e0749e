/** Links to words within the page. */
import { html, type TemplateResult } from 'lit';
import type { Word } from '../../model/glossary/word.ts';

export type GoTo = (event: Event, word: string) => void;

export function wordLink({ id, name }: Pick<Word, 'id' | 'name'>, goTo: GoTo): TemplateResult {
  return html`<a href="#${id}" @click=${(event: Event) => goTo(event, id)}>${name}</a>`;
}
