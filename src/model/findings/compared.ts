/** The cases of a result that were compared with their baseline, and where that was. */

import * as l10n from '@vscode/l10n';
import { objectBytesOf } from '../caseSize.ts';
import { baselineOf } from '../plan.ts';
import { sharesBlocks } from '../remarks.ts';
import type { Case } from '../result/case.ts';
import type { Winner } from '../result/finding.ts';
import type { Interval, Ratio } from '../result/numbers.ts';
import type { Result } from '../result/result.ts';
import type { Summary } from '../result/summary.ts';
import { formatRatio } from '../units.ts';
import { keptUp } from './rate.ts';

/** A case compared with its baseline. */
export interface Compared {
  readonly index: number;
  readonly one: Case;
  readonly summary: Summary;
  readonly ratio: Ratio;
  readonly baseline: Case;
  readonly baselineIndex: number;
}

/** Cases that moved data, and at the rate asked for, and whose baseline did. */
export function comparisons(result: Result): readonly Compared[] {
  return result.cases.flatMap((one, index): Compared[] => {
    const baselineIndex = baselineOf(result.cases, one);
    const baseline = baselineIndex === null ? undefined : result.cases[baselineIndex];
    const ratio = one.summary?.ratioToBaseline;
    if (one.control || baselineIndex === null || baseline === undefined) return [];
    if (one.summary === null || ratio == null) return [];
    if (sharesBlocks(one) || !keptUp(result, one) || !keptUp(result, baseline)) return [];
    return [{ index, one, summary: one.summary, ratio, baseline, baselineIndex }];
  });
}

/** Of those whose interval is wholly beyond the noise, the one with the highest throughput; at an equal rate, with the least CPU time. */
export function bestOf(result: Result): Compared | undefined {
  return comparisons(result)
    .filter(({ ratio }) => ratio.verdict === 'faster')
    .sort(byHeadline(result))[0];
}

/** The best case as a list of results names it; null where none was better than its baseline. */
export function winnerOf(result: Result): Winner | null {
  const best = bestOf(result);
  if (best === undefined) return null;
  const { one, summary, ratio } = best;
  return {
    mode: one.mode,
    bufferBytes: one.bufferBytes,
    objectBytes: objectBytesOf(one),
    mibPerSecond: summary.mibPerSecond,
    ratioToBaseline: ratio,
  };
}

function byHeadline(result: Result): (a: Compared, b: Compared) => number {
  const cpu = ({ summary }: Compared) =>
    summary.cpuSecondsPerGib.median + (summary.receiverCpuSecondsPerGib?.median ?? 0);
  return atEqualRate(result)
    ? (a, b) => cpu(a) - cpu(b)
    : (a, b) => b.summary.mibPerSecond.median - a.summary.mibPerSecond.median;
}

export function atEqualRate({ experiment }: Pick<Result, 'experiment'>): boolean {
  return experiment.kind === 'equal-rate';
}

/** Where it was measured; with files, filesystem and device are named in every finding. */
export function placeOf(result: Result): string {
  const { filesystem } = result.host;
  switch (result.experiment.path) {
    case 'file-to-file':
      return l10n.t('file to file on {0} ({1})', filesystem.type, filesystem.device);
    case 'file-to-socket':
      return overTcp(result.experiment, filesystem);
    case 'process-to-process':
      return result.experiment.peer === 'thread' ? l10n.t('between two threads') : l10n.t('between two processes');
  }
}

function overTcp({ target, remote }: Result['experiment'], { type, device }: Result['host']['filesystem']): string {
  if (target === 'lab') return l10n.t('from {0} ({1}) to TCP through a veth pair', type, device);
  if (remote !== null) return l10n.t('from {0} ({1}) over TCP to {2}', type, device, remote.host);
  return l10n.t('from {0} ({1}) to TCP over loopback', type, device);
}

/** How often theirs goes into mine, from how often mine goes into theirs. */
export function turned({ median, low, high }: Interval): Interval {
  return { median: 1 / median, low: high === null ? null : 1 / high, high: low === null ? null : 1 / low };
}

/** `1.14x to 1.34x` */
export function intervalText({ low, high }: Pick<Interval, 'low' | 'high'>): string {
  return low === null || high === null ? '–' : l10n.t('{0} to {1}', formatRatio(low), formatRatio(high));
}
