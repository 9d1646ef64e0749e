import { expect, test } from './host.ts';
import { testOutput } from './places.ts';
import { benchProcessesBelow } from './processes.ts';
import { expectComplete, MANY_ROUNDS, SMALL, smallModes, startFile } from './run.ts';

test('the bench process dies: that is said, what was measured is kept, and the same window runs again', async ({
  window,
  workspace,
  vscode,
}) => {
  const { result, notifications, explorer } = window;
  const experiment = workspace.addExperiment('many-rounds', MANY_ROUNDS);
  const again = workspace.addExperiment('again', SMALL);
  await window.open(workspace.folder);

  for (const [nth, signal] of (['SIGSEGV', 'SIGBUS', 'SIGKILL'] as const).entries()) {
    await test.step(signal, async () => {
      await startFile(window, experiment);
      await result.expectStatus('running');
      await expect.poll(() => workspace.hasMeasured(), { timeout: 60_000 }).toBe(true);
      const [pid = 0] = benchProcessesBelow(vscode.folder);
      process.kill(pid, signal);

      await notifications.expectMessage(signal);
      await result.expectStatus('partial');
      expect(JSON.stringify(await result.table())).toMatch(/\d/);
      expect(workspace.results()).toHaveLength(nth + 1);
      expect(workspace.kept()).toEqual(['.gitignore', ...workspace.results()]);
      await window.page.screenshot({ path: testOutput(`partial-${signal.toLowerCase()}.png`) });
    });
  }

  const kept = await result.table();
  await window.closeAllEditors();
  await explorer.expand('.zero-copy');
  await explorer.open(workspace.results().at(-1) ?? '');
  await result.expectStatus('partial');
  await expect.poll(() => result.table()).toEqual(kept);
  await startFile(window, again);
  await expectComplete(window, smallModes);
});
