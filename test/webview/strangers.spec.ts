/** Results of strangers in the real page: an attack in every string, and each is shown as the text it is. */
import type { Page } from '@playwright/test';
import { compareResults } from '../../src/model/comparison/compare.ts';
import { reportInOne } from '../../src/model/report/report.ts';
import { MOST_CASES } from '../../src/model/resultFormat.ts';
import { summarise } from '../../src/model/summary.ts';
import { ATTACKS, attacked } from '../strangers.ts';
import { rendered } from '../unit/report/rendered.ts';
import { studied } from './evidenceFixtures.ts';
import { complete, withTroubles } from './fixtures.ts';
import { expect, resultState, test } from './pageTest.ts';

/** What an attack that was more than text would have left behind; nothing of it. */
class Watch {
  private readonly seen: string[] = [];

  constructor(private readonly page: Page) {
    page.on('dialog', (dialog) => {
      this.seen.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      if (/taken|srcdoc|javascript/.test(request.url())) this.seen.push(`request: ${request.url()}`);
    });
    page.on('popup', (popup) => this.seen.push(`popup: ${popup.url()}`));
    page.on('framenavigated', (frame) => {
      if (frame !== page.mainFrame()) this.seen.push(`frame: ${frame.url()}`);
    });
  }

  /** Everything that is wrong, by now, on the page as it is. */
  async found(): Promise<readonly string[]> {
    const inPage = await this.page.evaluate(() => {
      const { taken } = window as { taken?: unknown };
      const wrong = taken === undefined ? [] : [`a script ran: ${String(taken)}`];
      for (const element of document.body.querySelectorAll('*')) {
        if (/^(iframe|object|embed|base|link|meta|form)$/i.test(element.tagName)) wrong.push(element.outerHTML);
        for (const { name, value } of element.attributes) {
          if (/^on/i.test(name)) wrong.push(`${element.tagName} ${name}`);
          if (
            /^(href|src|srcset|action|formaction|srcdoc|style)$/i.test(name) &&
            /taken|javascript:|command:/i.test(value)
          )
            wrong.push(`${element.tagName} ${name}=${value}`);
        }
      }
      return wrong;
    });
    return [...this.seen, ...inPage];
  }
}

const results = [
  { name: 'with all passes', result: studied() },
  { name: 'with failed and unsupported cases', result: withTroubles() },
];

for (const { name, result } of results) {
  test(`a result ${name}: nothing in it is more than text`, async ({ resultPage, page }) => {
    const watch = new Watch(page);
    await resultPage.open(result);
    for (const nth of ATTACKS.keys()) {
      const bad = attacked(result, nth);
      const fileName = `${nth}-${ATTACKS[nth]}.zcresult.json`;
      const state = resultState(bad);
      await resultPage.answer({ ...state, fileName } as typeof state);
      await resultPage.post({ type: 'stale' });
      await expect(resultPage.root).toContainText(`${nth}-${(ATTACKS[nth] ?? '').slice(0, 5).trim()}`);
      await page.evaluate(() => {
        for (const details of document.querySelectorAll('details')) details.open = true;
      });
      expect(await watch.found(), `attacks from ${nth} on`).toEqual([]);
    }
    await expect(resultPage.root).toContainText('<img src=x onerror="window.taken = 1">');
    await expect(page).toHaveTitle('Zero-copy benchmark');
  });
}

test('a comparison of results with an attack in every string', async ({ resultPage, page }) => {
  const watch = new Watch(page);
  const [before, after] = [complete({ rounds: 8 }), summarise(complete({ rounds: 8 }))];
  for (const nth of [0, 7, 13]) {
    const outcome = compareResults([
      { name: ATTACKS[nth] ?? '', result: { ...attacked(before, nth), cases: before.cases } },
      { name: ATTACKS[nth + 1] ?? '', result: { ...attacked(after, nth + 5), cases: after.cases } },
    ]);
    await resultPage.open({ kind: 'compare', files: [`file:///${ATTACKS[nth]}`, 'file:///b'], outcome });
    expect(await watch.found()).toEqual([]);
  }
});

test('a file that cannot be read: what is said of it quotes it as text', async ({ resultPage, page }) => {
  const watch = new Watch(page);
  for (const attack of ATTACKS) {
    const problem = { code: attack, message: attack, hint: attack };
    await resultPage.open({ kind: 'unreadable', fileName: attack, problem });
    expect(await watch.found()).toEqual([]);
  }
});

test('a report in a renderer that takes HTML and makes links, with its pictures inside', async ({ page }) => {
  const watch = new Watch(page);
  for (const nth of ATTACKS.keys()) {
    // Without a policy: nothing but the report itself keeps a script from running.
    await page.setContent(rendered(reportInOne(attacked(studied(), nth), 'light')));
    expect(await watch.found(), `attacks from ${nth} on`).toEqual([]);
    expect(await page.locator('a').count()).toBe(0);
    expect(await page.locator('img:not([src^="data:image/svg+xml;base64,"])').count()).toBe(0);
  }
});

test('as many cases as a result may have are shown, and the page still answers', async ({ resultPage, page }) => {
  const result = complete();
  const [one] = result.cases;
  if (one === undefined) throw new Error('a result without cases');
  const many = Array.from({ length: MOST_CASES }, (_, index) => ({ ...one, bufferBytes: index + 1 }));
  await resultPage.open({ ...result, cases: many });
  await expect(resultPage.rows()).toHaveCount(MOST_CASES);
  expect(await page.evaluate(() => document.title)).toBe('Zero-copy benchmark');
});
