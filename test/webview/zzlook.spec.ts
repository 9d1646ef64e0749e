import { readFileSync } from 'node:fs';
import { parseResult } from '../../src/lab/resultFile.ts';
import { test, resultState } from './pageTest.ts';
for (const theme of ['dark', 'light'] as const) {
  test(`look ${theme}`, async ({ resultPage, page }) => {
    const outcome = parseResult(readFileSync('/root/zt-lab/sg.zcresult.json', 'utf8'), 'x');
    if (!outcome.ok) throw new Error(outcome.problem.message);
    await page.setViewportSize({ width: 1400, height: 1000 });
    await resultPage.open(resultState(outcome.value), { theme });
    await page.screenshot({ path: `/tmp/look-${theme}.png`, fullPage: true });
    await page.locator('[role="tab"][data-mode="sendfile"]').click();
    await page.locator('[data-part="flow"]').screenshot({ path: `/tmp/look-flow-${theme}.png` });
  });
}
