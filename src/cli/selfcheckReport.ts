/** A self-check as text for a terminal: a table, and whether to trust the lab on this host. */
import * as l10n from '@vscode/l10n';
import type { Comparison, Counterpart, SelfcheckReport } from '../model/selfcheck.ts';
import { counterparts, ratioOf, verdictOf } from '../model/selfcheck.ts';
import { medianInterval } from '../model/statistics.ts';
import { formatBytes, formatNumber, formatRatio, mibPerSecond } from '../model/units.ts';
import { aligned } from './textTable.ts';

export function reportSelfcheck(report: SelfcheckReport): string {
  const pairs = pairsOf(report);
  const header = [
    l10n.t('tool'),
    'MiB/s',
    l10n.t('mode of the lab'),
    'MiB/s',
    l10n.t('lab to tool'),
    l10n.t('95 % interval'),
    l10n.t('verdict'),
  ];
  const rows = pairs.map(({ counterpart, comparison }) => row(report, counterpart, comparison));
  return [
    l10n.t(
      '{0} on {1} ({2}); Linux {3}, {4}',
      formatBytes(report.bytes),
      report.host.filesystem.type,
      report.host.filesystem.device,
      report.host.kernel,
      report.host.cpu.model,
    ),
    '',
    ...aligned([header, ...rows], ['left', 'right', 'left', 'right', 'right', 'left', 'left']),
    '',
    ...pairs.map(({ counterpart, comparison }) => note(counterpart, comparison)),
    '',
    conclusion(pairs),
  ].join('\n');
}

/** Whether a tool that does the same work as a mode differs from it in speed. */
export function hasDifference(report: SelfcheckReport): boolean {
  return pairsOf(report).some(({ counterpart, comparison }) => verdictOf(counterpart, comparison) === 'differs');
}

interface Pair {
  readonly counterpart: Counterpart;
  readonly comparison: Comparison;
}

function pairsOf(report: SelfcheckReport): readonly Pair[] {
  return counterparts().flatMap((counterpart) => {
    const comparison = report.comparisons.find(({ id }) => id === counterpart.id);
    return comparison === undefined ? [] : [{ counterpart, comparison }];
  });
}

function row(report: SelfcheckReport, counterpart: Counterpart, comparison: Comparison): readonly string[] {
  const ratio = ratioOf(comparison);
  const speed = (times: readonly number[]) =>
    times.length === 0 ? '–' : formatNumber(mibPerSecond(report.bytes, medianInterval(times).median));
  return [
    counterpart.command,
    speed(comparison.toolNs),
    counterpart.mode,
    speed(comparison.labNs),
    ratio === null ? '–' : formatRatio(ratio.median),
    ratio === null || ratio.low === null || ratio.high === null
      ? '–'
      : `${formatRatio(ratio.low)} – ${formatRatio(ratio.high)}`,
    verdictWord(verdictOf(counterpart, comparison)),
  ];
}

function verdictWord(verdict: ReturnType<typeof verdictOf>): string {
  switch (verdict) {
    case 'agrees':
      return l10n.t('agrees');
    case 'differs':
      return l10n.t('differs');
    case 'unsettled':
      return l10n.t('unsettled');
    case 'other-work':
      return l10n.t('other work');
    case 'not-compared':
      return l10n.t('not compared');
  }
}

function note(counterpart: Counterpart, { version, problem }: Comparison): string {
  const what = problem === null ? counterpart.note : `${problem.message} ${problem.hint}`;
  return `${counterpart.command}${version === null ? '' : ` (${version})`}: ${what}`.trimEnd();
}

function conclusion(pairs: readonly Pair[]): string {
  const verdicts = pairs.map(({ counterpart, comparison }) => verdictOf(counterpart, comparison));
  const differs = verdicts.filter((verdict) => verdict === 'differs').length;
  const agrees = verdicts.filter((verdict) => verdict === 'agrees').length;
  if (differs > 0) {
    return l10n.t(
      'The lab differs from {0} of {1} tools that do the same work by more than 10 %. Find out why before you trust its numbers here.',
      differs,
      differs + agrees,
    );
  }
  const unsettled = verdicts.filter((verdict) => verdict === 'unsettled').length;
  if (unsettled > 0) {
    return l10n.t(
      'The lab agrees within 10 % with {0} of {1} tools that do the same work; of the others the intervals are too wide to tell. More rounds or a quieter host may.',
      agrees,
      agrees + unsettled,
    );
  }
  return agrees === 0
    ? l10n.t('No tool that does the same work could be compared; this says nothing about the lab here.')
    : l10n.t('The lab agrees within 10 % with the {0} tools that do the same work.', agrees);
}
