/** Words that several parts of the page share. All of them are asked for late, when the language is known. */

import * as l10n from '@vscode/l10n';
import type { Progress } from '../../model/events.ts';
import type { Interval, Verdict } from '../../model/result.ts';
import { formatDuration, formatNumber } from '../../model/units.ts';

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

/** The verdict where CPU time was compared, because all ran at one rate. */
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

export const VERDICT_ICONS: Readonly<Record<Verdict, string>> = {
  faster: 'arrow-up',
  slower: 'arrow-down',
  same: 'dash',
  unsettled: 'question',
};

export function phaseWord(phase: Progress['phase']): string {
  switch (phase) {
    case 'preparing':
      return l10n.t('Preparing');
    case 'calibrating':
      return l10n.t('Calibrating');
    case 'verifying':
      return l10n.t('Verifying');
    case 'warm-up':
      return l10n.t('Warming up');
    case 'measuring':
      return l10n.t('Measuring');
    case 'latency':
      return l10n.t('Timing single calls');
    case 'evidence':
      return l10n.t('Gathering evidence');
    case 'hazards':
      return l10n.t('Meeting hazards');
  }
}

/** Nanoseconds, from parts of one to seconds: unit costs and single calls are that short. */
export function shortDuration(ns: number): string {
  return ns < 1000 ? `${formatNumber(ns)} ns` : formatDuration(ns);
}
