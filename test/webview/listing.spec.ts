/** The modes in C: shown with their marks, pointed at by steps and pointing back, copied and saved by the host. */
import { type Flow, markOf } from '../../src/model/flow.ts';
import { flowFactsOf } from '../../src/model/flowFacts.ts';
import { type Listing, listingOf } from '../../src/model/listings.ts';
import { findMode } from '../../src/model/modes/catalogue.ts';
import { PATHS } from '../../src/model/paths.ts';
import type { Result } from '../../src/model/result/result.ts';
import { complete, everyMode } from './fixtures.ts';
import { expect, type ResultPageObject, test } from './pageTest.ts';

function listing(mode: string): Listing {
  const found = listingOf(mode);
  if (found === undefined) throw new RangeError(mode);
  return found;
}

function hereOf(result: Result, mode: string): Flow {
  const found = findMode(mode);
  if (found === undefined) throw new RangeError(mode);
  return found.here(flowFactsOf(result, result.experiment.path));
}

function linesOf(mode: string, mark: string): readonly string[] {
  const lines = listing(mode).marks.filter((each) => each.mark === mark);
  return [...new Set(lines.map(({ line }) => String(line)))];
}

function activeLines(resultPage: ResultPageObject): Promise<readonly string[]> {
  return resultPage
    .part('listing')
    .locator('.code-line.active')
    .evaluateAll((lines) => lines.map((line) => (line as HTMLElement).dataset['line'] ?? ''));
}

for (const path of PATHS) {
  test(`every mode is shown in C with its marks and headers: ${path}`, async ({ resultPage, page }) => {
    const result = complete({ path, modes: everyMode(path) });
    await resultPage.open(result);
    for (const mode of result.experiment.modes) {
      await resultPage.chooseMode(mode);
      const { text, marks, headers } = listing(mode);
      await expect.poll(() => resultPage.part('listing').locator('code').textContent(), mode).toBe(text);
      const marked = [...new Set(marks.map(({ line }) => String(line)))];
      const shown = resultPage.part('listing').locator('[data-marks]');
      expect(await shown.evaluateAll((lines) => lines.map((line) => line.getAttribute('data-line')))).toEqual(marked);
      await expect(page.locator('[data-header] summary')).toHaveText(headers.map((header) => header.name));
      // No step of the flow here without lines that are about it.
      const flow = hereOf(result, mode);
      for (const index of flow.steps.keys()) {
        if (flow.steps[index]?.receiver && path === 'file-to-socket') continue;
        expect(linesOf(mode, markOf(flow, index)), `${mode}, step ${index + 1}`).not.toEqual([]);
      }
    }
  });
}

test('headers are folded away at first', async ({ resultPage, page }) => {
  await resultPage.open(complete({ modes: ['read-write', 'io-uring'] }));
  await resultPage.chooseMode('io-uring');
  const code = page.locator('[data-header="ring.h"] code');
  await expect(code).toBeHidden();
  await page.locator('[data-header="ring.h"] summary').click();
  await expect(code).toBeVisible();
});

for (const by of ['mouse', 'keyboard'] as const) {
  test(`a step points at its lines, by ${by}`, async ({ resultPage }) => {
    const result = complete();
    await resultPage.open(result);
    const flow = hereOf(result, 'read-write');
    for (const index of flow.steps.keys()) {
      const item = resultPage.flow('here').locator(`li[data-step="${index}"]`);
      if (by === 'mouse') await item.hover();
      else await item.focus();
      await expect(resultPage.part('listing').locator('.code-line.active').first()).toBeInViewport();
      expect(await activeLines(resultPage)).toEqual(linesOf('read-write', markOf(flow, index)));
    }
  });
}

test('the arrow of a step points at its lines, and leaves them when it is left', async ({ resultPage, page }) => {
  const result = complete();
  await resultPage.open(result);
  await resultPage.flow('here').locator('svg [data-step="0"] .badge').hover();
  await expect.poll(() => activeLines(resultPage)).toEqual(linesOf('read-write', 'read'));
  await page.locator('h1').hover();
  await expect.poll(() => activeLines(resultPage)).toEqual([]);
});

test('a line points at its steps, in the textbook too', async ({ resultPage, page }) => {
  const result = complete();
  await resultPage.open(result);
  const [line] = linesOf('read-write', 'write');
  await page.locator(`[data-part="listing"] [data-line="${line}"]`).hover();
  const flow = hereOf(result, 'read-write');
  const expected = [...flow.steps.keys()].filter((index) => markOf(flow, index) === 'write').map(String);
  const active = (key: string) =>
    resultPage
      .flow(key)
      .locator('li.active')
      .evaluateAll((items) => items.map((item) => (item as HTMLElement).dataset['step']));
  await expect.poll(() => active('here')).toEqual(expected);
  expect((await active('classic-0')).length).toBeGreaterThan(0);
  for (const index of expected) {
    await expect(resultPage.flow('here').locator(`svg [data-step="${index}"]`)).toHaveClass(/active/);
  }
  await page.locator('h1').hover();
  await expect.poll(() => active('here')).toEqual([]);
});

test('Copy and Save ask the host, for the mode and the path shown', async ({ resultPage, page }) => {
  await resultPage.open(complete({ path: 'file-to-socket', modes: ['read-write', 'splice'] }));
  await resultPage.chooseMode('splice');
  await resultPage.part('copy-listing').click();
  await expect(page.locator('.listing-done')).toHaveText('Copied.');
  await resultPage.part('save-listing').click();
  await expect.poll(() => resultPage.posted('save-listing')).toBe(1);
  const asked = [...(await resultPage.requests('copy-listing')), ...(await resultPage.requests('save-listing'))];
  expect(asked.map(({ id: _, ...request }) => request)).toEqual([
    { type: 'copy-listing', mode: 'splice', path: 'file-to-socket' },
    { type: 'save-listing', mode: 'splice', path: 'file-to-socket' },
  ]);
  await resultPage.chooseMode('read-write');
  await expect(page.locator('.listing-done')).toHaveText('');
});

test('what the host could not save is said, and nothing else', async ({ resultPage, page }) => {
  await resultPage.open(complete());
  await page.evaluate(() => {
    window.zclHost.problems['copy-listing'] = {
      code: 'x',
      message: 'There is no clipboard.',
      hint: 'Save it instead.',
    };
  });
  await resultPage.part('copy-listing').click();
  await expect(page.getByRole('alert')).toContainText('There is no clipboard. Save it instead.');
  await expect(page.locator('.listing-done')).toHaveText('');
});
