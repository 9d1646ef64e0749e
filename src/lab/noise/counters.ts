/** The kernel's running totals that tell what else happens on a host, out of the texts it gives them in. */

/** Null where this kernel does not count, or does not tell this process. */
export interface Counters {
  /** Ticks of all CPUs together, since the host started. */
  readonly ticks: { readonly all: number; readonly stolen: number } | null;
  readonly runnable: number | null;
  /** Microseconds in which some task waited. */
  readonly cpuStalledUs: number | null;
  readonly ioStalledUs: number | null;
  /** Mean of the CPUs. */
  readonly mhz: number | null;
  readonly diskWrittenBytes: number | null;
  /** What this process made dirty, less what it took back before it was written. */
  readonly ownWrittenBytes: number | null;
}

/** Files of /proc by what they hold; null where one cannot be read. */
export interface CounterTexts {
  readonly stat: string | null;
  readonly cpuPressure: string | null;
  readonly ioPressure: string | null;
  readonly cpuinfo: string | null;
  /** Current kHz of each CPU, from cpufreq. */
  readonly frequencies: readonly number[];
  readonly diskstats: string | null;
  readonly ownIo: string | null;
}

/** A sector of /proc/diskstats, whatever those of the disk (Documentation/admin-guide/iostats.rst). */
const SECTOR_BYTES = 512;

/** @param device the name of the disk or partition, null for none */
export function countersOf(texts: CounterTexts, device: string | null): Counters {
  const written = numberAfter('write_bytes', texts.ownIo);
  const takenBack = numberAfter('cancelled_write_bytes', texts.ownIo);
  return {
    ticks: ticksOf(texts.stat),
    runnable: numberAfter('procs_running', texts.stat),
    cpuStalledUs: stalled(texts.cpuPressure),
    ioStalledUs: stalled(texts.ioPressure),
    mhz: frequency(texts.cpuinfo, texts.frequencies),
    diskWrittenBytes: device === null ? null : sectorsWritten(texts.diskstats, device),
    ownWrittenBytes: written === null || takenBack === null ? null : written - takenBack,
  };
}

/** First line of /proc/stat (proc_stat(5)): user nice system idle iowait irq softirq steal; guest time is in user. */
function ticksOf(stat: string | null): Counters['ticks'] {
  const ticks =
    /^cpu +(.+)$/m
      .exec(stat ?? '')?.[1]
      ?.split(' ')
      .slice(0, 8)
      .map(Number) ?? [];
  const stolen = ticks[7];
  return stolen === undefined ? null : { all: ticks.reduce((sum, each) => sum + each, 0), stolen };
}

/** The line "some" of /proc/pressure (Documentation/accounting/psi.rst). */
function stalled(pressure: string | null): number | null {
  const total = /^some .*\btotal=(\d+)$/m.exec(pressure ?? '')?.[1];
  return total === undefined ? null : Number(total);
}

/** /proc/cpuinfo has it on x86 only. */
function frequency(cpuinfo: string | null, kiloHertz: readonly number[]): number | null {
  const told = [...(cpuinfo ?? '').matchAll(/^cpu MHz\s*: ([\d.]+)$/gm)].map(([, mhz]) => Number(mhz));
  const each = told.length > 0 ? told : kiloHertz.map((khz) => khz / 1000);
  return each.length === 0 ? null : each.reduce((sum, mhz) => sum + mhz, 0) / each.length;
}

/** The seventh number after the name: reads, merged, sectors, ms, writes, merged, sectors (iostats.rst). */
function sectorsWritten(diskstats: string | null, device: string): number | null {
  const fields = (diskstats ?? '').split('\n').map((line) => line.trim().split(/ +/));
  const sectors = fields.find(([, , name]) => name === device)?.[9];
  return sectors === undefined ? null : Number(sectors) * SECTOR_BYTES;
}

/** Of a file with one name and number a line, such as /proc/self/io (proc_pid_io(5)). */
function numberAfter(name: string, text: string | null): number | null {
  const number = new RegExp(`^${name}:? (\\d+)$`, 'm').exec(text ?? '')?.[1];
  return number === undefined ? null : Number(number);
}
