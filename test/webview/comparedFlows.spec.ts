/** Flows side by side: what differs is marked, widths show costs, and each step tells its numbers. */
import { findMode } from '../../src/model/modes/catalogue.ts';
import type { Case } from '../../src/model/result/case.ts';
import type { Evidence } from '../../src/model/result/evidence.ts';
import type { Result } from '../../src/model/result/result.ts';
import { formatNumber, GIB, KIB } from '../../src/model/units.ts';
import { studied } from './evidenceFixtures.ts';
import { complete } from './fixtures.ts';
import { expect, type ResultPageObject, test } from './pageTest.ts';

const SPLICE = { modes: ['read-write', 'splice'] };

/** Steps marked as the flow's own: in the picture by a ring, in the list by a word. */
function own(resultPage: ResultPageObject, key: string) {
  return resultPage.flow(key).evaluate((card) => ({
    drawn: [...card.querySelectorAll<SVGElement>('svg.flow-picture .step:has(.own-mark)')]
      .map((step) => Number(step.dataset['step']))
      .sort((a, b) => a - b),
    told: [...card.querySelectorAll<HTMLElement>('ol.steps li:has(.own-word)')].map((item) =>
      Number(item.dataset['step']),
    ),
    words: [...new Set([...card.querySelectorAll('.own-word')].map((word) => word.textContent))],
  }));
}

function widths(resultPage: ResultPageObject, key: string): Promise<readonly number[]> {
  return resultPage
    .flow(key)
    .locator('svg.flow-picture .step')
    .evaluateAll((steps) =>
      steps
        .sort((a, b) => Number(a.getAttribute('data-step')) - Number(b.getAttribute('data-step')))
        .map((step) => Number(step.querySelector('.line')?.getAttribute('stroke-width'))),
    );
}

test('the textbook and the flow here: each has its own steps marked, and one sentence sums them up', async ({
  resultPage,
  page,
}) => {
  await resultPage.open(complete(SPLICE));
  await resultPage.chooseMode('splice');
  expect(await own(resultPage, 'classic-0')).toEqual({ drawn: [1, 4], told: [1, 4], words: ['only in the textbook'] });
  expect(await own(resultPage, 'here')).toEqual({ drawn: [3], told: [3], words: ['only here'] });
  await expect(resultPage.part('difference')).toHaveText(
    'Here, against the textbook: 1 CPU copy more (pipe to page cache of the copy), 1 DMA copy fewer (disk to page cache).',
  );
  await expect(page.locator('[data-legend="own"]')).toHaveText(/not in the flow beside it/);
});

test('a second mode stands beside the first, over a reload too, and goes again', async ({ resultPage, page }) => {
  await resultPage.open(complete(SPLICE));
  await resultPage.chooseMode('splice');
  await page.getByLabel('Compare with').selectOption('read + write');
  await expect(page.locator('zcl-flow-card')).toHaveCount(2);
  await expect(resultPage.flow('other').locator('h3')).toContainText('read + write');
  expect((await own(resultPage, 'here')).words).toEqual(['only with splice']);
  expect((await own(resultPage, 'other')).words).toEqual(['only with read + write']);
  await expect(resultPage.part('difference')).toHaveText('read + write, against splice: 1 CPU copy more.');
  await page.reload();
  await resultPage.settled();
  await expect(resultPage.flow('other').locator('h3')).toContainText('read + write');
  await resultPage.chooseMode('read-write');
  await expect(resultPage.flow('other'), 'no mode is compared with itself').toHaveCount(0);
  await resultPage.chooseMode('splice');
  await page.getByLabel('Compare with').selectOption('the textbook');
  await expect(resultPage.flow('classic-0')).toHaveCount(1);
});

test('the second mode points at its own steps only: the C is that of the first', async ({ resultPage, page }) => {
  await resultPage.open(complete({ modes: ['read-write', 'mmap-write'] }));
  await page.getByLabel('Compare with').selectOption('mmap + write');
  await expect(resultPage.part('listing')).toBeVisible();
  await resultPage.flow('other').locator('li[data-step="0"]').hover();
  await expect(resultPage.flow('other').locator('.step.active')).toHaveCount(1);
  await expect(page.locator('.code-line.active')).toHaveCount(0);
  await expect(resultPage.flow('here').locator('.step.active')).toHaveCount(0);
});

test('arrows are as wide as what was measured, or predicted, or as their kind, and the page says which', async ({
  resultPage,
  page,
}) => {
  const result = studied(SPLICE);
  const one = result.cases.find((each) => each.mode === 'read-write' && !each.control) as Case;
  await resultPage.open(result);
  const note = resultPage.part('widths-note');
  const measured = (one.evidence as Evidence).arrows.find(({ msPerGib }) => msPerGib !== null)?.msPerGib ?? 0;
  await expect(note).toContainText(`kernel samples can tell apart, the widest ${formatNumber(measured)} ms/GiB`);
  // The first copy was seen; nothing else has a cost of its own.
  expect(await widths(resultPage, 'here')).toEqual([1, 7, 1, 1, 1]);
  await page.getByLabel('Arrows as wide as').selectOption('predicted CPU time');
  await expect(note).toContainText('by the cost model');
  expect(await widths(resultPage, 'here')).toEqual([1, 7, 1, 7, 1]);
  expect(await widths(resultPage, 'classic-0'), 'nobody predicts a textbook').toEqual([1, 1, 1, 1, 1, 1]);
  await page.getByLabel('Arrows as wide as').selectOption('their kind');
  await expect(note).toHaveCount(0);
  expect(await widths(resultPage, 'here')).toEqual([1.25, 3, 1.25, 3, 2.25]);
  await page.reload();
  await resultPage.settled();
  await expect(page.getByLabel('Arrows as wide as')).toHaveValue('kind');
});

test('without evidence and prediction there is no choice of widths', async ({ resultPage, page }) => {
  await resultPage.open(complete());
  await expect(page.getByLabel('Compare with')).toBeVisible();
  await expect(page.getByLabel('Arrows as wide as')).toHaveCount(0);
});

/** What the card of a step says, fact by fact. */
async function facts(resultPage: ResultPageObject, key: string): Promise<Readonly<Record<string, string>>> {
  const card = resultPage.flow(key).getByRole('tooltip');
  await expect(card).toBeVisible();
  return card.evaluate((element) =>
    Object.fromEntries(
      [...element.querySelectorAll<HTMLElement>('[data-fact]')].map((row) => [
        row.dataset['fact'] ?? '',
        row.querySelector('dd')?.textContent?.trim() ?? '',
      ]),
    ),
  );
}

test('an arrow tells its numbers and where they come from, by mouse and by keyboard; Escape sends them away', async ({
  resultPage,
  page,
}) => {
  const result = studied(SPLICE);
  const one = result.cases.find((each) => each.mode === 'read-write' && !each.control) as Case;
  const [measured, predicted] = [
    one.evidence?.arrows.find(({ flow, step }) => flow === 'here' && step === 1)?.msPerGib ?? 0,
    ((one.predicted?.steps.find(({ step }) => step === 1)?.ns ?? 0) / 1e6 / one.bytes) * GIB,
  ];
  await resultPage.open(result);
  const card = resultPage.flow('here');
  await card.locator('svg [data-step="1"] .badge').hover();
  const copy = await facts(resultPage, 'here');
  expect(copy['measured']).toMatch(new RegExp(`^${formatNumber(measured)} ms/GiB ?CPU time by kernel samples: `));
  expect(copy['predicted']).toContain(`${formatNumber(predicted)} ms/GiB`);
  expect(copy['evidence']).toContain('kernel samples: user-to-kernel copy.');
  await page.mouse.move(0, 0);
  await expect(page.getByRole('tooltip')).toHaveCount(0);
  await card.locator('ol li[data-step="0"]').focus();
  expect((await facts(resultPage, 'here'))['calls']).toBe('1,025 countedmedian of the transfers; by the steps 1,024');
  const item = card.locator('ol li[data-step="0"]');
  await expect(item).toHaveAccessibleDescription(/1,025 counted/);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('tooltip')).toHaveCount(0);
  await expect(item).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('tooltip')).toBeVisible();
});

test('the card with the numbers can be pointed at itself, and stays in the window', async ({ resultPage, page }) => {
  await resultPage.open(studied(SPLICE));
  await page.setViewportSize({ width: 320, height: 700 });
  const badge = resultPage.flow('here').locator('svg [data-step="1"] .badge');
  await badge.hover();
  const tooltip = page.getByRole('tooltip');
  await expect(tooltip).toBeVisible();
  const box = await tooltip.boundingBox();
  expect(box?.x).toBeGreaterThanOrEqual(0);
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(320);
  expect(await resultPage.sideways()).toBe(0);
  await tooltip.hover();
  await expect(tooltip).toBeVisible();
});

test('what a mode is for and did not do stands with the flow here', async ({ resultPage }) => {
  const base = studied();
  const broken: Result = {
    ...base,
    cases: base.cases.map((one) => ({
      ...one,
      evidence: one.evidence && {
        ...one.evidence,
        contradictions: [
          { flow: 'promised', label: 'copy-undone', share: 0.24, low: 0.21, high: 0.26, text: 'in other words' },
        ],
      },
    })),
  };
  await resultPage.open(broken);
  await expect(resultPage.flow('here').locator('[data-part="contradictions"] li')).toContainText(
    'the bytes were copied all the same: zero-copy undone, 24 % of the samples (21–26 %)',
  );
  await expect(resultPage.flow('classic-0').locator('[data-part="contradictions"]')).toHaveCount(0);
});

test('the size whose numbers are shown is that of both modes', async ({ resultPage, page }) => {
  const result = studied({ ...SPLICE, buffers: [4 * KIB, 64 * KIB] });
  await resultPage.open(result);
  await resultPage.chooseMode('splice');
  await page.getByLabel('Compare with').selectOption('read + write');
  await resultPage.part('evidence-size').selectOption(String(4 * KIB));
  await resultPage.flow('other').locator('ol li[data-step="2"]').hover();
  expect((await facts(resultPage, 'other'))['calls']).toContain('by the steps 16,384');
  expect(findMode('splice')?.chunk).toBe('buffer');
});

test('nothing on it is out of reach for anybody', async ({ resultPage, page }) => {
  await resultPage.open(studied(SPLICE));
  await page.getByLabel('Compare with').selectOption('splice');
  await resultPage.flow('here').locator('ol li[data-step="1"]').focus();
  await expect(page.getByRole('tooltip')).toBeVisible();
  expect(await resultPage.violations({ only: 'zcl-flow-panel' })).toEqual([]);
});
