/** The words, by topic: a list of all to jump to, a filter, and an article for each. */
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { StepKind } from '../../model/flow.ts';
import { terms } from '../../model/glossary/catalogue.ts';
import { type Term, TOPICS, type Topic, topicName } from '../../model/glossary/term.ts';
import { lineSample } from '../../model/picture/flow/samples.ts';
import { kindName } from '../../model/picture/flow/words.ts';
import { betweenWords } from '../../model/punctuation.ts';
import { svgElement } from '../shell/svgElement.ts';
import { pictureOf } from './picture.ts';
import { type GoTo, wordLink } from './wordLink.ts';

interface GlossaryOptions {
  readonly filter: string;
  readonly narrow: (filter: string) => void;
  readonly goTo: GoTo;
}

/** Kinds of arrows in the pictures. */
const KINDS: readonly StepKind[] = ['cpu-copy', 'dma-copy', 'page-reference', 'mapping', 'system-call'];

export function glossary({ filter, narrow, goTo }: GlossaryOptions): TemplateResult {
  const all = terms();
  const found = all.filter((term) => matches(term, filter));
  return html`<div class="glossary" data-part="glossary">
    <div class="glossary-side">
      <vscode-textfield
        type="search"
        data-part="filter"
        .label=${l10n.t('Filter the words')}
        placeholder=${l10n.t('Filter')}
        .value=${filter}
        @input=${({ target }: Event) => narrow((target as HTMLInputElement).value)}
      ></vscode-textfield>
      <p class="hint" role="status" data-part="found">
        ${found.length === all.length ? l10n.t('{0} words', all.length) : l10n.t('{0} of {1} words', found.length, all.length)}
      </p>
      <nav aria-label=${l10n.t('Words')}>
        ${byTopic(found).map(
          ([topic, members]) => html`<p class="topic">${topicName(topic)}</p>
            <ul>
              ${members.map((term) => html`<li>${wordLink(term, goTo)}</li>`)}
            </ul>`,
        )}
      </nav>
    </div>
    <div class="glossary-words">
      <ul class="flow-legend" role="list" aria-label=${l10n.t('Arrows in the pictures')}>
        ${KINDS.map((kind) => html`<li data-legend=${kind}>${svgElement(lineSample(kind))} ${kindName(kind)}</li>`)}
      </ul>
      ${
        found.length === 0
          ? html`<p data-part="none">${l10n.t('No word has “{0}” in its name or explanation.', filter)}</p>`
          : nothing
      }
      ${byTopic(found).map(
        ([topic, members]) => html`<section aria-labelledby="topic-${topic}">
          <h2 id="topic-${topic}">${topicName(topic)}</h2>
          ${repeat(
            members,
            ({ id }) => id,
            (term) => article(term, all, goTo),
          )}
        </section>`,
      )}
    </div>
  </div>`;
}

function article(term: Term, all: readonly Term[], goTo: GoTo): TemplateResult {
  const related = all.filter(({ id }) => term.seeAlso.includes(id));
  return html`<article id=${term.id} tabindex="-1" aria-labelledby="name-${term.id}" data-word=${term.id}>
    <h3 id="name-${term.id}">${term.name}</h3>
    <p class="short">${term.short}</p>
    ${pictureOf(term)} ${term.long.map((paragraph) => html`<p>${paragraph}</p>`)}
    <p class="hint">
      ${l10n.t('See also:')} ${related.map((each, nth) => html`${nth === 0 ? nothing : betweenWords()}${wordLink(each, goTo)}`)}
    </p>
    ${term.sources.length === 0 ? nothing : html`<p class="hint">${l10n.t('Look up: {0}', term.sources.join('; '))}</p>`}
  </article>`;
}

/** Topics that have words, in their order. */
function byTopic(found: readonly Term[]): readonly (readonly [Topic, readonly Term[]])[] {
  return TOPICS.map((topic) => [topic, found.filter((term) => term.topic === topic)] as const).filter(
    ([, members]) => members.length > 0,
  );
}

function matches({ name, id, short, long }: Term, filter: string): boolean {
  const wanted = filter.trim().toLocaleLowerCase();
  return [name, id, short, ...long].some((text) => text.toLocaleLowerCase().includes(wanted));
}
