import { expect, test } from './host.ts';
import { paths, presets } from './names.ts';
import { benchProcessesBelow } from './processes.ts';
import { startRun } from './run.ts';

for (const where of ['notification', 'page'] as const) {
  test(`cancel by the ${where} leaves no process and no file`, async ({ window, workspace, vscode }) => {
    await window.open(workspace.folder);
    await startRun(window, paths.fileToFile, presets.full);
    await window.result.expectStatus('running');
    expect(benchProcessesBelow(vscode.folder)).toHaveLength(1);

    if (where === 'notification') await window.notifications.press(/benchmark/i, 'Cancel');
    else await window.result.cancel.click();

    await expect.poll(() => benchProcessesBelow(vscode.folder)).toEqual([]);
    await expect.poll(() => workspace.kept().filter((name) => name !== '.gitignore')).toEqual([]);
    await expect(window.tabs).toHaveCount(0);
    expect(await window.notifications.messages()).toEqual([]);
  });
}
