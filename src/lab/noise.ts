/** Watches what else happens on the host, between transfers: a reading takes time that no transfer is to be charged with. */
import type { NoiseReading } from '../model/result/noise.ts';
import { list, readNumber, readText } from './host/readings.ts';
import type { Counters } from './noise/counters.ts';
import { countersOf } from './noise/counters.ts';
import { changeBetween } from './noise/readings.ts';

/** Often enough to see a noisy minute, seldom enough not to be noise. */
const INTERVAL_MS = 1000;
/** A round that is over is worth a reading, unless rounds are so short that their counters have hardly moved (10 ms ticks). */
const SHORTEST_INTERVAL_MS = 250;
const CPUS = '/sys/devices/system/cpu';

export class NoiseWatch {
  private readonly startedAt = performance.now();
  private last = this.startedAt;
  private counters: Counters;
  private unwritten = 0;
  private isFirst = true;

  /** @param device where the files of the run are, null for none @param report takes each reading */
  constructor(
    private readonly device: string | null,
    private readonly report: (reading: NoiseReading) => void,
  ) {
    this.counters = readCounters(device);
  }

  transferEnded(): void {
    if (performance.now() - this.last >= INTERVAL_MS) this.read();
  }

  roundEnded(): void {
    if (this.isFirst || performance.now() - this.last >= SHORTEST_INTERVAL_MS) this.read();
  }

  private read(): void {
    const now = performance.now();
    const counters = readCounters(this.device);
    const { reading, unwritten } = changeBetween(this.counters, counters, now - this.last, this.unwritten);
    this.report({ atMs: Math.round(now - this.startedAt), ...reading });
    this.counters = counters;
    this.unwritten = unwritten;
    this.last = now;
    this.isFirst = false;
  }
}

function readCounters(device: string | null): Counters {
  const cpuinfo = readText('/proc/cpuinfo');
  return countersOf(
    {
      stat: readText('/proc/stat'),
      cpuPressure: readText('/proc/pressure/cpu'),
      ioPressure: readText('/proc/pressure/io'),
      cpuinfo,
      frequencies: cpuinfo?.includes('cpu MHz') ? [] : frequencies(),
      diskstats: device === null ? null : readText('/proc/diskstats'),
      ownIo: readText('/proc/self/io'),
    },
    device,
  );
}

function frequencies(): readonly number[] {
  return list(CPUS)
    .filter((name) => /^cpu\d+$/.test(name))
    .flatMap((name) => readNumber(`${CPUS}/${name}/cpufreq/scaling_cur_freq`) ?? []);
}
