/** The one quantity by which an experiment compares its cases, for ranking and charts. */
import * as l10n from '@vscode/l10n';
import type { PageCase } from '../pageResult.ts';
import type { Experiment } from '../result/experiment.ts';
import type { Interval } from '../result/numbers.ts';
import type { Summary } from '../result/summary.ts';
import { GIB, mibPerSecond } from '../units.ts';

export interface Headline {
  /** Column of the ranking, and name in the summary. */
  readonly key: 'mibPerSecond' | 'cpuSecondsPerGib' | 'totalCpuSecondsPerGib';
  readonly title: string;
  readonly unit: string;
  /** More is better, so that the best has the longest bar. */
  readonly moreIsBetter: boolean;
}

/** Throughput, but where every case was paced to the same one what it cost: on both sides, since each moves work to the other. */
export function headlineOf({ kind, path }: Experiment): Headline {
  if (kind !== 'equal-rate') {
    return { key: 'mibPerSecond', title: l10n.t('Throughput'), unit: 'MiB/s', moreIsBetter: true };
  }
  const cost = { unit: 's/GiB', moreIsBetter: false };
  return path === 'file-to-file'
    ? { key: 'cpuSecondsPerGib', title: l10n.t('CPU time'), ...cost }
    : { key: 'totalCpuSecondsPerGib', title: l10n.t('CPU time of both sides'), ...cost };
}

/** Null where a document of another version has none. */
export function headlineInterval(summary: Summary | null, { key }: Headline): Interval | null {
  return summary?.[key] ?? null;
}

/** What single transfers had of it, in the order of the rounds, without the warm-up. */
export function headlineValues({ bytes, digest }: PageCase, { key }: Headline): readonly number[] {
  const { wallNs, senderCpuNs, receiverCpuNs, bytes: moved } = digest.transfers;
  const bytesOf = (place: number) => moved?.[place] ?? bytes;
  if (key === 'mibPerSecond') return wallNs.map((ns, place) => mibPerSecond(bytesOf(place), ns));
  return senderCpuNs.map((ns, place) => {
    const cpuNs = ns + (key === 'totalCpuSecondsPerGib' ? (receiverCpuNs?.[place] ?? 0) : 0);
    return bytesOf(place) === 0 ? 0 : cpuNs / 1e9 / (bytesOf(place) / GIB);
  });
}
