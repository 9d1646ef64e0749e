/** What has to be said beside the numbers of a result, the same in a terminal and in a report. */
import * as l10n from '@vscode/l10n';
import { modeName } from '../caseName.ts';
import { isShownCopied } from '../evidence/findings.ts';
import { remarksOfResult } from '../remarks.ts';
import type { Case } from '../result/case.ts';
import type { Result } from '../result/result.ts';
import { FEWEST_FOR_INTERVAL } from '../statistics/median.ts';
import { countedSamples, isExcluded, whyNothingCounts } from '../summary.ts';
import { formatPercent } from '../units.ts';
import { reportName } from './caseTable.ts';

/** Why cases have no numbers, a sentence for each that has a reason and one for all others. */
export function missingCases({ cases }: Result): readonly string[] {
  const missing = cases.filter((one) => one.summary === null);
  const unexplained = missing.filter((one) => one.reason === null && !isExcluded(one));
  const explained = missing.flatMap((one) => {
    if (one.reason !== null) return [`${reportName(one)}: ${one.status}. ${one.reason.message} ${one.reason.hint}`];
    return isExcluded(one) ? [`${reportName(one)}: ${whyNothingCounts(one)}`] : [];
  });
  return unexplained.length === 0
    ? explained
    : [...explained, l10n.t('Not measured: {0}.', unexplained.map(reportName).join('; '))];
}

/** A sentence per mode and remark, where no finding tells it already. */
export function remarkSentences(result: Result): readonly string[] {
  const told = new Set(result.findings.map((finding) => finding.kind));
  return remarksOfResult(result)
    .filter(({ remark }) => !told.has(remark.kind))
    .filter(
      ({ remark, cases }) =>
        remark.kind !== 'copied-after-all' || !cases.every((index) => isShownCopied(result.cases[index] as Case)),
    )
    .map(({ remark, cases }) => `${modeName(result.cases[cases[0] ?? -1]?.mode ?? '')}: ${remark.text}`);
}

/** How far the numbers can be trusted, and how their table is read. */
export function footnotes(result: Result): readonly string[] {
  const rounds = countedRounds(result);
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
      l10n.t('All ran at one rate. The ratio is the baseline’s CPU time to the mode’s, of both sides together.'),
    );
  }
  if (rounds > 0 && rounds < FEWEST_FOR_INTERVAL) {
    notes.push(l10n.t('Fewer than {0} rounds: no interval is claimed.', FEWEST_FOR_INTERVAL));
  }
  const unsettled = result.cases.filter((one) => one.settled === false);
  if (unsettled.length > 0) {
    notes.push(l10n.t('Not settled within 3 %: {0}.', unsettled.map(reportName).join('; ')));
  }
  return notes;
}

/** Rounds that count, of the case that has most. */
export function countedRounds({ cases }: Result): number {
  return Math.max(0, ...cases.map((one) => countedSamples(one).length));
}
