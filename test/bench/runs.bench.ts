/** Whole runs of the command line: how long `quick` takes, and how much memory the bench process needs. */
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from '@playwright/test';
import { removeFolder } from '../../scripts/lib/folders.mjs';
import { PATHS } from '../../src/model/paths.ts';
import type { PathId } from '../../src/model/result/path.ts';
import { medianInterval } from '../../src/model/statistics/median.ts';
import { GIB } from '../../src/model/units.ts';
import { work } from './addon.ts';
import { type Watched, watchRun } from './cli.ts';
import { medianOf, report } from './figures.ts';

const LARGE = 3 * GIB;
/** The fewest that an interval can be made of. */
const QUICK_RUNS = 6;

test.beforeAll(() => mkdirSync(work, { recursive: true }));
test.afterAll(() => removeFolder(work));

for (const route of PATHS) {
  test(`quick preset, ${route}`, async () => {
    const run = await watchRun(work, ['--path', route]);
    report({
      what: `\`quick\` preset, ${route}, whole command`,
      measured: `${run.seconds.toFixed(1)} s`,
      budget: '10 s',
      pass: run.exitCode === 0 && run.seconds <= 10,
    });
  });
}

test('memory of the bench process at 64 MiB', async () => {
  const runs = [];
  while (runs.length < QUICK_RUNS) runs.push(await watchRun(work, ['--path', 'file-to-socket']));
  memory('64 MiB, file-to-socket, `quick` preset', runs);
});

for (const route of PATHS) {
  test(`memory of the bench process at 3 GiB, ${route}`, async () => {
    const run = await watchRun(work, ['--path', route, ...largeSource(route), '--rounds', '1', '--modes', 'all']);
    memory(`3 GiB, ${route}, all modes`, [run]);
  });
}

/** Sparse, for there is a disk behind it: what is looked at is memory. Between processes there is no file. */
function largeSource(route: PathId): readonly string[] {
  if (route === 'process-to-process') return ['--size', String(LARGE)];
  const sparse = path.join(work, 'sparse.bin');
  writeFileSync(sparse, '');
  truncateSync(sparse, LARGE);
  return ['--source', sparse];
}

/** The most of several runs is held against the budget, their median against that of another day. */
function memory(what: string, runs: readonly Watched[]): void {
  const most = Math.max(...runs.map((run) => run.peakAnonymousBytes)) / 1e6;
  const resident = Math.max(...runs.map((run) => run.peakResidentBytes)) / 1e6;
  const interval = medianInterval(runs.map((run) => run.peakAnonymousBytes));
  const seconds = medianOf(runs.map((run) => run.seconds));
  report({
    what: `bench process, ${what}, own memory (RssAnon)`,
    measured: `${most.toFixed(0)} MB; most resident with mapped file pages ${resident.toFixed(0)} MB; ${seconds.toFixed(0)} s`,
    budget: '150 MB + buffers',
    pass: runs.every((run) => run.exitCode === 0) && most <= 150,
    // One run has no interval.
    ...(runs.length < QUICK_RUNS ? {} : { lasting: { ...interval, better: 'lower' } }),
  });
}
