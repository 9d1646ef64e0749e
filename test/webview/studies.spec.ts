/** The cost model, single calls, the noise of the host, samples that do not count, and experiments of other kinds. */
import { flowFactsOf } from '../../src/model/flowFacts.ts';
import { countsOfCase } from '../../src/model/modes/calls.ts';
import { findMode } from '../../src/model/modes/catalogue.ts';
import type { ModeDescriptor } from '../../src/model/modes/descriptor.ts';
import type { Result } from '../../src/model/result/result.ts';
import { formatNumber, formatPercent, KIB, MIB } from '../../src/model/units.ts';
import { ofObjects, paced, studied, unsteady } from './evidenceFixtures.ts';
import { complete, told } from './fixtures.ts';
import { expect, type ResultPageObject, test } from './pageTest.ts';

/** Parts of a bar as drawn: what fills them, and how wide they are in percent of the scale. */
function barParts(resultPage: ResultPageObject, mode: string) {
  return resultPage
    .part('cost')
    .locator(`[data-cost-case="${mode}"] + svg`)
    .evaluate((bar) => ({
      parts: [...bar.querySelectorAll('.part')].map((part) => ({
        kind:
          part
            .querySelector('rect')
            ?.getAttribute('class')
            ?.replace(/ .*look-\d+/, '') ?? '',
        width: Number.parseFloat(part.querySelector('rect')?.getAttribute('width') ?? ''),
        title: part.querySelector('title')?.textContent ?? '',
      })),
      mark: Number.parseFloat(bar.querySelector('.measured line:last-child')?.getAttribute('x1') ?? ''),
    }));
}

test('the prediction in its parts against the median, the rest never hidden', async ({ resultPage }) => {
  const result = studied();
  await resultPage.open(result);
  const mostOf = Math.max(
    ...result.cases.flatMap((one) =>
      one.predicted === null
        ? []
        : [one.predicted.totalNs, one.summary?.wallNs.high ?? 0, one.summary?.wallNs.median ?? 0],
    ),
  );
  const share = (ns: number) => (ns / mostOf) * 99;
  let short = 0;
  let over = 0;
  for (const one of result.cases.filter((each) => each.predicted !== null)) {
    const measured = one.summary?.wallNs.median ?? 0;
    const predicted = one.predicted?.totalNs ?? 0;
    const { parts, mark } = await barParts(resultPage, one.mode);
    expect(mark).toBeCloseTo(share(measured), 1);
    const sum = (kinds: readonly string[]) =>
      parts.filter(({ kind }) => kinds.includes(kind)).reduce((total, { width }) => total + width, 0);
    const words = resultPage.part('cost').locator(`[data-cost-error="${one.mode}"]`);
    if (predicted < measured) {
      short++;
      expect(sum(['solid'])).toBeCloseTo(share(predicted), 0);
      expect(sum(['rest'])).toBeCloseTo(share(measured - predicted), 0);
      await expect(words).toContainText(`${formatPercent((measured - predicted) / measured)} unexplained`);
    } else {
      over++;
      expect(sum(['solid'])).toBeCloseTo(share(measured), 0);
      expect(sum(['rest overshoot'])).toBeCloseTo(share(predicted - measured), 0);
      await expect(words).toContainText(`${formatPercent((predicted - measured) / measured)} too much`);
    }
  }
  expect([short > 0, over > 0]).toEqual([true, true]);
  await expect(resultPage.part('cost').locator('[data-legend^="unit-"]')).toHaveText([
    'copy from a buffer',
    'copy to a buffer',
    'new page',
    'system call',
  ]);
  for (const legend of ['rest', 'overshoot']) {
    await expect(resultPage.part('cost').locator(`[data-legend="${legend}"] .rest`)).toHaveCount(1);
  }
});

test('cases of one buffer share a scale, whole transfers have their own', async ({ resultPage }) => {
  await resultPage.open(studied({ buffers: [4 * KIB, 64 * KIB] }));
  await expect(resultPage.part('cost').locator('h3')).toHaveText(['4 KiB', '64 KiB', 'Whole transfer']);
});

test('unit costs stand in the details, crossovers in a table', async ({ resultPage, page }) => {
  const result = studied();
  await resultPage.open(result);
  const rows = resultPage.part('crossovers').locator('tbody tr');
  await expect(rows).toHaveCount(result.crossovers.length);
  await expect(rows.nth(0).locator('td')).toHaveText([
    'read + write',
    'buffer',
    'up to 12.5 KiB',
    'up to somewhere between 4 KiB and 16 KiB',
  ]);
  await expect(rows.nth(1)).toContainText('no crossover among these sizes');
  await page.getByText('Host and experiment').click();
  await expect(resultPage.part('details')).toContainText('Unit costs, measured in 812 ms');
  const facts = resultPage.part('details').locator('.facts').last();
  await expect(facts.locator('th')).toHaveText([
    'system call',
    'copy to a buffer, 64 KiB',
    'copy from a buffer, 64 KiB',
    'new page, 64 KiB',
  ]);
  await expect(facts.locator('td').nth(1)).toHaveText('0.08 ns (0.08 ns–0.09 ns) a byte');
  await expect(resultPage.part('details')).toContainText('71.4 ns (70.9 ns–72.3 ns)');
});

test('single calls: percentiles as boxes on a logarithmic scale, and as numbers', async ({ resultPage, page }) => {
  const result = studied();
  const read = result.cases[0]?.latency?.find(({ call }) => call === 'read');
  const [first, ...others] = result.cases;
  if (first === undefined || read === undefined) throw new Error('the fixture has read()');
  const few = { ...read, call: 'poll', count: 40 };
  const once = { ...read, call: 'mmap', count: 1 };
  await resultPage.open({ ...result, cases: [{ ...first, latency: [read, few, once] }, ...others] });
  await resultPage.openChart('calls');
  const { datasets, labels, scales } = await resultPage.drawn('calls');
  expect(scales['x']).toMatchObject({ type: 'logarithmic' });
  expect(scales['x']?.labels).toContain('1 µs');
  const boxes = datasets[0]?.data as unknown as readonly Record<string, unknown>[];
  const box = (name: string) => boxes[labels?.indexOf(`read + write: ${name}`) ?? -1];
  const { p50Ns, p99Ns, p999Ns, maxNs } = read;
  expect(box('read')).toMatchObject({ q1: p50Ns, median: p50Ns, q3: p99Ns, whiskerMax: maxNs, outliers: [p999Ns] });
  expect(box('poll'), 'no p99 of 40 calls').toMatchObject({ median: p50Ns, q3: maxNs, outliers: [] });
  expect(box('mmap, one call')).toMatchObject({ min: maxNs, max: maxNs });
  expect(labels).toContain('sendfile: sendfile, one call moves it all');
  await page.locator('[data-choice="table"]').click();
  const row = (name: string) =>
    resultPage
      .chart('calls')
      .locator('tbody tr')
      .filter({ hasText: `read + write: ${name}` });
  await expect(row('read').locator('td')).toHaveText([
    formatNumber(read.count),
    ...[p50Ns, p99Ns, p999Ns, maxNs].map((ns) => `${formatNumber(ns / 1000)} µs`),
  ]);
  await expect(row('poll').locator('td').nth(2)).toHaveText('–');
});

test('the host during the run: a curve for what could be read, and the warning of the findings', async ({
  resultPage,
  page,
}) => {
  const result = studied();
  const noise = result.noise.map((reading, nth) => ({
    ...reading,
    mhz: null,
    runnable: nth === 7 ? null : reading.runnable,
  }));
  await resultPage.open({ ...result, noise });
  expect(result.findings.map(({ kind }) => kind)).toContain('noise-steal');
  await expect(resultPage.part('noise-warning')).toHaveText(
    result.findings.filter(({ kind }) => kind.startsWith('noise')).map(({ text }) => text),
  );
  const row = (key: string) => page.locator(`[data-noise="${key}"]`);
  await expect(row('stealShare')).toContainText('0.4 % to 41 %');
  await expect(row('othersWrittenBytes')).toContainText('0 B to 24 MiB');
  await expect(row('mhz')).toHaveCount(0);
  await expect(row('stealShare').locator('.curve')).toHaveCount(1);
  await expect(row('runnable').locator('.curve'), 'cut where there was nothing to read').toHaveCount(2);
  await resultPage.answer({ ...result, noise: noise.slice(0, 1), findings: [] });
  await resultPage.post({ type: 'stale' });
  await expect(resultPage.part('noise')).toHaveCount(0);
});

test('nothing is shown of passes that did not run', async ({ resultPage }) => {
  await resultPage.open(complete());
  for (const part of ['cost', 'crossovers', 'noise']) await expect(resultPage.part(part)).toHaveCount(0);
  for (const chart of ['calls', 'predicted']) {
    await expect(resultPage.page.locator(`[data-chart-tab="${chart}"]`)).toHaveCount(0);
  }
});

test('numbers that are not settled, drift, or leave samples out say so', async ({ resultPage }) => {
  const result = unsteady();
  await resultPage.open(result);
  for (const [index, one] of result.cases.entries()) {
    const notes = resultPage.row(index).locator('td.headline [data-note]');
    const expected = [
      ...(one.settled === false ? ['not settled'] : []),
      ...(result.findings.some(({ kind, cases }) => kind === 'drifting' && cases.includes(index)) ? ['drifting'] : []),
      ...(one.samples.some(({ excluded }) => excluded !== null)
        ? ['2 of 8 samples excluded: source was in the page cache']
        : []),
    ];
    await expect(notes).toHaveText(expected);
  }
  await expect(resultPage.page.locator('[data-note]')).toHaveCount(3);
});

test('every transfer is drawn over its bar, those that do not count as crosses', async ({ resultPage }) => {
  const result = unsteady();
  await resultPage.open(result);
  const { labels, datasets } = await resultPage.drawn('headline');
  const drawn = (labels ?? []).map((label, nth) => ({ label, dots: datasets[0]?.dots?.[nth] ?? [] }));
  const baseline = drawn.find(({ label }) => label === 'read + write');
  expect(baseline?.dots.map(({ kind }) => kind === 'excluded')).toEqual(
    [3, 5].reduce((all, round) => all.with(round - 1, true), Array<boolean>(8).fill(false)),
  );
  const samples = result.cases[0]?.samples.filter(({ warmup }) => !warmup) ?? [];
  for (const [nth, sample] of samples.entries()) {
    expect(baseline?.dots[nth]?.value).toBeCloseTo(64 / (sample.wallNs / 1e9), 6);
  }
  await expect(resultPage.chart('headline')).toContainText('Crosses: excluded, not counted.');
});

test('paced to one rate: cases are compared by CPU time', async ({ resultPage, page }) => {
  const result = paced();
  await resultPage.open(result);
  await expect(resultPage.part('what')).toContainText('paced to 900 MiB/s; compare CPU s/GiB');
  const header = page.locator('th[data-column="cpuSecondsPerGib"]');
  await expect(header).toHaveAttribute('aria-sort', 'ascending');
  const cost = (index: number) => result.cases[index]?.summary?.cpuSecondsPerGib.median ?? 0;
  const shown = (await resultPage.order()).map(cost);
  expect(shown).toEqual([...shown].sort((a, b) => a - b));
  const sendfile = result.cases.findIndex((one) => one.mode === 'sendfile');
  await expect(resultPage.row(sendfile).locator('.verdict')).toHaveText('less CPU');
  await expect(page.getByRole('img', { name: /^CPU time, bar chart: sendfile 0\.\d+ s\/GiB/ })).toBeVisible();
  await resultPage.openChart('cost-by-size');
  await expect(resultPage.chart('cost-by-size').locator('h3')).toHaveText('CPU time by buffer size');
  await expect(page.locator('[data-chart-tab="speed-by-size"]')).toHaveCount(0);
});

test('paced between two sides: what counts is the CPU time of both', async ({ resultPage }) => {
  const base = paced('file-to-socket');
  // The sender's work moved to the receiver.
  const result = told({
    ...base,
    cases: base.cases.map((one) =>
      one.mode !== 'sendfile'
        ? one
        : {
            ...one,
            samples: one.samples.map((sample) => ({
              ...sample,
              sender: { ...sample.sender, cpuNs: 1 },
              receiver: sample.receiver === null ? null : { ...sample.receiver, cpuNs: 9 * sample.receiver.cpuNs },
            })),
          },
    ),
  });
  await resultPage.open(result);
  const total = (index: number) => result.cases[index]?.summary?.totalCpuSecondsPerGib?.median ?? 0;
  const shown = await resultPage.order();
  expect(shown.map(total)).toEqual([...shown.map(total)].sort((a, b) => a - b));
  const last = shown.at(-1) ?? -1;
  expect(result.cases[last]?.mode).toBe('sendfile');
  await expect(resultPage.row(last).locator('td.headline .median')).toHaveText(formatNumber(total(last)));
  await expect(resultPage.row(last).locator('.verdict')).toHaveText('more CPU');
  await expect(resultPage.chart('headline').locator('h3')).toHaveText('CPU time of both sides');
  const bars = (await resultPage.drawn('headline')).datasets[0]?.data.map(({ x }) => x);
  expect(bars).toEqual(shown.map(total));
});

test('objects: throughput over their size, and each size a row', async ({ resultPage }) => {
  const result: Result = ofObjects();
  await resultPage.open(result);
  await expect(resultPage.part('what')).toContainText('objects of 4 KiB to 16 MiB, opened and closed each');
  await expect(resultPage.chart('speed-by-size').locator('h3')).toHaveText('Throughput by object size');
  const lines = (await resultPage.drawn('speed-by-size')).datasets;
  for (const { label, data } of lines) {
    expect(
      data.map(({ x }) => x),
      label,
    ).toEqual([4 * KIB, 64 * KIB, MIB, 16 * MIB]);
  }
  const sendfile = result.cases.findIndex((one) => one.mode === 'sendfile');
  await expect(resultPage.row(sendfile).locator('.buffer')).toHaveText('4 KiB');
  expect(lines.find(({ rows }) => rows[0]?.plotted.mode === 'sendfile')?.data[0]?.y).toBeCloseTo(
    result.cases[sendfile]?.summary?.mibPerSecond.median ?? 0,
    6,
  );
});

test('objects: the whole transfer has a row for every size, with the calls of all objects', async ({
  resultPage,
  page,
}) => {
  const result = ofObjects();
  await resultPage.open(result);
  const mode = findMode('mmap-write') as ModeDescriptor;
  await resultPage.chooseMode(mode.id);
  const cases = result.cases.filter((one) => one.mode === mode.id);
  await expect(page.locator('[data-part="transfer"] tbody tr')).toHaveCount(cases.length);
  for (const one of cases) {
    const { calls } = countsOfCase(mode, mode.here(flowFactsOf(result, 'file-to-file')), one);
    const row = page.locator(`[data-part="transfer"] tr[data-size="${one.options['objectBytes']}"]`);
    await expect(row.locator('[data-count="calls"]')).toHaveText(
      Object.entries(calls)
        .map(([name, count]) => `${name} ${formatNumber(count)}`)
        .join(', '),
    );
    expect(calls['mmap']).toBe(one.options['objectCount']);
  }
});
