import path from 'node:path';
import { SETTINGS } from '../../src/extension/ids.ts';
import { complete } from '../webview/fixtures.ts';
import { expect, test } from './host.ts';
import { probeCommand, runAgainstHostCommand, runCommand, startReceiverCommand, titleActions } from './names.ts';
import { testOutput } from './places.ts';
import { benchProcessesBelow, receiversBelow } from './processes.ts';
import { SMALL, startFile } from './run.ts';

// VS Code then takes every folder for untrusted until its user says otherwise.
test.use({ workspaceTrust: true });

test('a folder that is not trusted: results open, nothing runs, and the reason is said', async ({
  window,
  workspace,
  vscode,
}) => {
  const { palette, editor, notifications, result, tree } = window;
  const restricted = /Benchmarks do not run in Restricted Mode/;
  workspace.addResult('earlier', {}, workspace.folder);
  const experiment = workspace.addExperiment('mine', SMALL);
  // The folder's own settings would lead to a result of their choice, which the empty tree below does not show.
  workspace.addSettings({ [SETTINGS.resultsFolder.id]: 'theirs' });
  workspace.addResult('planted', {}, path.join(workspace.folder, 'theirs'));
  await window.open(workspace.folder);
  await window.openResult('earlier.zcresult.json');
  await result.expectStatus('complete');
  expect(await result.modes()).toEqual([...complete().experiment.modes].sort());

  await palette.run(runCommand);
  await notifications.expectMessage(restricted);
  await palette.expectClosed();
  await palette.run(probeCommand);
  await notifications.expectMessage(/A probe does not run in Restricted Mode/);
  await notifications.clear();
  await palette.run(runAgainstHostCommand);
  await notifications.expectMessage(restricted);
  await palette.expectClosed();
  await palette.run(startReceiverCommand);
  await notifications.expectMessage(/A receiver does not run in Restricted Mode/);
  await palette.expectClosed();
  expect(receiversBelow(vscode.folder)).toEqual([]);
  await expect(window.tabs).toHaveCount(1);

  // What the title of an editor offers stays, and says why it does nothing: a button that is gone could not.
  await notifications.clear();
  await editor.action(titleActions.runAgain).click();
  await notifications.expectMessage(restricted);
  await notifications.clear();
  await startFile(window, experiment);
  await notifications.expectMessage(restricted);
  await expect(window.tabs).toHaveCount(2);
  expect(benchProcessesBelow(vscode.folder)).toEqual([]);
  expect(workspace.kept()).toEqual([]);
  await window.page.screenshot({ path: testOutput('restricted.png') });

  await test.step('its empty tree says so, and where to change that', async () => {
    await window.closeAllEditors();
    await notifications.clear();
    await tree.open();
    await expect(tree.rows).toHaveCount(0);
    await expect(tree.welcome).toContainText('In Restricted Mode results can be viewed, but nothing runs');
    await expect(tree.button('Run zero-copy benchmark')).toHaveCount(0);
    await window.page.screenshot({ path: testOutput('results-restricted.png') });
    await tree.welcome.getByRole('button', { name: 'Manage Workspace Trust' }).click();
    await expect(window.page.getByRole('dialog', { name: 'Workspace Trust' })).toBeVisible();
  });
});
