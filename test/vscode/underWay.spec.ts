import { expect, test } from './host.ts';
import { cancelCommand, runCommand, titleActions } from './names.ts';
import { testOutput } from './places.ts';
import { benchProcessesBelow } from './processes.ts';
import { MANY_ROUNDS, SLOW, startFile } from './run.ts';

test('a run under way is in a notification, in the status bar and on its page; each can cancel it', async ({
  window,
  workspace,
  vscode,
}) => {
  const { result, notifications, statusBar, palette, editor, explorer } = window;
  const slow = workspace.addExperiment('slow', SLOW);
  const status = statusBar.item(/\d+ % \S/);
  await window.open(workspace.folder);

  const start = async (name: string) => {
    await startFile(window, name);
    await result.expectStatus('running');
    expect(benchProcessesBelow(vscode.folder)).toHaveLength(1);
  };
  const expectNothingLeft = async () => {
    await expect.poll(() => benchProcessesBelow(vscode.folder)).toEqual([]);
    await expect.poll(() => workspace.kept().filter((name) => name !== '.gitignore')).toEqual([]);
    await expect(window.tabs).toHaveText([slow]);
    await expect(status).toHaveCount(0);
    expect(await notifications.messages()).toEqual([]);
  };

  await test.step('a click in the status bar shows its page, which cancels it', async () => {
    await start(slow);
    await expect(status).toBeVisible();
    await explorer.open(slow);
    await expect(result.root).toBeHidden();
    await window.page.screenshot({ path: testOutput('status-bar.png') });
    await status.click();
    await result.expectStatus('running');
    await result.cancel.click();
    await expectNothingLeft();
  });

  await test.step('there is one at a time, and its title cancels it', async () => {
    await start(slow);
    // Said before anything is asked.
    await palette.run(runCommand);
    await notifications.expectMessage(/A benchmark is running in this window/);
    await palette.expectClosed();
    await notifications.clear();
    await editor.action(titleActions.cancel).click();
    await expectNothingLeft();
    expect(await palette.offers(cancelCommand)).toBe(false);
  });

  await test.step('its notification shows percent, mode and throughput, and cancels it; what was measured is kept', async () => {
    await start(workspace.addExperiment('many-rounds', MANY_ROUNDS));
    await expect(notifications.withText(/\d+\s?%.*MiB\/s/).first()).toBeVisible();
    await window.page.screenshot({ path: testOutput('running.png') });
    await expect.poll(() => workspace.hasMeasured(), { timeout: 60_000 }).toBe(true);
    await notifications.press(/%/, 'Cancel');
    await result.expectStatus('partial');
    expect(JSON.stringify(await result.table())).toMatch(/\d/);
    expect(workspace.kept()).toEqual(['.gitignore', ...workspace.results()]);
  });
});
