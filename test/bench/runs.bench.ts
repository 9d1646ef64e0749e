/** Whole runs of the command line: how long `quick` takes, and how much memory the bench process needs. */
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from '@playwright/test';
import { removeFolder } from '../../scripts/lib/folders.mjs';
import { work } from './addon.ts';
import { watchRun } from './cli.ts';
import { report } from './figures.ts';

test.beforeAll(() => mkdirSync(work, { recursive: true }));
test.afterAll(() => removeFolder(work));

for (const path of ['file-to-file', 'file-to-socket']) {
  test(`quick preset, ${path}`, async () => {
    const run = await watchRun(work, ['--path', path]);
    report({
      what: `\`quick\` preset, ${path}, whole command`,
      measured: `${run.seconds.toFixed(1)} s`,
      budget: '10 s',
      pass: run.exitCode === 0 && run.seconds <= 10,
    });
  });
}

test('memory of the bench process at 64 MiB', async () => {
  memory('64 MiB', await watchRun(work, ['--path', 'file-to-socket']));
});

test('memory of the bench process at an 8 GiB sparse file', async () => {
  const sparse = path.join(work, 'sparse.bin');
  writeFileSync(sparse, '');
  truncateSync(sparse, 8 * 1024 ** 3);
  const run = await watchRun(work, ['--path', 'file-to-socket', '--source', sparse, '--rounds', '1', '--modes', 'all']);
  memory('8 GiB sparse', run);
});

function memory(size: string, run: Awaited<ReturnType<typeof watchRun>>): void {
  const anonymous = run.peakAnonymousBytes / 1e6;
  report({
    what: `bench process, ${size}, all modes, own memory (RssAnon; most resident with mapped file pages: ${(run.peakResidentBytes / 1e6).toFixed(0)} MB)`,
    measured: `${anonymous.toFixed(0)} MB`,
    budget: '150 MB + buffers',
    pass: run.exitCode === 0 && anonymous <= 150,
  });
}
