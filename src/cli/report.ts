/** A result as text for a terminal. Pure: text in, text out. */

import * as l10n from '@vscode/l10n';
import { fullCaseName } from '../model/caseName.ts';
import { isShownCopied } from '../model/evidence/findings.ts';
import { arrange } from '../model/findings/top.ts';
import { findMode } from '../model/modes/catalogue.ts';
import { pathDescriptor } from '../model/paths.ts';
import { remarksOfResult, sharesBlocks } from '../model/remarks.ts';
import type { Case, Interval, Result, Summary } from '../model/result.ts';
import { FEWEST_FOR_INTERVAL } from '../model/statistics/median.ts';
import { countedSamples, isExcluded } from '../model/summary.ts';
import { formatBytes, formatDuration, formatNumber, formatPercent, formatRatio } from '../model/units.ts';
import { costLines } from './costReport.ts';
import { aligned } from './textTable.ts';

const BAR_WIDTH = 40;

type Cell = string;
interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
  readonly cell: (one: Case, summary: Summary) => Cell;
}

/** Heading, a row per case fastest first, a bar per case, the findings, and how far they can be trusted. */
export function reportResult(result: Result): string {
  const measured = result.cases.filter((one) => one.summary !== null).sort(bySpeed);
  const others = result.cases.filter((one) => one.summary === null);
  return [
    heading(result),
    ...(measured.length === 0
      ? []
      : ['', ...table(columns(result), measured), '', ...bars(measured.filter((one) => !sharesBlocks(one)))]),
    ...paragraph(costLines(result, caseName)),
    ...(others.length === 0 ? [] : ['', ...explainMissing(others)]),
    ...findingLines(result),
    ...remarkLines(result),
    ...footnotes(result),
  ].join('\n');
}

/** The same sentences as at the top of the page, then the others. */
function findingLines(result: Result): readonly string[] {
  const { top, rest } = arrange(result.findings);
  return [
    '',
    ...top.map(({ text }) => text),
    ...(rest.length === 0 ? [] : ['', l10n.t('More about this run:'), ...rest.map(({ text }) => text)]),
  ];
}

function paragraph(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', ...lines];
}

/** `read + write, 64 KiB, files of 4 KiB`, with its role where it has one. */
export function caseName(one: Case): string {
  return `${fullCaseName(one)}${one.control ? ` (${l10n.t('again, as control')})` : ''}`;
}

function heading(result: Result): string {
  const { experiment, host } = result;
  const source = experiment.source.kind === 'file' ? experiment.source.path : l10n.t('generated');
  return [
    l10n.t(
      '{0}: {1}, source {2}, cache {3}, {4} rounds',
      pathDescriptor(experiment.path).name,
      formatBytes(experiment.bytes),
      source,
      experiment.cache,
      Math.max(0, ...result.cases.map((one) => countedSamples(one).length)),
    ),
    l10n.t('{0} on {1}; Linux {2}, {3}', host.filesystem.type, host.filesystem.device, host.kernel, host.cpu.model),
    ...wayThere(result),
  ].join('\n');
}

/** The receiver's host, and what TCP knew of the way there. */
function wayThere({ experiment: { remote }, receiverHost, host, cases }: Result): readonly string[] {
  if (remote === null || receiverHost === null) return [];
  const counted = cases.flatMap(countedSamples).map(({ observed }) => observed);
  const rtts = counted.flatMap(({ tcpMinRttNs, tcpRttNs }) => tcpMinRttNs || tcpRttNs || []);
  return [
    l10n.t(
      'to {0} ({1}): Linux {2}, {3}',
      receiverHost.name,
      remote.address,
      receiverHost.kernel,
      receiverHost.cpu.model ?? receiverHost.arch,
    ),
    ...(rtts.length === 0
      ? []
      : [
          l10n.t(
            'by {0}; round trip {1} or more, {2} segments sent again',
            host.interface?.name ?? '?',
            formatDuration(Math.min(...rtts)),
            counted.reduce((sum, { tcpRetransmits }) => sum + (tcpRetransmits ?? 0), 0),
          ),
        ]),
  ];
}

function columns(result: Result): readonly Column[] {
  const receives = result.experiment.path !== 'file-to-file';
  const paced = result.experiment.kind === 'equal-rate';
  return [
    { title: l10n.t('mode'), align: 'left', cell: (one) => caseName(one) },
    { title: 'MiB/s', align: 'right', cell: (one, summary) => speed(one, summary) },
    {
      title: l10n.t('95 % interval'),
      align: 'left',
      cell: (one, summary) =>
        sharesBlocks(one)
          ? l10n.t('no data moved')
          : `${range(summary.mibPerSecond, formatNumber)}${paced ? '' : unsettledNote(one)}`,
    },
    {
      title: l10n.t('ratio'),
      align: 'right',
      cell: (one, { ratioToBaseline }) =>
        ratioToBaseline === null ? '1' : sharesBlocks(one) ? '–' : formatRatio(ratioToBaseline.median),
    },
    {
      title: l10n.t('interval, verdict'),
      align: 'left',
      cell: (one, { ratioToBaseline }) =>
        ratioToBaseline === null
          ? l10n.t('baseline')
          : sharesBlocks(one)
            ? '–'
            : `${range(ratioToBaseline, formatRatio)} ${ratioToBaseline.verdict}`,
    },
    {
      title: 'CPU s/GiB',
      align: 'right',
      cell: (one, summary) => `${formatNumber(summary.cpuSecondsPerGib.median)}${paced ? unsettledNote(one) : ''}`,
    },
    ...(receives
      ? [
          {
            title: l10n.t('receiver'),
            align: 'right' as const,
            cell: (_: Case, summary: Summary) => formatNumber(summary.receiverCpuSecondsPerGib?.median ?? Number.NaN),
          },
        ]
      : []),
    {
      title: l10n.t('crossings/MiB'),
      align: 'right',
      cell: (_, summary) => formatNumber(summary.crossingsPerMib.median),
    },
    { title: l10n.t('faults/MiB'), align: 'right', cell: (_, summary) => formatNumber(summary.faultsPerMib.median) },
    {
      title: l10n.t('switches/GiB'),
      align: 'right',
      cell: (_, summary) => formatNumber(summary.contextSwitchesPerGib.median),
    },
  ];
}

/** Where blocks were shared there is no speed; the time is told instead. */
function speed(one: Case, summary: Summary): Cell {
  return sharesBlocks(one) ? formatDuration(summary.wallNs.median) : formatNumber(summary.mibPerSecond.median);
}

/** Beside the number that `rounds: auto` wanted to be sure of, and is not. */
function unsettledNote(one: Case): string {
  return one.settled === false ? `, ${l10n.t('not settled')}` : '';
}

function table(shown: readonly Column[], cases: readonly Case[]): readonly string[] {
  const rows = cases.map((one) => shown.map((column) => column.cell(one, one.summary as Summary)));
  return aligned(
    [shown.map((column) => column.title), ...rows],
    shown.map((column) => column.align),
  );
}

function bars(cases: readonly Case[]): readonly string[] {
  const fastest = Math.max(...cases.map((one) => one.summary?.mibPerSecond.median ?? 0), 1);
  const width = Math.max(...cases.map((one) => caseName(one).length), 0);
  return cases.map((one) => {
    const speed = one.summary?.mibPerSecond.median ?? 0;
    return `${caseName(one).padEnd(width)}  ${bar(speed / fastest)} ${formatNumber(speed)}`;
  });
}

/** Eighth blocks make a bar finer than its characters. */
function bar(fraction: number): string {
  const eighths = Math.round(fraction * BAR_WIDTH * 8);
  return '█'.repeat(eighths >> 3) + (['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'][eighths & 7] ?? '');
}

function explainMissing(cases: readonly Case[]): readonly string[] {
  const unexplained = cases.filter((one) => one.reason === null && !isExcluded(one));
  const explained = cases.flatMap((one) => {
    if (one.reason !== null) return [`${caseName(one)}: ${one.status}. ${one.reason.message} ${one.reason.hint}`];
    return isExcluded(one) ? [l10n.t('{0}: no transfer counts, because none of them was cold.', caseName(one))] : [];
  });
  return unexplained.length === 0
    ? explained
    : [...explained, l10n.t('Not measured: {0}.', unexplained.map(caseName).join('; '))];
}

/** A sentence per mode and remark, where no finding tells it already. */
function remarkLines(result: Result): readonly string[] {
  const told = new Set(result.findings.map((finding) => finding.kind));
  return remarksOfResult(result)
    .filter(({ remark }) => !told.has(remark.kind))
    .filter(
      ({ remark, cases }) =>
        remark.kind !== 'copied-after-all' || !cases.every((index) => isShownCopied(result.cases[index] as Case)),
    )
    .map(({ remark, cases }) => {
      const mode = result.cases[cases[0] ?? -1]?.mode ?? '';
      return `${findMode(mode)?.name ?? mode}: ${remark.text}`;
    });
}

function footnotes(result: Result): readonly string[] {
  const rounds = Math.max(0, ...result.cases.map((one) => countedSamples(one).length));
  const notes: string[] = [];
  if (result.noiseFloor !== null) {
    notes.push(
      l10n.t(
        'Differences below {0} are not called differences: the baseline run twice showed that much, or the floor of 2 %.',
        formatPercent(result.noiseFloor),
      ),
    );
  }
  if (result.experiment.kind === 'equal-rate') {
    notes.push(
      l10n.t(
        'All ran at one rate. The ratio is the baseline’s CPU time to the mode’s, of both sides together: faster means less CPU time.',
      ),
    );
  }
  if (rounds > 0 && rounds < FEWEST_FOR_INTERVAL) {
    notes.push(l10n.t('Fewer than {0} rounds: no interval is claimed.', FEWEST_FOR_INTERVAL));
  }
  const unsettled = result.cases.filter((one) => one.settled === false);
  if (unsettled.length > 0) {
    notes.push(l10n.t('Not settled within 3 %: {0}.', unsettled.map(caseName).join('; ')));
  }
  if (result.reason !== null) notes.push(`${result.reason.message} ${result.reason.hint}`);
  return notes;
}

function range(interval: Interval, format: (value: number) => string): string {
  return interval.low === null || interval.high === null ? '–' : `${format(interval.low)} – ${format(interval.high)}`;
}

function bySpeed(a: Case, b: Case): number {
  return (b.summary?.mibPerSecond.median ?? 0) - (a.summary?.mibPerSecond.median ?? 0);
}
