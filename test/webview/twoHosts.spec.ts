// Runs to another host: the diagram has both ends, each with steps and counts of its own; facts, CPU and charts of both.
import { expect, test } from './pageTest.ts';
import { BABBAGE, toAnotherHost } from './twoHostsFixture.ts';

test('the flow has two ends: own steps, own copies, own crossings', async ({ resultPage, page }) => {
  await resultPage.open(toAnotherHost());
  await resultPage.chooseMode('sendfile');
  const here = resultPage.flow('here');
  await expect(here.locator('h3')).toContainText('Between the two hosts');
  const row = (side: string) => here.locator(`[data-part="ends"] [data-side="${side}"] td`);
  await expect(row('sender')).toHaveText(['2', '0', '1']);
  await expect(row('receiver')).toHaveText(['2', '1', '1']);
  await expect(here.locator('[data-side="sender"] .number-sample')).toHaveText(['1', '2', '3', '4', '5']);
  await expect(here.locator('[data-side="receiver"] .number-sample')).toHaveText(['R1', 'R2', 'R3']);
  await expect(here.locator('.flow-picture .receiver-side')).toContainText('receiver: babbage');
  await expect(here.locator('.flow-picture .between')).toHaveText('wire');
  await expect(page.locator('[data-legend="wire"]')).toBeVisible();
  for (const place of ['nic', 'receiver-nic', 'receive-queue', 'receiver-buffer']) {
    await expect(here.locator(`[data-place="${place}"]`)).toBeVisible();
  }
});

test('a device that nobody told of is drawn as textbooks have it, and said to be', async ({ resultPage }) => {
  const virtual = { ...BABBAGE, virtualised: 'KVM' };
  await resultPage.open(toAnotherHost({ receiverHost: virtual }));
  await resultPage.chooseMode('sendfile');
  const steps = resultPage.flow('here').locator('[data-side="receiver"] li');
  await expect(steps.first()).toContainText('as textbooks have it; this run does not know');
  await expect(resultPage.flow('here').locator('[data-side="sender"]')).not.toContainText(['as textbooks have it']);
});

test('the player counts the two ends apart, and walks the steps as they are listed', async ({ resultPage, page }) => {
  await resultPage.open(toAnotherHost());
  await resultPage.chooseMode('sendfile');
  const here = resultPage.flow('here');
  const forward = here.locator('[data-part="forward"]');
  const count = (side: string, name: string) =>
    here.locator(`[data-part="ends"] [data-side="${side}"] [data-count="${name}"]`);
  await forward.click();
  await expect(count('sender', 'crossings')).toHaveText('2');
  await expect(count('receiver', 'crossings')).toHaveText('0');
  for (let step = 2; step <= 7; step++) await forward.click();
  await expect(count('receiver', 'crossings')).toHaveText('2');
  await expect(here.locator('[data-part="place"]')).toContainText('Step R2, which is 7 of 8');
  await expect(here.locator('[data-part="state"]')).toContainText('receiver: Crossings 2, CPU copies 0, DMA copies 1.');
  await here.getByText('Whole transfer').click();
  await expect(here.locator('[data-side="receiver"] [data-reading="recv"] [data-count="now"]')).toHaveText('–');
  await expect(here.locator('[data-side="receiver"] [data-reading="recv"] [data-count="measured"]')).toHaveText(
    '1,024',
  );
  await here.locator('[data-side="sender"] li').last().focus();
  await page.keyboard.press('ArrowDown');
  await expect(here.locator('[data-side="receiver"] li').first()).toBeFocused();
});

test('the facts of both hosts stand side by side, what differs first', async ({ resultPage, page }) => {
  await resultPage.open(toAnotherHost());
  await page.getByText('Host and experiment').click();
  const rows = resultPage.part('both-hosts').locator('tbody tr');
  const differs = await rows.evaluateAll((all) => all.map((row) => (row as HTMLElement).dataset['differs']));
  expect(differs).toEqual(differs.toSorted().reverse());
  expect(differs).toContain('true');
  await expect(rows.filter({ hasText: 'MTU' })).toContainText(['9000']);
  await expect(rows.filter({ hasText: 'MTU' })).toContainText('differs');
  await expect(rows.filter({ hasText: 'Link' })).toContainText('10 Gbit/s');
});

test('the CPU of both hosts, with its softirqs', async ({ resultPage }) => {
  const result = toAnotherHost();
  await resultPage.open(result);
  const section = resultPage.part('host-cpu');
  await expect(section.locator('tbody tr')).toHaveCount(result.cases.filter(({ control }) => !control).length);
  // Seven transfers of 64 MiB with 60 and 90 ms each.
  await expect(section.locator('tbody tr').first().locator('td')).toContainText([
    '0.',
    '0.96',
    '33 %',
    '0.',
    '1.44',
    '50 %',
  ]);
  await expect(section).toContainText('in ticks of 10 ms');
});

test('round trips, retransmits, the course and fairness are charts', async ({ resultPage, page }) => {
  await resultPage.open(toAnotherHost());
  for (const id of ['rtt', 'retransmits', 'course', 'fairness']) await resultPage.openChart(id);
  const { datasets, scales } = await resultPage.drawn('fairness');
  expect(datasets[0]?.data[0]?.x).toBeGreaterThan(0.25);
  expect(datasets[0]?.data[0]?.x).toBeLessThan(1);
  expect(scales['x']?.type).toBe('linear');
  await resultPage.openChart('course');
  const course = await resultPage.drawn('course');
  expect(course.datasets.map(({ data }) => data.length)).toEqual([10, 10, 10]);
  expect(course.scales['x']?.type).toBe('linear');
  await page.locator('[data-choice="table"]').click();
  await expect(resultPage.chart('course').locator('tbody tr')).toHaveCount(30);
});

test('a run on one host has none of this', async ({ resultPage, page }) => {
  await resultPage.open(toAnotherHost({ receiverHost: null }));
  await page.getByText('Host and experiment').click();
  await expect(resultPage.part('both-hosts')).toHaveCount(0);
});

test('axe finds nothing in any theme, and it fits at any width', async ({ resultPage, page }) => {
  await resultPage.open(toAnotherHost());
  await page.getByText('Host and experiment').click();
  await resultPage.openChart('course');
  expect(await resultPage.violations()).toEqual([]);
  expect(await resultPage.misfits()).toEqual([]);
});
