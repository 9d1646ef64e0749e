import { expect, test, type VsCode } from './host.ts';
import { paths, presets } from './names.ts';
import type { Window } from './pages/window.ts';
import { testOutput } from './places.ts';
import { benchProcessesBelow } from './processes.ts';
import { expectComplete, startRun } from './run.ts';
import type { Workspace } from './workspace.ts';

for (const signal of ['SIGSEGV', 'SIGBUS'] as const) {
  test(`the bench process dies by ${signal}: that is said, and what was measured is kept`, async ({
    window,
    workspace,
    vscode,
  }) => {
    await runUntilKilledBy(signal, window, workspace, vscode);
  });
}

test('the bench process dies by SIGKILL: after that the same window reads what was kept, and runs again', async ({
  window,
  workspace,
  vscode,
}) => {
  await runUntilKilledBy('SIGKILL', window, workspace, vscode);
  const kept = await window.result.table();
  await window.closeEditor();
  await window.explorer.expand('.zero-copy');
  await window.explorer.open(workspace.results()[0] ?? '');
  await window.result.expectStatus('partial');
  await expect.poll(() => window.result.table()).toEqual(kept);
  await window.closeEditor();
  await startRun(window, paths.fileToFile, presets.quick);
  await expectComplete(window);
});

async function runUntilKilledBy(
  signal: NodeJS.Signals,
  window: Window,
  workspace: Workspace,
  vscode: VsCode,
): Promise<void> {
  await window.open(workspace.folder);
  // Many small rounds: soon something is measured, and much is left to do.
  await startRun(window, paths.fileToFile, presets.seed);
  await window.result.expectStatus('running');
  await expect.poll(() => workspace.hasMeasured(), { timeout: 60_000 }).toBe(true);
  const [pid = 0] = benchProcessesBelow(vscode.folder);
  process.kill(pid, signal);

  await window.notifications.expectMessage(signal);
  await window.result.expectStatus('partial');
  expect(JSON.stringify(await window.result.table())).toMatch(/\d/);
  expect(workspace.kept()).toEqual(['.gitignore', ...workspace.results()]);
  await window.page.screenshot({ path: testOutput(`partial-${signal.toLowerCase()}.png`) });
}
