import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from './host.ts';
import { testOutput } from './places.ts';
import { benchProcessesBelow } from './processes.ts';
import { expectComplete, paths, presets, runCommand, startRun } from './run.ts';

test.use({ workspaceTrust: true });

test('a folder that is not trusted: results open, nothing runs, and the reason is said', async ({
  window,
  workspace,
  vscode,
}) => {
  await window.open(workspace.folder);
  await window.answerTrust('trust');
  await startRun(window, paths.fileToFile, presets.quick);
  await expectComplete(window);
  const numbers = await window.result.table();
  const [file = ''] = workspace.results();

  const restricted = workspace.sibling();
  restricted.add(file, readFileSync(path.join(workspace.resultsFolder, file)));
  await window.open(restricted.folder);
  await window.answerTrust('restrict');
  await window.explorer.open(file);
  await window.result.expectStatus('complete');
  expect(await window.result.table()).toEqual(numbers);

  await window.palette.run(runCommand);
  await window.notifications.expectMessage(/Restricted Mode|trust/i);
  expect(await window.palette.isOpen()).toBe(false);
  expect(benchProcessesBelow(vscode.folder)).toEqual([]);
  expect(restricted.kept()).toEqual([]);
  await window.page.screenshot({ path: testOutput('restricted.png') });
});
