/** A result as text for a terminal. Pure: text in, text out. */

import * as l10n from '@vscode/l10n';
import { cpuColumns, cpuOfHosts, cpuSentences } from '../model/bothHosts/cpu.ts';
import { type Headline, headlineInterval, headlineOf } from '../model/charts/headline.ts';
import { arrange } from '../model/findings/top.ts';
import { pathDescriptor } from '../model/paths.ts';
import { sharesBlocks } from '../model/remarks.ts';
import { type CaseColumn, caseColumns, measuredCases, reportName } from '../model/report/caseTable.ts';
import { countedRounds, footnotes, missingCases, remarkSentences } from '../model/report/sentences.ts';
import type { Case } from '../model/result/case.ts';
import type { Result } from '../model/result/result.ts';
import { countedSamples } from '../model/summary.ts';
import { formatBytes, formatDuration, formatNumber } from '../model/units.ts';
import { costLines } from './costReport.ts';
import { streamLines } from './streamReport.ts';
import { aligned, cells, padded } from './textTable.ts';

const BAR_WIDTH = 40;

/** Heading, a row per case the best first, a bar per case, the findings, and how far they can be trusted. */
export function reportResult(result: Result): string {
  const measured = measuredCases(result);
  return [
    heading(result),
    ...(measured.length === 0
      ? []
      : [
          '',
          ...table(caseColumns(result), measured),
          '',
          ...bars(
            measured.filter((one) => !sharesBlocks(one)),
            headlineOf(result.experiment),
          ),
        ]),
    ...paragraph(hostCpuLines(result)),
    ...paragraph(costLines(result)),
    ...paragraph(streamLines(result)),
    ...paragraph(missingCases(result)),
    ...findingLines(result),
    ...remarkSentences(result),
    ...footnotes(result),
    ...(result.reason === null ? [] : [`${result.reason.message} ${result.reason.hint}`]),
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
      countedRounds(result),
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
      addressText(remote),
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

function addressText({ address, way }: NonNullable<Result['experiment']['remote']>): string {
  switch (way) {
    case 'direct':
      return address;
    case 'ssh':
      return l10n.t('{0}, by ssh', address);
    case 'ssh-forwarded':
      return l10n.t('through ssh');
  }
}

function table(shown: readonly CaseColumn[], cases: ReturnType<typeof measuredCases>): readonly string[] {
  const rows = cases.map((one) => shown.map((column) => column.cell(one, one.summary)));
  return aligned(
    [shown.map((column) => column.title), ...rows],
    shown.map((column) => column.align),
  );
}

/** What a run to another host cost the CPUs of both. */
function hostCpuLines(result: Result): readonly string[] {
  const cases = cpuOfHosts(result);
  if (cases.length === 0) return [];
  const columns = cpuColumns();
  const rows = [
    [l10n.t('CPU of both hosts'), ...columns.map(({ title }) => title)],
    ...cases.map((one) => [one.name, ...columns.map(({ cell }) => cell(one))]),
  ];
  return [...aligned(rows, ['left', ...columns.map(() => 'right' as const)]), ...cpuSentences(result)];
}

function bars(cases: readonly Case[], headline: Headline): readonly string[] {
  const number = (one: Case) => headlineInterval(one.summary, headline)?.median ?? 0;
  const most = Math.max(...cases.map(number)) || 1;
  const width = Math.max(...cases.map((one) => cells(reportName(one))), 0);
  return cases.map(
    (one) => `${padded(reportName(one), width)}  ${bar(number(one) / most)} ${formatNumber(number(one))}`,
  );
}

/** Eighth blocks make a bar finer than its characters. */
function bar(fraction: number): string {
  const eighths = Math.round(fraction * BAR_WIDTH * 8);
  return '█'.repeat(eighths >> 3) + (['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'][eighths & 7] ?? '');
}
