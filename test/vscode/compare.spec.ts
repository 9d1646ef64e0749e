import { copyFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from './host.ts';
import { compareCommand, compareEntry } from './names.ts';
import { testOutput } from './places.ts';
import { makeResult } from './run.ts';

const names = ['before', 'after'].map((name) => `${name}.zcresult.json`);

test('two results beside each other, also after the window was reloaded', async ({ window, workspace, vscode }) => {
  for (const name of names) await makeResult(vscode, workspace.folder, path.join(workspace.resultsFolder, name));
  await window.open(workspace.folder);
  await window.palette.run(compareCommand);
  await window.palette.pickAll(names.length);

  const { comparison } = window.result;
  const numbers = comparison.locator('[data-part="forest"] tbody');
  await expect(numbers.locator('tr')).not.toHaveCount(0);
  // The oldest is the reference.
  await expect(comparison.locator('[data-part="open-result"]')).toHaveText(['before', 'after']);
  const shown = await numbers.innerText();
  await window.page.screenshot({ path: testOutput('comparison.png') });

  await window.reload();
  await expect(window.tabs).toHaveText([/Compare 2 Results/]);
  await expect(numbers).toHaveText(shown, { useInnerText: true });

  await test.step('a file that goes, and comes back', async () => {
    const [file = ''] = names.map((name) => path.join(workspace.resultsFolder, name));
    const kept = path.join(workspace.folder, 'kept');
    copyFileSync(file, kept);
    rmSync(file);
    await expect(window.result.root).toContainText(`${file} does not exist.`);
    copyFileSync(kept, file);
    await expect(comparison).toBeVisible();
  });
});

test('two results that are selected in the Explorer', async ({ window, workspace, vscode }) => {
  for (const name of names) await makeResult(vscode, workspace.folder, path.join(workspace.folder, name));
  await window.open(workspace.folder);
  await window.explorer.chooseForAll(names[0] ?? '', compareEntry);
  await expect(window.result.comparison).toBeVisible();
  await expect(window.tabs.filter({ hasText: 'Compare 2 Results' })).toHaveCount(1);

  const { comparison } = window.result;
  await comparison.getByRole('button', { name: 'Make B the reference' }).click();
  await expect(comparison.locator('[data-part="open-result"]')).toHaveText(['after', 'before']);
  await comparison.getByRole('button', { name: 'before' }).click();
  await window.result.expectStatus('complete');
  await expect(window.tabs).toHaveCount(2);
});
