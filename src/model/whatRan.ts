/** What an experiment ran, in a few facts: under the heading of a page, on a picture, at the top of a report. */
import * as l10n from '@vscode/l10n';
import { pathDescriptor } from './paths.ts';
import type { Experiment } from './result/experiment.ts';
import type { Result } from './result/result.ts';
import { formatBytes, formatNumber, MIB } from './units.ts';

type Ran = Pick<Result, 'experiment' | 'host' | 'label' | 'pacedBytesPerSecond'>;

/** The user's name for a result, or that of its path. */
export function titleOf({ label, experiment }: Pick<Result, 'label' | 'experiment'>): string {
  return nameOf(label) ?? pathDescriptor(experiment.path).name;
}

/** What the user called it; a name without a letter is none. */
function nameOf(label: string | null): string | null {
  return label === null || label.trim() === '' ? null : label;
}

/** Beside the title: the path where that is not the title, bytes, buffers, rounds, and what else tells runs apart. */
export function whatRan({ experiment, host, label, pacedBytesPerSecond }: Ran): readonly string[] {
  const { source } = experiment;
  const where = `${host.filesystem.type} (${host.filesystem.device})`;
  return [
    ...(nameOf(label) === null ? [] : [pathDescriptor(experiment.path).name]),
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
    ...(experiment.receiver === null ? [] : [routeWords(experiment), receiverWords(experiment.receiver)]),
  ];
}

function routeWords({ laboratories, remote }: Experiment): string {
  if (remote !== null) return l10n.t('TCP to {0}', remote.host);
  if (laboratories === null) return l10n.t('TCP over loopback');
  return laboratories.length === 1
    ? l10n.t('TCP through a laboratory')
    : l10n.t('TCP through {0} laboratories', laboratories.length);
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

function receiverWords({ kind, bufferBytes }: NonNullable<Experiment['receiver']>): string {
  return kind === 'read' || kind === 'save'
    ? l10n.t('receiver {0} with a buffer of {1}', kind, formatBytes(bufferBytes))
    : l10n.t('receiver {0}', kind);
}
