import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from './host.ts';
import { paths, presets, quickExchanges, quickModes, runCommand, runOnFileEntry } from './names.ts';
import { testOutput } from './places.ts';
import { benchProcessesBelow } from './processes.ts';
import { answer, expectComplete, startRun } from './run.ts';

test('from the palette to the page, and back to the same numbers', { tag: '@every-release' }, async ({
  window,
  workspace,
  vscode,
}) => {
  await window.open(workspace.folder);
  await window.palette.run(runCommand);
  await window.palette.accept(paths.fileToFile);
  await window.palette.accept(presets.quick);

  await expect(window.result.rows.first()).toBeVisible();
  expect(await window.result.modes()).toEqual(quickModes);
  await expectComplete(window);
  const numbers = await window.result.table();
  for (const [id, cells] of Object.entries(numbers)) {
    expect(cells.mibPerSecond, `throughput of ${id}`).toMatch(/\d/);
  }
  await expect(window.result.finding).toHaveText(/\S/);
  await expect(window.result.flow).toBeVisible();
  await window.page.screenshot({ path: testOutput('file-to-file-complete.png') });
  await expect.poll(() => benchProcessesBelow(vscode.folder)).toEqual([]);
  expect(workspace.kept()).toEqual(['.gitignore', ...workspace.results()]);
  const [file = ''] = workspace.results();

  await window.closeEditor();
  await window.explorer.expand('.zero-copy');
  await window.explorer.open(file);
  await window.result.expectStatus('complete');
  await expect.poll(() => window.result.table()).toEqual(numbers);

  await window.reload();
  await expect(window.tabs).toHaveText([new RegExp(file.replaceAll('.', '\\.'))]);
  await window.result.expectStatus('complete');
  await expect.poll(() => window.result.table()).toEqual(numbers);
});

test('the notification shows percent, mode and throughput while the page fills in', async ({ window, workspace }) => {
  await window.open(workspace.folder);
  await startRun(window, paths.fileToFile, presets.seed);
  const progress = window.notifications.withText(/\d+\s?%.*MiB\/s/);
  await expect(progress.first()).toBeVisible();
  await window.result.expectStatus('running');
  await window.page.screenshot({ path: testOutput('running.png') });
  await window.notifications.press(/%/, 'Cancel');
  await expect(progress).toHaveCount(0);
});

test('file to socket', async ({ window, workspace }) => {
  await window.open(workspace.folder);
  await startRun(window, paths.fileToSocket, presets.quick);
  await expectComplete(window);
  await expect(window.result.root).toContainText(/socket/i);
  await window.page.screenshot({ path: testOutput('file-to-socket-complete.png') });
});

test('process to process', async ({ window, workspace }) => {
  await window.open(workspace.folder);
  await startRun(window, paths.processToProcess, presets.quick);
  await expectComplete(window, quickExchanges);
  await window.page.screenshot({ path: testOutput('process-to-process-complete.png') });
});

test('the listing of a mode is saved as a program that compiles', async ({ window, workspace }) => {
  await window.open(workspace.folder);
  await startRun(window, paths.fileToFile, presets.quick);
  await expectComplete(window);
  await window.result.saveListing();
  await window.palette.confirm(/\/read-write\.c$/);
  const saved = path.join(workspace.resultsFolder, 'read-write.c');
  await expect.poll(() => existsSync(saved)).toBe(true);
  const program = path.join(workspace.folder, 'copy');
  const built = spawnSync('cc', ['-std=c11', '-Wall', '-Werror', '-o', program, saved], { encoding: 'utf8' });
  expect([built.status, built.stderr]).toEqual([0, '']);
  const source = workspace.addData('original');
  expect(spawnSync(program, [source, `${source}.copy`]).status).toBe(0);
  expect(workspace.facts(`${source}.copy`).hash).toBe(workspace.facts(source).hash);
});

test('the picture of a flow is saved as the file it says it is', async ({ window, workspace }) => {
  await window.open(workspace.folder);
  await startRun(window, paths.fileToFile, presets.quick);
  await expectComplete(window);
  for (const [format, begin] of [
    ['SVG', '<?xml version="1.0" encoding="UTF-8"?>\n<svg '],
    ['PNG', '\u0089PNG\r\n\u001a\n'],
  ] as const) {
    await window.result.exportPicture(`${format}, light`);
    const name = `read-write-here-light.${format.toLowerCase()}`;
    await window.palette.confirm(new RegExp(`/${name.replaceAll('.', '\\.')}$`));
    const saved = path.join(workspace.resultsFolder, name);
    await expect.poll(() => existsSync(saved)).toBe(true);
    await expect.poll(() => readFileSync(saved, 'latin1').slice(0, begin.length)).toBe(begin);
  }
});

test('a file from the Explorer is the source, and stays as it was', async ({ window, workspace }) => {
  const name = 'my data.bin';
  const source = workspace.addData(name);
  const before = workspace.facts(source);
  await window.open(workspace.folder);
  await window.explorer.choose(name, runOnFileEntry);
  await answer(window, paths.fileToFile, presets.quick);
  await expectComplete(window);
  const [file = ''] = workspace.results();
  expect(workspace.read(file)).toContain(JSON.stringify(source));
  expect(workspace.facts(source)).toEqual(before);
});

test('the page in a dark and in a light theme', async ({ window, workspace }) => {
  await window.open(workspace.folder);
  await startRun(window, paths.fileToFile, presets.quick);
  await expectComplete(window);
  for (const theme of ['Light Modern', 'Dark Modern'] as const) {
    await window.useTheme(theme);
    await expect(window.result.root).toHaveAttribute('data-status', 'complete');
    const name = theme.toLowerCase().replace(' ', '-');
    await window.page.screenshot({ path: testOutput(`complete-${name}.png`) });
  }
});

test('with no folder open, the result goes to the extension’s own storage', async ({ window, vscode }) => {
  await window.open();
  await startRun(window, paths.fileToFile, presets.quick);
  await expectComplete(window);
  expect(window.storedResults(vscode)).toHaveLength(1);
});
