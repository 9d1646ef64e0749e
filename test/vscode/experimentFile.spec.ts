import { expect, test } from './host.ts';
import { newExperimentFileCommand, paths, presets, titleActions } from './names.ts';
import { testOutput } from './places.ts';
import { expectComplete } from './run.ts';

const NAME = 'mine.zcexp.json';
const SMALL = { path: 'file-to-file', modes: ['sendfile'], size: '1MiB', buffers: ['64KiB'], rounds: 5 };

test('what a run would refuse is marked where it stands, and the right values are proposed', async ({
  window,
  workspace,
}) => {
  workspace.add(NAME, JSON.stringify({ ...SMALL, modes: ['pipe'], peer: 'thread' }, null, 2));
  await window.open(workspace.folder);
  await window.explorer.open(NAME);
  await expect(window.editor.errors).toHaveCount(1);
  await window.page.keyboard.press('Control+Shift+M');
  await window.editor.expectProblem('modes "pipe" is not of file-to-file, but of process-to-process.');
  await window.page.screenshot({ path: testOutput('experiment-file-marked.png') });

  // The mode is on line 4; its quotes hold the cursor.
  await window.explorer.open(NAME);
  await window.editor.goTo(4, 6);
  const proposals = await window.editor.propose();
  await expect(proposals.filter({ hasText: 'copy-file-range' })).toHaveCount(1);
  await expect(proposals.filter({ hasText: 'shared-memory' })).toHaveCount(0);
  await window.page.screenshot({ path: testOutput('experiment-file-proposals.png') });
  await proposals.filter({ hasText: 'copy-file-range' }).click();
  await expect.poll(() => window.editor.text()).toContain('"copy-file-range"');
  await expect(window.editor.errors).toHaveCount(0);

  // What is left is in vain: the path has no consumer that could be a thread.
  await expect(window.editor.warnings).toHaveCount(1);
  await window.editor.expectProblem('peer is not heeded on file-to-file.');
});

test('runs from the title of its editor as it stands there; refused in the words of its mark', async ({
  window,
  workspace,
}) => {
  workspace.add(NAME, JSON.stringify({ ...SMALL, rounds: 0 }, null, 2));
  await window.open(workspace.folder);
  await window.explorer.open(NAME);
  await window.editor.action(titleActions.runFile).click();
  await window.notifications.expectMessage(`${NAME}: rounds 0 is out of range. Give a whole number from 1 to 1000.`);
  expect(workspace.results()).toEqual([]);

  // Line 10 is `"rounds": 0`; what is typed is not saved by hand.
  await window.editor.goTo(10, 14);
  await window.page.keyboard.press('Backspace');
  await window.editor.type('5');
  await expect(window.editor.errors).toHaveCount(0);
  await window.editor.action(titleActions.runFile).click();
  await expectComplete(window, ['read-write', 'sendfile']);
  const [file = ''] = workspace.results();
  expect(JSON.parse(workspace.read(file))).toMatchObject({
    experiment: { rounds: 5, bytes: 1024 * 1024, preset: null, directory: workspace.resultsFolder },
  });
});

test('a new one from a preset says all the preset means, and runs before it is saved', async ({
  window,
  workspace,
}) => {
  await window.open(workspace.folder);
  await window.palette.run(newExperimentFileCommand);
  await window.palette.pick(paths.fileToFile);
  await window.palette.pick(presets.quick);
  await expect(window.tabs).toHaveText(/quick\.zcexp\.json/);
  await expect.poll(() => window.editor.text()).toContain('"mmap-write"');
  await window.page.screenshot({ path: testOutput('experiment-file-new.png') });
  await window.editor.action(titleActions.runFile).click();
  await expectComplete(window);
});

test('from the menu of the Explorer', async ({ window, workspace }) => {
  workspace.add(NAME, JSON.stringify(SMALL));
  await window.open(workspace.folder);
  await window.explorer.choose(NAME, titleActions.runFile);
  await expectComplete(window, ['read-write', 'sendfile']);
});
