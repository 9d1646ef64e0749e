import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from './host.ts';
import { cancelCommand, paths, presets, runCommand, showLogCommand, titleActions, walkthroughTitle } from './names.ts';
import { testOutput } from './places.ts';
import { benchProcessesBelow } from './processes.ts';
import { expectComplete, makeResult, startRun } from './run.ts';

const RESULT = 'earlier.zcresult.json';

test('the walkthrough has four steps, each with its picture', async ({ window, workspace }) => {
  await window.open(workspace.folder);
  await window.walkthrough.open(walkthroughTitle);
  await expect(window.walkthrough.steps).toHaveCount(4);
  for (const [index, title] of ['Run a', 'Read the page', 'See which', 'Keep, repeat'].entries()) {
    await window.walkthrough.step(title).click();
    await expect(window.walkthrough.picture).toBeVisible();
    await window.page.screenshot({ path: testOutput(`walkthrough-${index + 1}.png`) });
  }
});

test('a run is in the status bar: a click shows its page, and it can be cancelled', async ({
  window,
  workspace,
  vscode,
}) => {
  workspace.add('notes.txt', 'notes');
  await window.open(workspace.folder);
  await startRun(window, paths.fileToFile, presets.full);
  await window.result.expectStatus('running');
  const item = window.statusBar.item(/\d+ % \S/);
  await expect(item).toBeVisible();
  await window.page.screenshot({ path: testOutput('status-bar.png') });

  await window.explorer.open('notes.txt');
  await expect(window.result.root).toBeHidden();
  await item.click();
  await window.result.expectStatus('running');

  // One at a time: said before anything is asked.
  await window.palette.run(runCommand);
  await window.notifications.expectMessage(/A benchmark is running in this window/);
  await window.palette.expectClosed();

  await window.editor.action(titleActions.cancel).click();
  await expect.poll(() => benchProcessesBelow(vscode.folder)).toEqual([]);
  await expect(item).toHaveCount(0);
  expect(await window.palette.offers(cancelCommand)).toBe(false);
});

test('a result has its actions in the title, and other editors have none of them', async ({
  window,
  workspace,
  vscode,
}) => {
  workspace.add('notes.txt', 'notes');
  await makeResult(vscode, workspace.folder, path.join(workspace.folder, RESULT));
  await window.open(workspace.folder);
  await window.explorer.open('notes.txt');
  await expect(window.tabs).toHaveCount(1);
  await expect(window.editor.action(titleActions.runAgain)).toHaveCount(0);
  await expect(window.editor.action(titleActions.export)).toHaveCount(0);

  await window.explorer.open(RESULT);
  await window.result.expectStatus('complete');
  await expect(window.editor.action(titleActions.cancel)).toHaveCount(0);
  for (const [format, name, beginning] of [
    ['CSV', 'earlier.csv', /^mode,path,bufferBytes,/],
    ['Markdown', 'earlier.md', /^# File to file/],
    ['SVG', 'earlier.svg', /^<\?xml /],
  ] as const) {
    await window.editor.action(titleActions.export).click();
    await window.palette.pick(format);
    await window.palette.confirm(new RegExp(`/${name.replace('.', '\\.')}$`));
    const exported = path.join(workspace.folder, name);
    await expect.poll(() => existsSync(exported)).toBe(true);
    expect(readFileSync(exported, 'utf8')).toMatch(beginning);
  }
  expect(existsSync(path.join(workspace.folder, 'earlier-pictures', 'headline.svg'))).toBe(true);
  await window.page.screenshot({ path: testOutput('title-actions.png') });

  await window.editor.action(titleActions.runAgain).click();
  await expect(window.tabs).toHaveCount(3);
  await expectComplete(window);
});

test('the page is as it was left: hidden, reloaded, closed and opened again, in another group', async ({
  window,
  workspace,
  vscode,
}) => {
  workspace.add('notes.txt', 'notes');
  await makeResult(vscode, workspace.folder, path.join(workspace.folder, RESULT));
  await window.open(workspace.folder);
  await window.explorer.open(RESULT);
  await window.result.expectStatus('complete');
  await expect(window.result.sortedColumn('ascending')).toHaveCount(0);
  await window.result.sortBy('crossingsPerMib');
  await window.result.sortBy('crossingsPerMib');
  const asLeft = () =>
    expect(window.result.sortedColumn('ascending')).toHaveAttribute('data-column', 'crossingsPerMib');
  await asLeft();

  await test.step('hidden behind another tab', async () => {
    await window.explorer.open('notes.txt');
    await expect(window.result.root).toBeHidden();
    await window.explorer.open(RESULT);
    await asLeft();
  });
  await test.step('moved to another group', async () => {
    await window.palette.run('View: Move Editor into Next Group');
    await window.result.expectStatus('complete');
    await asLeft();
  });
  await test.step('the window is reloaded', async () => {
    await window.reload();
    await window.result.expectStatus('complete');
    await asLeft();
  });
  await test.step('closed and opened again', async () => {
    await window.palette.run('View: Close All Editors');
    await expect(window.tabs).toHaveCount(0);
    await window.explorer.open(RESULT);
    await window.result.expectStatus('complete');
    await asLeft();
  });
});

test('the log tells what was run', async ({ window, workspace }) => {
  await window.open(workspace.folder);
  await startRun(window, paths.fileToFile, presets.quick);
  await expectComplete(window);
  await window.palette.run(showLogCommand);
  await expect(window.page.locator('.output-view, .part.panel')).toContainText(/\[info\] run into/);
});
