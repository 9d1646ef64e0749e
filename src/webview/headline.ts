/** The one quantity by which an experiment compares its cases, for ranking and charts. */
import * as l10n from '@vscode/l10n';
import type { Case, Experiment, Sample } from '../model/result.ts';
import { GIB, mibPerSecond } from '../model/units.ts';

export interface Headline {
  /** Column of the ranking, and name in the summary. */
  readonly key: 'mibPerSecond' | 'cpuSecondsPerGib';
  readonly title: string;
  readonly unit: string;
  /** More is better, so that the best has the longest bar. */
  readonly moreIsBetter: boolean;
}

/** Throughput, but where every case was paced to the same one what it cost. */
export function headlineOf({ kind }: Experiment): Headline {
  return kind === 'equal-rate'
    ? { key: 'cpuSecondsPerGib', title: l10n.t('CPU time'), unit: 's/GiB', moreIsBetter: false }
    : { key: 'mibPerSecond', title: l10n.t('Throughput'), unit: 'MiB/s', moreIsBetter: true };
}

/** What a single transfer had of it. */
export function headlineValue(one: Case, sample: Sample, { key }: Headline): number {
  return key === 'mibPerSecond'
    ? mibPerSecond(one.bytes, sample.wallNs)
    : sample.sender.cpuNs / 1e9 / Math.max(one.bytes / GIB, Number.EPSILON);
}
