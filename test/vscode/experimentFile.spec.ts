import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from './host.ts';
import { newExperimentFileCommand, paths, presets, titleActions } from './names.ts';
import { testOutput } from './places.ts';
import { benchProcessesBelow } from './processes.ts';
import { expectComplete, SMALL, smallModes, startFile } from './run.ts';

test('what a run would refuse is marked where it stands, and the right values are proposed', async ({
  window,
  workspace,
}) => {
  const { editor, explorer, page } = window;
  const name = workspace.addExperiment('mine', { ...SMALL, modes: ['pipe'], peer: 'thread' });
  await window.open(workspace.folder);
  await explorer.open(name);
  await expect(editor.errors).toHaveCount(1);
  await page.keyboard.press('Control+Shift+M');
  await editor.expectProblem('modes "pipe" is not of file-to-file, but of process-to-process.');
  await page.screenshot({ path: testOutput('experiment-file-marked.png') });

  // The mode is on line 4; its quotes hold the cursor.
  await explorer.open(name);
  await editor.goTo(4, 6);
  const proposals = await editor.propose();
  await expect(proposals.filter({ hasText: 'mmap-write' })).toHaveCount(1);
  await expect(proposals.filter({ hasText: 'shared-memory' })).toHaveCount(0);
  await page.screenshot({ path: testOutput('experiment-file-proposals.png') });
  await proposals.filter({ hasText: 'mmap-write' }).click();
  await expect.poll(() => editor.text()).toContain('"mmap-write"');
  await expect(editor.errors).toHaveCount(0);

  // What is left is in vain: the path has no consumer that could be a thread.
  await expect(editor.warnings).toHaveCount(1);
  await editor.expectProblem('peer is not heeded on file-to-file.');
});

test('runs from its title as it stands there, from the Explorer, again from its result, and before it is saved', async ({
  window,
  workspace,
  vscode,
}) => {
  const { dialog, editor, explorer, notifications, page, palette } = window;
  const name = workspace.addExperiment('mine', { ...SMALL, rounds: 0 });
  await window.open(workspace.folder);

  await test.step('refused in the words of its mark', async () => {
    await startFile(window, name);
    await notifications.expectMessage(`${name}: rounds 0 is out of range. Give a whole number from 1 to 1000.`);
    expect(workspace.results()).toEqual([]);
  });

  await test.step('a file of this host goes to another only when that is answered', async () => {
    const secret = workspace.add('secret.txt', 'not for everybody');
    const theirs = workspace.addExperiment('theirs', { path: 'file-to-socket', source: secret, to: '127.0.0.1:9' });
    await startFile(window, theirs);
    await dialog.answer(`Send ${secret} to 127.0.0.1?`, 'Cancel');
    expect(workspace.results()).toEqual([]);
    expect(benchProcessesBelow(vscode.folder)).toEqual([]);
    await window.closeEditor();
  });

  await test.step('what is typed runs, though it was not saved by hand', async () => {
    // Line 10 is `"rounds": 0`.
    await editor.goTo(10, 14);
    await page.keyboard.press('Backspace');
    await editor.type('5');
    await expect(editor.errors).toHaveCount(0);
    await editor.action(titleActions.runFile).click();
    await expectComplete(window, smallModes);
    const [file = ''] = workspace.results();
    expect(JSON.parse(workspace.read(file))).toMatchObject({
      experiment: { rounds: 5, bytes: 1024 * 1024, preset: null, directory: workspace.resultsFolder },
    });
  });

  await test.step('its result has an action that runs it again', async () => {
    await editor.action(titleActions.runAgain).click();
    await expect.poll(() => workspace.results()).toHaveLength(2);
    await expect(window.tabs).toHaveCount(3);
    await expectComplete(window, smallModes);
  });

  await test.step('from the menu of the Explorer', async () => {
    await window.closeAllEditors();
    await explorer.choose(name, titleActions.runFile);
    await expectComplete(window, smallModes);
    expect(workspace.results()).toHaveLength(3);
  });

  await test.step('a new one says all that its preset means, and runs before it is saved', async () => {
    await window.closeAllEditors();
    await palette.run(newExperimentFileCommand);
    await palette.pick(paths.fileToFile);
    await palette.pick(presets.full);
    await expect(window.tabs).toHaveText(/full\.zcexp\.json/);
    await expect.poll(() => editor.text()).toContain('"modes": "all"');
    await page.screenshot({ path: testOutput('experiment-file-new.png') });
    await editor.action(titleActions.runFile).click();
    await window.result.expectStatus('running');
    expect(existsSync(path.join(workspace.folder, 'full.zcexp.json'))).toBe(false);
    await editor.action(titleActions.cancel).click();
    await expect.poll(() => benchProcessesBelow(vscode.folder)).toEqual([]);
  });
});
