/** Every mode against the same loop in plain C: paired, shuffled, in one run. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { test } from '@playwright/test';
import type { NativeSource } from '../../native/addon.d.ts';
import { removeFolder } from '../../scripts/lib/folders.mjs';
import { seededRandom, shuffled } from '../../src/model/random.ts';
import { pairedRatio } from '../../src/model/statistics.ts';
import { formatBytes, formatNumber, KIB, MIB, mibPerSecond } from '../../src/model/units.ts';
import { modesOf, openSource, PATHS, startTransfer, work } from './addon.ts';
import { medianOf, report } from './figures.ts';
import type { PlainLoops } from './plainLoops.ts';
import { startPlainLoops } from './plainLoops.ts';
import { randomFile } from './randomFile.ts';

const ROUNDS = 31;
const BYTES = 128 * MIB;
const BUFFER_BYTES = 64 * KIB;
/** The lab may be 1 % slower than plain C; it misses when the whole interval lies below that. */
const LEAST_RATIO = 0.99;

test('every mode against plain C', async () => {
  mkdirSync(work, { recursive: true });
  const file = path.join(work, 'source.bin');
  await randomFile(file, BYTES);
  const plain = startPlainLoops(work);
  const source = await openSource(file);
  await source.warm();
  const pairs = PATHS.flatMap((route) => modesOf(route).map((mode) => new Pair(mode, route)));
  const random = seededRandom(1);
  // Round 0 warms both up.
  for (let round = 0; round <= ROUNDS; round++) {
    for (const pair of shuffled(pairs, random)) await pair.measure(source, file, plain, random() < 0.5, round > 0);
  }
  plain.stop();
  source.close();
  removeFolder(work);
  for (const pair of pairs) {
    const ratio = pairedRatio(
      pair.lab.map((ns) => 1 / ns),
      pair.plain.map((ns) => 1 / ns),
    );
    const [low, high] = [ratio.low ?? 0, ratio.high ?? 0];
    report({
      what: `${pair.mode}, ${pair.route}, ${formatBytes(BYTES)}, ${ROUNDS} rounds: throughput against plain C`,
      measured: `${ratio.median.toFixed(3)} (${low.toFixed(3)} – ${high.toFixed(3)}), at ${formatNumber(mibPerSecond(BYTES, medianOf(pair.lab)))} MiB/s`,
      budget: 'not wholly below 0.990',
      pass: high >= LEAST_RATIO,
    });
  }
});

/** One mode on one path, by the lab and by plain C. */
class Pair {
  readonly lab: number[] = [];
  readonly plain: number[] = [];

  constructor(
    readonly mode: string,
    readonly route: string,
  ) {}

  async measure(
    source: NativeSource,
    file: string,
    plain: PlainLoops,
    labFirst: boolean,
    counts: boolean,
  ): Promise<void> {
    const byLab = async () => {
      const wallNs = await labTransfer(source, this.mode, this.route);
      if (counts) this.lab.push(wallNs);
    };
    const byPlain = async () => {
      const wallNs = await plain.transfer(this.mode, this.route, file, work, BUFFER_BYTES);
      if (counts) this.plain.push(wallNs);
    };
    for (const measure of labFirst ? [byLab, byPlain] : [byPlain, byLab]) await measure();
  }
}

async function labTransfer(source: NativeSource, mode: string, route: string): Promise<number> {
  const outcome = await startTransfer(source, mode, route, BUFFER_BYTES).done;
  if (!outcome.ok) throw new Error(`${mode} ${route}: ${outcome.error.message}`);
  return outcome.value.wallNs;
}
