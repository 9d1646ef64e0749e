/** Where the CPU time of a case went, by labelled kernel samples, and what else the evidence pass counted. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { labels as allLabels, labelName } from '../../model/evidence/labels.ts';
import type { PageCase } from '../../model/pageResult.ts';
import type { Evidence, SamplerThread } from '../../model/result/evidence.ts';
import type { PathId } from '../../model/result/path.ts';
import { sidesOf } from '../../model/sides.ts';
import { formatBytes, formatNumber, formatPercent, shortDuration } from '../../model/units.ts';
import { type Part, stackedBar, swatch } from '../charts/stackedBar.ts';
import { term } from '../shell/wordCard.ts';
import { shareInterval } from './proof.ts';

/** With fewer samples a share says too little to be shown. */
const ENOUGH_SAMPLES = 200;

const THREADS: readonly SamplerThread[] = ['sender', 'receiver', 'worker', 'kernel'];

type LabelShare = Evidence['labels'][number];

/** @param looks of the labels, the same for every case of the page */
export function evidencePanel(one: PageCase & { readonly evidence: Evidence }, looks: LabelLooks): TemplateResult {
  const { evidence, path } = one;
  return html`<div data-part="evidence">
    <p class="chart-note">${passSentence(evidence)} ${term('evidence-sample', l10n.t('What is a sample?'))}</p>
    ${evidence.samples < ENOUGH_SAMPLES ? tooFew(evidence.samples) : shares(evidence, path, looks)}
    ${counters(evidence)}
  </div>`;
}

/** Number of the look of each label. */
export type LabelLooks = ReadonlyMap<string, number>;

/** Labels get their looks by how much time they took over all cases, so that the largest ones have plain colours. */
export function labelLooks(cases: readonly PageCase[]): LabelLooks {
  const samples = new Map<string, number>();
  for (const { label, samples: count } of cases.flatMap((one) => one.evidence?.labels ?? [])) {
    samples.set(label, (samples.get(label) ?? 0) + count);
  }
  const largestFirst = [...samples].sort(([, a], [, b]) => b - a);
  return new Map(largestFirst.map(([label], nth) => [label, nth]));
}

function passSentence({ transfers, bytes, samples, lost, periodNs }: Evidence): string {
  return [
    transfers === 1
      ? l10n.t('A pass of its own, not the timed one: one transfer of {0}.', formatBytes(bytes))
      : l10n.t('A pass of its own, not the timed one: {0} transfers, {1} in all.', transfers, formatBytes(bytes)),
    ...(samples === 0
      ? []
      : [l10n.t('{0} samples, one per {1} of CPU time.', formatNumber(samples), shortDuration(periodNs))]),
    ...(lost === 0 ? [] : [l10n.t('{0} samples were lost.', formatNumber(lost))]),
  ].join(' ');
}

function tooFew(samples: number): TemplateResult {
  return html`<p class="not-enough" data-part="not-enough">
    <span class="codicon codicon-info" aria-hidden="true"></span>
    ${
      samples === 0
        ? l10n.t('No samples were taken; the list of evidence below says why.')
        : l10n.t(
            'Not enough evidence: {0} samples, and {1} are needed. Move more bytes and run again.',
            samples,
            ENOUGH_SAMPLES,
          )
    }
  </p>`;
}

function shares({ labels }: Evidence, path: PathId, looks: LabelLooks): TemplateResult {
  const threads = THREADS.map((thread) => ({ thread, labels: ofThread(labels, thread) })).filter(
    (each) => each.labels.length > 0,
  );
  const most = Math.max(...threads.map((each) => timeOf(each.labels)));
  const shown = [...looks].filter(([label]) => labels.some((each) => each.label === label));
  return html`<ul class="chart-legend" role="list">
      ${shown.map(([label, look]) => html`<li data-legend=${label}>${swatch(look)} ${labelName(label)}</li>`)}
    </ul>
    <div class="bars" data-part="evidence-bars">
      ${threads.map(
        (each) => html`<span class="bar-name">${threadName(each.thread, path)}</span>
          ${threadBar(each.labels, threadName(each.thread, path), most, looks)}
          <span class="bar-value">${l10n.t('{0} ms/GiB', formatNumber(timeOf(each.labels)))}</span>`,
      )}
    </div>
    <details class="chart-table" data-part="shares">
      <summary>${l10n.t('Show as table')}</summary>
      ${shareTable(
        threads.flatMap((each) => each.labels),
        path,
        looks,
      )}
    </details>`;
}

function ofThread(labels: readonly LabelShare[], thread: SamplerThread): readonly LabelShare[] {
  return labels.filter((each) => each.thread === thread).sort((a, b) => b.msPerGib - a.msPerGib);
}

function timeOf(labels: readonly LabelShare[]): number {
  return labels.reduce((sum, { msPerGib }) => sum + msPerGib, 0);
}

function threadBar(labels: readonly LabelShare[], thread: string, most: number, looks: LabelLooks): TemplateResult {
  const parts = labels.map((each): Part => {
    const time = l10n.t('{0} ms/GiB', formatNumber(each.msPerGib));
    return {
      title: `${labelName(each.label)}: ${time}`,
      value: each.msPerGib,
      fill: looks.get(each.label) ?? 0,
      label: formatPercent(each.share),
    };
  });
  const name = `${thread}: ${labels.map((each) => `${labelName(each.label)} ${formatPercent(each.share)}`).join(', ')}`;
  return stackedBar(parts, { name, most });
}

function shareTable(labels: readonly LabelShare[], path: PathId, looks: LabelLooks): TemplateResult {
  const heading = l10n.t('Shares of the samples');
  return html`<div class="scroll-x" tabindex="0" role="region" aria-label=${heading}>
    <table class="numbers" data-part="labels">
      <thead>
        <tr>
          <th scope="col">${l10n.t('What the CPU was at')}</th>
          <th scope="col">${l10n.t('Whose')}</th>
          <th scope="col" class="number">${l10n.t('Samples')}</th>
          <th scope="col" class="number">${l10n.t('Share, 95 % interval')}</th>
          <th scope="col" class="number">${l10n.t('ms/GiB')}</th>
        </tr>
      </thead>
      <tbody>
        ${labels.map(
          (each) => html`<tr data-label=${each.label} data-thread=${each.thread}>
            <th scope="row" title=${allLabels().find(({ id }) => id === each.label)?.text ?? nothing}>${swatch(looks.get(each.label) ?? 0)} ${labelName(each.label)}</th>
            <td>${threadName(each.thread, path)}</td>
            <td class="number">${formatNumber(each.samples)}</td>
            <td class="number">
              ${formatPercent(each.share)} <span class="aside-number">${shareInterval(each)}</span>
            </td>
            <td class="number">${formatNumber(each.msPerGib)}</td>
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function threadName(thread: SamplerThread, path: PathId): string {
  switch (thread) {
    case 'sender':
      return sidesOf(path).sender;
    case 'receiver':
      return sidesOf(path).receiver;
    case 'worker':
      return l10n.t('io_uring worker');
    case 'kernel':
      return l10n.t('softirq and kernel threads');
  }
}

/** What was counted beside the samples. */
function counters({ calls, disk, interface: network, bytes }: Evidence): TemplateResult | typeof nothing {
  const facts: readonly (readonly [name: string, value: string])[] = [
    ...(calls === null
      ? []
      : [
          [
            l10n.t('System calls per transfer'),
            l10n.t(
              '{0} counted by the mode, {1} traced by the kernel',
              formatNumber(calls.counted),
              formatNumber(calls.traced),
            ),
          ] as const,
        ]),
    ...(disk === null
      ? []
      : [
          [
            l10n.t('Disk, of {0} moved', formatBytes(bytes)),
            l10n.t('{0} read, {1} written', formatBytes(disk.readBytes), formatBytes(disk.writtenBytes)),
          ] as const,
        ]),
    ...(network === null
      ? []
      : [
          [
            l10n.t('Interface, of {0} moved', formatBytes(bytes)),
            l10n.t('{0} sent, {1} received', formatBytes(network.sentBytes), formatBytes(network.receivedBytes)),
          ] as const,
        ]),
  ];
  if (facts.length === 0) return nothing;
  return html`<dl class="counters" data-part="counters">
    ${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
  </dl>`;
}
