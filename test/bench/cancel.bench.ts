/** From the cancel to the end of the transfer, for every mode and path. */
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from '@playwright/test';
import { removeFolder } from '../../scripts/lib/folders.mjs';
import { GIB, KIB } from '../../src/model/units.ts';
import { modesOf, openSource, PATHS, startTransfer, work } from './addon.ts';
import { medianOf, report } from './figures.ts';

const CANCELS = 20;

test('cancel', async () => {
  mkdirSync(work, { recursive: true });
  const file = path.join(work, 'sparse.bin');
  writeFileSync(file, '');
  truncateSync(file, 4 * GIB);
  const source = await openSource(file);
  for (const route of PATHS) {
    for (const mode of modesOf(route)) {
      const times: number[] = [];
      while (times.length < CANCELS) {
        const running = startTransfer(source, mode, route, 64 * KIB);
        while (running.bytesSoFar() === 0) await new Promise((resolve) => setImmediate(resolve));
        const asked = performance.now();
        running.cancel();
        const outcome = await running.done;
        if (!outcome.ok && outcome.error.code === 'CANCELLED') times.push(performance.now() - asked);
      }
      report({
        what: `${mode}, ${route}, 4 GiB: from cancel, right after its first bytes, to its end (median, longest of ${CANCELS})`,
        measured: `${medianOf(times).toFixed(1)} ms, ${Math.max(...times).toFixed(1)} ms`,
        budget: '100 ms',
        pass: Math.max(...times) <= 100,
      });
    }
  }
  source.close();
  removeFolder(work);
});
