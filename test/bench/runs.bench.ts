/** Whole runs of the command line: how long `quick` takes, and how much memory the bench process needs. */
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from '@playwright/test';
import { removeFolder } from '../../scripts/lib/folders.mjs';
import { PATHS } from '../../src/model/paths.ts';
import type { PathId } from '../../src/model/result/path.ts';
import { GIB } from '../../src/model/units.ts';
import { work } from './addon.ts';
import { watchRun } from './cli.ts';
import { report } from './figures.ts';

const LARGE = 3 * GIB;

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
  memory('64 MiB, file-to-socket, `quick` preset', await watchRun(work, ['--path', 'file-to-socket']));
});

for (const route of PATHS) {
  test(`memory of the bench process at 3 GiB, ${route}`, async () => {
    const run = await watchRun(work, ['--path', route, ...largeSource(route), '--rounds', '1', '--modes', 'all']);
    memory(`3 GiB, ${route}, all modes`, run);
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

function memory(what: string, run: Awaited<ReturnType<typeof watchRun>>): void {
  const anonymous = run.peakAnonymousBytes / 1e6;
  report({
    what: `bench process, ${what}, own memory (RssAnon; most resident with mapped file pages: ${(run.peakResidentBytes / 1e6).toFixed(0)} MB; ${run.seconds.toFixed(0)} s)`,
    measured: `${anonymous.toFixed(0)} MB`,
    budget: '150 MB + buffers',
    pass: run.exitCode === 0 && anonymous <= 150,
  });
}
