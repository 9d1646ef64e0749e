/** The page of a comparison, with VS Code stood in for. */
import { compareResults } from '../../src/model/comparison/compare.ts';
import type { Comparison } from '../../src/model/comparison/comparison.ts';
import type { PageState } from '../../src/model/messages.ts';
import type { Problem } from '../../src/model/result/problem.ts';
import type { Result } from '../../src/model/result/result.ts';
import { summarise } from '../../src/model/summary.ts';
import { KIB, MIB } from '../../src/model/units.ts';
import { complete } from './fixtures.ts';
import { expect, type ResultPageObject, test } from './pageTest.ts';

type CompareState = Extract<PageState, { readonly kind: 'compare' }>;

/** The time of each mode against before. */
const FACTORS: Readonly<Record<string, number>> = { 'read-write': 1, 'mmap-write': 1.5, sendfile: 0.5 };

/** The same run with these times. */
function changed(result: Result, factor: (mode: string) => number = (mode) => FACTORS[mode] ?? 1): Result {
  return summarise({
    ...result,
    cases: result.cases.map((one) => ({
      ...one,
      samples: one.samples.map((sample) => ({ ...sample, wallNs: Math.round(sample.wallNs * factor(one.mode)) })),
    })),
  });
}

const before = complete({ buffers: [4 * KIB, 64 * KIB], rounds: 10 });
const after = changed(before);
/** On another host, with another experiment. */
const elsewhere: Result = {
  ...changed(before, () => 2),
  host: {
    ...before.host,
    name: 'hopper',
    kernel: 'Linux 6.18.1',
    memoryBytes: 2 ** 36,
    container: 'docker',
    distribution: null,
    transparentHugePages: 'never',
    seccomp: 'filter',
    filesystem: { ...before.host.filesystem, type: 'xfs' },
  },
  experiment: { ...before.experiment, cache: 'cold', bytes: 256 * MIB },
};

function comparing(...results: readonly Result[]): CompareState {
  const outcome = compareResults(results.map((result, index) => ({ name: `run-${index}`, result })));
  return { kind: 'compare', files: results.map((_, index) => `file:///data/run-${index}.zcresult.json`), outcome };
}

function comparisonIn({ outcome }: CompareState): Comparison {
  if (!outcome.ok) throw new Error(outcome.problem.message);
  return outcome.value;
}

const two = comparing(before, after);
const three = comparing(before, after, elsewhere);

function row(resultPage: ResultPageObject, name: string) {
  return resultPage.part('forest').locator(`tbody tr[data-case="${name}"]`);
}

/** Horizontal middle of something, in px. */
async function middleOf(locator: ReturnType<ResultPageObject['part']>): Promise<number> {
  const box = await locator.boundingBox();
  if (box === null) throw new Error('not to be seen');
  return box.x + box.width / 2;
}

test('a row for each case: ratio, interval, verdict in icon and word, both numbers', async ({ resultPage }) => {
  await resultPage.open(two);
  const { cases } = comparisonIn(two);
  await expect(resultPage.part('forest').locator('tbody tr')).toHaveCount(cases.length);
  const verdicts = { 'read + write, 4 KiB': 'same', 'mmap + write, 64 KiB': 'slower', sendfile: 'faster' };
  for (const [name, verdict] of Object.entries(verdicts)) {
    const shown = row(resultPage, name).locator('.verdict');
    await expect(shown).toHaveText(verdict === 'same' ? /same|unsettled/ : verdict);
    await expect(shown.locator('.codicon')).toHaveCount(1);
  }
  await expect(row(resultPage, 'sendfile').locator('.ratios .median')).toHaveText('2.00x');
  await expect(row(resultPage, 'sendfile').locator('.ratios .spread')).toHaveText(/^1\.\d\dx – 2\.\d\dx$/);
  await expect(row(resultPage, 'sendfile').locator('.values')).toHaveText(/^\s*[\d,]+\s+[\d,]+\s*$/);
});

test('the picture stands where the numbers say: on a log axis, with the band around 1x', async ({ resultPage }) => {
  await resultPage.open(two);
  const place = (name: string) => middleOf(row(resultPage, name).locator('.place .mark'));
  const one = await middleOf(row(resultPage, 'sendfile').locator('.one'));
  const [up, down] = [(await place('sendfile')) - one, one - (await place('mmap + write, 64 KiB'))];
  // 2x and 1/1.5x.
  expect(up / down).toBeCloseTo(Math.log(2) / Math.log(1.5), 1);
  const band = await middleOf(row(resultPage, 'sendfile').locator('.band'));
  expect(Math.abs(band - one)).toBeLessThan(1);
  const line = row(resultPage, 'sendfile').locator('.interval');
  const [start, end] = await line.evaluate((node) => {
    const { left, right } = node.getBoundingClientRect();
    return [left, right];
  });
  expect(start).toBeLessThan(await place('sendfile'));
  expect(end).toBeGreaterThan(await place('sendfile'));
});

test('several results have a line each, told by letter, shape and colour', async ({ resultPage }) => {
  await resultPage.open(three);
  await expect(resultPage.part('results').locator('li[data-result]')).toHaveCount(3);
  const lines = row(resultPage, 'sendfile').locator('.ratios .line');
  await expect(lines).toHaveText([/^\s*B\s+2\.00x/, /^\s*C\s+0\.50x/]);
  const marks = row(resultPage, 'sendfile').locator('.place .mark');
  const looks = await marks.evaluateAll((all) =>
    all.map((mark) => [mark.getAttribute('d'), getComputedStyle(mark).fill]),
  );
  expect(looks[0]?.[0]).not.toBe(looks[1]?.[0]);
  expect(looks[0]?.[1]).not.toBe(looks[1]?.[1]);
  await expect(resultPage.part('counts').locator('li')).toHaveText([
    /^B against A: .*faster/,
    /^C against A: 5 slower\.$/,
  ]);
});

test('what differs comes before the picture: warnings, then host facts, the rest behind a click', async ({
  resultPage,
  page,
}) => {
  await resultPage.open(three);
  const warnings = resultPage.part('warnings').locator('tbody tr');
  await expect(warnings).toHaveCount(2);
  await expect(warnings.first()).toContainText('A warm source comes from memory');
  await expect(warnings.first().locator('td')).toHaveText(['warm', 'warm', 'cold']);
  const hosts = resultPage.part('hosts');
  await expect(hosts.locator('tbody tr:visible')).toHaveCount(6);
  await hosts.locator('summary').press('Enter');
  await expect(hosts.locator('tbody tr:visible')).toHaveCount(comparisonIn(three).hostDifferences.length);
  const order = await page
    .locator('[data-part="warnings"], [data-part="hosts"], [data-part="forest"]')
    .evaluateAll((all) => all.map((part) => (part as HTMLElement).dataset['part']));
  expect(order).toEqual(['warnings', 'hosts', 'forest']);
});

test('says so where hosts and experiments are the same', async ({ resultPage }) => {
  await resultPage.open(two);
  await expect(resultPage.part('warnings')).toHaveCount(0);
  await expect(resultPage.part('hosts')).toHaveText('The facts of the hosts are the same in all results.');
});

test('shows the other quantities, by keyboard too, and keeps the choice', async ({ resultPage, page }) => {
  await resultPage.open(two);
  const plot = resultPage.part('forest');
  await expect(plot).toHaveAttribute('data-quantity', 'throughput');
  await page.getByRole('radio', { name: 'Throughput', exact: true }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(plot).toHaveAttribute('data-quantity', 'relative');
  await expect(plot.locator('tbody tr')).toHaveCount(3);
  await resultPage.part('quantities').getByText('CPU time').click();
  await expect(plot).toHaveAttribute('data-quantity', 'cpu');
  await expect(plot.locator('.ways span').first()).toContainText('less CPU');
  await page.reload();
  await resultPage.settled();
  await expect(plot).toHaveAttribute('data-quantity', 'cpu');
  await expect(page.getByRole('radio', { name: 'CPU time' })).toBeChecked();
});

test('is sorted by its columns, worst ratio first, and back', async ({ resultPage }) => {
  await resultPage.open(two);
  const order = () => resultPage.part('forest').locator('tbody th').allTextContents();
  const given = comparisonIn(two).cases.map(({ name }) => name);
  await expect.poll(order).toEqual(given);
  const ratio = resultPage.part('forest').locator('th[data-column="ratio"]');
  await ratio.getByRole('button').press('Enter');
  await expect(ratio).toHaveAttribute('aria-sort', 'ascending');
  expect((await order())[0]).toContain('mmap + write');
  await ratio.getByRole('button').press('Enter');
  await expect(ratio).toHaveAttribute('aria-sort', 'descending');
  expect((await order())[0]).toBe('sendfile');
});

test('has all numbers as a table to read or copy', async ({ resultPage, page }) => {
  await resultPage.open(three);
  await resultPage.part('numbers').locator('summary').press('Enter');
  const tables = resultPage.part('numbers').locator('table');
  await expect(tables).toHaveCount(3);
  await expect(tables.first().locator('tbody tr')).toHaveCount(2 * comparisonIn(three).cases.length);
  await page.getByRole('button', { name: 'Copy numbers' }).click();
  await expect.poll(() => resultPage.posted('copy-comparison')).toBe(1);
});

test('opens a result, makes it the reference, or leaves it out', async ({ resultPage, page }) => {
  await resultPage.open(three);
  await page.getByRole('button', { name: 'run-1' }).press('Enter');
  await row(resultPage, 'sendfile').locator('.change').nth(1).click();
  expect(await resultPage.requests('open-result')).toMatchObject([{ file: 1 }, { file: 2 }]);
  await page.getByRole('button', { name: 'Make C the reference' }).press('Enter');
  await page.getByRole('button', { name: 'Leave B out' }).press('Enter');
  expect(await resultPage.requests('compare-files')).toMatchObject([{ files: [2, 0, 1] }, { files: [0, 2] }]);
});

test('two results cannot become one', async ({ resultPage, page }) => {
  await resultPage.open(two);
  await expect(page.getByRole('button', { name: /Leave . out/ })).toHaveCount(0);
});

test('keeps its files for the next window, and asks again when one changed', async ({ resultPage, page }) => {
  await resultPage.open(two);
  const kept = () => page.evaluate(() => JSON.parse(sessionStorage.getItem('state') ?? '{}').files as unknown);
  expect(await kept()).toEqual(two.files);
  await resultPage.answer(three);
  await resultPage.post({ type: 'stale' });
  await expect(page.locator('h1')).toHaveText('File to file: 3 results compared');
  expect(await kept()).toEqual(three.files);
});

test('says in a sentence why there is no comparison, keeps the files, and comes back', async ({ resultPage, page }) => {
  const problem: Problem = { code: 'ENOENT', message: '/data/run-1 does not exist.', hint: 'Check the spelling.' };
  await resultPage.open({ ...two, outcome: { ok: false, problem } });
  await expect(resultPage.part('not-compared')).toContainText(problem.message);
  await expect(resultPage.part('not-compared')).toContainText(problem.hint);
  await resultPage.answer(two);
  await resultPage.post({ type: 'stale' });
  await expect(resultPage.part('compare')).toBeVisible();
  await expect(page.locator('[data-part="not-compared"]')).toHaveCount(0);
});

test('tells cases without a partner, and rounds too few for intervals', async ({ resultPage }) => {
  const few = complete({ buffers: [4 * KIB], rounds: 3 });
  await resultPage.open(comparing(before, few));
  await expect(resultPage.part('apart')).toContainText('B: Not part of the experiment.');
  await expect(row(resultPage, 'sendfile').locator('.verdict')).toHaveText('unsettled');
  await expect(row(resultPage, 'sendfile').locator('.interval')).toHaveCount(0);
  await expect(row(resultPage, 'sendfile').locator('.place')).toHaveCount(1);
  await expect(resultPage.part('caveats')).toContainText('B: fewer than 6 rounds, so no interval is claimed.');
});

for (const [name, state] of Object.entries({
  'of two results': two,
  'of three on two hosts': three,
  'that cannot be': comparing(before),
})) {
  test(`axe finds nothing in any theme on the page ${name}`, async ({ resultPage }) => {
    await resultPage.open(state);
    expect(await resultPage.violations()).toEqual([]);
  });
}

test('does not scroll sideways, at any width, and the picture keeps its room', async ({ resultPage, page }) => {
  await resultPage.open(comparing(before, after, elsewhere, after, elsewhere, after, elsewhere, after));
  expect(await resultPage.misfits()).toEqual([]);
  for (const width of [2560, 1280, 910, 320]) {
    await page.setViewportSize({ width, height: 800 });
    const plot = await row(resultPage, 'sendfile').locator('td.plot').boundingBox();
    expect(plot?.width, `at ${width} px`).toBeGreaterThan(150);
  }
});
