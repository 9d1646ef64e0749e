/** Facts of host and experiment, for those who want to repeat the run. */

import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { modeName } from '../../model/caseName.ts';
import type { FactGroup } from '../../model/hostFacts.ts';
import { hostFactGroups } from '../../model/hostFacts.ts';
import type { PageResult } from '../../model/pageResult.ts';
import { pathDescriptors } from '../../model/paths.ts';
import { formatBytes } from '../../model/units.ts';
import { calibrationFacts } from './costModel.ts';

/** Collapsed at first; `toggled` is told the new state. */
export function hostDetails(result: PageResult, open: boolean, toggled: (open: boolean) => void): TemplateResult {
  // An element that begins open says so, too.
  const heard = ({ target }: Event) => {
    const now = (target as HTMLDetailsElement).open;
    if (now !== open) toggled(now);
  };
  return html`<details class="fold" data-part="details" ?open=${open} @toggle=${heard}>
    <summary>${l10n.t('Host and experiment')}</summary>
    <div class="details">
      ${hostFactGroups(result.host).map(factTable)} ${factTable(experimentFacts(result))}
      ${result.calibration === null ? nothing : factTable(calibrationFacts(result.calibration))}
    </div>
  </details>`;
}

/** A table of names and values under its heading. */
export function factTable({ heading, facts }: FactGroup): TemplateResult {
  return html`<table class="facts">
    <caption>
      ${heading}
    </caption>
    <tbody>
      ${facts.map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`)}
    </tbody>
  </table>`;
}

function experimentFacts({ experiment, startedAt, endedAt, tool, id }: PageResult): FactGroup {
  const { source, receiver } = experiment;
  const facts: FactGroup['facts'] = [
    [l10n.t('Path'), pathDescriptors().find((path) => path.id === experiment.path)?.name ?? experiment.path],
    ...(experiment.preset === null ? [] : [[l10n.t('Preset'), experiment.preset] as const]),
    [l10n.t('Modes'), experiment.modes.map(modeName).join(', ')],
    [l10n.t('Bytes'), formatBytes(experiment.bytes)],
    [l10n.t('Buffers'), experiment.buffers.map(formatBytes).join(', ')],
    [l10n.t('Rounds'), experiment.rounds === 'auto' ? l10n.t('auto') : String(experiment.rounds)],
    ...(experiment.timeLimitSeconds === null
      ? []
      : [[l10n.t('Time limit'), `${experiment.timeLimitSeconds} s`] as const]),
    [l10n.t('Cache'), experiment.cache === 'warm' ? l10n.t('warm') : l10n.t('cold')],
    [l10n.t('Source'), source.kind === 'file' ? source.path : l10n.t('generated, incompressible')],
    [l10n.t('Folder of the unnamed files'), experiment.directory],
    ...(receiver === null
      ? []
      : [[l10n.t('Receiver'), l10n.t('{0}, buffer {1}', receiver.kind, formatBytes(receiver.bufferBytes))] as const]),
    [l10n.t('Seed'), String(experiment.seed)],
    [l10n.t('Started'), startedAt],
    [l10n.t('Ended'), endedAt ?? '–'],
    [l10n.t('Made by'), tool],
    [l10n.t('Id'), id],
  ];
  return { heading: l10n.t('Experiment'), facts };
}
