import path from 'node:path';
import { expect, test } from './host.ts';
import { probeCommand, runCommand } from './names.ts';
import { testOutput } from './places.ts';
import { benchProcessesBelow } from './processes.ts';
import { makeResult } from './run.ts';

// VS Code then takes every folder for untrusted until its user says otherwise.
test.use({ workspaceTrust: true });

test('a folder that is not trusted: results open, nothing runs, and the reason is said', async ({
  window,
  workspace,
  vscode,
}) => {
  const name = 'earlier.zcresult.json';
  await makeResult(vscode, workspace.folder, path.join(workspace.folder, name));
  await window.open(workspace.folder);
  // Before VS Code knows the extension's editor, it opens the file as text.
  await window.palette.expectCommand(runCommand);
  await window.explorer.open(name);
  await window.result.expectStatus('complete');

  await window.palette.run(runCommand);
  await window.notifications.expectMessage(/Restricted Mode/);
  await window.palette.expectClosed();
  await window.palette.run(probeCommand);
  await window.notifications.expectMessage(/A probe does not run in Restricted Mode/);
  await expect(window.tabs).toHaveCount(1);
  expect(benchProcessesBelow(vscode.folder)).toEqual([]);
  expect(workspace.kept()).toEqual([]);
  await window.page.screenshot({ path: testOutput('restricted.png') });
});

test('an empty tree of a folder that is not trusted says so, and where to change that', async ({
  window,
  workspace,
}) => {
  await window.open(workspace.folder);
  await window.tree.open();
  await expect(window.tree.welcome).toContainText('In Restricted Mode results can be viewed, but nothing runs');
  await expect(window.tree.button('Run zero-copy benchmark')).toHaveCount(0);
  await window.page.screenshot({ path: testOutput('results-restricted.png') });
  await window.tree.welcome.getByRole('button', { name: 'Manage Workspace Trust' }).click();
  await expect(window.tabs).toHaveText(/Workspace Trust/);
});
