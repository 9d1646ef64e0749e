/** From opening a large result to a page with its charts and diagram drawn, and how much goes to the page for it. */
import type { Page } from '@playwright/test';
import type { Result } from '../../src/model/result/result.ts';
import { formatBytes, KIB } from '../../src/model/units.ts';
import { studied } from '../webview/evidenceFixtures.ts';
import { complete } from '../webview/fixtures.ts';
import { expect, type ResultPageObject, resultState, test } from '../webview/pageTest.ts';
import { medianOf, report } from './figures.ts';

const OPENINGS = 9;
/** 14 buffers of two buffer modes, sendfile and the control: 30 cases. */
const BUFFERS = Array.from({ length: 14 }, (_, power) => KIB * 2 ** power);
/** 99 buffers of two modes, sendfile and the control. */
const MANY_BUFFERS = Array.from({ length: 99 }, (_, nth) => 4 * KIB * (nth + 1));

test('page of 30 cases x 30 rounds', async ({ resultPage, page }) => {
  await opened(resultPage, page, studied({ buffers: BUFFERS, rounds: 30 }), {
    cases: 30,
    what: '30 cases x 30 rounds with every pass',
  });
});

test('page of 200 cases x 100 rounds', async ({ resultPage, page }) => {
  const document = complete({ buffers: MANY_BUFFERS, rounds: 100 });
  await opened(resultPage, page, document, { cases: 200, what: '200 cases x 100 rounds' });
  const [whole, sent] = [document, resultState(document)].map((value) => JSON.stringify(value).length);
  report({
    what: 'answer with a result of 200 cases x 100 rounds, digests instead of samples',
    measured: `${formatBytes(sent ?? 0)} instead of ${formatBytes(whole ?? 0)}`,
    budget: null,
    pass: null,
  });
});

async function opened(
  resultPage: ResultPageObject,
  page: Page,
  document: Result,
  { cases, what }: { readonly cases: number; readonly what: string },
): Promise<void> {
  expect(document.cases).toHaveLength(cases);
  const times: number[] = [];
  for (let opening = 0; opening < OPENINGS; opening++) {
    await resultPage.open(document);
    const drawn = await page.waitForFunction(() => performance.getEntriesByName('zcl-drawn')[0]?.startTime);
    times.push((await drawn.jsonValue()) ?? Number.NaN);
  }
  const median = medianOf(times);
  report({
    what: `page of ${what}, from navigation until charts and diagram are drawn (median of ${OPENINGS})`,
    measured: `${median.toFixed(0)} ms (${Math.min(...times).toFixed(0)} – ${Math.max(...times).toFixed(0)})`,
    budget: '700 ms',
    pass: median <= 700,
  });
}
