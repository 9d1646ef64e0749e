/** What the winner cost in CPU time, and which mode cost less: by the same rounds, pair by pair. */
import * as l10n from '@vscode/l10n';
import type { Case } from '../result/case.ts';
import type { Interval, Verdict } from '../result/numbers.ts';
import type { Result } from '../result/result.ts';
import { noiseFloor, verdictOf } from '../statistics/comparison.ts';
import { cpuNs, ratioOfRounds } from '../summary.ts';
import { formatNumber, formatPercent, formatRatio } from '../units.ts';
import { atEqualRate, bestOf, type Compared, comparisons, intervalText, turned } from './compared.ts';
import { nameOf } from './names.ts';
import { inRanking, type Rule, rule } from './rule.ts';

/** One case's CPU time, of both sides where there are two, held against another's. */
interface CpuComparison {
  readonly one: Compared;
  readonly other: { readonly index: number; readonly one: Case };
  /** How often one's CPU time goes into the other's, so `faster` means less CPU time. */
  readonly ratio: Interval;
  readonly verdict: Verdict;
  /** What the baseline's CPU time differed from that of its own copy. */
  readonly floor: number;
}

/** At an equal rate the headline is about CPU time already. */
export const cpuCostRules: readonly Rule[] = [
  rule({
    kind: 'cpu-cost',
    question: 'cost',
    weight: 70,
    from: (result) => {
      const subject = atEqualRate(result) ? undefined : (bestOf(result) ?? thriftiest(result));
      const compared = subject === undefined ? null : toBaseline(result, subject);
      return compared === null ? [] : [compared];
    },
    say: (compared, result) => ({
      text: costText(result, compared),
      cases: [compared.one.index],
      evidence: inRanking([compared.one.index]),
    }),
  }),
  rule({
    kind: 'cheaper',
    question: 'cost',
    weight: 65,
    from: (result) => {
      const winner = atEqualRate(result) ? undefined : bestOf(result);
      const cheapest = thriftiest(result);
      if (winner === undefined || cheapest === undefined || cheapest.one.mode === winner.one.mode) return [];
      const compared = compare(result, cheapest, winner);
      return compared?.verdict === 'faster' ? [compared] : [];
    },
    say: ({ one, other, ratio }) => ({
      text: l10n.t(
        '{0} cost less CPU time than {1}: {2} CPU s/GiB; round by round {3} as much (95 % interval {4}), at {5} MiB/s.',
        nameOf(one.one),
        nameOf(other.one),
        secondsPerGib(one.one),
        formatRatio(1 / ratio.median),
        intervalText(turned(ratio)),
        formatNumber(one.summary.mibPerSecond.median),
      ),
      cases: [one.index],
      evidence: inRanking([one.index]),
    }),
  }),
];

/** Of the cases that cost less CPU time than their baseline the one that cost least. */
function thriftiest(result: Result): Compared | undefined {
  const [cheapest] = comparisons(result)
    .filter((each) => toBaseline(result, each)?.verdict === 'faster')
    .sort((a, b) => cpuOf(a.one) - cpuOf(b.one));
  return cheapest;
}

function toBaseline(result: Result, one: Compared): CpuComparison | null {
  return compare(result, one, { index: one.baselineIndex, one: one.baseline });
}

/** Null from too few rounds: then nothing is claimed. */
function compare(result: Result, one: Compared, other: CpuComparison['other']): CpuComparison | null {
  const ratio = ratioOfRounds(other.one, one.one, cpuPerByte);
  if (ratio === null || ratio.low === null) return null;
  const floor = cpuFloor(result);
  return { one, other, ratio, verdict: verdictOf(ratio, floor), floor };
}

/** Cases of objects may move different amounts. */
function cpuPerByte(sample: Case['samples'][number], { bytes }: Case): number {
  return bytes === 0 ? 0 : cpuNs(sample) / bytes;
}

/** By the control: what the very same thing, run twice, differed by in CPU time. */
function cpuFloor({ cases }: Result): number {
  const control = cases.find((one) => one.control);
  const original = cases.find(
    (one) =>
      !one.control &&
      one.mode === control?.mode &&
      one.bufferBytes === control.bufferBytes &&
      one.bytes === control.bytes,
  );
  if (control === undefined || original === undefined) return noiseFloor(null);
  return noiseFloor(ratioOfRounds(original, control, cpuPerByte));
}

function costText({ experiment }: Result, { one, other, ratio, verdict, floor }: CpuComparison): string {
  const [mine, theirs] = [nameOf(one.one), nameOf(other.one)];
  const [cost, baseline] = [secondsPerGib(one.one), secondsPerGib(other.one)];
  const sides = experiment.path === 'file-to-file' ? 'CPU s/GiB' : l10n.t('CPU s/GiB of both sides');
  const compared = [
    mine,
    theirs,
    cost,
    baseline,
    sides,
    formatRatio(1 / ratio.median),
    intervalText(turned(ratio)),
  ] as const;
  switch (verdict) {
    case 'faster':
      return l10n.t(
        '{0} cost less CPU time than {1}: {2} against {3} {4}; round by round {5} as much (95 % interval {6}).',
        ...compared,
      );
    case 'slower':
      return l10n.t(
        '{0} cost more CPU time than {1}: {2} against {3} {4}; round by round {5} as much (95 % interval {6}).',
        ...compared,
      );
    case 'same':
      return l10n.t(
        '{0} cost as much CPU time as {1}, within {2}: {3} against {4} {5}.',
        mine,
        theirs,
        formatPercent(floor),
        cost,
        baseline,
        sides,
      );
    case 'unsettled':
      return l10n.t(
        'Whether {0} cost more or less CPU time than {1} cannot be told: {2} against {3} {4}; round by round {5} as much (95 % interval {6}).',
        ...compared,
      );
  }
}

function secondsPerGib(one: Case): string {
  return formatNumber(cpuOf(one));
}

/** Of both sides where there are two: over loopback each bills work to the other. */
function cpuOf({ summary }: Case): number {
  return (summary?.totalCpuSecondsPerGib ?? summary?.cpuSecondsPerGib)?.median ?? Number.NaN;
}
