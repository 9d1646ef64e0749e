import { existsSync, rmSync } from 'node:fs';
import { complete } from '../webview/fixtures.ts';
import { expect, test } from './host.ts';
import { clearFilterCommand, compareSelected, filterCommand, paths, presets, runCommand } from './names.ts';
import { testOutput } from './places.ts';
import { answer, expectComplete } from './run.ts';

test('the tree offers a run where it is empty, and follows what comes, changes and goes', {
  tag: '@every-release',
}, async ({ window, workspace }) => {
  const { tree, result } = window;
  await window.open(workspace.folder);
  await tree.open();
  await expect(tree.welcome).toContainText('Nothing has been measured here yet');
  await window.page.screenshot({ path: testOutput('results-empty.png') });

  await test.step('a run is in it while it runs, and afterwards', async () => {
    await tree.welcome.getByRole('button', { name: runCommand.replace('Zero-Copy: ', '') }).click();
    await answer(window, paths.fileToFile, presets.quick);
    const running = tree.row(/quick\s*running/);
    await expect(running.locator('.codicon-modifier-spin')).toBeVisible();
    await expectComplete(window);
    await expect(tree.row(/quick.*(MiB\/s|no winner)/)).toBeVisible();
    await expect(tree.row(/quick/)).toHaveCount(1);
    await expect(running).toHaveCount(0);
    await expect(tree.row(/^Today\s*1$/)).toBeVisible();
    await window.closeEditor();
    await tree.row(/quick/).click();
    await result.expectStatus('complete');
    await window.closeEditor();
  });

  await test.step('files that come, change and go', async () => {
    const file = workspace.addResult('first', { status: 'partial' });
    await expect(tree.row(/first\s*partial, sendfile [\d,]+ MiB\/s/)).toBeVisible();
    workspace.addResult('first', { label: 'renamed' });
    await expect(tree.row('renamed')).toBeVisible();
    await expect(tree.row('first')).toHaveCount(0);
    workspace.add('.zero-copy/broken.zcresult.json', '{ "format"');
    await expect(tree.row(/broken\s*unreadable/)).toBeVisible();
    rmSync(file);
    await expect(tree.row('renamed')).toHaveCount(0);
    rmSync(workspace.resultsFolder, { recursive: true });
    await expect(tree.welcome).toContainText('Nothing has been measured here yet');
  });
});

test('results are found by a filter, labelled, looked at as JSON and deleted', async ({ window, workspace }) => {
  const { tree, palette, page, result, dialog } = window;
  const files = ['alpha', 'beta', 'gamma'].map((name) => workspace.addResult(name));
  const stacks = workspace.add('.zero-copy/beta.zcstacks.json', '{}');
  const rows = tree.row(/alpha|beta|gamma/);
  await window.open(workspace.folder);
  await tree.open();
  await expect(rows).toHaveCount(3);

  await test.step('a filter is typed, shown, kept and cleared', async () => {
    await palette.run(filterCommand);
    await palette.type('sendfile gamma');
    await expect(rows).toHaveCount(1);
    await page.keyboard.press('Enter');
    await palette.expectClosed();
    await expect(tree.message).toHaveText('Filter “sendfile gamma”: 1 of 3 results');
    await page.screenshot({ path: testOutput('results-filtered.png') });

    await palette.run(filterCommand);
    await palette.type('nothing like that');
    await expect(tree.welcome).toContainText('No result matches the filter.');
    await page.screenshot({ path: testOutput('results-no-hits.png') });
    await page.keyboard.press('Escape');
    await expect(tree.row('gamma')).toBeVisible();
    await expect(rows).toHaveCount(1);

    await tree.button('Clear Filter').click();
    await expect(rows).toHaveCount(3);
    await expect(tree.message).toBeHidden();
    await expect(tree.button('Clear Filter')).toHaveCount(0);
    await palette.run(filterCommand);
    await palette.type('nothing');
    await page.keyboard.press('Enter');
    await palette.run(clearFilterCommand);
    await expect(rows).toHaveCount(3);
  });

  await test.step('a label goes into the file, the tree and the page that is open', async () => {
    await tree.row('gamma').click();
    await expect(result.heading).toHaveText('gamma');
    await tree.choose(tree.row('gamma'), 'Label...');
    await palette.type('before the upgrade');
    await page.keyboard.press('Enter');
    await expect(tree.row('before the upgrade')).toBeVisible();
    await expect(result.heading).toHaveText('before the upgrade');
    expect(workspace.read('gamma.zcresult.json')).toContain('"label": "before the upgrade"');

    await tree.row('before the upgrade').click();
    // The click opens the editor as well, which may take the focus from a box that was quicker.
    await expect(async () => {
      await page.keyboard.press('F2');
      await palette.type('', { timeout: 2000 });
    }).toPass();
    await page.keyboard.press('Enter');
    await expect(tree.row(/quick/)).toBeVisible();
    await expect(result.heading).toHaveText('File to file');
  });

  await test.step('opened as JSON', async () => {
    // VS Code forgets what a menu is about when the tree is read again meanwhile, as it is after a label.
    await expect(async () => {
      await tree.choose(tree.row('alpha'), 'Open as JSON');
      const text = page.locator('.editor-instance .monaco-editor');
      await expect(text).toContainText('"zero-copy-lab/result"', { timeout: 5000 });
    }).toPass({ timeout: 60_000 });
    await window.closeAllEditors();
  });

  await test.step('deleted together with what belongs to them, after a question', async () => {
    await tree.row('beta').click();
    await result.expectStatus('complete');
    await tree.choose(tree.row('alpha'), 'Delete');
    await dialog.answer('Move the result “alpha” to the trash?', 'Cancel');
    expect(files.map((file) => existsSync(file))).toEqual([true, true, true]);

    await tree.select(tree.row('beta'), tree.row('alpha'));
    await page.keyboard.press('Delete');
    await dialog.answer('Move 2 results to the trash?', 'Move to Trash');
    // The server that the tests use has no trash.
    await dialog.answer('There is no trash here. Delete 2 results permanently?', 'Delete Permanently');
    await expect(tree.row(/quick/)).toBeVisible();
    await expect(tree.row(/alpha|beta/)).toHaveCount(0);
    expect([...files, stacks].map((file) => existsSync(file))).toEqual([false, false, true, false]);
    await expect(window.tabs).toHaveCount(0);
  });
});

test('two to eight results can be compared, and only what can be done is offered', async ({ window, workspace }) => {
  const { tree } = window;
  const names = Array.from({ length: 9 }, (_, index) => `run ${index + 1}`);
  for (const name of names) workspace.addResult(name);
  workspace.add('.zero-copy/broken.zcresult.json', '{ "format"');
  await window.open(workspace.folder);
  await tree.open();
  const [one, two] = [tree.row('run 1'), tree.row('run 2')];
  const compare = tree.button(compareSelected);

  await one.click();
  await expect(compare).toHaveCount(0);
  expect(await tree.menuOf(one)).toEqual(['Open as JSON', 'Reveal in Explorer', 'Label...', 'Delete']);
  await tree.select(one, two);
  await expect(compare).toBeVisible();
  expect(await tree.menuOf(one)).toEqual(['Open as JSON', compareSelected, 'Delete']);
  await tree.select(...names.slice(0, 8).map((name) => tree.row(name)));
  await expect(compare).toBeVisible();
  await tree.select(...names.map((name) => tree.row(name)));
  await expect(compare).toHaveCount(0);
  await tree.select(one, tree.row('broken'));
  await expect(compare).toHaveCount(0);
  expect(await tree.menuOf(tree.row('broken'))).toEqual(['Open as JSON', 'Delete']);

  await tree.select(one, two);
  await compare.click();
  await expect(window.result.comparison).toBeVisible();
});

test('the tree in a dark and in a light theme', async ({ window, workspace }) => {
  const { tree, page } = window;
  const at = (day: number, hour: number) => new Date(2026, 10, day, hour, 17).toISOString();
  const startedAt = new Date().toISOString();
  const { host, experiment } = complete();
  const hopper = { ...host, name: 'hopper' };
  workspace.addResult('a', { label: null, startedAt });
  workspace.addResult('b', { label: 'before the upgrade', startedAt, status: 'partial' });
  workspace.addResult('c', { ...complete({ path: 'file-to-socket' }), label: null, startedAt });
  workspace.addResult('d', { label: null, startedAt, status: 'failed', winner: null });
  workspace.addResult('e', { label: null, startedAt, experiment: { ...experiment, path: 'process-to-process' } });
  workspace.addResult('f', { label: null, startedAt: at(18, 9), host: hopper });
  workspace.addResult('g', { label: null, startedAt: at(17, 9), host: hopper });
  workspace.add('.zero-copy/broken.zcresult.json', '{ "format"');
  await window.open(workspace.folder);
  await tree.open();
  await expect(tree.row('broken')).toBeVisible();
  await tree.row('before the upgrade').click();
  await window.result.expectStatus('partial');
  for (const theme of ['Light Modern', 'Dark Modern'] as const) {
    await window.useTheme(theme);
    await page.mouse.move(700, 500);
    await tree.row('before the upgrade').hover();
    await expect(page.locator('.workbench-hover', { hasText: 'Kernel' })).toBeVisible();
    await page.screenshot({ path: testOutput(`results-${theme.toLowerCase().replace(' ', '-')}.png`) });
  }
});
