/** The page of words and myths, with VS Code stood in for. */
import { terms } from '../../src/model/glossary/catalogue.ts';
import type { LearnPlace, PageState } from '../../src/model/messages.ts';
import { myths } from '../../src/model/myths.ts';
import { experimentFileText } from '../../src/model/request/text.ts';
import { expect, test } from './pageTest.ts';

type LearnState = Extract<PageState, { readonly kind: 'learn' }>;

const RESTRICTED = {
  code: 'restricted',
  message: 'Benchmarks do not run in Restricted Mode.',
  hint: 'Trust the folder to run experiments.',
};

function learn(place: Partial<LearnPlace> = {}, obstacle: LearnState['obstacle'] = null): LearnState {
  return { kind: 'learn', place: { visit: 1, section: 'glossary', anchor: null, ...place }, obstacle };
}

const runnable = myths().flatMap(({ id, shown }) => (shown.how === 'run' ? [{ id, request: shown.request }] : []));

test('has an article with a picture for every word, and a link to each', async ({ resultPage, page }) => {
  await resultPage.open(learn());
  for (const { id, name, short, long, sources } of terms()) {
    const article = page.locator(`article#${id}`);
    await expect(article.locator('h3')).toHaveText(name);
    for (const text of [short, ...long, ...sources]) await expect(article).toContainText(text);
    await expect(article.locator('figure svg[role="img"]')).toHaveCount(1);
    await expect(page.locator(`nav a[href="#${id}"]`)).toHaveText(name);
  }
});

test('narrows the words to those that have a text in them', async ({ resultPage, page }) => {
  await resultPage.open(learn());
  const filter = page.getByRole('searchbox', { name: 'Filter the words' });
  await filter.fill('fdatasync');
  const wanted = terms().filter(({ short, long, name }) => [name, short, ...long].join(' ').includes('fdatasync'));
  expect(wanted.length).toBeGreaterThan(0);
  await expect(page.locator('article')).toHaveCount(wanted.length);
  await expect(resultPage.part('found')).toHaveText(`${wanted.length} of ${terms().length} words`);
  await filter.fill('no such word');
  await expect(resultPage.part('none')).toContainText('no such word');
  await filter.fill('');
  await expect(page.locator('article')).toHaveCount(terms().length);
});

test('a link leads to its word, even if the filter had hidden it', async ({ resultPage, page }) => {
  await resultPage.open(learn());
  await page.getByRole('searchbox').fill('fdatasync');
  await page.locator('article#write-back').getByRole('link', { name: 'when the call returns' }).click();
  await expect(page.locator('article#call-return')).toBeFocused();
  await expect(page.locator('article#call-return')).toBeInViewport();
  await expect(page.getByRole('searchbox')).toHaveValue('');
});

test('opens at the word it is asked for, and again when it is asked again', async ({ resultPage, page }) => {
  await resultPage.open(learn({ anchor: 'steal' }));
  await expect(page.locator('article#steal')).toBeFocused();
  await resultPage.answer(learn({ visit: 2, section: 'myths', anchor: 'drop-in' }));
  await resultPage.post({ type: 'stale' });
  await expect(page.locator('article#drop-in')).toBeFocused();
  await expect(page.locator('article#drop-in')).toBeInViewport();
});

test('stays where its reader went when it is hidden and shown again', async ({ resultPage, page }) => {
  await resultPage.open(learn({ anchor: 'steal' }));
  await page.getByRole('tab', { name: 'Myths' }).click();
  await expect(resultPage.part('myths')).toBeVisible();
  await page.reload();
  await expect(resultPage.part('myths')).toBeVisible();
});

test('the arrow keys go from tab to tab', async ({ resultPage, page }) => {
  await resultPage.open(learn());
  await page.getByRole('tab', { name: 'Glossary' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: 'Myths' })).toBeFocused();
  await expect(resultPage.part('myths')).toBeVisible();
  await page.keyboard.press('ArrowLeft');
  await expect(resultPage.part('glossary')).toBeVisible();
});

test('every myth says what is true, and runs its experiment or says why there is none', async ({
  resultPage,
  page,
}) => {
  await resultPage.open(learn({ section: 'myths' }));
  for (const { id, claim, truth, shown } of myths()) {
    const article = page.locator(`article#${id}`);
    await expect(article.locator('h2')).toContainText(claim);
    for (const text of truth) await expect(article).toContainText(text);
    if (shown.how === 'not-here') {
      await expect(article.locator('[data-part="not-here"]')).toContainText(shown.why);
      await expect(article.locator('vscode-button')).toHaveCount(0);
    } else {
      for (const { part, text } of shown.look) {
        await expect(article.locator(`[data-look="${part}"]`, { hasText: text })).toHaveCount(1);
      }
    }
  }
  for (const { id } of runnable) await page.locator(`article#${id} [data-part="run-myth"]`).click();
  const asked = await resultPage.requests('run-myth');
  expect(asked.map((each) => 'myth' in each && each.myth)).toEqual(runnable.map(({ id }) => id));
});

test('shows an experiment as the text of its file, and has it copied', async ({ resultPage, page }) => {
  await resultPage.open(learn({ section: 'myths' }));
  const [first] = runnable;
  const article = page.locator(`article#${first?.id}`);
  await article.getByText('As an experiment file').click();
  await expect(article.locator('pre')).toHaveText(experimentFileText(first?.request ?? {}));
  await article.locator('[data-part="copy-myth"]').click();
  await expect(article.getByRole('status')).toContainText('Copied.');
  expect(await resultPage.posted('copy-myth')).toBe(1);
});

test('where nothing may run it says so, can be read, and copies experiments all the same', async ({
  resultPage,
  page,
}) => {
  await resultPage.open(learn({ section: 'myths' }, RESTRICTED));
  await expect(resultPage.part('obstacle')).toContainText(RESTRICTED.message);
  const run = page.locator('[data-part="run-myth"]');
  await expect(run).toHaveCount(runnable.length);
  for (const button of await run.all()) await expect(button).toHaveAttribute('aria-disabled', 'true');
  await run.first().click({ force: true });
  expect(await resultPage.posted('run-myth')).toBe(0);
  // Trust was given meanwhile.
  await resultPage.answer(learn({ section: 'myths' }));
  await resultPage.post({ type: 'stale' });
  await expect(resultPage.part('obstacle')).toHaveCount(0);
  await run.first().click();
  await expect.poll(() => resultPage.posted('run-myth')).toBe(1);
});

for (const [name, state] of Object.entries({
  'of words': learn({ anchor: 'page-cache' }),
  'of myths': learn({ section: 'myths' }),
  'of myths where nothing may run': learn({ section: 'myths' }, RESTRICTED),
})) {
  test(`axe finds nothing in any theme on the page ${name}`, async ({ resultPage }) => {
    await resultPage.open(state);
    expect(await resultPage.violations()).toEqual([]);
  });
}

for (const section of ['glossary', 'myths'] as const) {
  test(`the page of ${section} does not scroll sideways, at any width`, async ({ resultPage }) => {
    await resultPage.open(learn({ section }));
    expect(await resultPage.misfits()).toEqual([]);
  });
}
