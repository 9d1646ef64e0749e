/** Throughput and CPU time of every mode of this commit beside the same mode of another: in turns, shuffled, each addon in a process of its own. */
import { mkdirSync } from 'node:fs';
import { test } from '@playwright/test';
import { againstVariable } from '../../scripts/lib/bench.mjs';
import { removeFolder } from '../../scripts/lib/folders.mjs';
import { modesOfPath } from '../../src/model/modes/catalogue.ts';
import { PATHS } from '../../src/model/paths.ts';
import { seededRandom, shuffled } from '../../src/model/random.ts';
import type { Interval } from '../../src/model/result/numbers.ts';
import type { PathId } from '../../src/model/result/path.ts';
import { pairedRatio, verdictOf } from '../../src/model/statistics/comparison.ts';
import { formatBytes, MIB } from '../../src/model/units.ts';
import { addonFile, exchangeOf, transferOf, work } from './addon.ts';
import { AddonProcess, type Order } from './addonProcess.ts';
import { TOLERATED } from './baseline.ts';
import { ratioWords, report } from './figures.ts';
import { openPlace } from './place.ts';

const ROUNDS = 31;
const FILE_BYTES = 128 * MIB;
/** A disk takes its time. */
const DIRECT_BYTES = 32 * MIB;

for (const route of PATHS) {
  test(`every mode in turns with the other commit, ${route}`, async () => {
    mkdirSync(work, { recursive: true });
    const places = { usual: await openPlace(work, FILE_BYTES), direct: await openPlace(work, DIRECT_BYTES) };
    const sides = {
      ours: new AddonProcess(addonFile),
      theirs: new AddonProcess(process.env[againstVariable] ?? ''),
    };
    try {
      const turns = [];
      for (const { id } of modesOfPath(route)) {
        const place = id.includes('direct') ? places.direct : places.usual;
        const order = orderOf(id, route, place.file, place.bytes);
        const answers = [await sides.ours.move(order), await sides.theirs.move(order)];
        const failed = answers.find((answer) => !answer.ok);
        if (failed?.ok === false) {
          report({ what: `${id}, ${route}`, measured: failed.message, budget: null, pass: null });
        } else turns.push(new Turns(id, route, place.bytes, order, sides));
      }
      const random = seededRandom(1);
      for (let round = 0; round < ROUNDS; round++) {
        for (const one of shuffled(turns, random)) await one.measure(random() < 0.5);
      }
      for (const one of turns) one.end();
    } finally {
      for (const side of Object.values(sides)) side.end();
      for (const { source } of Object.values(places)) source.close();
      removeFolder(work);
    }
  });
}

function orderOf(mode: string, route: PathId, file: string, bytes: number): Order {
  return route === 'process-to-process'
    ? { kind: 'exchange', exchange: exchangeOf(mode, bytes) }
    : { kind: 'transfer', file, transfer: transferOf(mode, route) };
}

interface Times {
  readonly wallNs: number[];
  readonly cpuNs: number[];
}

/** One mode on one path, by both commits. */
class Turns {
  private readonly ours: Times = { wallNs: [], cpuNs: [] };
  private readonly theirs: Times = { wallNs: [], cpuNs: [] };

  constructor(
    private readonly mode: string,
    private readonly route: PathId,
    private readonly bytes: number,
    private readonly order: Order,
    private readonly sides: { readonly ours: AddonProcess; readonly theirs: AddonProcess },
  ) {}

  async measure(oursFirst: boolean): Promise<void> {
    for (const whose of oursFirst ? (['ours', 'theirs'] as const) : (['theirs', 'ours'] as const)) {
      const answer = await this.sides[whose].move(this.order);
      if (!answer.ok) throw new Error(`${this.mode}, ${this.route}, ${whose}: ${answer.message}`);
      this[whose].wallNs.push(answer.wallNs);
      this[whose].cpuNs.push(answer.cpuNs);
    }
  }

  end(): void {
    const { wallNs, cpuNs } = this.theirs;
    this.publish('throughput', pairedRatio(wallNs, this.ours.wallNs), 'slower');
    // On a busy machine it tells more: waiting for a CPU is not in it.
    this.publish('CPU time per byte of both sides', pairedRatio(cpuNs, this.ours.cpuNs), 'more');
  }

  /** @param gain above 1: this commit is better */
  private publish(quantity: string, gain: Interval, worse: string): void {
    const verdict = verdictOf(gain, TOLERATED);
    const words = { faster: 'better', slower: worse, same: 'the same', unsettled: 'unsettled' }[verdict];
    report({
      what: `${this.mode}, ${this.route}, ${formatBytes(this.bytes)}, ${ROUNDS} rounds: gain in ${quantity} over the other commit`,
      measured: `${ratioWords(gain)}, ${words}`,
      budget: `not ${worse} by more than 5 %`,
      // What the interval cannot tell is neither.
      pass: verdict === 'unsettled' ? null : verdict !== 'slower',
    });
  }
}
