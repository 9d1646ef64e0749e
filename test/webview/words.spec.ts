/** Words on the page of a result that explain themselves. */
import type { Locator, Page } from '@playwright/test';
import { EXPLAINED, type ExplainedWord } from '../../src/webview/shell/explained.ts';
import { studied } from './evidenceFixtures.ts';
import { expect, test } from './pageTest.ts';

const result = studied({ path: 'file-to-socket' });
/** The words that this result gives occasion to explain. */
const WORDS: readonly ExplainedWord[] = [
  'baseline',
  'call-return',
  'context-switch',
  'cpu-copy',
  'cpu-per-gib',
  'crossing',
  'dma-copy',
  'evidence-sample',
  'loopback',
  'median',
  'noise-floor',
  'page-fault',
  'page-reference',
  'residency',
  'steal',
  'system-call',
  'verdict',
];

function word(page: Page, id: ExplainedWord): Locator {
  return page.locator(`[data-word="${id}"]`).first();
}

function card(page: Page): Locator {
  return page.locator('zcl-word-card');
}

test('every word that stands on the page has its card', async ({ resultPage, page }) => {
  await resultPage.open(result);
  const marked = page.locator('[data-word]');
  const ids = await marked.evaluateAll((all) => all.map((each) => each.getAttribute('data-word') ?? ''));
  expect(WORDS.filter((id) => !ids.includes(id))).toEqual([]);
  for (const id of new Set(ids)) {
    await word(page, id as ExplainedWord).focus();
    const { name, short } = EXPLAINED[id as ExplainedWord]();
    await expect(card(page)).toContainText(name);
    await expect(card(page)).toContainText(short);
  }
});

test('a pointer brings the card, may go into it, and takes it away when it leaves', async ({ resultPage, page }) => {
  await resultPage.open(result);
  const steal = word(page, 'steal');
  await steal.hover();
  await expect(card(page)).toContainText(EXPLAINED.steal().short);
  await card(page).hover();
  await expect(card(page)).toBeVisible();
  await card(page).getByRole('button').click();
  await expect.poll(() => resultPage.requests('open-word')).toMatchObject([{ word: 'steal' }]);
  await page.locator('h1').hover();
  await page.locator('h1').click();
  await expect(card(page)).toHaveCount(0);
});

test('the keyboard brings it, goes on to the glossary, and sends it away', async ({ resultPage, page }) => {
  await resultPage.open(result);
  const steal = word(page, 'steal');
  await steal.focus();
  await expect(card(page)).toBeVisible();
  await expect(steal).toHaveAccessibleDescription(new RegExp(EXPLAINED.steal().short.slice(0, 40)));
  await page.keyboard.press('Tab');
  await expect(card(page).getByRole('button', { name: 'More in the glossary' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect.poll(() => resultPage.requests('open-word')).toMatchObject([{ word: 'steal' }]);
  await page.keyboard.press('Escape');
  await expect(card(page)).toHaveCount(0);
  await expect(steal).toBeFocused();
  await expect(steal).not.toHaveAttribute('aria-describedby');
});

test('a heading of the ranking explains itself and still sorts', async ({ resultPage, page }) => {
  await resultPage.open(result);
  const heading = page.locator('th[data-column="crossingsPerMib"]');
  await heading.getByRole('button').hover();
  await expect(card(page)).toContainText(EXPLAINED.crossing().short);
  await heading.getByRole('button').first().click();
  await expect(heading).toHaveAttribute('aria-sort', 'descending');
  await expect(card(page)).toBeVisible();
});

test('follows its word when the page scrolls, and goes with it', async ({ resultPage, page }) => {
  await resultPage.open(result);
  const steal = word(page, 'steal');
  await steal.focus();
  const gap = async () => {
    const [of, by] = [await card(page).boundingBox(), await steal.boundingBox()];
    return of === null || by === null ? null : Math.round(of.y - by.y);
  };
  await expect.poll(gap).not.toBeNull();
  await page.mouse.wheel(0, 60);
  await expect.poll(async () => Math.abs((await gap()) ?? 0) < 250).toBe(true);
  await page.evaluate(() => window.scrollTo(0, 0));
  await expect(card(page)).toHaveCount(0);
});

for (const width of [320, 640]) {
  test(`no card leaves a window of ${width} px`, async ({ resultPage, page }) => {
    await resultPage.open(result);
    await page.setViewportSize({ width, height: 480 });
    await resultPage.chartsFit();
    for (const id of WORDS) {
      await word(page, id).focus();
      await expect(card(page)).toContainText(EXPLAINED[id]().short);
      const box = await card(page).boundingBox();
      expect(box?.x, id).toBeGreaterThanOrEqual(0);
      expect((box?.x ?? 0) + (box?.width ?? 0), id).toBeLessThanOrEqual(width);
      expect(box?.y, id).toBeGreaterThanOrEqual(0);
      expect((box?.y ?? 0) + (box?.height ?? 0), id).toBeLessThanOrEqual(480);
      expect(await resultPage.sideways(), id).toBe(0);
    }
  });
}

test('axe finds nothing in any theme while a card is shown', async ({ resultPage, page }) => {
  await resultPage.open(result);
  await word(page, 'steal').focus();
  await expect(card(page)).toBeVisible();
  expect(await resultPage.violations({ only: 'zcl-word-card' })).toEqual([]);
});

test.describe('by touch', () => {
  test.use({ hasTouch: true });

  test('a tap brings the card, and one elsewhere takes it away', async ({ resultPage, page }) => {
    await resultPage.open(result);
    await word(page, 'steal').tap();
    await expect(card(page)).toContainText(EXPLAINED.steal().short);
    await page.locator('#noise-heading').tap();
    await expect(card(page)).toHaveCount(0);
  });
});
