import { readFileSync } from 'node:fs';
import { withPredictions } from '../../src/model/cost/prediction.ts';
import { test } from './pageTest.ts';

const load = (name: string) =>
  withPredictions(JSON.parse(readFileSync(`/work/wt/results/${name}.zcresult.json`, 'utf8')));
for (const theme of ['dark', 'light'] as const)
  test(`look ${theme}`, async ({ resultPage, page }) => {
    await page.setViewportSize({ width: 1400, height: 900 });
    await resultPage.open(load('evidence-file'), { theme });
    await resultPage.chooseMode('splice');
    await resultPage.flow('here').locator('li[data-step="3"]').hover();
    await page.locator('zcl-flow-panel').screenshot({ path: `/tmp/pw-diagram-${theme}.png` });
    await page.locator('[data-part="compare-with"]').selectOption('read-write');
    await page.locator('[data-part="arrow-widths"]').selectOption('predicted');
    await resultPage.flow('here').locator('[data-part="export-picture"] summary').click();
    await page.locator('zcl-flow-panel').screenshot({ path: `/tmp/pw-diagram-${theme}-2.png` });
  });
test('narrow', async ({ resultPage, page }) => {
  await page.setViewportSize({ width: 320, height: 900 });
  await resultPage.open(load('evidence-socket'), { theme: 'dark' });
  await resultPage.chooseMode('mmap-write');
  await resultPage.flow('here').locator('li[data-step="3"]').hover();
  await page.locator('zcl-flow-panel').screenshot({ path: `/tmp/pw-diagram-narrow.png` });
});
