/** What is often told wrongly, what is true, and the experiment that shows it. */
import '@vscode-elements/elements/dist/vscode-button/index.js';
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { terms } from '../../model/glossary/catalogue.ts';
import { findMode } from '../../model/modes/catalogue.ts';
import { type Look, type Myth, myths, partName, type Shown } from '../../model/myths.ts';
import { pathDescriptors } from '../../model/paths.ts';
import { betweenWords, inSeries, listed } from '../../model/punctuation.ts';
import type { ExperimentRequest } from '../../model/request/file.ts';
import { experimentFileText } from '../../model/request/text.ts';
import type { Problem } from '../../model/result/problem.ts';
import { formatBytes, parseBytes } from '../../model/units.ts';
import { type GoTo, wordLink } from './wordLink.ts';

interface MythOptions {
  /** Why nothing can be started, or null. */
  readonly obstacle: Problem | null;
  /** The myth whose experiment was copied last. */
  readonly copied: string | null;
  readonly run: (myth: string) => void;
  readonly copy: (myth: string) => void;
  readonly goTo: GoTo;
}

type Runnable = Extract<Shown, { readonly how: 'run' }>;

export function mythList(options: MythOptions): TemplateResult {
  return html`<div class="myths" data-part="myths">
    <p class="mode-summary">
      ${l10n.t('Each of these can be read somewhere, and is wrong or stale. Most can be shown to be so on this host, in seconds: the experiment runs as any other and its result is kept.')}
    </p>
    ${options.obstacle === null ? nothing : refusal(options.obstacle)}
    <ol class="myth-list">
      ${myths().map((myth, nth) => html`<li>${article(myth, nth + 1, options)}</li>`)}
    </ol>
  </div>`;
}

function refusal({ message, hint }: Problem): TemplateResult {
  return html`<p class="not-whole" id="why-not" data-part="obstacle">
    <span class="codicon codicon-info" aria-hidden="true"></span>
    <span>${message} <span class="hint">${hint}</span></span>
  </p>`;
}

function article(myth: Myth, number: number, options: MythOptions): TemplateResult {
  const { id, claim, truth, since, shown, words } = myth;
  const all = terms();
  return html`<article id=${id} tabindex="-1" aria-labelledby="claim-${id}" data-myth=${id}>
    <h2 id="claim-${id}"><span class="myth-number">${number}</span> ${claim}</h2>
    ${truth.map((paragraph) => html`<p>${paragraph}</p>`)}
    ${since === null ? nothing : html`<p class="hint">${l10n.t('Since Linux {0}.', since)}</p>`}
    ${
      shown.how === 'run'
        ? experiment(id, claim, shown, options)
        : html`<p class="not-here" data-part="not-here">
            <span class="codicon codicon-circle-slash" aria-hidden="true"></span>
            <span><strong>${l10n.t('Not shown on one host.')}</strong> ${shown.why}</span>
          </p>`
    }
    <p class="hint">
      ${l10n.t('Words:')}
      ${all.filter((each) => words.includes(each.id)).map((each, nth) => html`${nth === 0 ? nothing : betweenWords()}${wordLink(each, options.goTo)}`)}
    </p>
  </article>`;
}

function experiment(
  id: string,
  claim: string,
  { request, look }: Runnable,
  { obstacle, copied, run, copy }: MythOptions,
): TemplateResult {
  const json = experimentFileText(request);
  return html`<div class="experiment" data-part="experiment">
    <p><strong>${l10n.t('Experiment:')}</strong> ${inWords(request)}</p>
    <ul class="look">
      ${look.map(lookItem)}
    </ul>
    <p class="experiment-line">
      <vscode-button
        data-part="run-myth"
        ?disabled=${obstacle !== null}
        aria-disabled=${obstacle !== null}
        aria-label=${l10n.t('Run this experiment: {0}', claim)}
        aria-describedby=${obstacle === null ? nothing : 'why-not'}
        title=${obstacle === null ? nothing : obstacle.message}
        @click=${() => run(id)}
        >${l10n.t('Run this experiment')}</vscode-button
      >
    </p>
    <details>
      <summary>${l10n.t('As an experiment file')}</summary>
      <div class="code" tabindex="0" role="region" aria-label=${l10n.t('Experiment file')}>
        <pre><code>${json}</code></pre>
      </div>
      <p class="experiment-line">
        <vscode-button secondary data-part="copy-myth" @click=${() => copy(id)}>${l10n.t('Copy')}</vscode-button>
        <span role="status" class="hint">${copied === id ? l10n.t('Copied. Save it with the ending .zcexp.json.') : nothing}</span>
      </p>
    </details>
  </div>`;
}

function lookItem({ part, text }: Look): TemplateResult {
  return html`<li data-look=${part}><span class="look-part">${l10n.t('{0}:', partName(part))}</span> ${text}</li>`;
}

/** `File to file: sendfile; splice, 64 MiB, buffer 64 KiB, with evidence.` */
function inWords({ path, modes, size, buffers, objects, preset, evidence }: ExperimentRequest): string {
  const names = Array.isArray(modes)
    ? inSeries(modes.map((mode) => findMode(mode)?.name ?? mode))
    : l10n.t('all modes');
  const parts = [
    names,
    ...(preset === undefined ? [] : [l10n.t('preset {0}', preset)]),
    ...(size === undefined ? [] : [sizeText(size)]),
    ...(objects === undefined ? [] : [l10n.t('files of {0}', listed(objects.map(sizeText)))]),
    ...(buffers === undefined ? [] : [l10n.t('buffer {0}', listed(buffers.map(sizeText)))]),
    ...(evidence === undefined ? [] : [l10n.t('with evidence')]),
  ];
  const where = pathDescriptors().find(({ id }) => id === path)?.name ?? path ?? '';
  return l10n.t('{0}: {1}.', where, listed(parts));
}

function sizeText(size: string | number): string {
  return formatBytes(Number(typeof size === 'number' ? size : parseBytes(size)));
}
