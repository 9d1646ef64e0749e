/** From samples to the numbers people read. */
import * as l10n from '@vscode/l10n';
import { counts } from './exclusion.ts';
import { findMode } from './modes/catalogue.ts';
import { forCase, movedBytes } from './moved.ts';
import { type Digestible, digestOf } from './pageResult.ts';
import { baselineOf } from './plan.ts';
import type { Case } from './result/case.ts';
import type { Experiment } from './result/experiment.ts';
import type { Interval, Ratio } from './result/numbers.ts';
import type { Result } from './result/result.ts';
import type { Cost, Sample } from './result/sample.ts';
import type { Summary } from './result/summary.ts';
import { logRatios, noiseFloor, pairedRatio, verdictOf } from './statistics/comparison.ts';
import { medianInterval } from './statistics/median.ts';
import { outliers } from './statistics/outliers.ts';
import { holm, pairedT } from './statistics/significance.ts';
import { GIB, MIB, mibPerSecond } from './units.ts';
import { zerocopyTotal } from './zerocopyTotal.ts';

/** The samples that count: all but the warm-up and those that were excluded. */
export function countedSamples(one: Case): readonly Sample[] {
  return one.samples.filter(counts);
}

/** Everything was measured for nothing: all samples but the warm-up were excluded. */
export function isExcluded(one: Digestible): boolean {
  const { counted, transfers } = digestOf(one);
  return counted === 0 && transfers.round.length > 0;
}

/** Why a case has no numbers of which everything was excluded. */
export function whyNothingCounts(one: Digestible): string {
  return digestOf(one).transfers.heldUp === 0
    ? l10n.t('No transfer counts, because none of them was cold.')
    : l10n.t('No transfer counts: the process was stopped or could not run, or the source was not cold.');
}

/**
 * What transfers of an experiment are compared by, in ns for the bytes of the case, and less is better: how long they
 * took, or at an equal rate, where all take equally long, the CPU time of both sides.
 */
export function comparedNs(kind: Experiment['kind'], one: Pick<Case, 'bytes'>, sample: Sample): number {
  return forCase(one, sample, kind === 'equal-rate' ? cpuNs(sample) : sample.wallNs);
}

/** CPU time of both sides of a transfer. */
export function cpuNs({ sender, receiver }: Sample): number {
  return sender.cpuNs + (receiver?.cpuNs ?? 0);
}

/** The result with the summaries a finished one carries; one under way, or cut off before its end, gets them here. */
export function withSummaries(result: Result): Result {
  const missing = result.cases.some((one) => one.summary === null && countedSamples(one).length > 0);
  return result.status === 'running' || missing ? summarise(result) : result;
}

/** A result with summaries, marked outliers and the noise floor worked out from its samples. Statuses stay as they are. */
export function summarise(result: Result): Result {
  const { cases } = result;
  const comparisons = cases.map((one) => comparisonOf(result, one));
  const again = comparisons[cases.findIndex((one) => one.control)]?.ratio ?? null;
  const floor = noiseFloor(again);
  const ps = correctedPs(cases, comparisons);
  return {
    ...result,
    noiseFloor: again === null ? null : floor,
    cases: cases.map((one, index) => {
      const ratio = comparisons[index]?.ratio ?? null;
      const judged = ratio === null ? null : { ...ratio, verdict: verdictOf(ratio, floor), p: ps[index] ?? null };
      const counted = countedSamples(one);
      return {
        ...one,
        samples: withMarks(one),
        summary: counted.length === 0 ? null : summaryOf(one, counted, judged),
        zerocopy: zerocopyTotal(counted),
      };
    }),
  };
}

function withMarks(one: Case): Sample[] {
  const marks = outliers(countedSamples(one).map((sample) => forCase(one, sample, sample.wallNs))).values();
  return one.samples.map((sample) => (counts(sample) ? { ...sample, outlier: marks.next().value ?? null } : sample));
}

function summaryOf(one: Case, samples: readonly Sample[], ratioToBaseline: Ratio | null): Summary {
  const over = (quantity: (sample: Sample) => number): Interval => medianInterval(samples.map(quantity));
  const per = (unit: number, quantity: (sample: Sample) => number) =>
    over((sample) => {
      const bytes = movedBytes(one, sample);
      return bytes === 0 ? 0 : quantity(sample) / (bytes / unit);
    });
  const userFaults = findMode(one.mode)?.faults === 'user';
  const twoSided = samples.every((sample) => sample.receiver !== null);
  return {
    wallNs: over((sample) => sample.wallNs),
    mibPerSecond: over((sample) => mibPerSecond(movedBytes(one, sample), sample.wallNs)),
    cpuSecondsPerGib: per(GIB, ({ sender }) => sender.cpuNs / 1e9),
    receiverCpuSecondsPerGib: twoSided ? per(GIB, ({ receiver }) => (receiver?.cpuNs ?? 0) / 1e9) : null,
    totalCpuSecondsPerGib: twoSided ? per(GIB, (sample) => cpuNs(sample) / 1e9) : null,
    crossingsPerMib: per(MIB, ({ sender }) => crossings(sender, userFaults)),
    faultsPerMib: per(MIB, ({ sender }) => sender.minorFaults + sender.majorFaults),
    contextSwitchesPerGib: per(GIB, ({ sender }) => sender.voluntarySwitches + sender.involuntarySwitches),
    ratioToBaseline,
  };
}

/** Measured crossings: 2 per system call, and 2 per fault where the mode takes its faults in user mode. */
function crossings(cost: Cost, userFaults: boolean): number {
  const calls = Object.values(cost.calls).reduce((sum, count) => sum + count, 0);
  return 2 * calls + (userFaults ? 2 * (cost.minorFaults + cost.majorFaults) : 0);
}

/** A case beside its baseline. */
interface Comparison {
  readonly ratio: Interval;
  /** Before any correction; null where there are too few rounds for an interval too. */
  readonly p: number | null;
}

/** The comparison with the baseline over the rounds both have; null for the baseline itself. */
function comparisonOf({ experiment, cases }: Result, one: Case): Comparison | null {
  const index = baselineOf(cases, one);
  const baseline = index === null ? undefined : cases[index];
  if (baseline === undefined) return null;
  // Less time is faster, so a ratio of speeds has theirs on top.
  const { above, below } = inRounds(baseline, one, (sample, side) => comparedNs(experiment.kind, side, sample));
  if (above.length === 0) return null;
  const ratio = pairedRatio(above, below);
  return { ratio, p: ratio.low === null ? null : pairedT(logRatios(above, below)) };
}

type Quantity = (sample: Sample, one: Case) => number;

/** How often a quantity of one case goes into that of another, over the rounds both have; null where they have none. */
export function ratioOfRounds(over: Case, under: Case, quantity: Quantity): Interval | null {
  const { above, below } = inRounds(over, under, quantity);
  return above.length === 0 ? null : pairedRatio(above, below);
}

/** The quantity in both cases, round by round. */
function inRounds(over: Case, under: Case, quantity: Quantity): { readonly above: number[]; readonly below: number[] } {
  const byRound = new Map(countedSamples(over).map((sample) => [sample.round, quantity(sample, over)]));
  const pairs = countedSamples(under).flatMap((sample) => {
    const [above, below] = [byRound.get(sample.round) ?? 0, quantity(sample, under)];
    // An empty transfer may take no measurable time; its ratio would mean nothing.
    return above === 0 || below === 0 ? [] : [{ above, below }];
  });
  return { above: pairs.map(({ above }) => above), below: pairs.map(({ below }) => below) };
}

/**
 * p of every case by Holm among the modes of one buffer size, which are those with the same baseline. The control is no
 * mode; it answers another question and keeps its p.
 */
function correctedPs(cases: readonly Case[], comparisons: readonly (Comparison | null)[]): readonly (number | null)[] {
  const ps = comparisons.map((comparison) => comparison?.p ?? null);
  const baselines = cases.map((one) => (one.control ? null : baselineOf(cases, one)));
  for (const baseline of new Set(baselines)) {
    if (baseline === null) continue;
    const family = [...ps.keys()].filter((index) => baselines[index] === baseline && ps[index] !== null);
    const corrected = holm(family.map((index) => ps[index] as number));
    for (const [place, index] of family.entries()) ps[index] = corrected[place] as number;
  }
  return ps;
}

/**
 * User and system CPU seconds per GiB of the sender, pooled over all counted rounds: the kernel samples this split by
 * its timer tick (getrusage(2)), so a single transfer's split means little. Null before the first counted round.
 */
export function pooledCpuSplit(
  one: Digestible & Pick<Case, 'bytes'>,
): { readonly user: number; readonly system: number } | null {
  const { counted, movedBytes: moved, userNs, systemNs } = digestOf(one);
  const gib = (moved ?? one.bytes * counted) / GIB;
  return gib === 0 ? null : { user: userNs / 1e9 / gib, system: systemNs / 1e9 / gib };
}
