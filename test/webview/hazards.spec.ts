/** The page of an experiment with hazards: outcomes by icon and words, live and finished. */
import type { Locator } from '@playwright/test';
import { arrange } from '../../src/model/findings/top.ts';
import { hazardsOf, tellHazard } from '../../src/model/hazards.ts';
import { modesOfPath } from '../../src/model/modes/catalogue.ts';
import { FILE_PATHS } from '../../src/model/paths.ts';
import type { Case } from '../../src/model/result/case.ts';
import type { HazardReport } from '../../src/model/result/hazard.ts';
import type { Result } from '../../src/model/result/result.ts';
import { hazards, plannedHazards } from './fixtures.ts';
import { expect, resultState, test } from './pageTest.ts';

/** Outcomes of every kind, case after case. */
function outcome(one: Case, index: number): HazardReport {
  const whole: HazardReport = {
    happened: true,
    arrivedBytes: one.bytes,
    error: null,
    differsFromByte: null,
    waited: false,
  };
  const half = one.bytes / 2;
  const outcomes: readonly HazardReport[] = [
    whole,
    { ...whole, arrivedBytes: half, error: { code: 'SHORT', call: 'read', message: 'The source ended.' } },
    { ...whole, differsFromByte: half },
    { ...whole, arrivedBytes: half, waited: true },
    { ...whole, arrivedBytes: half, error: { code: 'EPIPE', call: 'write', message: 'Broken pipe' } },
  ];
  return outcomes[index % outcomes.length] as HazardReport;
}

function met(path: Result['experiment']['path'] = 'file-to-file'): Result {
  return hazards(path, outcome);
}

for (const path of FILE_PATHS) {
  test(`a row per mode, a column per hazard, every outcome told: ${path}`, async ({ resultPage, page }) => {
    const result = met(path);
    await resultPage.open(result);
    const table = resultPage.part('hazards');
    await expect(table.locator('thead th')).toHaveText(['Mode', ...hazardsOf(path).map((hazard) => hazard.name)]);
    await expect(table.locator('tbody th')).toHaveText(modesOfPath(path).map((mode) => mode.name));
    const cells = new Map(await shownOutcomes(table));
    const words = await resultPage.part('hazard-words').textContent();
    const tones: Record<string, number> = {};
    for (const one of result.cases) {
      const telling = tellHazard(one);
      if (telling === null || one.hazard === null) throw new Error('the fixture knows every outcome');
      tones[telling.tone] = (tones[telling.tone] ?? 0) + 1;
      const name = `${one.mode}, ${one.hazard.kind}`;
      expect(cells.get(name), name).toEqual({ text: telling.label, tone: telling.tone, icons: 1 });
      expect(words).toContain(telling.text);
    }
    for (const [tone, count] of Object.entries(tones)) {
      await expect(page.locator(`.hazard-legend [data-tone="${tone}"]`)).toContainText(`: ${count}`);
    }
    await expect(resultPage.part('ranking')).toHaveCount(0);
    await expect(page.locator('zcl-charts')).toHaveCount(0);
    const { top, rest } = arrange(result.findings);
    await expect(resultPage.part('finding')).toHaveText([...top, ...rest].map(({ text }) => text));
  });
}

/** What every cell of the table says, by mode and hazard. */
function shownOutcomes(table: Locator) {
  return table.locator('td').evaluateAll((cells) =>
    cells.map((cell) => {
      const { hazard, tone } = cell.dataset;
      const name = `${cell.closest('tr')?.dataset['mode']}, ${hazard}`;
      return [name, { text: cell.textContent.trim(), tone, icons: cell.querySelectorAll('.codicon').length }] as const;
    }),
  );
}

test('the words name modes with the same outcome together, once', async ({ resultPage, page }) => {
  const result = hazards('file-to-file', (one) => outcome(one, 0));
  await resultPage.open(result);
  await page.getByText('Every outcome in words').click();
  const deleted = resultPage.part('hazard-words').getByText('an open file lives on without a name');
  await expect(deleted).toHaveCount(1);
  await expect(deleted).toBeVisible();
});

test('the flows below are those of the mode, with nothing counted', async ({ resultPage }) => {
  await resultPage.open(met());
  await resultPage.chooseMode('mmap-mmap');
  await expect(resultPage.flow('here').locator('svg.flow-picture')).toBeVisible();
  await expect(resultPage.part('transfer').locator('tbody tr')).toHaveCount(1);
  await expect(resultPage.part('transfer').locator('[data-count="calls"]')).toHaveCount(1);
  await expect(resultPage.part('transfer').locator('[data-count="measuredCalls"]')).toHaveCount(0);
});

test('a run fills in hazard by hazard, and names the one it is at', async ({ resultPage, page }) => {
  const plan = plannedHazards('file-to-socket');
  const cell = (index: number) =>
    page.locator(`tr[data-mode="${plan.cases[index]?.mode}"] td[data-hazard="${plan.cases[index]?.hazard?.kind}"]`);
  await resultPage.open(plan);
  await expect(resultPage.part('finding')).toHaveText('The finding comes when every mode has met its hazards.');
  await expect(cell(0)).toHaveText('not yet');
  const progress = { fraction: 0, phase: 'hazards', case: 0, round: null, mibPerSecond: null } as const;
  await resultPage.post({ type: 'progress', progress });
  await expect(cell(0)).toHaveText('now');
  const report = outcome(plan.cases[0] as Case, 1);
  await resultPage.send({ type: 'hazard-met', case: 0, report });
  await resultPage.post({ type: 'progress', progress: { ...progress, case: 1 } });
  await expect(cell(0)).toHaveText('short read');
  await expect(cell(1)).toHaveText('now');
  await expect(cell(2)).toHaveText('not yet');
  await resultPage.send({ type: 'finished', result: met('file-to-socket') });
  await expect(page.locator('.hazards td', { hasText: /^(now|not yet)$/ })).toHaveCount(0);
});

test('axe finds nothing on a page of hazards in any theme', async ({ resultPage, page }) => {
  await resultPage.open(met('file-to-socket'));
  await page.getByText('Every outcome in words').click();
  expect(await resultPage.violations({ without: 'zcl-flow-panel' })).toEqual([]);
});

test('axe finds nothing while a run is under way', async ({ resultPage }) => {
  await resultPage.open(resultState(plannedHazards('file-to-socket')));
  expect(await resultPage.violations({ without: 'zcl-flow-panel' })).toEqual([]);
});

test('does not scroll sideways, at any width', async ({ resultPage }) => {
  await resultPage.open(met('file-to-socket'));
  expect(await resultPage.misfits()).toEqual([]);
});
