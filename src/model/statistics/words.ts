/** Intervals and verdicts in words. All of them are asked for late, when the language is known. */
import * as l10n from '@vscode/l10n';
import type { Interval, Verdict } from '../result/numbers.ts';

/** `980–1,020`, or nothing where nothing can be said of the spread. */
export function spread(interval: Interval, format: (value: number) => string): string | null {
  return interval.low === null || interval.high === null ? null : `${format(interval.low)}–${format(interval.high)}`;
}

export function verdictWord(verdict: Verdict): string {
  switch (verdict) {
    case 'faster':
      return l10n.t('faster');
    case 'slower':
      return l10n.t('slower');
    case 'same':
      return l10n.t('same');
    case 'unsettled':
      return l10n.t('unsettled');
  }
}

/** The verdict where CPU time was compared. */
export function cpuVerdictWord(verdict: Verdict): string {
  switch (verdict) {
    case 'faster':
      return l10n.t('less CPU');
    case 'slower':
      return l10n.t('more CPU');
    default:
      return verdictWord(verdict);
  }
}
