/** What single transfers of a case measured, a page of them at a time, in a dialog above the result. */
import '@vscode-elements/elements/dist/vscode-button/index.js';
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { PageCase } from '../../model/pageResult.ts';
import type { Cost, Sample } from '../../model/result/sample.ts';
import { SAMPLES_A_PAGE, type SamplePage } from '../../model/samplePage.ts';
import { sidesOf } from '../../model/sides.ts';
import { formatDuration, formatNumber, formatPercent, mibPerSecond } from '../../model/units.ts';
import { LightElement } from '../shell/lightElement.ts';

interface Column {
  readonly title: string;
  readonly cell: (sample: Sample) => string;
}

/** `<zcl-raw-samples>`; fires `zcl-page-wanted` with the place of the first sample of another page, and `zcl-closed`. */
export class RawSamples extends LightElement {
  @property({ attribute: false }) one: PageCase | null = null;
  @property() heading = '';
  @property({ attribute: false }) page: SamplePage | null = null;

  protected override render() {
    const { one, page } = this;
    if (one === null || page === null) return nothing;
    const columns = columnsOf(one);
    return html`<dialog class="raw-samples" aria-labelledby="raw-heading" data-part="raw-samples" @close=${this.close}>
      <div class="title-line">
        <h2 id="raw-heading">${l10n.t('Raw samples of {0}', this.heading)}</h2>
        <vscode-button secondary data-part="close-samples" @click=${this.close}>${l10n.t('Close')}</vscode-button>
      </div>
      <p class="chart-note">
        ${l10n.t('As the file has them, warm-up included. Calls, faults and switches are those of the {0}.', sidesOf(one.path).sender)}
      </p>
      <div class="scroll-x" tabindex="0" role="region" aria-labelledby="raw-heading">
        <table class="numbers">
          <thead>
            <tr>
              <th scope="col" class="number">${l10n.t('Round')}</th>
              ${columns.map(({ title }) => html`<th scope="col" class="number">${title}</th>`)}
              <th scope="col">${l10n.t('Calls')}</th>
              <th scope="col">${l10n.t('Note')}</th>
            </tr>
          </thead>
          <tbody>
            ${page.samples.map(
              (sample) => html`<tr data-round=${sample.round}>
                <th scope="row" class="number">${sample.round}</th>
                ${columns.map(({ cell }) => html`<td class="number">${cell(sample)}</td>`)}
                <td>${callWords(sample.sender)}</td>
                <td data-part="sample-note">${noteOf(sample)}</td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${this.pager(page)}
    </dialog>`;
  }

  protected override updated(): void {
    const dialog = this.querySelector('dialog');
    if (dialog !== null && !dialog.open) dialog.showModal();
  }

  private pager({ offset, total, samples }: SamplePage): TemplateResult {
    const go = (to: number) => this.dispatchEvent(new CustomEvent('zcl-page-wanted', { detail: to }));
    return html`<nav class="pager" aria-label=${l10n.t('Pages of samples')}>
      <span aria-live="polite" data-part="sample-range">
        ${total === 0 ? l10n.t('No samples.') : l10n.t('{0} to {1} of {2}', offset + 1, offset + samples.length, total)}
      </span>
      ${
        total <= SAMPLES_A_PAGE
          ? nothing
          : html`<vscode-button secondary ?disabled=${offset === 0} data-part="samples-before" @click=${() => go(offset - SAMPLES_A_PAGE)}>
                ${l10n.t('Earlier')}
              </vscode-button>
              <vscode-button
                secondary
                ?disabled=${offset + SAMPLES_A_PAGE >= total}
                data-part="samples-after"
                @click=${() => go(offset + SAMPLES_A_PAGE)}
              >
                ${l10n.t('Later')}
              </vscode-button>`
      }
    </nav>`;
  }

  private readonly close = (): void => {
    this.dispatchEvent(new CustomEvent('zcl-closed'));
  };
}

function columnsOf({ bytes, path, digest }: PageCase): readonly Column[] {
  const { sender, receiver } = sidesOf(path);
  const twoSided = digest.transfers.receiverCpuNs !== null;
  return [
    { title: l10n.t('Time'), cell: ({ wallNs }) => formatDuration(wallNs) },
    { title: 'MiB/s', cell: (sample) => formatNumber(mibPerSecond(sample.bytes ?? bytes, sample.wallNs)) },
    {
      title: twoSided ? l10n.t('CPU, {0}', sender) : l10n.t('CPU'),
      cell: (sample) => formatDuration(sample.sender.cpuNs),
    },
    ...(twoSided
      ? [
          {
            title: l10n.t('CPU, {0}', receiver),
            cell: (sample: Sample) => (sample.receiver === null ? '–' : formatDuration(sample.receiver.cpuNs)),
          },
        ]
      : []),
    {
      title: l10n.t('Switches'),
      cell: (sample) => formatNumber(sample.sender.voluntarySwitches + sample.sender.involuntarySwitches),
    },
    { title: l10n.t('Faults'), cell: (sample) => formatNumber(sample.sender.minorFaults + sample.sender.majorFaults) },
    {
      title: l10n.t('In page cache'),
      cell: ({ residency }) => (residency === null ? '–' : formatPercent(residency)),
    },
  ];
}

function callWords({ calls }: Cost): string {
  const parts = Object.entries(calls).map(([name, count]) => `${name} ${formatNumber(count)}`);
  return parts.length === 0 ? '–' : parts.join(', ');
}

function noteOf({ warmup, excluded, outlier }: Sample): string {
  if (warmup) return l10n.t('warm-up, not counted');
  if (excluded === 'not-cold') return l10n.t('excluded: source was in the page cache');
  if (excluded === 'held-up') return l10n.t('excluded: the process was stopped or could not run');
  switch (outlier) {
    case 'severe':
      return l10n.t('far outlier');
    case 'mild':
      return l10n.t('outlier');
    case null:
      return '';
  }
}
