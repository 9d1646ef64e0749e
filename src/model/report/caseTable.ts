/** The cases of a result as a table of text, the best first: the same in a terminal and in a report. */
import * as l10n from '@vscode/l10n';
import { fullCaseName } from '../caseName.ts';
import { type Headline, headlineInterval, headlineOf } from '../charts/headline.ts';
import type { CaseOutline } from '../pageResult.ts';
import { sharesBlocks } from '../remarks.ts';
import type { Case } from '../result/case.ts';
import type { Interval } from '../result/numbers.ts';
import type { Result } from '../result/result.ts';
import type { Summary } from '../result/summary.ts';
import { sidesOf } from '../sides.ts';
import { cpuVerdictWord, verdictWord } from '../statistics/words.ts';
import { formatDuration, formatNumber, formatRatio } from '../units.ts';

export interface CaseColumn {
  readonly title: string;
  readonly align: 'left' | 'right';
  readonly cell: (one: Case, summary: Summary) => string;
}

/** `read + write, 64 KiB, files of 4 KiB`, with its role where it has one. */
export function reportName(one: CaseOutline): string {
  return `${fullCaseName(one)}${one.control ? ` (${l10n.t('again, as control')})` : ''}`;
}

/** The cases with numbers, the best by the headline of the experiment first. */
export function measuredCases({ cases, experiment }: Result): readonly (Case & { readonly summary: Summary })[] {
  const headline = headlineOf(experiment);
  const number = ({ summary }: Case) => headlineInterval(summary, headline)?.median ?? 0;
  return cases
    .filter((one): one is Case & { readonly summary: Summary } => one.summary !== null)
    .sort((a, b) => (headline.moreIsBetter ? number(b) - number(a) : number(a) - number(b)));
}

/** The headline and its interval, the ratio to the baseline and its verdict, and then what it cost. */
export function caseColumns({ experiment }: Result): readonly CaseColumn[] {
  const headline = headlineOf(experiment);
  const paced = experiment.kind === 'equal-rate';
  return [
    { title: l10n.t('mode'), align: 'left', cell: reportName },
    { title: headlineTitle(headline), align: 'right', cell: (one, summary) => headlineCell(one, summary, headline) },
    {
      title: l10n.t('95 % interval'),
      align: 'left',
      cell: (one, summary) =>
        sharesBlocks(one)
          ? l10n.t('no data moved')
          : `${range(headlineInterval(summary, headline), formatNumber)}${unsettledNote(one)}`,
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
      cell: (one, { ratioToBaseline }) => {
        if (ratioToBaseline === null) return l10n.t('baseline');
        if (sharesBlocks(one)) return '–';
        const word = paced ? cpuVerdictWord : verdictWord;
        return `${range(ratioToBaseline, formatRatio)} ${word(ratioToBaseline.verdict)}`;
      },
    },
    ...costColumns(experiment, headline).map(
      ({ title, value }): CaseColumn => ({
        title,
        align: 'right',
        cell: (_, summary) => formatNumber(value(summary)?.median ?? Number.NaN),
      }),
    ),
  ];
}

interface CostColumn {
  readonly title: string;
  readonly value: (summary: Summary) => Interval | null;
}

/** All but the headline itself. */
function costColumns({ path }: Result['experiment'], { key }: Headline): readonly CostColumn[] {
  return [
    ...(key === 'mibPerSecond' ? [] : [{ title: 'MiB/s', value: (summary: Summary) => summary.mibPerSecond }]),
    ...(key === 'cpuSecondsPerGib'
      ? []
      : [{ title: 'CPU s/GiB', value: (summary: Summary) => summary.cpuSecondsPerGib }]),
    ...(path === 'file-to-file'
      ? []
      : [{ title: `${sidesOf(path).receiver} s/GiB`, value: (summary: Summary) => summary.receiverCpuSecondsPerGib }]),
    { title: l10n.t('crossings/MiB'), value: ({ crossingsPerMib }) => crossingsPerMib },
    { title: l10n.t('faults/MiB'), value: ({ faultsPerMib }) => faultsPerMib },
    { title: l10n.t('switches/GiB'), value: ({ contextSwitchesPerGib }) => contextSwitchesPerGib },
  ];
}

function headlineTitle({ key, unit }: Headline): string {
  switch (key) {
    case 'mibPerSecond':
      return unit;
    case 'cpuSecondsPerGib':
      return `CPU ${unit}`;
    case 'totalCpuSecondsPerGib':
      return l10n.t('CPU {0}, both sides', unit);
  }
}

/** Where blocks were shared there is no speed; the time is told instead. */
function headlineCell(one: Case, summary: Summary, headline: Headline): string {
  return sharesBlocks(one)
    ? formatDuration(summary.wallNs.median)
    : formatNumber(headlineInterval(summary, headline)?.median ?? Number.NaN);
}

/** Beside the number that `rounds: auto` wanted to be sure of, and is not. */
function unsettledNote(one: Case): string {
  return one.settled === false ? `, ${l10n.t('not settled')}` : '';
}

function range(interval: Interval | null, format: (value: number) => string): string {
  return interval === null || interval.low === null || interval.high === null
    ? '–'
    : `${format(interval.low)} – ${format(interval.high)}`;
}
