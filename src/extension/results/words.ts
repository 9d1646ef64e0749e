/** What the tree says of a result. */
import * as l10n from '@vscode/l10n';
import { modeName } from '../../model/caseName.ts';
import { pathDescriptor } from '../../model/paths.ts';
import type { Winner } from '../../model/result/finding.ts';
import type { PathId } from '../../model/result/path.ts';
import { formatBytes, formatNumber, formatRatio } from '../../model/units.ts';
import { type Entry, type EntryState, stemOf } from './entry.ts';

type ListedRun = Extract<Entry, { readonly kind: 'result' }>;

/** Codicons: where the bytes went, or why there is no result to look at. */
const PATH_ICONS: Readonly<Record<PathId, string>> = {
  'file-to-file': 'files',
  'file-to-socket': 'plug',
  'process-to-process': 'arrow-swap',
};
const STATE_ICONS: Readonly<Partial<Record<EntryState, string>>> = {
  running: 'sync~spin',
  elsewhere: 'remote',
  failed: 'error',
  newer: 'lock',
};

/** Name of a codicon. */
export function iconOf(entry: Entry): string {
  if (entry.kind === 'unreadable') return 'warning';
  return STATE_ICONS[entry.state] ?? PATH_ICONS[entry.head.experiment.path];
}

/** `14:03 before the upgrade`: when, and the name the user gave or the preset. */
export function labelOf(entry: Entry, locale: string): string {
  if (entry.kind === 'unreadable') return stemOf(entry.file);
  const { startedAt, label, experiment } = entry.head;
  const time = new Date(startedAt).toLocaleTimeString(locale, { timeStyle: 'short' });
  return `${time} ${label ?? presetOf(entry)}${experiment.cache === 'cold' && label === null ? `, ${l10n.t('cold')}` : ''}`;
}

/** The winner, after what keeps the result from being whole. */
export function descriptionOf(entry: Entry): string {
  if (entry.kind === 'unreadable') return l10n.t('unreadable');
  const state = stateWords()[entry.state];
  const winner = entry.state === 'newer' ? null : winnerWords(entry);
  return [state, winner].filter((part) => part !== null).join(', ');
}

/** All of it in Markdown, for the tooltip. */
export function tooltipOf(entry: Entry, locale: string): string {
  if (entry.kind === 'unreadable') return `${plain(entry.problem.message)}\n\n${plain(entry.problem.hint)}`;
  const { head, state } = entry;
  const { experiment, host } = head;
  const rows: readonly (readonly [string, string])[] = [
    [l10n.t('Started'), new Date(head.startedAt).toLocaleString(locale, { dateStyle: 'full', timeStyle: 'short' })],
    [l10n.t('Host'), host.name],
    [l10n.t('Kernel'), host.kernel],
    [l10n.t('Path'), pathDescriptor(experiment.path).name],
    [l10n.t('Preset'), presetOf(entry)],
    [l10n.t('Moved'), formatBytes(experiment.bytes)],
    ...(experiment.kind === 'hazards' ? [] : [[l10n.t('Rounds'), roundsOf(entry)] as const]),
    [l10n.t('Status'), statusOf(entry)],
    ...(state === 'newer' ? [] : [[l10n.t('Winner'), winnerSentence(entry)] as const]),
    [l10n.t('File'), stemOf(entry.file)],
  ];
  const title = head.label === null ? [] : [`**${plain(head.label)}**`, ''];
  const table = ['| | |', '|:--|:--|', ...rows.map(([name, text]) => `| ${name} | ${plain(text)} |`)];
  return [...title, ...table].join('\n');
}

/** All that a filter looks at. */
export function searchTextOf(entry: Entry): string {
  if (entry.kind === 'unreadable') return [stemOf(entry.file), descriptionOf(entry)].join(' ').toLowerCase();
  const { label, host, experiment } = entry.head;
  return [
    label ?? '',
    host.name,
    presetOf(entry),
    ...experiment.modes,
    experiment.path,
    pathDescriptor(experiment.path).name,
    experiment.kind,
    entry.state,
    descriptionOf(entry),
  ]
    .join(' ')
    .toLowerCase();
}

function presetOf({ head: { experiment } }: ListedRun): string {
  return experiment.preset ?? l10n.t('custom');
}

function roundsOf({ head: { experiment } }: ListedRun): string {
  return experiment.rounds === 'auto' ? l10n.t('until settled') : String(experiment.rounds);
}

/** Why the result is not whole; null where it is. */
function stateWords(): Readonly<Record<EntryState, string | null>> {
  return {
    running: l10n.t('running'),
    elsewhere: l10n.t('running on another host'),
    complete: null,
    partial: l10n.t('partial'),
    failed: l10n.t('failed'),
    interrupted: l10n.t('interrupted'),
    newer: l10n.t('newer format'),
  };
}

function statusOf({ state, head }: ListedRun): string {
  switch (state) {
    case 'interrupted':
      return l10n.t('interrupted: its process is gone; open it to keep what was measured');
    case 'elsewhere':
      return l10n.t('running on {0}, as far as can be seen from here', head.host.name);
    case 'newer':
      return l10n.t('of format version {0}: update Zero-Copy Lab to read it', head.version);
    case 'running':
    case 'complete':
    case 'partial':
    case 'failed': {
      const word = stateWords()[state] ?? l10n.t('complete');
      return head.reason === null ? word : `${word}: ${head.reason.message}`;
    }
  }
}

/** `splice 64 KiB 2,310 MiB/s`, or null while there cannot be one. */
function winnerWords({ head, state }: ListedRun): string | null {
  if (head.winner !== null) {
    return isOfCpuTime(head)
      ? l10n.t('{0}, {1} the CPU time', caseName(head.winner), formatRatio(1 / head.winner.ratioToBaseline.median))
      : `${caseName(head.winner)} ${l10n.t('{0} MiB/s', formatNumber(head.winner.mibPerSecond.median))}`;
  }
  const over = state === 'complete' || state === 'partial';
  return over && head.experiment.kind !== 'hazards' ? l10n.t('no winner') : null;
}

function winnerSentence({ head }: ListedRun): string {
  const { winner, experiment } = head;
  if (winner === null) {
    return experiment.kind === 'hazards' ? l10n.t('none: nothing is timed') : l10n.t('none the intervals support');
  }
  const { median, low, high } = winner.ratioToBaseline;
  const cpu = isOfCpuTime(head);
  const interval =
    low === null || high === null
      ? ''
      : ` (${cpu ? range(1 / high, 1 / low, formatRatio) : range(low, high, formatRatio)})`;
  const ratio = cpu
    ? l10n.t('{0} the CPU time of its baseline', `${formatRatio(1 / median)}${interval}`)
    : l10n.t('{0} the speed of its baseline', `${formatRatio(median)}${interval}`);
  return `${caseName(winner)}: ${throughput(winner)}, ${ratio}`;
}

function throughput({ mibPerSecond: { median, low, high } }: Winner): string {
  const interval = low === null || high === null ? '' : ` (${range(low, high, formatNumber)})`;
  return l10n.t('{0} MiB/s', `${formatNumber(median)}${interval}`);
}

function range(low: number, high: number, format: (value: number) => string): string {
  return l10n.t('{0} to {1}', format(low), format(high));
}

/** At one rate for all there is no faster; what counts then is who needs less CPU time. */
function isOfCpuTime({ experiment }: ListedRun['head']): boolean {
  return experiment.kind === 'equal-rate';
}

/** `splice 64 KiB`: short, for a line in a side bar. */
function caseName({ mode, bufferBytes, objectBytes }: Winner): string {
  const name = bufferBytes === null ? modeName(mode) : `${modeName(mode)} ${formatBytes(bufferBytes)}`;
  return objectBytes === null ? name : l10n.t('{0} on files of {1}', name, formatBytes(objectBytes));
}

/** A text of a file or of the user, in which Markdown and the bars of its tables have no meaning. */
function plain(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]()#+\-.!|<>~]/g, '\\$&').replaceAll(/\s+/g, ' ');
}
