import { copyFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { complete } from '../webview/fixtures.ts';
import { expect, test } from './host.ts';
import { compareCommand, compareEntry } from './names.ts';
import { testOutput } from './places.ts';

const at = (hour: number) => `2026-11-20T0${hour}:00:00.000Z`;

test('results beside each other: from the palette and from the Explorer, after a reload, and without a file', async ({
  window,
  workspace,
}) => {
  const { palette, explorer, result } = window;
  const { comparison } = result;
  const compared = comparison.locator('[data-part="open-result"]');
  const numbers = comparison.locator('[data-part="forest"] tbody');
  const { host } = complete();
  const before = workspace.addResult('before', { startedAt: at(1) });
  workspace.addResult('after', { startedAt: at(2), host: { ...host, kernel: 'Linux 6.18.1' } });
  await window.open(workspace.folder);

  const shown = await test.step('chosen in the palette, the oldest is the reference', async () => {
    await palette.run(compareCommand);
    await palette.pickAll(2);
    await expect(compared).toHaveText(['before', 'after']);
    await expect(numbers.locator('tr')).not.toHaveCount(0);
    await expect(comparison).toContainText('Linux 6.18.1');
    await window.page.screenshot({ path: testOutput('comparison.png') });
    return numbers.innerText();
  });

  await test.step('the window is reloaded', async () => {
    await window.reload();
    await expect(window.tabs).toHaveText([/Compare 2 Results/]);
    await expect(numbers).toHaveText(shown, { useInnerText: true });
  });

  await test.step('a file goes, and comes back', async () => {
    const kept = path.join(workspace.folder, 'kept');
    copyFileSync(before, kept);
    rmSync(before);
    await expect(result.root).toContainText(`${before} does not exist.`);
    copyFileSync(kept, before);
    await expect(comparison).toBeVisible();
    await window.closeAllEditors();
  });

  await test.step('selected in the Explorer; another one is the reference; one is opened', async () => {
    await explorer.expand('.zero-copy');
    await explorer.chooseForAll(['after.zcresult.json', 'before.zcresult.json'], compareEntry);
    await expect(compared).toHaveText(['before', 'after']);
    await comparison.getByRole('button', { name: 'Make B the reference' }).click();
    await expect(compared).toHaveText(['after', 'before']);
    await comparison.getByRole('button', { name: 'before' }).click();
    await result.expectStatus('complete');
    await expect(window.tabs.filter({ hasText: 'before.zcresult.json' })).toHaveCount(1);
  });
});
