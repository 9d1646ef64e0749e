/** From two states of the counters to what happened between them. */
import type { NoiseReading } from '../../model/result/noise.ts';
import type { Counters } from './counters.ts';

/** @param elapsedMs between the two @param unwritten bytes of our own that were still to be written at the first */
export function changeBetween(
  before: Counters,
  after: Counters,
  elapsedMs: number,
  unwritten: number,
): { readonly reading: Omit<NoiseReading, 'atMs'>; readonly unwritten: number } {
  const disk = difference(before.diskWrittenBytes, after.diskWrittenBytes);
  const own = difference(before.ownWrittenBytes, after.ownWrittenBytes);
  // What we made dirty reaches the disk now or later: until then it is ours when it does. It is less again where files
  // went away before they were written.
  const ours = Math.max(0, unwritten + (own ?? 0));
  return {
    reading: {
      stealShare: stolenShare(before, after),
      runnable: after.runnable,
      cpuPressure: stalledShare(before.cpuStalledUs, after.cpuStalledUs, elapsedMs),
      ioPressure: stalledShare(before.ioStalledUs, after.ioStalledUs, elapsedMs),
      mhz: after.mhz,
      othersWrittenBytes: disk === null || own === null ? null : Math.max(0, disk - ours),
    },
    unwritten: Math.max(0, ours - (disk ?? 0)),
  };
}

/** Null where not one tick has passed. */
function stolenShare(before: Counters, after: Counters): number | null {
  if (before.ticks === null || after.ticks === null) return null;
  const all = after.ticks.all - before.ticks.all;
  return all > 0 ? (after.ticks.stolen - before.ticks.stolen) / all : null;
}

function stalledShare(before: number | null, after: number | null, elapsedMs: number): number | null {
  const stalledUs = difference(before, after);
  return stalledUs === null || elapsedMs <= 0 ? null : Math.min(1, stalledUs / 1000 / elapsedMs);
}

function difference(before: number | null, after: number | null): number | null {
  return before === null || after === null ? null : after - before;
}
