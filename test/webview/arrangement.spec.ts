import { complete } from './fixtures.ts';
import { expect, test } from './pageTest.ts';

const kept = { sort: { column: 'crossingsPerMib', descending: false }, detailsOpen: true };

test('a page begins as its result was arranged when it was last open', async ({ resultPage, page }) => {
  await resultPage.open(complete(), { arrangement: kept });
  await expect(page.locator('th[data-column="crossingsPerMib"]')).toHaveAttribute('aria-sort', 'ascending');
  expect(await resultPage.posted('arrange')).toBe(0);
});

test('what a page has of its own from before a reload is newer', async ({ resultPage, page }) => {
  await resultPage.open(complete(), { arrangement: kept });
  await page.locator('th[data-column="faultsPerMib"] button').click();
  const [asked] = await resultPage.requests('arrange');
  expect(asked).toMatchObject({ kept: { sort: { column: 'faultsPerMib', descending: true }, detailsOpen: true } });
  await page.reload();
  await resultPage.settled();
  await expect(page.locator('th[data-column="faultsPerMib"]')).toHaveAttribute('aria-sort', 'descending');
});

test('a host that keeps nothing is no obstacle', async ({ resultPage, page }) => {
  await resultPage.open(complete());
  await expect(page.locator('th[aria-sort="descending"]')).toHaveCount(1);
});
