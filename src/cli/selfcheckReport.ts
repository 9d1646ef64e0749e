/** A self-check as text for a terminal: a table, and whether to trust the lab on this host. Pure. */
import * as l10n from '@vscode/l10n';
import type { JudgedComparison, SelfcheckReport, SelfcheckVerdict } from '../model/selfcheck.ts';
import { counterparts, judged } from '../model/selfcheck.ts';
import { medianInterval } from '../model/statistics/median.ts';
import { formatBytes, formatNumber, formatRatio, mibPerSecond } from '../model/units.ts';
import { aligned, wrapped } from './textTable.ts';

const NOTHING = '–';
const INDENT = '    ';

/** @param width of the notes; the table takes what it needs */
export function reportSelfcheck(report: SelfcheckReport, width: number): string {
  const { host, bytes } = report;
  const comparisons = judged(report);
  const header = [
    l10n.t('tool'),
    'MiB/s',
    l10n.t('mode of the lab'),
    'MiB/s',
    l10n.t('lab to tool'),
    l10n.t('95 % interval'),
    l10n.t('verdict'),
  ];
  return [
    ...wrapped(
      l10n.t(
        '{0} on {1} ({2}); Linux {3}, {4}',
        formatBytes(bytes),
        host.filesystem.type,
        host.filesystem.device,
        host.kernel,
        host.cpu.model,
      ),
      width,
    ),
    '',
    ...aligned(
      [header, ...comparisons.map((one) => row(one, bytes))],
      ['left', 'right', 'left', 'right', 'right', 'left', 'left'],
    ),
    ...comparisons.flatMap((one) => ['', ...note(one, width)]),
    '',
    ...wrapped(conclusion(comparisons.map(({ verdict }) => verdict)), width),
  ].join('\n');
}

function row({ id, mode, toolNs, labNs, ratio, verdict }: JudgedComparison, bytes: number): readonly string[] {
  const speed = (times: readonly number[]) =>
    times.length === 0 ? NOTHING : formatNumber(mibPerSecond(bytes, medianInterval(times).median));
  return [
    counterparts().find((each) => each.id === id)?.name ?? id,
    speed(toolNs),
    mode,
    speed(labNs),
    ratio === null ? NOTHING : formatRatio(ratio.median),
    ratio === null || ratio.low === null || ratio.high === null
      ? NOTHING
      : `${formatRatio(ratio.low)} – ${formatRatio(ratio.high)}`,
    verdictWord(verdict),
  ];
}

function verdictWord(verdict: SelfcheckVerdict): string {
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

/** What was started, and below it what that does, or why it was not compared. */
function note({ command, version, problem, note: what }: JudgedComparison, width: number): readonly string[] {
  const text = problem === null ? what : `${problem.message} ${problem.hint}`;
  return [
    ...wrapped(version === null ? command : `${command} (${version})`, width),
    ...wrapped(text, width - INDENT.length).map((line) => INDENT + line),
  ];
}

function conclusion(verdicts: readonly SelfcheckVerdict[]): string {
  const count = (which: SelfcheckVerdict) => verdicts.filter((verdict) => verdict === which).length;
  const [agree, differ, unsettled] = [count('agrees'), count('differs'), count('unsettled')];
  const all = agree + differ + unsettled;
  if (all === 0) {
    return l10n.t('No tool that does the same work could be compared; this says nothing about the lab here.');
  }
  if (differ > 0) {
    return l10n.t(
      'The lab differs by more than 10 % from {0} of {1} tools that do the same work. Find out why before you trust its numbers here.',
      differ,
      all,
    );
  }
  if (unsettled > 0) {
    return l10n.t(
      'The lab agrees within 10 % with {0} of {1} tools that do the same work; for the others the intervals are too wide to tell. More rounds or a quieter host may.',
      agree,
      all,
    );
  }
  return l10n.t('The lab agrees within 10 % with all {0} tools that do the same work.', all);
}
