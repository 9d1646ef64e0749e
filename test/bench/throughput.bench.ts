/** Every mode against its own loop in plain C: paired, shuffled, in one run. */
import { mkdirSync } from 'node:fs';
import { test } from '@playwright/test';
import type { NativeError, NativeTransfer } from '../../native/addon.d.ts';
import { removeFolder } from '../../scripts/lib/folders.mjs';
import { hostFacts } from '../../src/lab/host.ts';
import { modesOfPath } from '../../src/model/modes/catalogue.ts';
import type { ModeDescriptor } from '../../src/model/modes/descriptor.ts';
import { FILE_PATHS } from '../../src/model/paths.ts';
import { seededRandom, shuffled } from '../../src/model/random.ts';
import { explainFailure } from '../../src/model/refusals.ts';
import type { PathId } from '../../src/model/result/path.ts';
import { pairedRatio } from '../../src/model/statistics/comparison.ts';
import { formatBytes, formatDuration, formatNumber, MIB, mibPerSecond } from '../../src/model/units.ts';
import { addon, measured, startExchange, startTransfer, work } from './addon.ts';
import { medianOf, ratioWords, report } from './figures.ts';
import { openPlace, type Place, Xfs } from './place.ts';
import { PlainLoop } from './plainLoop.ts';
import { fragmentedFile } from './randomFile.ts';

const ROUNDS = 31;
const FILE_BYTES = 128 * MIB;
/** A disk takes its time. */
const DIRECT_BYTES = 32 * MIB;
/** Memory does not. */
const EXCHANGE_BYTES = 512 * MIB;
/** The lab may be 1 % slower than plain C; it misses when the whole interval lies below that. */
const LEAST_RATIO = 0.99;

test.beforeEach(() => mkdirSync(work, { recursive: true }));
test.afterEach(() => removeFolder(work));

for (const route of FILE_PATHS) {
  test(`every mode against plain C, ${route}`, async () => {
    const places = { usual: await openPlace(work, FILE_BYTES), direct: await openPlace(work, DIRECT_BYTES) };
    const xfs = route === 'file-to-file' ? Xfs.make(work) : null;
    // Shared extent by extent: a file of one would be done in 20 µs, and a clock is no match for that.
    const onXfs = xfs instanceof Xfs ? await openPlace(xfs.folder, FILE_BYTES, fragmentedFile) : null;
    const pairs = [];
    try {
      for (const mode of modesOfPath(route)) {
        const usual = mode.id.includes('direct') ? places.direct : places.usual;
        const pair = await fileTransfers(mode, route, mode.id === 'reflink' && onXfs !== null ? onXfs : usual);
        if (pair !== null) pairs.push(pair);
      }
      await measureAll(pairs);
    } finally {
      for (const place of [places.usual, places.direct, onXfs]) place?.source.close();
      if (xfs instanceof Xfs) xfs.remove();
    }
  });
}

test('every mode against plain C, process-to-process', async () => {
  const pairs = [];
  for (const mode of modesOfPath('process-to-process')) {
    const plain = new PlainLoop(mode.id, 'process-to-process');
    const start = () => startExchange(mode.id, EXCHANGE_BYTES);
    const byPlain = () => plain.exchange(EXCHANGE_BYTES);
    if (await worksHere(mode, 'process-to-process', start)) {
      pairs.push(new Pair(mode, 'process-to-process', EXCHANGE_BYTES, plain, start, byPlain));
    }
  }
  await measureAll(pairs);
});

async function fileTransfers(mode: ModeDescriptor, route: PathId, place: Place): Promise<Pair | null> {
  const start = () => startTransfer(place.source, mode.id, route, place.folder);
  if (!(await worksHere(mode, route, start))) return null;
  const plain = new PlainLoop(mode.id, route);
  return new Pair(mode, route, place.bytes, plain, start, () => plain.move(place, route));
}

/** Whether the lab's own transfer works on this host; the table has a row that says why not. @throws where it failed */
async function worksHere(mode: ModeDescriptor, route: PathId, start: () => NativeTransfer): Promise<boolean> {
  const outcome = await start().done;
  if (outcome.ok) return true;
  report({ what: `${mode.id}, ${route}: throughput against plain C`, ...(await excuse(mode, route, outcome.error)) });
  return false;
}

async function excuse(mode: ModeDescriptor, route: PathId, error: NativeError) {
  const failure = explainFailure(mode.id, route, error, await hostFacts(addon, work, route));
  if (!failure.unsupported) throw new Error(`${mode.id}, ${route}: ${failure.problem.message}`);
  return { measured: `unsupported: ${failure.problem.message}`, budget: null, pass: null };
}

async function measureAll(pairs: readonly Pair[]): Promise<void> {
  const random = seededRandom(1);
  // Round 0 warms both up.
  for (let round = 0; round <= ROUNDS; round++) {
    for (const pair of shuffled(pairs, random)) await pair.measure(random() < 0.5, round > 0);
  }
  for (const pair of pairs) pair.end();
}

/** One mode on one path, by the lab and by plain C. */
class Pair {
  private readonly lab: number[] = [];
  private readonly plain: number[] = [];

  constructor(
    private readonly mode: ModeDescriptor,
    private readonly route: PathId,
    private readonly bytes: number,
    private readonly loop: PlainLoop,
    private readonly start: () => NativeTransfer,
    private readonly byPlain: () => Promise<number>,
  ) {}

  async measure(labFirst: boolean, counts: boolean): Promise<void> {
    const byLab = async () => {
      const { wallNs } = await measured(this.start());
      if (counts) this.lab.push(wallNs);
    };
    const byPlain = async () => {
      const wallNs = await this.byPlain();
      if (counts) this.plain.push(wallNs);
    };
    for (const measure of labFirst ? [byLab, byPlain] : [byPlain, byLab]) await measure();
  }

  end(): void {
    this.loop.stop();
    const ratio = pairedRatio(
      this.lab.map((ns) => 1 / ns),
      this.plain.map((ns) => 1 / ns),
    );
    report({
      what: `${this.mode.id}, ${this.route}, ${formatBytes(this.bytes)}, ${ROUNDS} rounds: throughput against plain C`,
      measured: `${ratioWords(ratio)}, ${this.speed()}`,
      budget: 'not wholly below 0.990',
      pass: (ratio.high ?? 0) >= LEAST_RATIO,
      lasting: { ...ratio, better: 'higher' },
    });
  }

  private speed(): string {
    const ns = medianOf(this.lab);
    // It moves no data, so bytes per second would mean nothing.
    if (this.mode.id === 'reflink') return `in ${formatDuration(ns)}`;
    return `at ${formatNumber(mibPerSecond(this.bytes, ns))} MiB/s`;
  }
}
