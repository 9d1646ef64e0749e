/** The top of the page: five sentences at most, with links to their evidence, and everything else below. */
import { sizeOf } from '../../src/model/caseSize.ts';
import { arrange } from '../../src/model/findings/top.ts';
import type { EvidenceLink, Finding } from '../../src/model/result/finding.ts';
import type { Result } from '../../src/model/result/result.ts';
import { KIB } from '../../src/model/units.ts';
import { studied } from './evidenceFixtures.ts';
import { complete, everyMode, told } from './fixtures.ts';
import { expect, test } from './pageTest.ts';

/** With a calibration that failed and every mode, so that there is much to say. */
function talkative(): Result {
  const problem = { code: 'ENOSPC', message: 'There is no room for its files.', hint: 'Free 64 MiB.' };
  return told({ ...studied({ modes: everyMode('file-to-file') }), calibrationProblem: problem });
}

/** One finding for each of these links, on a page with several sizes. */
function linked(...evidence: readonly EvidenceLink[]): Result {
  const result = studied({ buffers: [4 * KIB, 64 * KIB] });
  const finding = (link: EvidenceLink): Finding => ({
    kind: link.part,
    text: `See ${link.part}.`,
    cases: [],
    question: 'won',
    evidence: [link],
  });
  return { ...result, findings: evidence.map(finding) };
}

test('shows five sentences at most, by question, and keeps the others below', async ({ resultPage, page }) => {
  const result = talkative();
  const { top, rest } = arrange(result.findings);
  await resultPage.open(result);
  const shown = resultPage.part('findings').locator('> li');
  expect(top).toHaveLength(5);
  await expect(shown.locator('p')).toHaveText(top.map(({ text }) => text));
  expect(await shown.evaluateAll((items) => items.map((item) => (item as HTMLElement).dataset['question']))).toEqual(
    top.map(({ question }) => question),
  );
  const more = page.locator('.findings details');
  await expect(more.locator('summary')).toHaveText(`More about this run (${rest.length})`);
  await expect(resultPage.part('more-findings')).toBeHidden();
  await more.locator('summary').focus();
  await page.keyboard.press('Enter');
  await expect(resultPage.part('more-findings').locator('> li p')).toHaveText(rest.map(({ text }) => text));
  expect(await resultPage.sideways()).toBe(0);
  expect(await resultPage.violations({ only: '.findings' })).toEqual([]);
});

test('every sentence has its evidence linked, by names that say what it is about', async ({ resultPage, page }) => {
  const result = talkative();
  await resultPage.open(result);
  for (const { kind, evidence } of result.findings) {
    const links = page.locator(`[data-finding="${kind}"]`).first().locator('button');
    await expect(links).toHaveCount(evidence.length);
  }
  const best = page.locator('[data-finding="faster"]');
  await expect(best.getByRole('button', { name: /^Ranking: / })).toBeAttached();
});

test('a link brings its part into sight, with the focus', async ({ resultPage, page }) => {
  const links: readonly (readonly [EvidenceLink, string])[] = [
    [{ part: 'ranking', case: 3 }, '[data-part="ranking"] tr[data-case="3"]'],
    [{ part: 'chart', chart: 'throughput', case: 3 }, 'zcl-chart[data-chart="headline"]'],
    [{ part: 'crossovers', mode: 'sendfile' }, 'tr[data-crossover="sendfile"]'],
    [{ part: 'tiers' }, '[data-part="tiers"]'],
    [{ part: 'noise' }, '[data-part="noise"]'],
    [{ part: 'host' }, '[data-part="details"]'],
  ];
  for (const [link, target] of links) {
    await resultPage.open(linked(link));
    const button = resultPage.part('findings').locator('button');
    await button.focus();
    await page.keyboard.press('Enter');
    await expect(page.locator(target)).toBeFocused();
    await expect(page.locator(target)).toBeInViewport();
    await page.keyboard.press('Tab');
    await expect(page.locator('[data-shown]')).toHaveCount(0);
  }
  await expect(page.locator('[data-part="details"]')).toHaveAttribute('open', '');
});

test('kinds of evidence are unfolded when a link leads to them', async ({ resultPage }) => {
  await resultPage.open(linked({ part: 'tiers' }));
  await resultPage.part('findings').locator('button').click();
  await expect(resultPage.part('tiers')).toHaveAttribute('open', '');
});

test('a link to a flow chooses the mode, and the size it is about', async ({ resultPage, page }) => {
  for (const flow of ['here', 'promised', 'classic-0', null]) {
    const result = linked();
    const index = result.cases.findIndex((one) => one.mode === 'mmap-write' && sizeOf(one) === 4 * KIB);
    const { findings } = linked({ part: 'flow', case: index, flow });
    await resultPage.open({ ...result, findings });
    await resultPage.part('findings').locator('button').click();
    await expect(page.locator('[data-part="flow"]')).toHaveAttribute('data-mode', 'mmap-write');
    await expect(resultPage.part('evidence-size')).toHaveValue(String(4 * KIB));
    const target = flow === null ? resultPage.part('evidence') : resultPage.flow(flow === 'promised' ? 'here' : flow);
    await expect(target).toBeFocused();
  }
});

test('a link to what is not on the page does nothing', async ({ resultPage }) => {
  const { findings } = linked({ part: 'noise' });
  await resultPage.open({ ...complete(), findings });
  await resultPage.part('findings').locator('button').click();
  await expect(resultPage.part('findings').locator('button')).toBeFocused();
});

test('a file of a newer version says so above all else, and can be run again', async ({ resultPage, page }) => {
  const result = complete();
  await resultPage.open({ ...result, version: result.version + 1 });
  const notice = page.locator('main > :first-child');
  await expect(notice).toHaveAttribute('data-part', 'notice');
  await expect(notice).toContainText(`This file is of format version ${result.version + 1}`);
  await resultPage.part('run-again').click();
  expect(await resultPage.posted('run-again')).toBe(1);
  await resultPage.answer(result);
  await resultPage.post({ type: 'stale' });
  await expect(resultPage.part('notice')).toHaveCount(0);
});

test('nothing scrolls sideways, at any width', async ({ resultPage, page }) => {
  await resultPage.open(talkative());
  await page.locator('.findings summary').click();
  expect(await resultPage.misfits()).toEqual([]);
});
