/** What a mode of io_uring costs beside the mode that does the same with plain calls: paired, shuffled, in one run. */
import { mkdirSync } from 'node:fs';
import { test } from '@playwright/test';
import type { TransferMeasurement } from '../../native/addon.d.ts';
import { removeFolder } from '../../scripts/lib/folders.mjs';
import { seededRandom, shuffled } from '../../src/model/random.ts';
import type { PathId } from '../../src/model/result/path.ts';
import { pairedRatio } from '../../src/model/statistics/comparison.ts';
import { formatBytes, formatNumber, formatPercent, GIB, MIB } from '../../src/model/units.ts';
import { BUFFER_BYTES, measured, startTransfer, work } from './addon.ts';
import { medianOf, ratioWords, report } from './figures.ts';
import { openPlace, type Place, Xfs } from './place.ts';

const ROUNDS = 21;
const FILE_BYTES = 128 * MIB;
/** A disk takes its time. */
const DIRECT_BYTES = 32 * MIB;

test('io_uring against plain calls', async () => {
  mkdirSync(work, { recursive: true });
  const here = await openPlace(work, FILE_BYTES);
  const direct = await openPlace(work, DIRECT_BYTES);
  const xfs = Xfs.make(work);
  const onXfs = xfs instanceof Xfs ? await openPlace(xfs.folder, FILE_BYTES) : null;
  const twins = [
    ...[here, ...(onXfs === null ? [] : [onXfs])].flatMap((place) => [
      new Twins('io-uring', 'read-write', 'file-to-file', place),
      new Twins('io-uring-fixed', 'read-write', 'file-to-file', place),
    ]),
    new Twins('io-uring-direct', 'direct', 'file-to-file', direct),
    new Twins('io-uring-splice', 'splice', 'file-to-file', here),
    new Twins('io-uring-splice', 'splice', 'file-to-socket', here),
    new Twins('io-uring-send-zc', 'read-msg-zerocopy', 'file-to-socket', here),
  ];
  try {
    const random = seededRandom(1);
    // Round 0 warms both up.
    for (let round = 0; round <= ROUNDS; round++) {
      for (const each of shuffled(twins, random)) await each.measure(random() < 0.5, round > 0);
    }
  } finally {
    for (const place of [here, direct, onXfs]) place?.source.close();
    if (xfs instanceof Xfs) xfs.remove();
    removeFolder(work);
  }
  for (const each of twins) each.end(onXfs);
});

/** A mode of io_uring and the one that does the same with plain calls. */
class Twins {
  private readonly ringNs: number[] = [];
  private readonly plainNs: number[] = [];
  private readonly shareOfWorkers: number[] = [];

  constructor(
    private readonly ring: string,
    private readonly plain: string,
    private readonly route: PathId,
    private readonly place: Place,
  ) {}

  async measure(ringFirst: boolean, counts: boolean): Promise<void> {
    const byRing = async () => {
      // Worker threads that io_uring had are in it.
      const { sender, observed } = await this.transfer(this.ring);
      if (!counts) return;
      this.ringNs.push(sender.cpuNs);
      this.shareOfWorkers.push((observed['ioWorkerCpuNs'] ?? 0) / sender.cpuNs);
    };
    const byPlain = async () => {
      const { sender } = await this.transfer(this.plain);
      if (counts) this.plainNs.push(sender.cpuNs);
    };
    for (const measure of ringFirst ? [byRing, byPlain] : [byPlain, byRing]) await measure();
  }

  private transfer(mode: string): Promise<TransferMeasurement> {
    return measured(startTransfer(this.place.source, mode, this.route, this.place.folder));
  }

  end(onXfs: Place | null): void {
    const { bytes } = this.place;
    const ratio = pairedRatio(this.ringNs, this.plainNs);
    const perGib = (cpuNs: readonly number[]) => formatNumber((medianOf(cpuNs) / 1e9 / bytes) * GIB);
    const workers = medianOf(this.shareOfWorkers);
    const where = this.place === onXfs ? ' on XFS' : '';
    report({
      what: `${this.ring}, ${this.route}${where}, ${formatBytes(bytes)}, ${formatBytes(BUFFER_BYTES)} per request, ${ROUNDS} rounds: CPU time against ${this.plain}`,
      measured: `${ratioWords(ratio)}, ${perGib(this.ringNs)} to ${perGib(this.plainNs)} CPU s/GiB, by worker threads ${formatPercent(workers)}`,
      budget: 'not wholly above 1.000, unless worker threads do it',
      // Where the kernel hands the work to threads of its own, that has a price; docs/performance.md says where it does.
      pass: (ratio.low ?? 0) <= 1 || (workers > 0.5 ? null : false),
      lasting: { ...ratio, better: 'lower' },
    });
  }
}
