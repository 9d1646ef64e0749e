import { expect, test } from './host.ts';
import { paths, probeCommand, quickModes } from './names.ts';
import { testOutput } from './places.ts';
import { benchProcessesBelow } from './processes.ts';

test('probes where results are kept, shows what works, and leaves nothing', async ({ window, workspace, vscode }) => {
  await window.open(workspace.folder);
  await window.palette.run(probeCommand);
  const { probe } = window.result;
  for (const mode of quickModes) {
    await expect(probe.locator(`tr[data-mode="${mode}"][data-status="works"]`)).toHaveCount(2);
  }
  for (const path of Object.values(paths)) await expect(probe.getByRole('heading', { name: path })).toBeVisible();
  await expect(window.result.root.locator('[data-part="where"]')).toContainText(workspace.resultsFolder);
  await window.page.screenshot({ path: testOutput('probe.png') });
  await expect.poll(() => benchProcessesBelow(vscode.folder)).toEqual([]);
  expect(workspace.kept()).toEqual([]);

  // The same page again, not a second one.
  const first = await probe.locator('time').getAttribute('datetime');
  await window.palette.run(probeCommand);
  await expect(probe.locator('time')).not.toHaveAttribute('datetime', first ?? '');
  await expect(window.tabs).toHaveCount(1);
  const second = await probe.locator('time').getAttribute('datetime');
  await probe.getByRole('button', { name: 'Probe again' }).click();
  await expect(probe.locator('time')).not.toHaveAttribute('datetime', second ?? '');
  await window.closeEditor();
});
