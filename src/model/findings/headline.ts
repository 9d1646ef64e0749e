/** The first sentence: whether any mode beats the baseline, by how much, and where. */
import * as l10n from '@vscode/l10n';
import { baselineOf } from '../plan.ts';
import { sharesBlocks } from '../remarks.ts';
import type { Case, Finding, Ratio, Result, Summary, Winner } from '../result.ts';
import { FEWEST_FOR_INTERVAL } from '../statistics/median.ts';
import { formatNumber, formatPercent, formatRatio, MIB } from '../units.ts';
import { nameOf } from './names.ts';
import { keptUp } from './rate.ts';

/** A case compared with its baseline. */
interface Compared {
  readonly index: number;
  readonly one: Case;
  readonly summary: Summary;
  readonly ratio: Ratio;
  readonly baseline: Case;
}

export function headline(result: Result): Finding {
  const compared = comparisons(result);
  const indexes = compared.map(({ index }) => index);
  const where = placeOf(result);
  if (compared.length === 0) {
    const text = l10n.t('No mode was compared with the baseline in this run, {0}.', where);
    return { kind: 'nothing-compared', text, cases: [] };
  }
  if (compared.every(({ ratio }) => ratio.low === null)) {
    const text = l10n.t('No order can be told from fewer than {0} rounds, {1}.', FEWEST_FOR_INTERVAL, where);
    return { kind: 'unsettled', text, cases: indexes };
  }
  const best = bestOf(result, compared);
  if (best !== undefined) return { kind: 'faster', text: praise(result, best, where), cases: [best.index] };
  const floor = formatPercent(result.noiseFloor ?? 0);
  if (compared.every(({ ratio }) => ratio.verdict === 'same')) {
    const text = atEqualRate(result)
      ? l10n.t('No mode’s CPU time differed from the baseline’s by more than {0}, {1}.', floor, where)
      : l10n.t('No mode differed from the baseline by more than {0}, {1}.', floor, where);
    return { kind: 'same', text, cases: indexes };
  }
  const worst = compared
    .filter(({ ratio }) => ratio.verdict === 'slower')
    .sort((a, b) => a.ratio.median - b.ratio.median)[0];
  if (worst !== undefined) return { kind: 'none-faster', text: blame(result, worst, where), cases: [worst.index] };
  return {
    kind: 'unsettled',
    text: l10n.t(
      'This run cannot tell the modes apart: their intervals reach within ±{0} of the baseline, {1}. More rounds or a quieter host may.',
      floor,
      where,
    ),
    cases: indexes,
  };
}

/** The case the headline praises, as a list of results names it; null where it praises none. */
export function winnerOf(result: Result): Winner | null {
  const best = bestOf(result, comparisons(result));
  if (best === undefined) return null;
  const { one, summary, ratio } = best;
  const { objectBytes } = one.options;
  return {
    mode: one.mode,
    bufferBytes: one.bufferBytes,
    objectBytes: typeof objectBytes === 'number' ? objectBytes : null,
    mibPerSecond: summary.mibPerSecond,
    ratioToBaseline: ratio,
  };
}

/** Of those whose interval is wholly beyond the noise, the one with the highest throughput, or the least CPU time. */
function bestOf(result: Result, compared: readonly Compared[]): Compared | undefined {
  return compared.filter(({ ratio }) => ratio.verdict === 'faster').sort(byCost(result))[0];
}

/** Cases that moved data, and at the rate asked for, and whose baseline did. */
function comparisons(result: Result): readonly Compared[] {
  return result.cases.flatMap((one, index): Compared[] => {
    const baselineIndex = baselineOf(result.cases, one);
    const baseline = baselineIndex === null ? undefined : result.cases[baselineIndex];
    const ratio = one.summary?.ratioToBaseline;
    if (one.control || baseline === undefined || one.summary === null || ratio == null) return [];
    if (sharesBlocks(one) || !keptUp(result, one) || !keptUp(result, baseline)) return [];
    return [{ index, one, summary: one.summary, ratio, baseline }];
  });
}

function praise(result: Result, { one, ratio, baseline, summary }: Compared, where: string): string {
  return atEqualRate(result)
    ? l10n.t(
        '{0} used {1} the CPU time of {2} (95 % interval {3}) at {4} MiB/s, {5}.',
        nameOf(one),
        formatRatio(1 / ratio.median),
        nameOf(baseline),
        intervalText(turned(ratio)),
        rateOf(result),
        where,
      )
    : l10n.t(
        '{0} ran at {1} the speed of {2} (95 % interval {3}) and used {4} of its CPU time, {5}.',
        nameOf(one),
        formatRatio(ratio.median),
        nameOf(baseline),
        intervalText(ratio),
        cpuShare(summary, baseline.summary),
        where,
      );
}

function blame(result: Result, { one, ratio, baseline }: Compared, where: string): string {
  return atEqualRate(result)
    ? l10n.t(
        'No mode used less CPU time than its baseline beyond the noise; {0} used {1} the CPU time of {2} (95 % interval {3}) at {4} MiB/s, {5}.',
        nameOf(one),
        formatRatio(1 / ratio.median),
        nameOf(baseline),
        intervalText(turned(ratio)),
        rateOf(result),
        where,
      )
    : l10n.t(
        'No mode was faster than its baseline beyond the noise; {0} ran at {1} the speed of {2} (95 % interval {3}), {4}.',
        nameOf(one),
        formatRatio(ratio.median),
        nameOf(baseline),
        intervalText(ratio),
        where,
      );
}

function atEqualRate({ experiment }: Result): boolean {
  return experiment.kind === 'equal-rate';
}

/** Highest throughput first; at an equal rate, least CPU time. */
function byCost(result: Result): (a: Compared, b: Compared) => number {
  const cpu = ({ summary }: Compared) =>
    summary.cpuSecondsPerGib.median + (summary.receiverCpuSecondsPerGib?.median ?? 0);
  return atEqualRate(result)
    ? (a, b) => cpu(a) - cpu(b)
    : (a, b) => b.summary.mibPerSecond.median - a.summary.mibPerSecond.median;
}

/** Where it was measured; with files, filesystem and device are named in every finding. */
function placeOf(result: Result): string {
  const { filesystem } = result.host;
  switch (result.experiment.path) {
    case 'file-to-file':
      return l10n.t('file to file on {0} ({1})', filesystem.type, filesystem.device);
    case 'file-to-socket':
      return l10n.t('from {0} ({1}) to TCP over loopback', filesystem.type, filesystem.device);
    case 'process-to-process':
      return result.experiment.peer === 'thread' ? l10n.t('between two threads') : l10n.t('between two processes');
  }
}

function rateOf(result: Result): string {
  return formatNumber((result.pacedBytesPerSecond ?? Number.NaN) / MIB);
}

/** How often theirs goes into mine, from how often mine goes into theirs. */
function turned({ low, high }: Ratio): Pick<Ratio, 'low' | 'high'> {
  return { low: high === null ? null : 1 / high, high: low === null ? null : 1 / low };
}

function intervalText({ low, high }: Pick<Ratio, 'low' | 'high'>): string {
  return low === null || high === null ? '–' : l10n.t('{0} to {1}', formatRatio(low), formatRatio(high));
}

function cpuShare(mine: Summary, theirs: Summary | null): string {
  const baseline = theirs?.cpuSecondsPerGib.median ?? 0;
  return baseline === 0 ? '–' : formatPercent(mine.cpuSecondsPerGib.median / baseline);
}
