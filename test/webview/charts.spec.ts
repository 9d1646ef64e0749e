/** The charts: what is drawn of which cases, the legend, the table view, pointing, raw samples, and a run that streams. */

import { chartsOf, shownCases } from '../../src/model/charts/kinds.ts';
import { tabSeparated } from '../../src/model/charts/tabular.ts';
import { pageResultOf } from '../../src/model/pageResult.ts';
import type { Result } from '../../src/model/result/result.ts';
import { formatDuration, formatNumber, KIB } from '../../src/model/units.ts';
import { ofObjects, paced, studied, unsteady } from './evidenceFixtures.ts';
import { complete, everyMode, partial, planned, SEED_BUFFERS, sampleOf, withTroubles } from './fixtures.ts';
import { expect, type ResultPageObject, test } from './pageTest.ts';

/** Results that have other charts, or other things in them. */
const RESULTS: Readonly<Record<string, () => Result>> = {
  'one buffer': () => complete(),
  'several buffers': () => complete({ buffers: SEED_BUFFERS }),
  'over a socket, every pass': () => studied({ path: 'file-to-socket', buffers: [4 * KIB, 64 * KIB] }),
  'between processes, every mode': () =>
    complete({ path: 'process-to-process', modes: everyMode('process-to-process'), buffers: [64 * KIB] }),
  troubles: () => withTroubles(),
  partial: () => partial(),
  unsteady: () => unsteady(),
  'equal rate': () => paced('file-to-socket'),
  objects: () => ofObjects(),
  'too few rounds for intervals': () => complete({ rounds: 3 }),
};

for (const [name, make] of Object.entries(RESULTS)) {
  test(`every chart draws the rows of its description, and has them as a table: ${name}`, async ({
    resultPage,
    page,
  }) => {
    const result = make();
    const pageResult = pageResultOf(result);
    await resultPage.open(result);
    const kinds = chartsOf(pageResult);
    await expect(page.locator('[data-chart-tab]')).toHaveText(kinds.map((kind) => kind.name(pageResult)));
    for (const kind of kinds) {
      await resultPage.openChart(kind.id);
      const described = kind.describe(pageResult, shownCases(pageResult, []));
      const { datasets } = await resultPage.drawn(kind.id);
      const cases = new Set(datasets.flatMap(({ rows }) => rows.map(({ plotted }) => plotted.case)));
      expect([...cases].sort(), kind.id).toEqual(
        [...new Set(described.rows.map(({ plotted }) => plotted.case))].sort(),
      );
    }
    await page.locator('[data-choice="table"]').click();
    for (const kind of kinds) {
      await resultPage.openChart(kind.id);
      const described = kind.describe(pageResult, shownCases(pageResult, []));
      await expect(resultPage.chart(kind.id).locator('tbody th')).toHaveText(described.rows.map((row) => row.name));
      expect((await resultPage.drawn(kind.id)).datasets).toEqual([]);
    }
  });
}

test("the seed's figure: a line per mode over the buffers asked for, whole transfers level", async ({ resultPage }) => {
  const result = complete({ buffers: SEED_BUFFERS });
  await resultPage.open(result);
  const { datasets: lines, scales } = await resultPage.drawn('time-by-size');
  expect(lines.map(({ rows }) => rows[0]?.plotted.mode)).toEqual(['read-write', 'mmap-write', 'sendfile']);
  for (const line of lines.slice(0, 2)) {
    expect(line.data.map((point) => point.x)).toEqual(SEED_BUFFERS);
    for (const [nth, point] of line.data.entries()) {
      const wallNs = result.cases[line.rows[nth]?.plotted.case ?? -1]?.summary?.wallNs;
      expect(point).toEqual({ x: point.x, y: wallNs?.median, yMin: wallNs?.low, yMax: wallNs?.high });
    }
  }
  const level = lines[2]?.data ?? [];
  expect(new Set(level.map((point) => point.y)).size).toBe(1);
  expect(level[0]?.x).toBeLessThan(32);
  expect(level.at(-1)?.x).toBeGreaterThan(512);
  expect(scales['x']).toEqual({ type: 'logarithmic', labels: ['32 B', '64 B', '128 B', '256 B', '512 B'] });
  await expect(resultPage.chart('time-by-size')).toContainText('lower is better');
  await expect(resultPage.chart('time-by-size')).not.toContainText('Only one buffer ran');
});

test('one buffer: says what sweeps them, and still draws the points', async ({ resultPage }) => {
  await resultPage.open(complete());
  await resultPage.openChart('time-by-size');
  await expect(resultPage.chart('time-by-size')).toContainText('the preset "seed" sweeps five');
  expect((await resultPage.drawn('time-by-size')).datasets.map((line) => line.data.length)).toEqual([1, 1, 2]);
});

test('modes are told apart by dash and point too, in the charts and in the legend', async ({ resultPage }) => {
  await resultPage.open(complete({ buffers: SEED_BUFFERS }));
  const lines = (await resultPage.drawn('time-by-size')).datasets;
  expect(new Set(lines.map((line) => line.borderDash.join(' '))).size).toBe(lines.length);
  expect(new Set(lines.map((line) => line.pointStyle)).size).toBe(lines.length);
  expect(
    lines.map((line) => line.pointWithErrorBarRadius),
    'a level line has no points',
  ).toEqual([4, 4, 0]);
  const dashes = await resultPage
    .part('mode-legend')
    .locator('line')
    .evaluateAll((all) => all.map((each) => each.getAttribute('stroke-dasharray')));
  expect(dashes).toEqual(lines.map((line) => line.borderDash.join(' ') || 'none'));
});

test('log axes are a choice that is kept', async ({ resultPage, page }) => {
  await resultPage.open(complete({ buffers: SEED_BUFFERS }));
  expect((await resultPage.drawn('time-by-size')).scales['y']?.type).toBe('linear');
  const choice = page.locator('[data-choice="log"]');
  await choice.click();
  await expect(choice).toHaveAttribute('aria-checked', 'true');
  expect((await resultPage.drawn('time-by-size')).scales['y']?.type).toBe('logarithmic');
  await page.reload();
  await resultPage.settled();
  await expect(choice).toHaveAttribute('aria-checked', 'true');
  await expect.poll(async () => (await resultPage.drawn('time-by-size')).scales['y']?.type).toBe('logarithmic');
});

test('box plots are made of the transfers that count', async ({ resultPage, page }) => {
  const result = unsteady();
  await resultPage.open(result);
  expect((await resultPage.drawn('headline')).type).toBe('barWithErrorBars');
  await page.locator('[data-choice="boxes"]').click();
  const { type, datasets } = await resultPage.drawn('headline');
  expect(type).toBe('boxplot');
  const [boxes] = datasets;
  const place = boxes?.rows.findIndex(({ plotted }) => plotted.case === 0) ?? -1;
  const counted = result.cases[0]?.samples.filter((sample) => !sample.warmup && sample.excluded === null) ?? [];
  expect(counted.length).toBe(6);
  expect(boxes?.data[place]).toHaveLength(counted.length);
  expect(boxes?.dots?.[place]).toHaveLength(8);
  expect((await resultPage.drawn('cpu')).type, 'nothing is known of its transfers').toBe('barWithErrorBars');
});

test('both sides of a socket have a bar each', async ({ resultPage }) => {
  const result = complete({ path: 'file-to-socket' });
  await resultPage.open(result);
  const { datasets } = await resultPage.drawn('cpu');
  expect(datasets.map(({ label }) => label)).toEqual(['sender', 'receiver']);
  for (const [nth, key] of (['cpuSecondsPerGib', 'receiverCpuSecondsPerGib'] as const).entries()) {
    expect(datasets[nth]?.data.map(({ x }) => x)).toEqual(
      datasets[nth]?.rows.map(({ plotted }) => result.cases[plotted.case]?.summary?.[key]?.median),
    );
  }
});

test('predicted against measured: a point for each case that has both', async ({ resultPage }) => {
  const result = studied();
  await resultPage.open(result);
  await resultPage.openChart('predicted');
  const { datasets } = await resultPage.drawn('predicted');
  for (const { rows, data } of datasets) {
    for (const [nth, { x, y }] of data.entries()) {
      const one = result.cases[rows[nth]?.plotted.case ?? -1];
      expect([x, y]).toEqual([one?.predicted?.totalNs, one?.summary?.wallNs.median]);
    }
  }
});

test('modes are chosen once for all charts, and that is kept', async ({ resultPage, page }) => {
  await resultPage.open(complete({ buffers: SEED_BUFFERS }));
  const drawnModes = async (id: string) =>
    [
      ...new Set((await resultPage.drawn(id)).datasets.flatMap(({ rows }) => rows.map((row) => row.plotted.mode))),
    ].sort();
  const toggle = (mode: string) => page.locator(`[data-legend-mode="${mode}"]`);
  await toggle('mmap-write').click();
  await expect(toggle('mmap-write')).toHaveAttribute('aria-checked', 'false');
  for (const id of ['headline', 'time-by-size']) expect(await drawnModes(id)).toEqual(['read-write', 'sendfile']);
  await page.locator('[data-only="mmap-write"]').focus();
  await page.keyboard.press('Enter');
  for (const id of ['headline', 'time-by-size']) expect(await drawnModes(id)).toEqual(['mmap-write']);
  await page.reload();
  await resultPage.settled();
  await expect(toggle('sendfile')).toHaveAttribute('aria-checked', 'false');
  await expect.poll(() => drawnModes('headline')).toEqual(['mmap-write']);
  await resultPage.part('no-modes').click();
  await expect(resultPage.chart('headline').locator('[data-part="no-rows"]')).toBeVisible();
  await expect(page.locator('[data-chart-tab]')).not.toHaveCount(0);
  await resultPage.part('all-modes').click();
  expect(await drawnModes('headline')).toEqual(['mmap-write', 'read-write', 'sendfile']);
});

test('one or two charts at a time, chosen by tab, keyboard and list, and kept', async ({ resultPage, page }) => {
  await resultPage.open(complete({ buffers: SEED_BUFFERS }));
  const shown = () =>
    page.locator('zcl-chart').evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset['chart']));
  expect(await shown()).toEqual(['headline', 'time-by-size']);
  await page.locator('[data-chart-tab="headline"]').focus();
  await page.keyboard.press('ArrowRight');
  expect(await shown(), 'a chart does not stand beside itself').toEqual(['time-by-size']);
  await page.keyboard.press('End');
  expect((await shown())[0]).toBe('switches');
  await resultPage.part('beside').selectOption('crossings');
  expect(await shown()).toEqual(['switches', 'crossings']);
  await page.reload();
  await resultPage.settled();
  await expect.poll(shown).toEqual(['switches', 'crossings']);
  await resultPage.part('beside').selectOption('none');
  expect(await shown()).toEqual(['switches']);
});

/** Cases that a chart marks, and those that the ranking marks. */
async function marked(resultPage: ResultPageObject, id: string): Promise<readonly (readonly number[])[]> {
  const inChart = await resultPage.chart(id).evaluate((element) => {
    type Drawn = {
      chart: {
        getActiveElements(): { datasetIndex: number; index: number }[];
        data: { datasets: { rows: { plotted: { case: number } }[] }[] };
      };
    };
    const { chart } = element as HTMLElement & Drawn;
    const cases = chart
      .getActiveElements()
      .map(({ datasetIndex, index }) => chart.data.datasets[datasetIndex]?.rows[index]?.plotted.case ?? -1);
    return [...new Set(cases)];
  });
  const inRanking = await resultPage.page
    .locator('[data-part="ranking"] tr.pointed')
    .evaluateAll((rows) => rows.map((row) => Number((row as HTMLElement).dataset['case'])));
  return [inChart, inRanking];
}

test('what is pointed at in the ranking, a chart, the legend or a table is marked in the others', async ({
  resultPage,
  page,
}) => {
  const result = complete({ buffers: SEED_BUFFERS });
  await resultPage.open(result);
  await resultPage.row(2).locator('th').hover();
  expect(await marked(resultPage, 'headline')).toEqual([[2], [2]]);
  expect(await marked(resultPage, 'time-by-size')).toEqual([[2], [2]]);
  await page.locator('[data-legend-mode="sendfile"]').hover();
  const sendfile = result.cases.findIndex((one) => one.mode === 'sendfile');
  expect(await marked(resultPage, 'headline')).toEqual([[sendfile], [sendfile]]);
  await page.mouse.move(0, 0);
  expect(await marked(resultPage, 'headline')).toEqual([[], []]);
  const box = resultPage.chart('headline').locator('canvas');
  const at = await resultPage.chart('headline').evaluate((element) => {
    type Drawn = { chart: { getDatasetMeta(nth: number): { data: { y: number }[] }; chartArea: { left: number } } };
    const { chart } = element as HTMLElement & Drawn;
    return { x: chart.chartArea.left + 8, y: chart.getDatasetMeta(0).data[0]?.y ?? 0 };
  });
  await box.hover({ position: at });
  const best = (await resultPage.drawn('headline')).datasets[0]?.rows[0]?.plotted.case ?? -1;
  await expect.poll(() => marked(resultPage, 'time-by-size')).toEqual([[best], [best]]);
  await page.locator('[data-choice="table"]').click();
  await resultPage.chart('headline').locator('tbody button').nth(1).focus();
  const second = Number(await resultPage.chart('headline').locator('tbody tr').nth(1).getAttribute('data-case'));
  await expect(resultPage.row(second)).toHaveClass(/pointed/);
});

test('what is pointed at in a chart has its numbers beside it, by mouse and by keyboard', async ({
  resultPage,
  page,
}) => {
  await resultPage.open(complete({ path: 'file-to-socket' }));
  const box = resultPage.chart('cpu').locator('.chart-box');
  const card = box.locator('[data-part="chart-card"]');
  const { rows } = (await resultPage.drawn('cpu')).datasets[0] ?? { rows: [] };
  await expect(card).toBeHidden();
  await box.focus();
  for (const { name } of rows) {
    await page.keyboard.press('ArrowDown');
    await expect(card.locator('strong')).toHaveText(name);
    await expect(card.locator('p')).toHaveText([/^sender: \d.* s\/GiB/, /^receiver: \d.* s\/GiB/]);
    const [inner, outer] = [await card.boundingBox(), await box.boundingBox()];
    expect(inner?.x).toBeGreaterThanOrEqual(outer?.x ?? Infinity);
    expect((inner?.x ?? Infinity) + (inner?.width ?? 0)).toBeLessThanOrEqual((outer?.x ?? 0) + (outer?.width ?? 0));
  }
  await page.keyboard.press('Tab');
  await expect(card).toBeHidden();
  await box.hover();
  await expect(card).toBeVisible();
  await expect(page.locator('[data-part="chart-card"]:visible')).toHaveCount(1);
  await page.mouse.move(0, 0);
  await expect(card).toBeHidden();
});

test('a click on a bar shows how its mode moves bytes, and says what was clicked', async ({ resultPage }) => {
  await resultPage.open(complete());
  const { rows } = (await resultPage.drawn('headline')).datasets[0] ?? { rows: [] };
  const at = await resultPage.chart('headline').evaluate((element) => {
    type Drawn = { chart: { getDatasetMeta(nth: number): { data: { x: number; y: number }[] } } };
    const bar = (element as HTMLElement & Drawn).chart.getDatasetMeta(0).data[0];
    return { x: (bar?.x ?? 0) - 5, y: bar?.y ?? 0 };
  });
  await resultPage.chart('headline').locator('canvas').click({ position: at });
  expect(rows[0]?.plotted.mode).toBe('sendfile');
  await expect(resultPage.part('flow')).toHaveAttribute('data-mode', 'sendfile');
  await expect(resultPage.part('picked')).toContainText(/sendfile\s+Throughput [\d,]+ MiB\/s/);
});

test('charts can be walked by keyboard, to the raw samples and back', async ({ resultPage, page }) => {
  const result = complete();
  await resultPage.open(result);
  await page.getByRole('img', { name: /^Throughput, bar chart: sendfile [\d,]+ MiB\/s/ }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(resultPage.part('picked')).toContainText('sendfile');
  await page.keyboard.press('End');
  const last = (await resultPage.drawn('headline')).datasets[0]?.rows.at(-1)?.plotted;
  await expect(resultPage.part('flow')).toHaveAttribute('data-mode', last?.mode ?? '');
  await page.keyboard.press('Enter');
  const samples = result.cases[last?.case ?? -1]?.samples ?? [];
  await expect(resultPage.part('raw-samples').locator('tbody tr')).toHaveCount(samples.length);
  await page.keyboard.press('Escape');
  await expect(resultPage.part('raw-samples')).toHaveCount(0);
});

test('raw samples come a page at a time, with everything a transfer measured', async ({ resultPage, page }) => {
  const result = complete({ path: 'file-to-socket', rounds: 240 });
  await resultPage.open(result);
  await resultPage.row(0).locator('[data-samples]').click();
  const rows = resultPage.part('raw-samples').locator('tbody tr');
  await expect(rows).toHaveCount(100);
  await expect(resultPage.part('sample-range')).toHaveText('1 to 100 of 241');
  await expect(rows.first()).toContainText('warm-up, not counted');
  const [, sample] = result.cases[0]?.samples ?? [];
  if (sample === undefined) throw new Error('the fixture has samples');
  const { sender } = sample;
  await expect(rows.nth(1).locator('td')).toHaveText([
    formatDuration(sample.wallNs),
    formatNumber(64 / (sample.wallNs / 1e9)),
    formatDuration(sender.cpuNs),
    formatDuration(sample.receiver?.cpuNs ?? 0),
    formatNumber(sender.voluntarySwitches + sender.involuntarySwitches),
    formatNumber(sender.minorFaults + sender.majorFaults),
    '100 %',
    Object.entries(sender.calls)
      .map(([name, count]) => `${name} ${formatNumber(count)}`)
      .join(', '),
    sample.outlier === null ? '' : /outlier/,
  ]);
  await resultPage.part('samples-after').click();
  await expect(resultPage.part('sample-range')).toHaveText('101 to 200 of 241');
  await resultPage.part('samples-after').click();
  await expect(rows).toHaveCount(41);
  await expect(resultPage.part('samples-after')).toHaveAttribute('disabled', '');
  expect((await resultPage.requests('samples')).map((request) => 'offset' in request && request.offset)).toEqual([
    0, 100, 200,
  ]);
  expect(await resultPage.violations({ only: 'zcl-raw-samples' })).toEqual([]);
  await resultPage.part('close-samples').click();
  await expect(resultPage.part('raw-samples')).toHaveCount(0);
  await expect(page.locator('dialog')).toHaveCount(0);
});

test('a table is copied with all digits', async ({ resultPage, page }) => {
  const result = complete();
  await resultPage.open(result);
  await resultPage.part('beside').selectOption('none');
  await page.locator('[data-choice="table"]').click();
  await resultPage.part('copy-table').click();
  const pageResult = pageResultOf(result);
  const [headline] = chartsOf(pageResult);
  if (headline === undefined) throw new Error('there is always one');
  const text = tabSeparated(headline.describe(pageResult, shownCases(pageResult, [])));
  expect(text).toContain(`\t${result.cases[0]?.summary?.mibPerSecond.median}\t`);
  expect(await resultPage.requests('copy')).toMatchObject([{ text }]);
});

test('axe finds nothing in any theme: a table, boxes, modes left out', async ({ resultPage, page }) => {
  await resultPage.open(studied({ path: 'file-to-socket', buffers: [4 * KIB, 64 * KIB] }));
  await page.locator('[data-legend-mode="sendfile"]').click();
  await page.locator('[data-choice="boxes"]').click();
  expect(await resultPage.violations({ only: 'zcl-charts' })).toEqual([]);
  await page.locator('[data-choice="table"]').click();
  await resultPage.chart('headline').locator('tbody button').first().click();
  expect(await resultPage.violations({ only: 'zcl-charts' })).toEqual([]);
});

test('no scrolling of the page sideways, whatever the chart and however narrow', async ({ resultPage, page }) => {
  await resultPage.open(studied({ path: 'file-to-socket', buffers: SEED_BUFFERS }));
  const ids = await page
    .locator('[data-chart-tab]')
    .evaluateAll((all) => all.map((tab) => (tab as HTMLElement).dataset['chartTab'] ?? ''));
  for (const width of [2560, 320]) {
    await page.setViewportSize({ width, height: 800 });
    for (const id of ids) {
      await resultPage.openChart(id);
      await resultPage.chartsFit();
      expect(await resultPage.sideways(), `${id} at ${width} px`).toBe(0);
    }
  }
  await page.locator('[data-choice="table"]').click();
  for (const id of ids) {
    await resultPage.openChart(id);
    expect(await resultPage.sideways(), `table of ${id}`).toBe(0);
  }
});

test('a run that streams is worked out and drawn at most every 200 ms', async ({ resultPage, page }) => {
  await page.clock.install({ time: 0 });
  const plan = planned();
  await resultPage.open(plan);
  await page.clock.pauseAt(60_000);
  const index = 0;
  await resultPage.send({ type: 'sample', case: index, sample: sampleOf(plan, index, 0) });
  await resultPage.send({ type: 'sample', case: index, sample: sampleOf(plan, index, 1) });
  await page.clock.runFor(200);
  await expect(resultPage.chart('headline').locator('canvas')).toBeAttached();
  await resultPage.chart('headline').evaluate((element) => {
    type Drawn = { chart: { update(mode: string): void } };
    const { chart } = element as HTMLElement & Drawn;
    const update = chart.update.bind(chart);
    let drawn = 0;
    chart.update = (mode) => {
      element.setAttribute('data-drawn', String(++drawn));
      update(mode);
    };
  });
  const seconds = 2;
  let round = 1;
  for (let event = 0; event < 20 * seconds; event++) {
    await resultPage.send({ type: 'sample', case: index, sample: sampleOf(plan, index, ++round) });
    await page.clock.runFor(50);
  }
  const drawn = Number(await resultPage.chart('headline').getAttribute('data-drawn'));
  expect(drawn).toBeGreaterThanOrEqual(5 * seconds - 2);
  expect(drawn).toBeLessThanOrEqual(5 * seconds);
  expect((await resultPage.drawn('headline')).datasets[0]?.dots?.[0]?.length).toBeGreaterThan(30);
});
