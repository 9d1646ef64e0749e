/** The flow diagrams: the right counts, places and numbers for every mode and path. */
import { countsForTransfer } from '../../src/model/flow.ts';
import { transferShape } from '../../src/model/modes/calls.ts';
import { findMode } from '../../src/model/modes/catalogue.ts';
import type { ModeDescriptor } from '../../src/model/modes/descriptor.ts';
import type { Case, PathId } from '../../src/model/result.ts';
import { pooledCpuSplit } from '../../src/model/summary.ts';
import { formatBytes, formatNumber, KIB, MIB } from '../../src/model/units.ts';
import { factsFor } from '../facts.ts';
import { complete } from './fixtures.ts';
import { expect, type ResultPageObject, test } from './pageTest.ts';

type Counts = readonly [crossings: number, cpuCopies: number, dmaCopies: number];

/** What the textbooks say. */
const CLASSIC: readonly { readonly path: PathId; readonly mode: string; readonly flows: readonly Counts[] }[] = [
  { path: 'file-to-file', mode: 'read-write', flows: [[4, 2, 2]] },
  { path: 'file-to-file', mode: 'mmap-write', flows: [[4, 1, 2]] },
  { path: 'file-to-file', mode: 'sendfile', flows: [[2, 1, 2]] },
  { path: 'file-to-socket', mode: 'read-write', flows: [[4, 2, 2]] },
  { path: 'file-to-socket', mode: 'mmap-write', flows: [[4, 1, 2]] },
  {
    path: 'file-to-socket',
    mode: 'sendfile',
    flows: [
      [2, 1, 2],
      [2, 0, 2],
    ],
  },
];

function descriptor(mode: string): ModeDescriptor {
  const found = findMode(mode);
  if (found === undefined) throw new RangeError(mode);
  return found;
}

async function expectCounts(resultPage: ResultPageObject, key: string, counts: Counts): Promise<void> {
  const flow = resultPage.flow(key);
  for (const [nth, name] of ['crossings', 'cpuCopies', 'dmaCopies'].entries()) {
    await expect(flow.locator(`[data-count="${name}"]`)).toHaveText(String(counts[nth]));
  }
}

for (const { path, mode, flows } of CLASSIC) {
  test(`textbook of ${mode}, ${path}: ${flows.map((counts) => counts.join('/')).join(' and ')}`, async ({
    resultPage,
    page,
  }) => {
    await resultPage.open(complete({ path }));
    await resultPage.chooseMode(mode);
    await expect(page.locator('[data-flow^="classic-"]')).toHaveCount(flows.length);
    for (const [nth, counts] of flows.entries()) await expectCounts(resultPage, `classic-${nth}`, counts);
  });

  test(`every step of ${mode}, ${path}, is drawn, numbered in order and told in words`, async ({ resultPage }) => {
    await resultPage.open(complete({ path }));
    await resultPage.chooseMode(mode);
    const one = descriptor(mode);
    const classic = one.classic.filter((each) => each.path === path).map((each) => each.flow);
    const all = [
      ...classic.map((flow, nth) => [`classic-${nth}`, flow] as const),
      ['here', one.here(factsFor(path))] as const,
    ];
    for (const [key, { steps }] of all) {
      const card = resultPage.flow(key);
      await expect(card.locator('svg.flow-picture [data-step]')).toHaveCount(steps.length);
      for (const [index, step] of steps.entries()) {
        const arrow = card.locator(`svg [data-step="${index}"]`);
        await expect(arrow).toHaveAttribute('data-kind', step.kind);
        await expect(arrow.locator('.badge-number')).toHaveText(String(index + 1));
        if (step.kind === 'system-call') await expect(arrow.locator('.label')).toHaveText(`${step.call}()`);
        const item = card.locator(`ol li[data-step="${index}"]`);
        await expect(item).toContainText(step.text);
        const marked = step.later === true;
        expect(await arrow.evaluate((element) => element.classList.contains('later'))).toBe(marked);
        await expect(item.locator('.number-sample.later')).toHaveCount(marked ? 1 : 0);
        if (marked) await expect(item).toContainText('(after the call returned)');
        if (step.receiver) await expect(item).toContainText('(by the receiver)');
      }
      const numbers = await card.locator('ol .number-sample').allTextContents();
      expect(numbers).toEqual(steps.map((_, index) => String(index + 1)));
    }
  });
}

test('scatter-gather: only references reach the socket buffer, the NIC fetches from the page cache', async ({
  resultPage,
}) => {
  await resultPage.open(complete({ path: 'file-to-socket' }));
  await resultPage.chooseMode('sendfile');
  const kinds = (key: string) =>
    resultPage
      .flow(key)
      .locator('svg [data-step]')
      .evaluateAll((arrows) =>
        arrows
          .sort((a, b) => Number(a.getAttribute('data-step')) - Number(b.getAttribute('data-step')))
          .map((arrow) => arrow.getAttribute('data-kind')),
      );
  await expect(resultPage.flow('classic-1').locator('svg [data-step]')).toHaveCount(4);
  expect(await kinds('classic-0')).toEqual(['system-call', 'dma-copy', 'cpu-copy', 'dma-copy']);
  expect(await kinds('classic-1')).toEqual(['system-call', 'dma-copy', 'page-reference', 'dma-copy']);
});

test('a file copy has no socket in its pictures', async ({ resultPage, page }) => {
  await resultPage.open(complete());
  for (const mode of ['read-write', 'mmap-write', 'sendfile']) {
    await resultPage.chooseMode(mode);
    await expect(page.locator('[data-place="disk"], [data-place="page-cache"]').first()).toBeAttached();
    for (const place of ['socket-buffer', 'nic', 'receive-queue', 'receiver-buffer']) {
      await expect(page.locator(`[data-place="${place}"]`)).toHaveCount(0);
    }
  }
});

test('the three bands are named, from user space down to the hardware', async ({ resultPage }) => {
  await resultPage.open(complete());
  await expect(resultPage.flow('classic-0').locator('.band-name')).toHaveText([
    'user space',
    'kernel space',
    'hardware',
  ]);
});

test('here: warm files have no disk read, cold ones do', async ({ resultPage, page }) => {
  await resultPage.open(complete({ cache: 'warm' }));
  await expectCounts(resultPage, 'here', [4, 2, 1]);
  await resultPage.answer(complete({ cache: 'cold' }));
  await resultPage.post({ type: 'stale' });
  await expect(page.locator('[data-flow="here"] [data-place="disk"]')).toHaveCount(1);
  await expectCounts(resultPage, 'here', [4, 2, 2]);
});

test('here over loopback: says which side copies, and that no device moves the data', async ({ resultPage }) => {
  await resultPage.open(complete({ path: 'file-to-socket' }));
  await expectCounts(resultPage, 'here', [4, 3, 0]);
  await expect(resultPage.part('sides')).toContainText('2 on the sending side, 1 by the receiver');
  await expect(resultPage.flow('here').locator('.band-note')).toHaveText('no device moves the data');
  await expect(resultPage.flow('here').locator('.by-receiver')).toHaveCount(2);
});

test('the whole transfer is computed from the steps, beside what was counted', async ({ resultPage, page }) => {
  const result = complete({ buffers: [4 * KIB, 64 * KIB], bytes: 64 * MIB });
  await resultPage.open(result);
  const mode = descriptor('read-write');
  for (const buffer of [4 * KIB, 64 * KIB]) {
    const shape = transferShape(mode, { bufferBytes: buffer }, 64 * MIB);
    const counts = countsForTransfer(mode.here(factsFor('file-to-file')), shape);
    const row = page.locator(`[data-part="transfer"] tr[data-buffer="${buffer}"]`);
    const calls = formatNumber(counts.calls['read'] ?? 0);
    await expect(row.locator('[data-count="calls"]')).toHaveText(`read ${calls}, write ${calls}`);
    await expect(row.locator('[data-count="measuredCalls"]')).toHaveText(
      `read ${formatNumber((counts.calls['read'] ?? 0) + 1)}, write ${calls}`,
    );
    await expect(row.locator('[data-count="transferCrossings"]')).toHaveText(formatNumber(counts.crossings));
    await expect(row.locator('[data-count="measuredCrossings"]')).toHaveText(formatNumber(counts.crossings + 2));
    await expect(row.locator('[data-count="cpuCopiedBytes"]')).toHaveText(formatBytes(128 * MIB));
    const split = pooledCpuSplit(
      result.cases.find((one) => one.mode === 'read-write' && one.bufferBytes === buffer) as Case,
    );
    expect(split).not.toBeNull();
    await expect(row.locator('[data-count="cpuSplit"]')).toHaveText(
      `${formatNumber(split?.user ?? Number.NaN)} + ${formatNumber(split?.system ?? Number.NaN)}`,
    );
  }
});

test('the legend tells kinds apart by colour and by dash', async ({ resultPage, page }) => {
  await resultPage.open(complete({ path: 'file-to-socket' }));
  await resultPage.chooseMode('mmap-write');
  const kinds = ['cpu-copy', 'dma-copy', 'page-reference', 'mapping', 'system-call'];
  const seen = new Set<string>();
  for (const kind of kinds) {
    const lines = page.locator(`[data-legend="${kind}"] .line`);
    const look = await lines.first().evaluate((line) => {
      const style = getComputedStyle(line);
      return { color: style.stroke, dash: style.strokeDasharray };
    });
    const heads = await page.locator(`[data-legend="${kind}"] .head`).count();
    const form = `${look.dash}, ${await lines.count()} lines, ${heads} heads`;
    expect(seen.has(look.color), `${kind}: a colour of its own`).toBe(false);
    expect(seen.has(form), `${kind}: a line of its own`).toBe(false);
    seen.add(look.color).add(form);
    const drawn = page.locator(`svg.flow-picture [data-kind="${kind}"]:not(.later) .line`).first();
    expect(await drawn.evaluate((line) => getComputedStyle(line).strokeDasharray)).toBe(look.dash);
  }
  await expect(page.locator('[data-legend="later"]')).toContainText('after the call returned');
});

test('the legend has no kind that the pictures do not use', async ({ resultPage, page }) => {
  await resultPage.open(complete());
  await expect(page.locator('[data-legend]')).toHaveCount(4);
  await expect(page.locator('[data-legend="mapping"]')).toHaveCount(0);
});

test('the picture has a name and its steps as a description', async ({ resultPage, page }) => {
  await resultPage.open(complete());
  const picture = resultPage.flow('classic-0').getByRole('img', { name: 'Textbook, one chunk: read + write' });
  await expect(picture.locator('desc')).toContainText('1. The program calls read()');
  await expect(picture.locator('desc')).toContainText('6. Write-back moves');
  await expect(
    page.locator('[data-flow="here"]').getByRole('img', { name: 'On this host: read + write' }),
  ).toBeVisible();
});

test('a step and its arrow point at each other', async ({ resultPage }) => {
  await resultPage.open(complete());
  const card = resultPage.flow('classic-0');
  await card.locator('ol li[data-step="2"]').hover();
  await expect(card.locator('svg [data-step="2"]')).toHaveClass(/active/);
  await expect(card.locator('svg [data-step="1"]')).toHaveClass(/aside/);
  await card.locator('svg [data-step="4"] .badge').hover();
  await expect(card.locator('ol li[data-step="4"]')).toHaveClass('active');
});

test('the keyboard walks the steps', async ({ resultPage, page }) => {
  await resultPage.open(complete());
  const card = resultPage.flow('classic-0');
  await card.locator('ol li[data-step="0"]').focus();
  await page.keyboard.press('ArrowDown');
  await expect(card.locator('ol li[data-step="1"]')).toBeFocused();
  await expect(card.locator('svg [data-step="1"]')).toHaveClass(/active/);
});

test('the chosen mode stays chosen over a reload, and tabs obey arrow keys', async ({ resultPage, page }) => {
  await resultPage.open(complete());
  await page.locator('[role="tab"][data-mode="read-write"]').focus();
  await page.keyboard.press('ArrowRight');
  const tab = page.locator('[role="tab"][data-mode="mmap-write"]');
  await expect(tab).toBeFocused();
  await expect(tab).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('End');
  await expect(page.locator('[role="tab"][data-mode="sendfile"]')).toHaveAttribute('aria-selected', 'true');
  await page.reload();
  await resultPage.settled();
  await expect(page.locator('[data-part="flow"]')).toHaveAttribute('data-mode', 'sendfile');
});

test('caveats of the mode stand below', async ({ resultPage }) => {
  await resultPage.open(complete());
  await resultPage.chooseMode('sendfile');
  await expect(resultPage.part('caveats').locator('li')).toHaveText([...descriptor('sendfile').caveats]);
});

test('a mode of another version is named, not drawn', async ({ resultPage, page }) => {
  const base = complete();
  await resultPage.open({
    ...base,
    cases: base.cases.map((one) => ({ ...one, mode: one.mode === 'sendfile' ? 'teleport' : one.mode })),
  });
  await resultPage.chooseMode('teleport');
  await expect(resultPage.part('flow')).toContainText('does not know the mode "teleport"');
  await expect(page.locator('svg.flow-picture')).toHaveCount(0);
});
