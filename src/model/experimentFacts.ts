/** What an experiment asked for, and when it ran, for those who want to repeat it. */
import * as l10n from '@vscode/l10n';
import { modeName } from './caseName.ts';
import type { FactGroup } from './hostFacts.ts';
import { pathDescriptor } from './paths.ts';
import type { Result } from './result/result.ts';
import { tcpText } from './tcp/settings.ts';
import { formatBytes } from './units.ts';

type Told = Pick<Result, 'experiment' | 'startedAt' | 'endedAt' | 'tool' | 'id'>;

/** Called late, when the language is known. */
export function experimentFacts({ experiment, startedAt, endedAt, tool, id }: Told): FactGroup {
  const { source, receiver } = experiment;
  const facts: FactGroup['facts'] = [
    [l10n.t('Path'), pathDescriptor(experiment.path).name],
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
    ...(experiment.streams.join() === '1' ? [] : [[l10n.t('Streams'), experiment.streams.join(', ')] as const]),
    ...(experiment.durationSeconds === null
      ? []
      : [[l10n.t('Time of a transfer'), `${experiment.durationSeconds} s`] as const]),
    ...(experiment.tcp === null ? [] : [[l10n.t('Sending sockets'), tcpText(experiment.tcp)] as const]),
    [l10n.t('Seed'), String(experiment.seed)],
    [l10n.t('Started'), startedAt],
    [l10n.t('Ended'), endedAt ?? '–'],
    [l10n.t('Made by'), tool],
    [l10n.t('Id'), id],
  ];
  return { heading: l10n.t('Experiment'), facts };
}
