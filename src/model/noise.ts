/** What else happened on the host during a run, told where it matters. */
import * as l10n from '@vscode/l10n';
import { medianSorted } from 'simple-statistics';
import { type Rule, rule } from './findings/rule.ts';
import type { Quantity } from './noiseReadings.ts';
import { spans, sum, weightedMean } from './noiseReadings.ts';
import type { NoiseReading } from './result/noise.ts';
import type { Result } from './result/result.ts';
import { SMALLEST_DIFFERENCE } from './statistics/comparison.ts';
import { formatNumber, formatPercent, MIB } from './units.ts';

/** Time that others took is time the transfers seem to take: from here on it is as large as a difference we would call one. */
const MUCH_STEAL = SMALLEST_DIFFERENCE;
/** Waiting of our own threads is in it too; an idle host with two CPUs stays far below. */
const MUCH_CPU_PRESSURE = 0.2;
/** A tenth of what a single hard disk takes; write-back of other small files stays below. */
const MANY_BYTES_PER_SECOND = 10 * MIB;
/** CPU-bound modes are as fast as the clock: from here on it alone can make a mode look 10 % faster. */
const MUCH_FREQUENCY = 0.1;

/** What a reader must know of the host before trusting the numbers. None without readings. */
export const noiseRules: readonly Rule[] = [
  warning('noise-steal', MUCH_STEAL, stealShare, (share) =>
    l10n.t(
      'The hypervisor gave {0} of the CPU time to other machines during this run: times are longer than this machine alone would make them.',
      formatPercent(share),
    ),
  ),
  warning('noise-cpu', MUCH_CPU_PRESSURE, cpuPressure, (share) =>
    l10n.t(
      'In {0} of the time some task had to wait for a CPU: others were at work on this host, or it has too few CPUs for sender and receiver.',
      formatPercent(share),
    ),
  ),
  warning('noise-writers', MANY_BYTES_PER_SECOND, othersWrittenPerSecond, (rate) =>
    l10n.t(
      'Others wrote {0} MiB/s to the same disk during this run: write-back of the transfers had to share it.',
      formatNumber(rate / MIB),
    ),
  ),
  warning('noise-frequency', MUCH_FREQUENCY, frequencySpread, (_, { noise }) =>
    l10n.t(
      'The CPUs ran at {0} to {1} MHz during this run: a mode may be faster for its turn at the higher clock. More rounds even that out.',
      ...frequencies(noise).map((mhz) => formatNumber(Math.round(mhz))),
    ),
  ),
];

/** @param quantity of the whole run, compared with `much`; null where nothing is known */
function warning(
  kind: string,
  much: number,
  quantity: (noise: readonly NoiseReading[]) => number | null,
  text: (value: number, result: Result) => string,
): Rule {
  return rule({
    kind,
    question: 'caution',
    weight: 60,
    from: ({ noise }) => [quantity(noise) ?? 0].filter((value) => value > much),
    say: (value, result) => ({ text: text(value, result), cases: [], evidence: [{ part: 'noise' }] }),
  });
}

function stealShare(noise: readonly NoiseReading[]): number | null {
  return weightedMean(spans(noise), (reading) => reading.stealShare);
}

function cpuPressure(noise: readonly NoiseReading[]): number | null {
  const shares = known(noise, (reading) => reading.cpuPressure);
  return shares.length === 0 ? null : medianSorted(shares);
}

function othersWrittenPerSecond(noise: readonly NoiseReading[]): number | null {
  const told = spans(noise).filter(({ reading }) => reading.othersWrittenBytes !== null);
  const seconds = told.reduce((total, { ms }) => total + ms, 0) / 1000;
  return seconds === 0 ? null : (sum(told, (reading) => reading.othersWrittenBytes) ?? 0) / seconds;
}

/** How far the lowest frequency was below the highest, as a share of that. */
function frequencySpread(noise: readonly NoiseReading[]): number | null {
  const [lowest = 0, highest = 0] = frequencies(noise);
  return highest === 0 ? null : (highest - lowest) / highest;
}

/** Lowest and highest, in MHz; nothing where none is known. */
function frequencies(noise: readonly NoiseReading[]): readonly number[] {
  const mhz = known(noise, (reading) => reading.mhz);
  return [...mhz.slice(0, 1), ...mhz.slice(-1)];
}

/** Sorted. */
function known(noise: readonly NoiseReading[], quantity: Quantity): number[] {
  return noise.flatMap((reading) => quantity(reading) ?? []).sort((a, b) => a - b);
}
