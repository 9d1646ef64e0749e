/** What else happened on the host during a run, told where it matters. */
import * as l10n from '@vscode/l10n';
import { medianSorted } from 'simple-statistics';
import type { Quantity, Span } from './noiseReadings.ts';
import { spans, sum, weightedMean } from './noiseReadings.ts';
import type { Finding, NoiseReading, Result } from './result.ts';
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
export function noiseWarnings({ noise }: Result): readonly Finding[] {
  const all = spans(noise);
  return [...steal(all), ...cpuPressure(noise), ...otherWriters(all), ...frequency(noise)];
}

function steal(all: readonly Span[]): readonly Finding[] {
  const share = weightedMean(all, (reading) => reading.stealShare);
  if (share === null || share <= MUCH_STEAL) return [];
  return warning(
    'noise-steal',
    l10n.t(
      'The hypervisor gave {0} of the CPU time to other machines during this run: times are longer than this machine alone would make them.',
      formatPercent(share),
    ),
  );
}

function cpuPressure(noise: readonly NoiseReading[]): readonly Finding[] {
  const shares = known(noise, (reading) => reading.cpuPressure);
  const median = shares.length === 0 ? 0 : medianSorted(shares);
  if (median <= MUCH_CPU_PRESSURE) return [];
  return warning(
    'noise-cpu',
    l10n.t(
      'In {0} of the time some task had to wait for a CPU: others were at work on this host, or it has too few CPUs for sender and receiver.',
      formatPercent(median),
    ),
  );
}

function otherWriters(all: readonly Span[]): readonly Finding[] {
  const told = all.filter(({ reading }) => reading.othersWrittenBytes !== null);
  const seconds = told.reduce((total, { ms }) => total + ms, 0) / 1000;
  const rate = seconds === 0 ? 0 : (sum(told, (reading) => reading.othersWrittenBytes) ?? 0) / seconds;
  if (rate <= MANY_BYTES_PER_SECOND) return [];
  return warning(
    'noise-writers',
    l10n.t(
      'Others wrote {0} MiB/s to the same disk during this run: write-back of the transfers had to share it.',
      formatNumber(rate / MIB),
    ),
  );
}

function frequency(noise: readonly NoiseReading[]): readonly Finding[] {
  const mhz = known(noise, (reading) => reading.mhz);
  const [lowest = 0, highest = 0] = [mhz[0], mhz.at(-1)];
  if (highest === 0 || (highest - lowest) / highest <= MUCH_FREQUENCY) return [];
  return warning(
    'noise-frequency',
    l10n.t(
      'The CPUs ran at {0} to {1} MHz during this run: a mode may be faster for its turn at the higher clock. More rounds even that out.',
      formatNumber(Math.round(lowest)),
      formatNumber(Math.round(highest)),
    ),
  );
}

function warning(kind: string, text: string): readonly Finding[] {
  return [{ kind, text, cases: [] }];
}

/** Sorted. */
function known(noise: readonly NoiseReading[], quantity: Quantity): number[] {
  return noise.flatMap((reading) => quantity(reading) ?? []).sort((a, b) => a - b);
}
