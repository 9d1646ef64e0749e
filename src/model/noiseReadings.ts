/** Readings of the noise on a host, each of the time since the one before, kept within bounds. */
import type { NoiseReading } from './result/noise.ts';

/** As many as a strip under a chart can show; ten minutes of one a second. */
export const MOST_READINGS = 600;

/** The readings with one more; where there would be too many, neighbours become one first. */
export function withReading(readings: readonly NoiseReading[], reading: NoiseReading): NoiseReading[] {
  return [...(readings.length < MOST_READINGS ? readings : halved(readings)), reading];
}

function halved(readings: readonly NoiseReading[]): readonly NoiseReading[] {
  return spans(readings).flatMap((span, index, all) => {
    if (index % 2 === 1) return [];
    const next = all[index + 1];
    return [next === undefined ? span.reading : merged(span, next)];
  });
}

/** A reading and the time it covers: since the one before. */
export interface Span {
  readonly reading: NoiseReading;
  readonly ms: number;
}

export function spans(readings: readonly NoiseReading[]): readonly Span[] {
  return readings.map((reading, index) => ({ reading, ms: reading.atMs - (readings[index - 1]?.atMs ?? 0) }));
}

function merged(first: Span, second: Span): NoiseReading {
  const mean = (of: (reading: NoiseReading) => number | null) => weightedMean([first, second], of);
  const runnable = mean((reading) => reading.runnable);
  return {
    atMs: second.reading.atMs,
    stealShare: mean((reading) => reading.stealShare),
    runnable: runnable === null ? null : Math.round(runnable),
    cpuPressure: mean((reading) => reading.cpuPressure),
    ioPressure: mean((reading) => reading.ioPressure),
    mhz: mean((reading) => reading.mhz),
    othersWrittenBytes: sum([first, second], (reading) => reading.othersWrittenBytes),
  };
}

export type Quantity = (reading: NoiseReading) => number | null;

export function weightedMean(all: readonly Span[], quantity: Quantity): number | null {
  const told = all.filter(({ reading }) => quantity(reading) !== null);
  const ms = told.reduce((total, span) => total + span.ms, 0);
  if (ms === 0) return told[0] === undefined ? null : quantity(told[0].reading);
  return told.reduce((total, span) => total + (quantity(span.reading) as number) * span.ms, 0) / ms;
}

export function sum(all: readonly Span[], quantity: Quantity): number | null {
  const values = all.flatMap(({ reading }) => quantity(reading) ?? []);
  return values.length === 0 ? null : values.reduce((total, value) => total + value, 0);
}
