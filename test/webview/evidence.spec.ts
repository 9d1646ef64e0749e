/** Evidence on the flow diagrams, where the CPU time went, and which kinds of evidence there were. */
import { labels } from '../../src/model/evidence/labels.ts';
import { PATHS } from '../../src/model/paths.ts';
import type { Case } from '../../src/model/result/case.ts';
import type { Result } from '../../src/model/result/result.ts';
import { formatNumber, formatPercent, KIB } from '../../src/model/units.ts';
import { studied } from './evidenceFixtures.ts';
import { complete, everyMode } from './fixtures.ts';
import { expect, type ResultPageObject, test } from './pageTest.ts';

/** The shown case of a mode: the fixture has one of each. */
function caseOf(result: Result, mode: string): Case {
  const one = result.cases.find((each) => each.mode === mode && !each.control);
  if (one === undefined) throw new RangeError(mode);
  return one;
}

/** What list and picture say of every step. */
function shownVerdicts(resultPage: ResultPageObject, key: string) {
  return resultPage.flow(key).evaluate((card) =>
    [...card.querySelectorAll('ol.steps > li')].map((item) => ({
      told: item.querySelector('.proof')?.getAttribute('data-proof') ?? null,
      text: item.querySelector('.proof')?.textContent?.trim().replaceAll(/\s+/g, ' ') ?? '',
      icons: item.querySelectorAll('.proof .codicon').length,
      drawn:
        card
          .querySelector(`svg [data-step="${item.getAttribute('data-step')}"] .proof-mark`)
          ?.getAttribute('data-proof') ?? null,
    })),
  );
}

for (const path of PATHS) {
  test(`every step carries its verdict, in words and as a mark, in the textbooks too: ${path}`, async ({
    resultPage,
    page,
  }) => {
    const result = studied({ path, modes: everyMode(path) });
    await resultPage.open(result);
    for (const mode of result.experiment.modes) {
      await resultPage.chooseMode(mode);
      const cards = page.locator('zcl-flow-card');
      for (const key of await cards.evaluateAll((all) =>
        all.map((card) => (card as HTMLElement).dataset['flow'] ?? ''),
      )) {
        const expected = caseOf(result, mode).evidence?.arrows.filter(({ flow }) => flow === key) ?? [];
        expect(expected.length, `${mode}, ${key}`).toBeGreaterThan(0);
        await expect(resultPage.flow(key).locator('svg.flow-picture')).toBeVisible();
        const shown = await shownVerdicts(resultPage, key);
        expect(
          shown.map(({ told, drawn, icons }) => ({ told, drawn, icons })),
          `${mode}, ${key}`,
        ).toEqual(expected.map(({ verdict }) => ({ told: verdict, drawn: verdict, icons: 1 })));
        for (const [nth, { text }] of shown.entries()) expect(text).toContain(expected[nth]?.reason ?? 'none');
      }
    }
  });
}

test('a verdict has its figures: share and cost of what was seen, the bound of what was not', async ({
  resultPage,
}) => {
  const result = studied();
  await resultPage.open(result);
  const arrows = caseOf(result, 'read-write').evidence?.arrows.filter(({ flow }) => flow === 'here') ?? [];
  const [seen, missed] = ['seen', 'not-seen'].map((verdict) =>
    arrows.find((each) => each.verdict === verdict && each.share !== null),
  );
  const shown = await shownVerdicts(resultPage, 'here');
  expect(shown[seen?.step ?? -1]?.text).toMatch(
    new RegExp(
      `^seen, ${formatPercent(seen?.share?.share ?? 0)} of the samples \\(.+\\), ${formatNumber(seen?.msPerGib ?? 0)} ms/GiB\\. `,
    ),
  );
  expect(shown[missed?.step ?? -1]?.text).toContain(
    `not seen. user-to-kernel copy: at most ${formatPercent(missed?.share?.high ?? 0)} of the samples`,
  );
  expect(shown.map(({ text }) => text).join()).toContain('not observable here. Write-back comes after');
});

test('the picture tells its verdicts to those who do not see it, and the legend explains the marks', async ({
  resultPage,
  page,
}) => {
  await resultPage.open(studied());
  await expect(resultPage.flow('here').locator('svg desc')).toContainText('back when it returns. [seen] 2.');
  for (const verdict of ['seen', 'not-seen', 'not-observable']) {
    await expect(page.locator(`[data-legend="proof-${verdict}"] .proof-mark`)).toHaveCount(1);
  }
});

test('without evidence nothing is marked', async ({ resultPage, page }) => {
  await resultPage.open(complete());
  await expect(resultPage.flow('here').locator('svg.flow-picture')).toBeVisible();
  await expect(page.locator('.proof, .proof-mark, [data-legend^="proof"]')).toHaveCount(0);
  await expect(resultPage.part('evidence')).toHaveCount(0);
  await expect(resultPage.part('tiers')).toHaveCount(0);
});

test('a contradiction stands above the picture of the flow it contradicts, with its share', async ({ resultPage }) => {
  const result = studied();
  await resultPage.open(result);
  await expect(resultPage.part('contradictions')).toHaveCount(0);
  await resultPage.chooseMode('sendfile');
  const [contradiction] = caseOf(result, 'sendfile').evidence?.contradictions ?? [];
  if (contradiction === undefined) throw new Error('the fixture has one');
  const shown = resultPage.flow('here').locator('[data-part="contradictions"] li');
  await expect(shown).toHaveCount(1);
  await expect(shown).toContainText(contradiction.text);
  await expect(resultPage.flow('classic-0').locator('[data-part="contradictions"]')).toHaveCount(0);
  const above = await resultPage.flow('here').evaluate((card) => {
    const [list, picture] = [card.querySelector('.contradictions'), card.querySelector('svg.flow-picture')];
    return (list?.getBoundingClientRect().bottom ?? 0) <= (picture?.getBoundingClientRect().top ?? 0);
  });
  expect(above).toBe(true);
});

test('the CPU time of sender and receiver, apart: a bar each and a row for every label', async ({
  resultPage,
  page,
}) => {
  const result = studied({ path: 'file-to-socket' });
  await resultPage.open(result);
  const { evidence } = caseOf(result, 'read-write');
  if (evidence == null) throw new Error('the fixture has evidence');
  const bars = resultPage.part('evidence-bars');
  await expect(bars.locator('.bar-name')).toHaveText(['sender', 'receiver']);
  await expect(bars.getByRole('img', { name: /^receiver: kernel-to-user copy / })).toBeVisible();
  await expect(resultPage.part('labels')).toBeHidden();
  await resultPage.part('shares').getByText('Show as table').click();
  await expect(resultPage.part('labels')).toBeVisible();
  const rows = resultPage.part('labels').locator('tbody tr');
  await expect(rows).toHaveCount(evidence.labels.length);
  for (const each of evidence.labels) {
    const row = resultPage.part('labels').locator(`tr[data-label="${each.label}"][data-thread="${each.thread}"]`);
    await expect(row.locator('th')).toHaveText(labels().find(({ id }) => id === each.label)?.name ?? 'none');
    await expect(row.locator('td').nth(1)).toHaveText(formatNumber(each.samples));
    await expect(row.locator('td').nth(2)).toContainText(formatPercent(each.share));
    await expect(row.locator('td').nth(3)).toHaveText(formatNumber(each.msPerGib));
  }
  const widths = await bars
    .locator('svg')
    .evaluateAll((all) =>
      all.map((bar) =>
        [...bar.querySelectorAll('rect.solid')].map((part) => Number.parseFloat(part.getAttribute('width') ?? '')),
      ),
    );
  const ofThread = (thread: string) =>
    evidence.labels.filter((each) => each.thread === thread).sort((a, b) => b.msPerGib - a.msPerGib);
  const most = ofThread('sender').reduce((sum, { msPerGib }) => sum + msPerGib, 0);
  for (const [nth, thread] of ['sender', 'receiver'].entries()) {
    for (const [part, each] of ofThread(thread).entries()) {
      expect(widths[nth]?.[part]).toBeCloseTo((each.msPerGib / most) * 99, 1);
    }
  }
  await expect(resultPage.part('counters')).toContainText('2,048 counted by the mode, 2,051 traced by the kernel');
  await expect(page.locator('[data-part="evidence"] .chart-note')).toContainText('3 samples were lost');
});

test('labels of one colour differ in their pattern', async ({ resultPage, page }) => {
  await resultPage.open(studied());
  const looks = await page
    .locator('[data-part="labels"] .swatch')
    .evaluateAll((all) =>
      all.map((swatch) =>
        [...swatch.querySelectorAll('rect')]
          .map((rect) => `${getComputedStyle(rect).fill} ${rect.getAttribute('fill')}`)
          .join(),
      ),
    );
  expect(looks.length).toBeGreaterThan(6);
  expect(new Set(looks).size).toBe(looks.length);
});

test('few samples are not enough evidence, and none say where to look', async ({ resultPage }) => {
  const withSamples = (samples: number): Result => {
    const base = studied();
    return {
      ...base,
      cases: base.cases.map((one) =>
        one.evidence === null ? one : { ...one, evidence: { ...one.evidence, samples } },
      ),
    };
  };
  await resultPage.open(withSamples(199));
  await expect(resultPage.part('not-enough')).toContainText('Not enough evidence: 199 samples, and 200 are needed.');
  await expect(resultPage.part('labels')).toHaveCount(0);
  await resultPage.answer(withSamples(0));
  await resultPage.post({ type: 'stale' });
  await expect(resultPage.part('not-enough')).toContainText('No samples were taken');
  await resultPage.answer(withSamples(200));
  await resultPage.post({ type: 'stale' });
  await expect(resultPage.part('labels')).toHaveCount(1);
});

test('the buffer whose evidence is shown can be chosen', async ({ resultPage }) => {
  const base = studied({ buffers: [4 * KIB, 64 * KIB] });
  const result: Result = {
    ...base,
    cases: base.cases.map((one) =>
      one.evidence === null ? one : { ...one, evidence: { ...one.evidence, lost: one.bufferBytes ?? 1 } },
    ),
  };
  await resultPage.open(result);
  const note = resultPage.part('evidence').locator('.chart-note');
  await expect(note).toContainText('65,536 samples were lost');
  await resultPage.part('evidence-size').selectOption('4 KiB');
  await expect(note).toContainText('4,096 samples were lost');
  await resultPage.chooseMode('sendfile');
  await expect(resultPage.part('evidence-size')).toHaveCount(0);
});

test('every kind of evidence says whether it was there, else why, what would allow it, and how to undo that', async ({
  resultPage,
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const result = studied();
  await resultPage.open(result);
  const tiers = resultPage.part('tiers');
  await tiers.getByText('Kinds of evidence: 3 of 5 available here').click();
  for (const { id, available, missing } of result.tiers ?? []) {
    const tier = tiers.locator(`[data-tier="${id}"]`);
    await expect(tier).toHaveAttribute('data-available', String(available));
    if (missing === null) {
      await expect(tier).toContainText('Available.');
      continue;
    }
    const commands = [missing.allow, missing.undo].filter((command) => command !== null);
    await expect(tier.locator('code')).toHaveText(commands);
    await expect(tier).toContainText(missing.reason);
    if (commands.length === 0) await expect(tier).toContainText('No command allows it.');
  }
  const allow = result.tiers?.find(({ id }) => id === 'cpu-wide')?.missing?.allow ?? 'none';
  await tiers.getByRole('button', { name: `Copy: ${allow}` }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(allow);
});
