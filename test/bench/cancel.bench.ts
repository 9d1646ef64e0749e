/** From the cancel to the end of the transfer, for every mode and path. */
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from '@playwright/test';
import type { NativeTransfer } from '../../native/addon.d.ts';
import { removeFolder } from '../../scripts/lib/folders.mjs';
import { modesOfPath } from '../../src/model/modes/catalogue.ts';
import { PATHS } from '../../src/model/paths.ts';
import { GIB } from '../../src/model/units.ts';
import { openSource, startExchange, startTransfer, work } from './addon.ts';
import { medianOf, report } from './figures.ts';

const CANCELS = 20;
const BYTES = 4 * GIB;

test('cancel', async () => {
  mkdirSync(work, { recursive: true });
  const file = path.join(work, 'sparse.bin');
  writeFileSync(file, '');
  truncateSync(file, BYTES);
  const source = await openSource(file);
  for (const route of PATHS) {
    // reflink is one short call, over before anybody could wish it were.
    for (const { id } of modesOfPath(route).filter((mode) => mode.id !== 'reflink')) {
      const times: number[] = [];
      while (times.length < CANCELS) {
        const running = route === 'process-to-process' ? startExchange(id, BYTES) : startTransfer(source, id, route);
        times.push(...(await timeOfCancel(running)));
      }
      report({
        what: `${id}, ${route}, 4 GiB: from cancel, right after its first bytes, to its end (median, longest of ${CANCELS})`,
        measured: `${medianOf(times).toFixed(1)} ms, ${Math.max(...times).toFixed(1)} ms`,
        budget: '100 ms',
        pass: Math.max(...times) <= 100,
      });
    }
  }
  source.close();
  removeFolder(work);
});

/** In ms; nothing where the transfer was over first. @throws where it failed */
async function timeOfCancel(running: NativeTransfer): Promise<readonly number[]> {
  let over = false;
  const ended = running.done.finally(() => {
    over = true;
  });
  while (!over && running.bytesSoFar() === 0) await new Promise((resolve) => setImmediate(resolve));
  const asked = performance.now();
  running.cancel();
  const outcome = await ended;
  if (outcome.ok) return [];
  if (outcome.error.code !== 'CANCELLED') throw new Error(outcome.error.message);
  return [performance.now() - asked];
}
