/** The page as people and tools meet it: facts of its DOM, with VS Code stood in for. */

import { PATHS } from '../../src/model/paths.ts';
import { remarksOf } from '../../src/model/remarks.ts';
import type { Case } from '../../src/model/result/case.ts';
import type { Result } from '../../src/model/result/result.ts';
import { formatDuration, formatNumber, formatRatio } from '../../src/model/units.ts';
import { complete, EXDEV, partial, planned, SEED_BUFFERS, told, withTroubles } from './fixtures.ts';
import { expect, test } from './pageTest.ts';

/** Cases with numbers from the fastest down. */
function fastestFirst(result: Result): readonly number[] {
  const speed = (index: number) => result.cases[index]?.summary?.mibPerSecond.median ?? 0;
  return result.cases
    .map((_, index) => index)
    .filter((index) => result.cases[index]?.summary !== null)
    .sort((a, b) => speed(b) - speed(a));
}

test('says what ran, when and where', async ({ resultPage, page }) => {
  const result = complete({ path: 'file-to-socket' });
  await resultPage.open(result);
  await expect(resultPage.root).toHaveAttribute('data-status', 'complete');
  await expect(page.locator('h1')).toHaveText('File to socket');
  const what = resultPage.part('what');
  for (const fact of [
    '64 MiB, generated',
    '64 KiB buffer',
    '6 rounds',
    'warm cache',
    'ext4 (/dev/vda2)',
    'TCP over loopback',
  ]) {
    await expect(what).toContainText(fact);
  }
  const where = resultPage.part('where');
  for (const fact of ['lovelace', 'Linux 6.12.48', 'AMD EPYC 7763', 'kvm', 'quick.zcresult.json']) {
    await expect(where).toContainText(fact);
  }
  await expect(where.locator('time')).toHaveAttribute('datetime', result.startedAt);
});

for (const path of PATHS) {
  test(`ranks the cases with the numbers of the document: ${path}`, async ({ resultPage }) => {
    const result = complete({ path });
    await resultPage.open(result);
    expect(await resultPage.order()).toEqual(fastestFirst(result));
    for (const [index, one] of result.cases.entries()) {
      const row = resultPage.row(index);
      const summary = one.summary;
      if (summary === null) throw new Error('the fixture has summaries');
      await expect(row).toHaveAttribute('data-mode', one.mode);
      for (const key of [
        'mibPerSecond',
        'cpuSecondsPerGib',
        'crossingsPerMib',
        'faultsPerMib',
        'contextSwitchesPerGib',
      ] as const) {
        await expect(row.locator(`td[data-column="${key}"] .median`)).toHaveText(formatNumber(summary[key].median));
      }
      const { low, high } = summary.mibPerSecond;
      await expect(row.locator('td[data-column="mibPerSecond"] .spread')).toHaveText(
        `${formatNumber(low ?? 0)}–${formatNumber(high ?? 0)}`,
      );
      const receiver = row.locator('td[data-column="receiverCpuSecondsPerGib"]');
      if (path === 'file-to-file') await expect(receiver).toHaveCount(0);
      else
        await expect(receiver.locator('.median')).toHaveText(
          formatNumber(summary.receiverCpuSecondsPerGib?.median ?? 0),
        );
      await expect(row.locator('td[data-column="verified"]')).toContainText('hash');
    }
    await expect(resultPage.part('loopback')).toHaveCount(path === 'file-to-socket' ? 1 : 0);
  });
}

test('says each verdict in words, with the ratio, never by colour alone', async ({ resultPage }) => {
  const verdicts = ['faster', 'slower', 'same', 'unsettled'] as const;
  const base = complete();
  const result: Result = {
    ...base,
    cases: base.cases.map((one, index): Case => {
      const verdict = verdicts[index];
      if (one.summary === null || verdict === undefined) return one;
      const ratioToBaseline = { median: 1.25 + index / 10, low: 1.2, high: 1.7, verdict, p: null };
      return { ...one, mode: 'sendfile', summary: { ...one.summary, ratioToBaseline } };
    }),
  };
  await resultPage.open(result);
  for (const [index, verdict] of verdicts.entries()) {
    const cell = resultPage.row(index).locator('td[data-column="ratioToBaseline"]');
    await expect(cell.locator('.verdict')).toHaveText(verdict);
    await expect(cell.locator('.verdict .codicon')).toHaveCount(1);
    await expect(cell.locator('.median')).toHaveText(formatRatio(1.25 + index / 10));
    await expect(cell.locator('.spread').first()).toHaveText('1.20x–1.70x');
  }
});

test('marks the baseline and its control, and names buffers only where there are several', async ({ resultPage }) => {
  const result = complete({ buffers: SEED_BUFFERS });
  await resultPage.open(result);
  const control = result.cases.findIndex((one) => one.control);
  await expect(resultPage.row(control).locator('[data-tag]')).toHaveText('control: same again');
  await expect(resultPage.row(0).locator('[data-tag]')).toHaveText('baseline');
  await expect(resultPage.row(0).locator('.buffer')).toHaveText('32 B');
  const sendfile = result.cases.findIndex((one) => one.mode === 'sendfile');
  await expect(resultPage.row(sendfile).locator('.buffer')).toHaveCount(0);
  await expect(resultPage.row(sendfile).locator('td[data-column="ratioToBaseline"]')).toContainText(
    'baseline at 64 KiB',
  );
});

test('names the two sides by what they do on the path', async ({ resultPage, page }) => {
  await resultPage.open(complete({ path: 'process-to-process' }));
  const titles = page.locator('th[data-column$="puSecondsPerGib"] button');
  await expect(titles).toHaveText([/^\s*CPU, producer/, /^\s*CPU, consumer/]);
});

test('puts what is to be known of a mode beside its name', async ({ resultPage }) => {
  const base = complete({ path: 'file-to-socket', modes: ['read-write', 'msg-zerocopy', 'io-uring-splice'] });
  const result: Result = {
    ...base,
    cases: base.cases.map((one): Case => {
      if (one.mode === 'msg-zerocopy') return { ...one, zerocopy: { sent: 64, completed: 64, copied: 64 } };
      if (one.mode !== 'io-uring-splice') return one;
      return { ...one, samples: one.samples.map((sample) => ({ ...sample, observed: { ioWorkers: 2 } })) };
    }),
  };
  await resultPage.open(result);
  const kinds = new Set<string>();
  for (const [index, one] of result.cases.entries()) {
    for (const { kind, label, text } of remarksOf(one, result.host)) {
      kinds.add(kind);
      const tag = resultPage.row(index).locator(`[data-tag="${kind}"]`);
      await expect(tag).toHaveText(label);
      await expect(tag).toHaveAttribute('title', text);
    }
  }
  expect([...kinds].sort()).toEqual(['copied-after-all', 'io-workers']);
});

test('shared blocks have a time and no speed', async ({ resultPage }) => {
  const result = complete({ modes: ['read-write', 'reflink'] });
  await resultPage.open(result);
  const reflink = result.cases.findIndex((one) => one.mode === 'reflink');
  const row = resultPage.row(reflink);
  await expect(row.locator('[data-tag="blocks-shared"]')).toHaveText('blocks shared, no data moved');
  await expect(row.locator('td[data-column="mibPerSecond"]')).toHaveText(
    formatDuration(result.cases[reflink]?.summary?.wallNs.median ?? 0),
  );
  await expect(row.locator('td[data-column="ratioToBaseline"]')).toHaveText('–');
  expect((await resultPage.order()).at(-1)).toBe(reflink);
});

test('says how the intervals are made, and claims none from few rounds', async ({ resultPage }) => {
  await resultPage.open(complete({ rounds: 3 }));
  await expect(resultPage.part('coverage')).toHaveText('Fewer than 6 rounds: no interval is claimed.');
  await expect(resultPage.row(2).locator('.interval, .spread')).toHaveCount(0);
  await expect(resultPage.row(2).locator('.verdict')).toHaveText('unsettled');
  const floored = { ...complete({ rounds: 6 }), noiseFloor: 0.034 };
  await resultPage.answer(floored);
  await resultPage.post({ type: 'stale' });
  await expect(resultPage.part('coverage')).toHaveCount(0);
  await expect(resultPage.part('footnotes')).toContainText('differences below 3.4 % are not called differences');
});

test('says beside the number what is not settled, what was not counted, and how likely chance is', async ({
  resultPage,
}) => {
  const base = complete({ cache: 'cold', rounds: 9 });
  const warm = (one: Case, until: number): Case => ({
    ...one,
    samples: one.samples.map((sample) =>
      sample.round > 0 && sample.round <= until ? { ...sample, residency: 0.5, excluded: 'not-cold' } : sample,
    ),
  });
  const stopped = (one: Case): Case => ({
    ...one,
    samples: one.samples.map((sample) =>
      sample.round === 5 ? { ...sample, wallNs: 10e9, excluded: 'held-up' } : sample,
    ),
  });
  const changed = told({
    ...base,
    cases: base.cases.map((one, index) => (index === 2 ? stopped(warm(one, 2)) : index === 3 ? warm(one, 9) : one)),
  });
  await resultPage.open({
    ...changed,
    cases: changed.cases.map((one, index) => ({ ...one, settled: one.summary === null ? null : index !== 2 })),
  });
  await expect(resultPage.row(2).locator('[data-note="not-settled"]')).toHaveText('not settled');
  await expect(resultPage.row(0).locator('[data-note="not-settled"]')).toHaveCount(0);
  await expect(resultPage.row(2).locator('[data-note="excluded"]')).toHaveText([
    '2 of 9 samples excluded: source was in the page cache',
    '1 of 9 samples excluded: the process was stopped or could not run',
  ]);
  await expect(resultPage.row(2).locator('.verdict')).toHaveAttribute('title', /^p (< )?0\.\d+: paired t, by Holm$/);
  await expect(resultPage.row(3)).toContainText('No transfer counts, because none of them was cold.');
});

test('sorts by a header, with the keyboard too, and remembers it', async ({ resultPage, page }) => {
  const result = complete();
  await resultPage.open(result);
  const header = page.locator('th[data-column="crossingsPerMib"]');
  const speed = page.locator('th[data-column="mibPerSecond"]');
  await expect(speed).toHaveAttribute('aria-sort', 'descending');
  await header.locator('button').focus();
  await page.keyboard.press('Enter');
  await expect(header).toHaveAttribute('aria-sort', 'descending');
  await expect(speed).toHaveAttribute('aria-sort', 'none');
  await page.keyboard.press('Space');
  await expect(header).toHaveAttribute('aria-sort', 'ascending');
  const crossings = (index: number) => result.cases[index]?.summary?.crossingsPerMib.median ?? 0;
  const shown = (await resultPage.order()).map(crossings);
  expect(shown).toEqual([...shown].sort((a, b) => a - b));
  expect(new Set(shown).size).toBeGreaterThan(1);
  await page.reload();
  await resultPage.settled();
  await expect(header).toHaveAttribute('aria-sort', 'ascending');
});

test('gives unsupported and failed cases a row with the reason and the way out', async ({ resultPage }) => {
  const result = withTroubles();
  await resultPage.open(result);
  const sendfile = result.cases.findIndex((one) => one.mode === 'sendfile');
  await expect(resultPage.row(sendfile)).toContainText('Not supported here.');
  await expect(resultPage.row(sendfile)).toContainText(EXDEV.message);
  await expect(resultPage.row(sendfile)).toContainText(EXDEV.hint);
  const mmap = result.cases.findIndex((one) => one.mode === 'mmap-write');
  await expect(resultPage.row(mmap)).toContainText('Failed.');
  await expect(resultPage.row(mmap)).toContainText('No space left on /dev/vda2.');
  expect((await resultPage.order()).slice(-2).sort()).toEqual([sendfile, mmap].sort());
});

test('never calls verified what was only counted, or what differs', async ({ resultPage }) => {
  const base = complete();
  const hows = [
    { how: 'count-only', ok: true, difference: null },
    { how: 'readback', ok: false, difference: 'byte 4096 differs' },
  ] as const;
  await resultPage.open({
    ...base,
    cases: base.cases.map((one, index) => ({ ...one, verified: hows[index] ?? null })),
  });
  const cell = (index: number) => resultPage.row(index).locator('td[data-column="verified"]');
  await expect(cell(0)).toHaveText('byte count only');
  await expect(cell(1)).toContainText('differs');
  await expect(cell(1)).toContainText('byte 4096 differs');
  await expect(cell(2)).toHaveText('not yet');
});

for (const [status, word] of [
  ['partial', 'Partial result.'],
  ['failed', 'Failed run.'],
] as const) {
  test(`a ${status} result says why`, async ({ resultPage }) => {
    const result: Result = { ...partial(), status };
    await resultPage.open(result);
    await expect(resultPage.root).toHaveAttribute('data-status', status);
    await expect(resultPage.part('not-whole')).toContainText(word);
    await expect(resultPage.part('not-whole')).toContainText(result.reason?.message ?? 'none');
    await expect(resultPage.part('not-whole')).toContainText(result.reason?.hint ?? 'none');
    await expect(resultPage.rows()).toHaveCount(result.cases.length);
  });
}

test('a result cut off before its summaries gets them from its samples', async ({ resultPage }) => {
  const whole = partial();
  await resultPage.open({ ...whole, cases: whole.cases.map((one) => ({ ...one, summary: null })) });
  const median = whole.cases[0]?.summary?.mibPerSecond.median ?? 0;
  await expect(resultPage.row(0).locator('td[data-column="mibPerSecond"] .median')).toHaveText(formatNumber(median));
});

test('an unreadable file gets a calm page and a way to its text', async ({ resultPage, page }) => {
  const problem = { code: 'cut-off', message: 'The file ends in the middle.', hint: 'Run the benchmark again.' };
  await resultPage.open({ kind: 'unreadable', fileName: 'full.zcresult.json', problem });
  const part = resultPage.part('unreadable');
  await expect(part).toContainText('full.zcresult.json');
  await expect(part).toContainText(problem.message);
  await expect(part).toContainText(problem.hint);
  await expect(resultPage.root).not.toHaveAttribute('data-status');
  await page.getByRole('button', { name: 'Open as text' }).click();
  await expect.poll(() => resultPage.posted('open-as-text')).toBe(1);
});

test('shows nothing before the host answered', async ({ resultPage }) => {
  await resultPage.open(null);
  await expect.poll(() => resultPage.posted('ready')).toBe(1);
  await expect(resultPage.root).toHaveText('');
  await expect(resultPage.root).not.toHaveAttribute('data-status');
});

test('shows what the host could not do', async ({ resultPage, page }) => {
  await resultPage.open(complete());
  await page.evaluate(() => {
    window.zclHost.problems['run-again'] = { code: 'busy', message: 'Another run is under way.', hint: 'Wait for it.' };
  });
  await page.getByRole('button', { name: 'Run again' }).click();
  await expect(page.getByRole('alert')).toContainText('Another run is under way. Wait for it.');
});

test('lists host and experiment on request, and remembers that', async ({ resultPage, page }) => {
  await resultPage.open(complete());
  const facts = resultPage.part('details').locator('.facts').first();
  await expect(facts).toBeHidden();
  await page.getByText('Host and experiment').click();
  await expect(facts).toBeVisible();
  await expect(facts).toContainText('Debian GNU/Linux 12 (bookworm)');
  await expect(facts).toContainText('16 GiB');
  await page.reload();
  await resultPage.settled();
  await expect(facts).toBeVisible();
});

test('speaks the language of its bundle', async ({ resultPage, page }) => {
  await resultPage.open(complete(), { words: { Ranking: 'Rangliste', faster: 'schneller' } });
  await expect(page.locator('#ranking-heading')).toHaveText('Rangliste');
  await expect(page.locator('[data-verdict="faster"]').first()).toHaveText('schneller');
});

test('marks the moment everything is drawn, once', async ({ resultPage, page }) => {
  await resultPage.open(complete());
  const marks = () => page.evaluate(() => performance.getEntriesByName('zcl-drawn').length);
  await expect.poll(marks).toBe(1);
  await expect(page.locator('svg.flow-picture')).toHaveCount(2);
  await resultPage.post({ type: 'stale' });
  await expect.poll(() => resultPage.posted('ready')).toBe(2);
  expect(await marks()).toBe(1);
});

test('shows a planned run without a single sample', async ({ resultPage }) => {
  const result = planned();
  await resultPage.open(result);
  await expect(resultPage.root).toHaveAttribute('data-status', 'running');
  await expect(resultPage.rows()).toHaveCount(result.cases.length);
  await expect(resultPage.row(0)).toContainText('Waiting for its first round.');
});

test('shows an empty transfer', async ({ resultPage }) => {
  await resultPage.open(told(complete({ bytes: 0 })));
  await expect(resultPage.rows()).toHaveCount(4);
  await expect(resultPage.part('transfer')).toContainText('0 B');
});
