/** What a mode of io_uring costs beside the mode that does the same with plain calls: paired, shuffled, in one run. */
import { mkdirSync } from 'node:fs';
import { test } from '@playwright/test';
import { removeFolder } from '../../scripts/lib/folders.mjs';
import { seededRandom, shuffled } from '../../src/model/random.ts';
import type { PathId } from '../../src/model/result.ts';
import { pairedRatio } from '../../src/model/statistics.ts';
import { formatBytes, formatNumber, GIB, MIB } from '../../src/model/units.ts';
import { BUFFER_BYTES, measured, startTransfer, work } from './addon.ts';
import { medianOf, report } from './figures.ts';
import { openPlace, type Place } from './place.ts';

const ROUNDS = 9;

const TWINS: readonly { mode: string; plain: string; route: PathId; bytes: number }[] = [
  { mode: 'io-uring', plain: 'read-write', route: 'file-to-file', bytes: 128 * MIB },
  { mode: 'io-uring-fixed', plain: 'read-write', route: 'file-to-file', bytes: 128 * MIB },
  { mode: 'io-uring-direct', plain: 'direct', route: 'file-to-file', bytes: 32 * MIB },
  { mode: 'io-uring-splice', plain: 'splice', route: 'file-to-file', bytes: 128 * MIB },
  { mode: 'io-uring-splice', plain: 'splice', route: 'file-to-socket', bytes: 128 * MIB },
  { mode: 'io-uring-send-zc', plain: 'read-msg-zerocopy', route: 'file-to-socket', bytes: 128 * MIB },
];

test('io_uring against plain calls', async () => {
  mkdirSync(work, { recursive: true });
  const places = new Map<number, Place>();
  for (const bytes of new Set(TWINS.map((each) => each.bytes))) places.set(bytes, await openPlace(work, bytes));
  const pairs = TWINS.map((twins) => ({ ...twins, costs: [] as number[], plainCosts: [] as number[] }));
  const random = seededRandom(1);
  // Round 0 warms both up.
  for (let round = 0; round <= ROUNDS; round++) {
    for (const { mode, plain, route, bytes, costs, plainCosts } of shuffled(pairs, random)) {
      const { source } = places.get(bytes) as Place;
      for (const one of shuffled([mode, plain], random)) {
        // Of the sending thread, and of the worker threads that io_uring gave it.
        const { cpuNs } = (await measured(startTransfer(source, one, route))).sender;
        if (round > 0) (one === mode ? costs : plainCosts).push(cpuNs);
      }
    }
  }
  for (const { source } of places.values()) source.close();
  removeFolder(work);
  for (const { mode, plain, route, bytes, costs, plainCosts } of pairs) {
    const ratio = pairedRatio(costs, plainCosts);
    const [low, high] = [ratio.low ?? 0, ratio.high ?? 0];
    const perGib = (cpuNs: readonly number[]) => formatNumber((medianOf(cpuNs) / 1e9 / bytes) * GIB);
    report({
      what: `${mode}, ${route}, ${formatBytes(bytes)}, buffers of ${formatBytes(BUFFER_BYTES)}, ${ROUNDS} rounds: CPU time of the sender against ${plain}`,
      measured: `${ratio.median.toFixed(3)} (${low.toFixed(3)} – ${high.toFixed(3)}), ${perGib(costs)} and ${perGib(plainCosts)} CPU s/GiB`,
      budget: 'not wholly above 1.000',
      pass: low <= 1,
    });
  }
});
