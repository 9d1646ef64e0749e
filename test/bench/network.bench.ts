/** Sockets beside iperf3, with the same bytes per call and the same buffers: paired, shuffled, in one run. */
import { mkdirSync } from 'node:fs';
import { test } from '@playwright/test';
import type { NativeLaboratory, NativeSource } from '../../native/addon.d.ts';
import { removeFolder } from '../../scripts/lib/folders.mjs';
import { seededRandom, shuffled } from '../../src/model/random.ts';
import { pairedRatio } from '../../src/model/statistics/comparison.ts';
import { formatNumber, GIB, KIB, MIB } from '../../src/model/units.ts';
import { addon, measured, work } from './addon.ts';
import { medianOf, ratioWords, report } from './figures.ts';
import { type Ends, iperf, LOOPBACK, VethPair } from './iperf.ts';
import { openPlace } from './place.ts';

const ROUNDS = 15;
/** iperf3's own for TCP: of a call, and of the receiver. */
const CALL_BYTES = 128 * KIB;
const SECONDS = 1;
const STREAMS = [1, 8];
/** Of the file that is read, together for all streams: no cache of a CPU holds that of one. */
const FILE_BYTES = 1024 * MIB;

test('network', async () => {
  mkdirSync(work, { recursive: true });
  const veth = VethPair.make();
  const laboratory = await addon.openLaboratory({});
  const places: Place[] = [
    { name: 'loopback', ends: LOOPBACK },
    ...(veth instanceof VethPair && laboratory.ok
      ? [{ name: 'veth pair', ends: veth.ends, laboratory: laboratory.value }]
      : []),
  ];
  const twins: Twins[] = [];
  try {
    for (const streams of STREAMS) {
      // What -Z sends is one call's bytes, over and over, by every stream. What -F sends is a whole file, the same by every
      // stream and in step: with several, most of its reads find their bytes in a cache of the CPU, and ours do not.
      const calls = await openPlace(work, CALL_BYTES * streams);
      const file = await openPlace(work, FILE_BYTES);
      const each = await openPlace(work, FILE_BYTES / streams);
      for (const place of places) {
        const zeroCopy = { options: ['-Z', '-t', String(SECONDS)], durationNs: SECONDS * 1e9 };
        twins.push(new Twins('sendfile', calls.source, place, streams, zeroCopy));
        twins.push(new Twins('read-write', file.source, place, streams, { options: ['-F', each.file] }));
      }
    }
    const random = seededRandom(1);
    // Round 0 warms both up.
    for (let round = 0; round <= ROUNDS; round++) {
      for (const one of shuffled(twins, random)) await one.measure(random() < 0.5, round > 0);
    }
  } finally {
    if (veth instanceof VethPair) veth.remove();
    if (laboratory.ok) laboratory.value.close();
    removeFolder(work);
  }
  for (const one of twins) one.end();
});

interface Place {
  readonly name: string;
  readonly ends: Ends;
  readonly laboratory?: NativeLaboratory;
}

interface How {
  /** Of iperf3. */
  readonly options: readonly string[];
  /** Of ours; absent: the source is moved once. */
  readonly durationNs?: number;
}

interface Sums {
  readonly nsPerByte: number[];
  readonly cpuSecondsPerGib: number[];
}

/** A mode over sockets, and iperf3 that does the same. */
class Twins {
  private readonly ours: Sums = { nsPerByte: [], cpuSecondsPerGib: [] };
  private readonly theirs: Sums = { nsPerByte: [], cpuSecondsPerGib: [] };

  constructor(
    private readonly mode: string,
    private readonly source: NativeSource,
    private readonly place: Place,
    private readonly streams: number,
    private readonly how: How,
  ) {}

  async measure(oursFirst: boolean, counts: boolean): Promise<void> {
    const [first, second] = oursFirst ? ['ours', 'theirs'] : ['theirs', 'ours'];
    for (const whose of [first, second] as const) {
      const { bytes, wallNs, cpuNs } = whose === 'ours' ? await this.run() : await this.runIperf();
      if (!counts) continue;
      const sums = whose === 'ours' ? this.ours : this.theirs;
      sums.nsPerByte.push(wallNs / bytes);
      sums.cpuSecondsPerGib.push(cpuNs / 1e9 / (bytes / GIB));
    }
  }

  private async run() {
    const { bytes, wallNs, sender, receiver } = await measured(
      addon.startTransfer(
        this.source,
        {
          mode: this.mode,
          destination: { kind: 'socket', receiverBufferBytes: CALL_BYTES },
          bufferBytes: CALL_BYTES,
          streams: this.streams,
          ...(this.how.durationNs === undefined ? {} : { durationNs: this.how.durationNs }),
          verify: false,
        },
        this.place.laboratory,
      ),
    );
    return { bytes, wallNs, cpuNs: sender.cpuNs + (receiver?.cpuNs ?? 0) };
  }

  private async runIperf() {
    const options = ['-l', String(CALL_BYTES), '-P', String(this.streams), ...this.how.options];
    const { bytes, seconds, cpuSeconds } = await iperf(this.place.ends, options);
    return { bytes, wallNs: seconds * 1e9, cpuNs: cpuSeconds * 1e9 };
  }

  end(): void {
    const speed = pairedRatio(this.theirs.nsPerByte, this.ours.nsPerByte);
    const cpu = pairedRatio(this.ours.cpuSecondsPerGib, this.theirs.cpuSecondsPerGib);
    const mibs = ({ nsPerByte }: Sums) => formatNumber(1e9 / medianOf(nsPerByte) / MIB);
    const cost = ({ cpuSecondsPerGib }: Sums) => formatNumber(medianOf(cpuSecondsPerGib));
    const streams = this.streams === 1 ? '1 stream' : `${this.streams} streams`;
    const who = `${this.mode}, ${this.place.name}, ${streams}, ${CALL_BYTES / KIB} KiB per call, ${ROUNDS} rounds`;
    report({
      what: `${who}: throughput against \`iperf3 ${this.how.options[0]}\``,
      measured: `${ratioWords(speed)}, ${mibs(this.ours)} to ${mibs(this.theirs)} MiB/s`,
      budget: 'not wholly below 1.000',
      pass: (speed.high ?? 0) >= 1,
      lasting: { ...speed, better: 'higher' },
    });
    report({
      what: `${who}: CPU time of both sides against \`iperf3 ${this.how.options[0]}\``,
      measured: `${ratioWords(cpu)}, ${cost(this.ours)} to ${cost(this.theirs)} CPU s/GiB`,
      budget: 'not wholly above 1.000',
      pass: (cpu.low ?? 1) <= 1,
      lasting: { ...cpu, better: 'lower' },
    });
  }
}
