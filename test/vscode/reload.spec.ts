import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, extensionLogs, test, type VsCode } from './host.ts';
import { cancelCommand, titleActions } from './names.ts';
import { Window } from './pages/window.ts';
import { testOutput } from './places.ts';
import { benchProcessesBelow, isThere, parentOf } from './processes.ts';
import { SMALL, startFile } from './run.ts';
import { Workspace } from './workspace.ts';

/** At a pace that leaves the host to the window, which has much to do here: a transfer takes a quarter of a second. */
const PACED = { ...SMALL, rate: '4MiB', rounds: 1000 } as const;
/** Over soon, but not before its window is gone. */
const SOME_SECONDS = { ...PACED, rounds: 40 } as const;

/** Starts a run, and waits until it has something to keep. @returns its bench process */
async function startMeasuring(window: Window, workspace: Workspace, vscode: VsCode, name: string): Promise<number> {
  await startFile(window, name);
  await window.result.expectStatus('running', 60_000);
  await expect.poll(() => workspace.hasMeasured(), { timeout: 60_000 }).toBe(true);
  const [bench = 0, ...others] = benchProcessesBelow(vscode.folder);
  expect(others).toEqual([]);
  return bench;
}

/** How often the extension says that a run was under way when it came. */
function timesFound(vscode: VsCode): number {
  const logs = extensionLogs(vscode).map((file) => readFileSync(file, 'utf8'));
  return logs.join('').split('found a run into').length - 1;
}

/** The run is the same one, and is shown as it goes on. */
async function expectFound({ result, statusBar }: Window, vscode: VsCode, bench: number): Promise<void> {
  await result.expectStatus('running', 60_000);
  await expect(statusBar.item(/\d+ % \S/)).toBeVisible();
  await expect(result.cancel).toBeVisible();
  expect(benchProcessesBelow(vscode.folder)).toEqual([bench]);
  const before = await result.table();
  await expect.poll(() => result.table(), { timeout: 60_000 }).not.toEqual(before);
}

test('a run goes on while its window is reloaded, is found again, and can be cancelled there', async ({
  window,
  workspace,
  vscode,
}) => {
  const { result, statusBar, palette, editor } = window;
  const earlier = workspace.addResult('earlier');
  const untouched = workspace.facts(earlier);
  const name = workspace.addExperiment('paced', PACED);
  await window.open(workspace.folder);
  const found = timesFound(vscode);
  const bench = await startMeasuring(window, workspace, vscode, name);
  const orderer = parentOf(bench);

  await window.reload();
  await expect.poll(() => timesFound(vscode), { timeout: 60_000 }).toBe(found + 1);
  await expectFound(window, vscode, bench);
  await expect.poll(() => isThere(orderer), { timeout: 60_000 }).toBe(false);
  expect(benchProcessesBelow(vscode.folder)).toEqual([bench]);
  await window.page.screenshot({ path: testOutput('reloaded-mid-run.png') });

  await editor.action(titleActions.cancel).click();
  await result.expectStatus('partial', 60_000);
  expect(JSON.stringify(await result.table())).toMatch(/\d/);
  await expect(statusBar.item(/\d+ % \S/)).toHaveCount(0);
  await expect.poll(() => benchProcessesBelow(vscode.folder)).toEqual([]);
  await expect.poll(() => palette.offers(cancelCommand)).toBe(false);
  // The folder was there before the run, so nothing else was put into it.
  expect(workspace.kept()).toEqual(workspace.results());
  expect(workspace.facts(earlier)).toEqual(untouched);
});

test('a run whose window and extension host never come back ends by itself, complete', async ({
  window,
  workspace,
  vscode,
}) => {
  const name = workspace.addExperiment('some-seconds', SOME_SECONDS);
  await window.open(workspace.folder);
  const bench = await startMeasuring(window, workspace, vscode, name);
  process.kill(parentOf(bench), 'SIGKILL');
  await window.page.goto('about:blank');
  const [file = ''] = workspace.results();
  expect(JSON.parse(workspace.read(file))).toMatchObject({ status: 'running' });

  await expect.poll(() => benchProcessesBelow(vscode.folder), { timeout: 120_000 }).toEqual([]);
  expect(JSON.parse(workspace.read(file))).toMatchObject({ status: 'complete', reason: null });
  expect(workspace.kept()).toEqual(['.gitignore', file]);
});

test('two windows at once: the second is refused with word of the first, whose run goes on', async ({
  window,
  workspace,
  vscode,
  page,
}) => {
  const name = workspace.addExperiment('paced', PACED);
  await window.open(workspace.folder);
  const bench = await startMeasuring(window, workspace, vscode, name);

  const other = new Workspace(path.join(workspace.folder, 'other'));
  mkdirSync(other.folder);
  const small = other.addExperiment('small', SMALL);
  const second = new Window(await page.context().newPage(), vscode);
  await second.open(other.folder);
  await startFile(second, small);
  await second.notifications.expectMessage(
    new RegExp(`Another experiment is running on this host: process ${bench}, started .+ Wait for it to end`),
  );
  await second.page.screenshot({ path: testOutput('two-windows.png') });
  expect(other.kept()).toEqual([]);

  expect(benchProcessesBelow(vscode.folder)).toEqual([bench]);
  await window.editor.action(titleActions.cancel).click();
  await window.result.expectStatus('partial', 60_000);
});
