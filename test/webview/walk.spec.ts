/** The page without a mouse: from its top to its bottom with Tab, doing what is to be done on the way. */
import type { Locator, Page } from '@playwright/test';
import { KIB } from '../../src/model/units.ts';
import { studied } from './evidenceFixtures.ts';
import { expect, test } from './pageTest.ts';

/** More stops than lie between any two of the walk. */
const MOST_PRESSES = 80;

/** Presses Tab until this has the focus. Every stop on the way lies further down, and shows that it has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < MOST_PRESSES; presses += 1) {
    const before = await page.evaluateHandle(() => {
      const last = document.activeElement;
      return { last, wasInCard: last !== null && last.closest('zcl-word-card') !== null };
    });
    await page.keyboard.press('Tab');
    const stop = await before.evaluate(({ last, wasInCard }) => {
      const now = document.activeElement;
      const order = last === null || now === null ? 0 : last.compareDocumentPosition(now);
      return {
        html: now?.outerHTML.slice(0, 120),
        // The card of a word is where the word is that has or had the focus, and goes with it.
        further: last === document.body || wasInCard || (order & Node.DOCUMENT_POSITION_FOLLOWING) !== 0,
        visible: now?.matches(':focus-visible') === true,
      };
    });
    const { html, ...how } = stop;
    expect(how, html).toEqual({ further: true, visible: true });
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`${target} is out of reach of Tab`);
}

test('the result page can be read and used from top to bottom by keyboard alone', async ({ resultPage, page }) => {
  const press = (key: string) => page.keyboard.press(key);
  await resultPage.open(studied({ path: 'file-to-socket', buffers: [4 * KIB, 64 * KIB] }));

  await tabTo(page, resultPage.part('run-again'));
  await press('Enter');
  expect(await resultPage.posted('run-again')).toBe(1);

  await tabTo(page, page.locator('.findings summary'));
  await press('Enter');
  await expect(resultPage.part('more-findings')).toBeVisible();

  const header = page.locator('th[data-column="crossingsPerMib"]');
  await tabTo(page, header.locator('> button'));
  await press('Enter');
  await expect(header).toHaveAttribute('aria-sort', 'descending');
  await expect(header.locator('> button')).toBeFocused();

  const samples = resultPage.rows().first().locator('[data-samples]');
  await tabTo(page, samples);
  await press('Enter');
  await expect(resultPage.part('raw-samples').locator('tbody tr').first()).toBeVisible();
  await press('Escape');
  await expect(resultPage.part('raw-samples')).toHaveCount(0);
  await expect(samples).toBeFocused();

  await tabTo(page, resultPage.part('meant').locator('[data-word="noise-floor"]'));
  await expect(page.locator('zcl-word-card')).toContainText('noise floor');
  await press('Escape');
  await expect(page.locator('zcl-word-card')).toHaveCount(0);

  await tabTo(page, page.locator('[data-chart-tab][aria-selected="true"]'));
  for (const _ of [1, 2, 3]) await press('ArrowRight');
  await expect(resultPage.chart('cpu')).toBeVisible();

  const sendfile = page.locator('[data-legend-mode="sendfile"]');
  await tabTo(page, sendfile);
  await press('Space');
  await expect(sendfile).toHaveAttribute('aria-checked', 'false');
  await press('Space');
  await expect(sendfile).toHaveAttribute('aria-checked', 'true');

  await tabTo(page, page.locator('[data-choice="table"]'));
  await press('Space');
  await expect(resultPage.chart('cpu').locator('table')).toBeVisible();
  await press('Space');
  await expect(resultPage.chart('cpu').locator('canvas')).toBeVisible();

  await tabTo(page, resultPage.chart('cpu').locator('.chart-box'));
  await press('ArrowDown');
  await expect(resultPage.chart('cpu').locator('[data-part="chart-card"]')).toBeVisible();
  await expect(resultPage.part('picked')).toContainText('s/GiB');

  const tabs = page.locator('zcl-flow-panel [role="tab"]');
  await tabTo(page, page.locator('zcl-flow-panel [role="tab"][aria-selected="true"]'));
  await press('Home');
  await expect(tabs.first()).toBeFocused();
  await press('ArrowRight');
  await expect(resultPage.part('flow')).toHaveAttribute(
    'data-mode',
    (await tabs.nth(1).getAttribute('data-mode')) ?? '',
  );

  await tabTo(page, resultPage.part('compare-with'));
  await press('ArrowDown');
  await expect(resultPage.flow('other')).toBeVisible();
  await press('ArrowUp');
  await expect(resultPage.flow('other')).toHaveCount(0);

  const menu = resultPage.flow('classic-0').locator('[data-part="export-picture"]');
  await tabTo(page, menu.locator('summary'));
  await press('Enter');
  await expect(menu.locator('button').first()).toBeVisible();
  await press('Escape');
  await expect(menu.locator('button').first()).toBeHidden();

  const here = resultPage.flow('here');
  await tabTo(page, here.locator('[data-part="position"]'));
  await press('ArrowRight');
  await expect(here.locator('[data-part="position"]')).not.toHaveValue('0');

  await tabTo(page, here.locator('ol.steps li').first());
  await press('ArrowDown');
  await expect(here.locator('ol.steps li').nth(1)).toBeFocused();
  await expect(page.getByRole('tooltip')).toBeVisible();

  await tabTo(page, resultPage.part('copy-listing'));
  await press('Enter');
  await expect.poll(() => resultPage.posted('copy-listing')).toBe(1);

  for (const part of ['shares', 'tiers', 'details']) {
    await tabTo(page, resultPage.part(part).locator('> summary'));
    await press('Enter');
    await expect(resultPage.part(part)).toHaveAttribute('open', '');
  }
  expect(await resultPage.sideways()).toBe(0);
});
