import { existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { writeResult } from '../../src/lab/resultFile.ts';
import type { Result } from '../../src/model/result.ts';
import { complete } from '../webview/fixtures.ts';
import { expect, test } from './host.ts';
import { clearFilterCommand, filterCommand, paths, presets, runCommand } from './names.ts';
import { testOutput } from './places.ts';
import { answer, expectComplete } from './run.ts';
import type { Workspace } from './workspace.ts';

/** A result as a run would have left it. */
function addResult(workspace: Workspace, name: string, changes: Partial<Result> = {}): string {
  const file = path.join(workspace.resultsFolder, `${name}.zcresult.json`);
  mkdirSync(workspace.resultsFolder, { recursive: true });
  writeResult(file, { ...complete(), label: name, ...changes });
  return file;
}

test('the empty tree offers a run, whose result is in it while it runs and afterwards', async ({
  window,
  workspace,
}) => {
  const { tree } = window;
  await window.open(workspace.folder);
  await tree.open();
  await expect(tree.welcome).toContainText('Nothing has been measured here yet');
  await window.page.screenshot({ path: testOutput('results-empty.png') });
  await tree.welcome.getByRole('button', { name: runCommand.replace('Zero-Copy: ', '') }).click();
  await answer(window, paths.fileToFile, presets.quick);
  const running = tree.row(/quick\s*running/);
  await expect(running.locator('.codicon-modifier-spin')).toBeVisible();
  await expectComplete(window);
  await expect(tree.row(/quick/)).toHaveCount(1);
  await expect(tree.row(/quick.*(MiB\/s|no winner)/)).toBeVisible();
  await expect(running).toHaveCount(0);
  await expect(tree.row(/^Today\s*1$/)).toBeVisible();
  await window.closeEditor();
  await tree.row(/quick/).click();
  await window.result.expectStatus('complete');
});

test('files that come, change, move and go are followed', async ({ window, workspace }) => {
  const { tree } = window;
  addResult(workspace, 'first');
  await window.open(workspace.folder);
  await tree.open();
  await expect(tree.row('first')).toBeVisible();
  addResult(workspace, 'second', { status: 'partial' });
  await expect(tree.row(/second\s*partial, sendfile [\d,]+ MiB\/s/)).toBeVisible();
  const file = addResult(workspace, 'first', { label: 'renamed' });
  await expect(tree.row('renamed')).toBeVisible();
  await expect(tree.row('first')).toHaveCount(0);
  rmSync(file);
  await expect(tree.row('renamed')).toHaveCount(0);
  workspace.add('.zero-copy/broken.zcresult.json', '{ "format"');
  await expect(tree.row(/broken\s*unreadable/)).toBeVisible();
  rmSync(workspace.resultsFolder, { recursive: true });
  await expect(tree.welcome).toContainText('Nothing has been measured here yet');
});

test('a filter is typed, shown, kept and cleared', async ({ window, workspace }) => {
  const { tree, page } = window;
  for (const name of ['alpha', 'beta', 'gamma']) addResult(workspace, name);
  await window.open(workspace.folder);
  await tree.open();
  await expect(tree.row(/alpha|beta|gamma/)).toHaveCount(3);

  await window.palette.run(filterCommand);
  await window.palette.type('sendfile gamma');
  await expect(tree.row(/alpha|beta|gamma/)).toHaveCount(1);
  await page.keyboard.press('Enter');
  await window.palette.expectClosed();
  await expect(tree.message).toHaveText('Filter “sendfile gamma”: 1 of 3 results');
  await page.screenshot({ path: testOutput('results-filtered.png') });

  await window.palette.run(filterCommand);
  await window.palette.type('nothing like that');
  await expect(tree.welcome).toContainText('No result matches the filter.');
  await page.keyboard.press('Escape');
  await expect(tree.row('gamma')).toBeVisible();
  await expect(tree.row(/alpha|beta/)).toHaveCount(0);

  await tree.button('Clear Filter').click();
  await expect(tree.row(/alpha|beta|gamma/)).toHaveCount(3);
  await expect(tree.message).toBeHidden();
  await expect(tree.button('Clear Filter')).toHaveCount(0);
  await window.palette.run(filterCommand);
  await window.palette.type('nothing');
  await page.keyboard.press('Enter');
  await window.palette.run(clearFilterCommand);
  await expect(tree.row(/alpha|beta|gamma/)).toHaveCount(3);
});

test('a label goes into the file, the tree and the page that is open', async ({ window, workspace }) => {
  const { tree, page } = window;
  addResult(workspace, 'mine', { label: null });
  await window.open(workspace.folder);
  await tree.open();
  const row = tree.row(/quick/);
  await row.click();
  await expect(window.result.heading).toHaveText('File to file');

  await tree.choose(row, 'Label...');
  await window.palette.type('before the upgrade');
  await page.keyboard.press('Enter');
  await expect(tree.row('before the upgrade')).toBeVisible();
  await expect(window.result.heading).toHaveText('before the upgrade');
  expect(workspace.read('mine.zcresult.json')).toContain('"label": "before the upgrade"');

  await tree.row('before the upgrade').click();
  await page.keyboard.press('F2');
  await window.palette.type('');
  await page.keyboard.press('Enter');
  await expect(tree.row(/quick/)).toBeVisible();
  await expect(window.result.heading).toHaveText('File to file');
});

test('a result is opened as JSON', async ({ window, workspace }) => {
  const { tree, page } = window;
  addResult(workspace, 'mine');
  await window.open(workspace.folder);
  await tree.open();
  await tree.choose(tree.row('mine'), 'Open as JSON');
  await expect(page.locator('.editor-instance .monaco-editor')).toContainText('"zero-copy-lab/result"');
});

test('results are deleted together with what belongs to them, after a question', async ({ window, workspace }) => {
  const { tree, dialog } = window;
  const files = ['one', 'two', 'three'].map((name) => addResult(workspace, name));
  const stacks = workspace.add('.zero-copy/two.zcstacks.json', '{}');
  await window.open(workspace.folder);
  await tree.open();
  await tree.row('two').click();
  await window.result.expectStatus('complete');

  await tree.choose(tree.row('one'), 'Delete');
  await dialog.answer('Move the result “one” to the trash?', 'Cancel');
  expect(files.map((file) => existsSync(file))).toEqual([true, true, true]);

  await tree.select(tree.row('one'), tree.row('two'));
  await window.page.keyboard.press('Delete');
  await dialog.answer('Move 2 results to the trash?', 'Move to Trash');
  // The server that the tests use has no trash.
  await dialog.answer('There is no trash here. Delete 2 results permanently?', 'Delete Permanently');
  await expect(tree.row('three')).toBeVisible();
  await expect(tree.row(/one|two/)).toHaveCount(0);
  expect([...files, stacks].map((file) => existsSync(file))).toEqual([false, false, true, false]);
  await expect(window.tabs).toHaveCount(0);
});

test('two to eight results can be compared, and only what can be done is offered', async ({ window, workspace }) => {
  const { tree } = window;
  const names = Array.from({ length: 9 }, (_, index) => `run ${index + 1}`);
  for (const name of names) addResult(workspace, name);
  workspace.add('.zero-copy/broken.zcresult.json', '{ "format"');
  await window.open(workspace.folder);
  await tree.open();
  const [one, two] = [tree.row('run 1'), tree.row('run 2')];
  const compare = tree.button('Compare Selected Results');

  await one.click();
  await expect(compare).toHaveCount(0);
  expect(await tree.menuOf(one)).toEqual(['Open as JSON', 'Reveal in Explorer', 'Label...', 'Delete']);
  await tree.select(one, two);
  await expect(compare).toBeVisible();
  expect(await tree.menuOf(one)).toEqual(['Open as JSON', 'Compare Selected Results', 'Delete']);
  await tree.select(...names.slice(0, 8).map((name) => tree.row(name)));
  await expect(compare).toBeVisible();
  await tree.select(...names.map((name) => tree.row(name)));
  await expect(compare).toHaveCount(0);
  await tree.select(one, tree.row('broken'));
  await expect(compare).toHaveCount(0);
  expect(await tree.menuOf(tree.row('broken'))).toEqual(['Open as JSON', 'Delete']);
});

test('the tree in a dark and in a light theme', async ({ window, workspace }) => {
  const { tree, page } = window;
  const at = (day: number, hour: number) => new Date(2026, 10, day, hour, 17).toISOString();
  const now = new Date().toISOString();
  const { host, experiment } = complete();
  addResult(workspace, 'a', { label: null, startedAt: now });
  addResult(workspace, 'b', { label: 'before the upgrade', startedAt: now, status: 'partial' });
  addResult(workspace, 'c', { ...complete({ path: 'file-to-socket' }), label: null, startedAt: now });
  addResult(workspace, 'd', { label: null, startedAt: now, status: 'failed', winner: null });
  addResult(workspace, 'e', { label: null, startedAt: now, experiment: { ...experiment, path: 'process-to-process' } });
  addResult(workspace, 'f', { label: null, startedAt: at(18, 9), host: { ...host, name: 'hopper' } });
  addResult(workspace, 'g', { label: null, startedAt: at(17, 9), host: { ...host, name: 'hopper' } });
  workspace.add('.zero-copy/broken.zcresult.json', '{ "format"');
  await window.open(workspace.folder);
  await tree.open();
  await expect(tree.row('broken')).toBeVisible();
  await tree.row('before the upgrade').click();
  for (const theme of ['Light Modern', 'Dark Modern'] as const) {
    await window.useTheme(theme);
    await page.mouse.move(700, 500);
    await tree.row('before the upgrade').hover();
    await expect(page.locator('.workbench-hover', { hasText: 'Kernel' })).toBeVisible();
    await page.screenshot({ path: testOutput(`results-${theme.toLowerCase().replace(' ', '-')}.png`) });
  }
});
