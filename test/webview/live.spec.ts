/** A run as the page sees it: events in order, gaps, progress, cancel. */
import type { Result } from '../../src/model/result/result.ts';
import { formatNumber } from '../../src/model/units.ts';
import { complete, EXDEV, planned, sampleOf } from './fixtures.ts';
import { expect, fileState, type ResultPageObject, resultState, test } from './pageTest.ts';

const speed = 'td[data-column="mibPerSecond"] .median';

async function sendRounds(resultPage: ResultPageObject, plan: Result, rounds: readonly number[]): Promise<void> {
  for (const round of rounds) {
    for (const index of plan.cases.keys()) {
      await resultPage.send({ type: 'sample', case: index, sample: sampleOf(plan, index, round) });
    }
    await resultPage.send({ type: 'round-ended', round });
  }
}

test('a run fills in case by case and ends with the finished document', async ({ resultPage }) => {
  const plan = planned();
  await resultPage.open(plan);
  await resultPage.send({ type: 'verified', case: 0, verified: { how: 'readback', ok: true, difference: null } });
  await resultPage.send({ type: 'sample', case: 0, sample: sampleOf(plan, 0, 0) });
  await resultPage.send({ type: 'sample', case: 0, sample: sampleOf(plan, 0, 1) });
  const first = (plan.cases[0]?.bytes ?? 0) / 2 ** 20 / (sampleOf(plan, 0, 1).wallNs / 1e9);
  await expect(resultPage.row(0).locator(speed)).toHaveText(formatNumber(first));
  await expect(resultPage.row(0).locator('td[data-column="verified"]')).toContainText('hash');
  await expect(resultPage.row(1)).toContainText('Waiting for its first round.');
  await expect(resultPage.part('finding')).toHaveText('The finding comes when all rounds are in.');

  const done = complete();
  await resultPage.send({ type: 'finished', result: done });
  await expect(resultPage.root).toHaveAttribute('data-status', 'complete');
  await expect(resultPage.part('finding')).toHaveText(done.findings.map(({ text }) => text));
  await expect(resultPage.part('progress')).toHaveCount(0);
  for (const [index, one] of done.cases.entries()) {
    await expect(resultPage.row(index).locator(speed)).toHaveText(formatNumber(one.summary?.mibPerSecond.median ?? 0));
  }
  expect(await resultPage.posted('ready')).toBe(1);
});

test('live rounds move rows into their order, charts with them', async ({ resultPage }) => {
  const plan = planned();
  await resultPage.open(plan);
  await sendRounds(resultPage, plan, [0, 1, 2, 3]);
  const sendfile = plan.cases.findIndex((one) => one.mode === 'sendfile');
  await expect.poll(async () => (await resultPage.order())[0]).toBe(sendfile);
  const labels = async () => (await resultPage.drawn('headline')).labels ?? [];
  await expect.poll(labels).toHaveLength(plan.cases.length);
  expect((await labels())[0]).toBe('sendfile');
});

test('a case that ends early says why at once', async ({ resultPage }) => {
  const plan = planned();
  await resultPage.open(plan);
  await resultPage.send({ type: 'case-ended', case: 3, status: 'unsupported', reason: EXDEV });
  await expect(resultPage.row(3)).toContainText(EXDEV.message);
});

test('a gap in the sequence makes the page ask again', async ({ resultPage }) => {
  const plan = planned();
  await resultPage.open(plan);
  await resultPage.send({ type: 'sample', case: 0, sample: sampleOf(plan, 0, 0) });
  await resultPage.answer(complete());
  await resultPage.send({ type: 'sample', case: 0, sample: sampleOf(plan, 0, 2) }, 1);
  await expect(resultPage.root).toHaveAttribute('data-status', 'complete');
  expect(await resultPage.posted('ready')).toBe(2);
});

test('an event lost right after the answer makes the page ask again', async ({ resultPage }) => {
  const plan = planned();
  await resultPage.open(plan);
  await resultPage.answer(complete());
  await resultPage.send({ type: 'sample', case: 0, sample: sampleOf(plan, 0, 1) }, 1);
  await expect(resultPage.root).toHaveAttribute('data-status', 'complete');
});

test('a file changed by other hands makes the page ask again', async ({ resultPage }) => {
  await resultPage.open(planned());
  await resultPage.answer(complete());
  await resultPage.post({ type: 'stale' });
  await expect(resultPage.root).toHaveAttribute('data-status', 'complete');
  expect(await resultPage.posted('ready')).toBe(2);
});

test('events before the answer are part of it', async ({ resultPage }) => {
  const plan = planned();
  await resultPage.open(null);
  await expect.poll(() => resultPage.posted('ready')).toBe(1);
  await resultPage.send({ type: 'sample', case: 0, sample: sampleOf(plan, 0, 1) });
  await resultPage.answerReady({ ok: true, answer: resultState(plan) });
  await resultPage.settled();
  await expect(resultPage.row(0)).toContainText('Waiting for its first round.');
});

test('while an answer is on its way, events of another document are let pass', async ({ resultPage, page }) => {
  const plan = planned();
  await resultPage.open(plan);
  await page.evaluate(() => {
    window.zclHost.state = null;
  });
  await resultPage.post({ type: 'stale' });
  await expect.poll(() => resultPage.posted('ready')).toBe(2);
  await resultPage.send({ type: 'sample', case: 99, sample: sampleOf(plan, 0, 1) });
  await resultPage.answerReady({ ok: true, answer: resultState(complete()) });
  await expect(resultPage.root).toHaveAttribute('data-status', 'complete');
});

test('a host that cannot answer is heard', async ({ resultPage, page }) => {
  await resultPage.open(null);
  await expect.poll(() => resultPage.posted('ready')).toBe(1);
  const problem = { code: 'gone', message: 'The result file is gone.', hint: 'Restore it or close this page.' };
  await resultPage.answerReady({ ok: false, problem });
  await expect(page.getByRole('alert')).toContainText('The result file is gone. Restore it or close this page.');
});

test('a run of another window or program is said to be there, and cannot be cancelled from here', async ({
  resultPage,
}) => {
  const plan = planned();
  await resultPage.open(fileState(plan));
  await expect(resultPage.part('elsewhere')).toContainText(`process ${plan.process.pid} on ${plan.host.name}`);
  await expect(resultPage.part('progress').getByRole('button')).toHaveCount(0);
});

test('progress shows percent, phase, case and throughput, and goes when the run ends', async ({ resultPage }) => {
  await resultPage.open(planned());
  const progress = resultPage.part('progress');
  await expect(progress).toContainText('0 %');
  await expect(progress).toContainText('Preparing');
  await expect(resultPage.part('throughput')).toHaveCount(0);
  await resultPage.post({
    type: 'progress',
    progress: { fraction: 0.427, phase: 'measuring', case: 2, round: 3, mibPerSecond: 2345.6 },
  });
  await expect(resultPage.part('percent')).toHaveText('42 %');
  await expect(resultPage.part('phase')).toHaveText('Measuring');
  await expect(resultPage.part('current-case')).toHaveText('mmap + write');
  await expect(resultPage.part('throughput')).toHaveText('2,346 MiB/s so far');
  await expect(progress).toContainText('round 3 of 6');
  await expect(progress.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '42');
});

for (const by of ['mouse', 'keyboard'] as const) {
  test(`Cancel asks the host to cancel, by ${by}`, async ({ resultPage, page }) => {
    await resultPage.open(planned());
    const button = page.getByRole('button', { name: 'Cancel' });
    if (by === 'mouse') {
      await button.click();
    } else {
      await button.focus();
      await page.keyboard.press('Enter');
    }
    await expect.poll(() => resultPage.posted('cancel')).toBe(1);
  });
}
