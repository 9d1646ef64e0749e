/** From opening a large result, with evidence, latency and predictions for every case, to a page with its charts and diagram drawn. */
import { KIB } from '../../src/model/units.ts';
import { studied } from '../webview/evidenceFixtures.ts';
import { expect, test } from '../webview/pageTest.ts';
import { medianOf, report } from './figures.ts';

const OPENINGS = 9;
const ROUNDS = 30;
/** 14 buffers of two buffer modes, sendfile and the control: 30 cases. */
const BUFFERS = Array.from({ length: 14 }, (_, power) => KIB * 2 ** power);

test('page of 30 cases x 30 rounds', async ({ resultPage, page }) => {
  const document = studied({ buffers: BUFFERS, rounds: ROUNDS });
  expect(document.cases).toHaveLength(30);
  const times: number[] = [];
  for (let opening = 0; opening < OPENINGS; opening++) {
    await resultPage.open(document);
    const drawn = await page.waitForFunction(() => performance.getEntriesByName('zcl-drawn')[0]?.startTime);
    times.push((await drawn.jsonValue()) ?? Number.NaN);
  }
  const median = medianOf(times);
  report({
    what: `page of ${document.cases.length} cases x ${ROUNDS} rounds with every pass, from navigation until charts and diagram are drawn (median of ${OPENINGS})`,
    measured: `${median.toFixed(0)} ms (${Math.min(...times).toFixed(0)} – ${Math.max(...times).toFixed(0)})`,
    budget: '700 ms',
    pass: median <= 700,
  });
});
