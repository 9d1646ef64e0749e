// Cases of several laboratories: told apart in every part of the page, each with its own flow and its own evidence.

import { caseSettings } from '../../src/model/caseSettings.ts';
import { settingsText } from '../../src/model/laboratory/settings.ts';
import type { Case } from '../../src/model/result/case.ts';
import type { Laboratory } from '../../src/model/result/network.ts';
import type { Result } from '../../src/model/result/result.ts';
import { VETH } from '../interfaces.ts';
import { evidenceOf } from './evidenceFixtures.ts';
import { complete, told } from './fixtures.ts';
import { expect, resultState, test } from './pageTest.ts';

const ON: Laboratory = { scatterGather: true };
const OFF: Laboratory = { scatterGather: false };

/** The same run through a laboratory with scatter-gather and one without. */
function throughTwo(): Result {
  const result = complete({ path: 'file-to-socket', modes: ['read-write', 'sendfile'] });
  const through =
    (laboratory: Laboratory) =>
    (one: Case): Case => ({
      ...one,
      options: { ...one.options, laboratory: settingsText(laboratory) },
      interface: { ...VETH, ...laboratory },
    });
  const cases = [...result.cases.map(through(ON)), ...result.cases.filter((one) => !one.control).map(through(OFF))];
  const whole: Result = {
    ...result,
    experiment: { ...result.experiment, target: 'lab', laboratories: [ON, OFF] },
    host: { ...result.host, interface: null },
    cases,
  };
  return told({
    ...whole,
    cases: cases.map((one) => ({ ...one, evidence: one.control ? null : evidenceOf(whole, one) })),
  });
}

test('every row of the ranking says which laboratory it is of', async ({ resultPage, page }) => {
  const result = throughTwo();
  await resultPage.open(resultState(result));
  for (const [index, one] of result.cases.entries()) {
    await expect(page.locator(`tr[data-case="${index}"] [data-part="laboratory"]`)).toHaveText(caseSettings(one));
  }
});

test('the flow of each is drawn, and the one without scatter-gather copies once more', async ({ resultPage, page }) => {
  await resultPage.open(resultState(throughTwo()));
  await resultPage.chooseMode('sendfile');
  const copies = (key: string, side: string) =>
    resultPage.flow(key).locator(`[data-part="ends"] [data-side="${side}"] [data-count="cpuCopies"]`);
  await expect(copies('here', 'sender')).toHaveText('0');
  await expect(copies('here-1', 'sender')).toHaveText('1');
  await expect(copies('here-1', 'receiver')).toHaveText('1');
  await expect(resultPage.flow('here-1')).toContainText('only with sg=off');
  await expect(page.locator('zcl-flow-card')).toHaveCount(4);
});

test('the pictures stand in pairs, what cannot gather first, each with what was measured', async ({
  resultPage,
  page,
}) => {
  const result = throughTwo();
  await resultPage.open(resultState(result));
  await resultPage.chooseMode('sendfile');
  const keys = await page
    .locator('zcl-flow-card')
    .evaluateAll((all) => all.map((card) => (card as HTMLElement).dataset['flow']));
  expect(keys).toEqual(['classic-0', 'classic-1', 'here-1', 'here']);
  const [first, second] = await Promise.all(['classic-0', 'here-1'].map((key) => resultPage.flow(key).boundingBox()));
  expect(second?.x).toBe(first?.x);
  for (const key of ['here', 'here-1']) {
    await expect(resultPage.flow(key).locator('[data-part="measured"]')).toContainText('MiB/s');
    await expect(resultPage.flow(key).locator('.between')).toHaveText('veth pair');
  }
  const switched = result.findings.find(({ kind }) => kind === 'switched');
  await expect(resultPage.part('switched')).toContainText(switched?.text ?? 'no finding on the switch');
  expect(await resultPage.misfits()).toEqual([]);
});

test('the evidence is that of the laboratory that is chosen', async ({ resultPage, page }) => {
  await resultPage.open(resultState(throughTwo()));
  await resultPage.chooseMode('sendfile');
  await expect(page.locator('.evidence-title')).toContainText('(sg=on)');
  await page.locator('select[data-part="laboratory"]').selectOption('sg=off');
  await expect(page.locator('.evidence-title')).toContainText('(sg=off)');
  await expect(resultPage.flow('here')).toContainText('sendfile, sg=off');
});
