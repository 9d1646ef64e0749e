/** From samples to the numbers people read. */
import { findMode } from './modes/catalogue.ts';
import { baselineOf } from './plan.ts';
import { zerocopyTotal } from './remarks.ts';
import type { Case, Cost, Interval, Result, Sample, Summary } from './result.ts';
import { judged, medianInterval, noiseFloor, outliers, pairedRatio, RESAMPLES } from './statistics.ts';
import { GIB, MIB, mibPerSecond } from './units.ts';

/** The samples that count: all but the warm-up. */
export function countedSamples(one: Case): readonly Sample[] {
  return one.samples.filter((sample) => !sample.warmup);
}

/**
 * A result with summaries, marked outliers and the noise floor worked out from its samples. Statuses stay as they are.
 * @param resamples of the bootstrap; fewer for a page that redraws while the run is under way
 */
export function summarise(result: Result, resamples = RESAMPLES): Result {
  const control = result.cases.find((one) => one.control);
  const again = control === undefined ? null : ratioTo(result.cases, control, resamples);
  const floor = noiseFloor(again);
  return {
    ...result,
    noiseFloor: again === null ? null : floor,
    cases: result.cases.map((one) => {
      const marks = outliers(countedSamples(one).map((sample) => sample.wallNs));
      let counted = 0;
      const samples = one.samples.map((sample) =>
        sample.warmup ? sample : { ...sample, outlier: marks[counted++] ?? null },
      );
      const summary = summaryOf(result.cases, one, floor, resamples);
      return { ...one, samples, summary, zerocopy: zerocopyTotal(countedSamples(one)) };
    }),
  };
}

function summaryOf(cases: readonly Case[], one: Case, floor: number, resamples: number): Summary | null {
  const samples = countedSamples(one);
  if (samples.length === 0) return null;
  const over = (quantity: (sample: Sample) => number): Interval => medianInterval(samples.map(quantity), resamples);
  const perMib = (count: number) => (one.bytes === 0 ? 0 : count / (one.bytes / MIB));
  const perGib = (count: number) => (one.bytes === 0 ? 0 : count / (one.bytes / GIB));
  const userFaults = findMode(one.mode)?.faults === 'user';
  const ratio = ratioTo(cases, one, resamples);
  return {
    wallNs: over((sample) => sample.wallNs),
    mibPerSecond: over((sample) => mibPerSecond(one.bytes, sample.wallNs)),
    cpuSecondsPerGib: over((sample) => perGib(sample.sender.cpuNs / 1e9)),
    receiverCpuSecondsPerGib: samples.every((sample) => sample.receiver !== null)
      ? over((sample) => perGib((sample.receiver as Cost).cpuNs / 1e9))
      : null,
    crossingsPerMib: over((sample) => perMib(crossings(sample.sender, userFaults))),
    faultsPerMib: over((sample) => perMib(sample.sender.minorFaults + sample.sender.majorFaults)),
    contextSwitchesPerGib: over((sample) =>
      perGib(sample.sender.voluntarySwitches + sample.sender.involuntarySwitches),
    ),
    ratioToBaseline: ratio === null ? null : judged(ratio, floor),
  };
}

/** Measured crossings: 2 per system call, and 2 per fault where the mode takes its faults in user mode. */
function crossings(cost: Cost, userFaults: boolean): number {
  const calls = Object.values(cost.calls).reduce((sum, count) => sum + count, 0);
  return 2 * calls + (userFaults ? 2 * (cost.minorFaults + cost.majorFaults) : 0);
}

/** Ratio of throughput to the baseline over the rounds both have; null for the baseline itself. */
function ratioTo(cases: readonly Case[], one: Case, resamples: number): Interval | null {
  const index = baselineOf(cases, one);
  const baseline = index === null ? undefined : cases[index];
  if (baseline === undefined) return null;
  const walls = new Map(countedSamples(baseline).map((sample) => [sample.round, sample.wallNs]));
  const pairs = countedSamples(one).flatMap((sample) => {
    const other = walls.get(sample.round);
    // An empty transfer may take no measurable time; its ratio would mean nothing.
    return other === undefined || other === 0 || sample.wallNs === 0
      ? []
      : [{ mine: 1 / sample.wallNs, theirs: 1 / other }];
  });
  if (pairs.length === 0) return null;
  return pairedRatio(
    pairs.map((pair) => pair.mine),
    pairs.map((pair) => pair.theirs),
    resamples,
  );
}

/**
 * User and system CPU seconds per GiB of the sender, pooled over all counted rounds: the kernel samples this split by
 * its timer tick (getrusage(2)), so a single transfer's split means little. Null before the first counted round.
 */
export function pooledCpuSplit(one: Case): { readonly user: number; readonly system: number } | null {
  const samples = countedSamples(one);
  const gib = (one.bytes * samples.length) / GIB;
  if (gib === 0) return null;
  const seconds = (quantity: (cost: Cost) => number) =>
    samples.reduce((sum, sample) => sum + quantity(sample.sender), 0) / 1e9;
  return { user: seconds((cost) => cost.userNs) / gib, system: seconds((cost) => cost.systemNs) / gib };
}
