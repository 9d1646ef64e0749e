/** The user's name for it, or the path; what ran, when and where, in two dense lines; then why it is not whole, if it is not. */
import '@vscode-elements/elements/dist/vscode-button/index.js';
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { PageResult } from '../../model/pageResult.ts';
import { pathDescriptors } from '../../model/paths.ts';
import type { Experiment, PathId } from '../../model/result.ts';
import { formatBytes, formatNumber, MIB } from '../../model/units.ts';

/** The heading of a result. */
export function resultHeading(result: PageResult, fileName: string, runAgain: () => void): TemplateResult {
  const { experiment, host } = result;
  return html`<header>
    <div class="title-line">
      <h1>${nameOf(result) ?? pathName(experiment.path)}</h1>
      ${
        result.status === 'running'
          ? nothing
          : html`<vscode-button secondary data-part="run-again" @click=${runAgain}>${l10n.t('Run again')}</vscode-button>`
      }
    </div>
    <ul class="facts-line" role="list" data-part="what">
      ${whatRan(result).map((fact) => html`<li>${fact}</li>`)}
    </ul>
    <ul class="facts-line where" role="list" data-part="where">
      <li><time datetime=${result.startedAt}>${when(result.startedAt)}</time></li>
      <li>${host.name}</li>
      <li>${host.kernel}</li>
      <li>${host.cpu.model}</li>
      ${host.virtualised === null ? nothing : html`<li>${host.virtualised}</li>`}
      <li class="file-name">${fileName}</li>
    </ul>
    ${notWhole(result)}
  </header>`;
}

/** What the user called it; a name without a letter is none. */
function nameOf({ label }: PageResult): string | null {
  return label === null || label.trim() === '' ? null : label;
}

function pathName(id: PathId): string {
  return pathDescriptors().find((path) => path.id === id)?.name ?? id;
}

function whatRan(result: PageResult): readonly string[] {
  const { experiment, host, pacedBytesPerSecond } = result;
  const { source } = experiment;
  const where = `${host.filesystem.type} (${host.filesystem.device})`;
  return [
    ...(nameOf(result) === null ? [] : [pathName(experiment.path)]),
    source.kind === 'file'
      ? l10n.t('{0} from {1}', formatBytes(experiment.bytes), source.path)
      : l10n.t('{0}, generated', formatBytes(experiment.bytes)),
    experiment.buffers.length === 1
      ? l10n.t('{0} buffer', experiment.buffers.map(formatBytes).join(''))
      : l10n.t('{0} buffers', experiment.buffers.length),
    ...kindWords(experiment, pacedBytesPerSecond),
    experiment.kind === 'hazards'
      ? l10n.t('hazards, nothing is timed')
      : experiment.rounds === 'auto'
        ? l10n.t('rounds until settled')
        : l10n.t('{0} rounds', experiment.rounds),
    ...(experiment.peer === null
      ? [experiment.cache === 'warm' ? l10n.t('warm cache') : l10n.t('cold cache'), where]
      : [experiment.peer === 'thread' ? l10n.t('two threads') : l10n.t('two processes')]),
    ...(experiment.receiver === null ? [] : [l10n.t('TCP over loopback'), receiverWords(experiment.receiver)]),
  ];
}

/** What makes the experiment another than the plain one. */
function kindWords({ kind, objectSizes, durable, pin }: Experiment, paced: number | null): readonly string[] {
  const sizes = objectSizes ?? [];
  return [
    ...(kind === 'objects' && sizes.length > 0
      ? [l10n.t('objects of {0}, opened and closed each', sizeRange(sizes))]
      : []),
    ...(kind === 'equal-rate'
      ? [
          paced === null
            ? l10n.t('all paced to one rate; compare CPU s/GiB')
            : l10n.t('paced to {0} MiB/s; compare CPU s/GiB', formatNumber(paced / MIB)),
        ]
      : []),
    ...(durable ? [l10n.t('until fdatasync returned')] : []),
    ...(pin === null
      ? []
      : [
          pin.receiver === null
            ? l10n.t('bound to CPU {0}', pin.sender)
            : l10n.t('bound to CPUs {0} and {1}', pin.sender, pin.receiver),
        ]),
  ];
}

function sizeRange(sizes: readonly number[]): string {
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  return least === most ? formatBytes(least) : l10n.t('{0} to {1}', formatBytes(least), formatBytes(most));
}

function receiverWords({ kind, bufferBytes }: NonNullable<PageResult['experiment']['receiver']>): string {
  return kind === 'read' || kind === 'save'
    ? l10n.t('receiver {0} with a buffer of {1}', kind, formatBytes(bufferBytes))
    : l10n.t('receiver {0}', kind);
}

function when(startedAt: string): string {
  return new Date(startedAt).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}

function notWhole({ status, reason }: PageResult): TemplateResult | typeof nothing {
  if (status !== 'partial' && status !== 'failed') return nothing;
  const word = status === 'partial' ? l10n.t('Partial result.') : l10n.t('Failed run.');
  return html`<p class="not-whole" data-part="not-whole">
    <span class="codicon codicon-${status === 'partial' ? 'warning' : 'error'}" aria-hidden="true"></span>
    <span><strong>${word}</strong> ${reason === null ? nothing : html`${reason.message} <span class="hint">${reason.hint}</span>`}</span>
  </p>`;
}
