/** The flow diagrams: the right counts, places and numbers for every mode and path. */
import { countsForTransfer, type Step } from '../../src/model/flow.ts';
import { flowFactsOf } from '../../src/model/flowFacts.ts';
import { transferShape } from '../../src/model/modes/calls.ts';
import { findMode, modesOfPath } from '../../src/model/modes/catalogue.ts';
import type { ModeDescriptor } from '../../src/model/modes/descriptor.ts';
import { modesNotRun } from '../../src/model/modes/notRun.ts';
import { PATHS } from '../../src/model/paths.ts';
import type { Case } from '../../src/model/result/case.ts';
import type { PathId } from '../../src/model/result/path.ts';
import { pooledCpuSplit } from '../../src/model/summary.ts';
import { formatBytes, formatNumber, KIB, MIB } from '../../src/model/units.ts';
import { factsFor } from '../facts.ts';
import { complete, everyMode } from './fixtures.ts';
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
  { path: 'file-to-socket', mode: 'splice', flows: [[4, 0, 2]] },
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
    await resultPage.open(complete({ path, modes: ['read-write', mode] }));
    await resultPage.chooseMode(mode);
    await expect(page.locator('[data-flow^="classic-"]')).toHaveCount(flows.length);
    for (const [nth, counts] of flows.entries()) await expectCounts(resultPage, `classic-${nth}`, counts);
  });
}

for (const path of PATHS) {
  test(`every step of every mode is drawn, numbered in order and told in words: ${path}`, async ({
    resultPage,
    page,
  }) => {
    const result = complete({ path, modes: everyMode(path) });
    await resultPage.open(result);
    const theirs = path === 'process-to-process' ? '(by the consumer)' : '(by the receiver)';
    for (const mode of modesOfPath(path)) {
      await resultPage.chooseMode(mode.id);
      const classic = mode.classic.filter((each) => each.path === path).map((each) => each.flow);
      const flows = [
        ...classic.map((flow, nth) => [`classic-${nth}`, flow] as const),
        ['here', mode.here(flowFactsOf(result, path))] as const,
      ];
      await expect(page.locator('zcl-flow-card')).toHaveCount(flows.length);
      for (const [key, { steps }] of flows) {
        await expect(resultPage.flow(key).locator('svg.flow-picture [data-step]')).toHaveCount(steps.length);
        const expected = steps.map((step, index) => ({
          kind: step.kind,
          drawnNumber: String(index + 1),
          label: step.kind === 'system-call' ? `${step.call}()` : null,
          later: step.later === true,
          theirs: step.receiver === true,
          bound: step.atMost === true,
          number: String(index + 1),
          told: true,
        }));
        expect(await stepsShown(resultPage, key, steps, theirs), `${mode.id}, ${key}`).toEqual(expected);
      }
    }
  });
}

/** What picture and list say of each step; `told`: in the words of the step, with what is particular to it. */
function stepsShown(resultPage: ResultPageObject, key: string, steps: readonly Step[], theirs: string) {
  const notes = steps.map((step) => [
    step.text,
    ...(step.atMost ? ['at most; not every time'] : []),
    ...(step.later ? ['after the call returned'] : []),
    ...(step.receiver ? [theirs.slice(1, -1)] : []),
  ]);
  return resultPage.flow(key).evaluate(
    (card, words) =>
      words.map((parts, index) => {
        const arrow = card.querySelector(`svg [data-step="${index}"]`);
        const item = card.querySelector(`li[data-step="${index}"]`);
        const is = (name: string) => arrow?.classList.contains(name) === true;
        const number = item?.querySelector('.number-sample');
        const same = number?.classList.contains('later') === is('later');
        const call = arrow?.getAttribute('data-kind') === 'system-call';
        return {
          kind: arrow?.getAttribute('data-kind'),
          drawnNumber: arrow?.querySelector('.badge-number')?.textContent,
          label: call ? arrow?.querySelector('.label')?.textContent : null,
          later: is('later'),
          theirs: is('by-receiver'),
          bound: is('at-most'),
          number: number?.textContent,
          told: same && parts.every((part) => item?.textContent?.includes(part)),
        };
      }),
    notes,
  );
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
  await expect(resultPage.flow('here').locator('svg .by-receiver')).toHaveCount(2);
});

test('the whole transfer is computed from the steps, beside what was counted', async ({ resultPage, page }) => {
  const result = complete({ buffers: [4 * KIB, 64 * KIB], bytes: 64 * MIB });
  await resultPage.open(result);
  const mode = descriptor('read-write');
  for (const buffer of [4 * KIB, 64 * KIB]) {
    const shape = transferShape(mode, { bufferBytes: buffer }, 64 * MIB);
    const counts = countsForTransfer(mode.here(factsFor('file-to-file')), shape);
    const row = page.locator(`[data-part="transfer"] tr[data-size="${buffer}"]`);
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
  await expect(page.locator('[data-legend]')).toHaveCount(5);
  for (const kind of ['cpu-copy', 'dma-copy', 'system-call', 'later', 'own']) {
    await expect(page.locator(`[data-legend="${kind}"]`)).toHaveCount(1);
  }
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

test('a count that is only a bound says so', async ({ resultPage }) => {
  await resultPage.open(complete({ path: 'process-to-process' }));
  await resultPage.chooseMode('shared-memory');
  await expect(resultPage.flow('here').locator('[data-count="crossings"]')).toHaveText('at most 4');
  await expect(resultPage.part('transfer').locator('[data-count="calls"]')).toContainText('futex at most');
  await expect(resultPage.part('transfer').locator('[data-count="transferCrossings"]')).toContainText('at most');
});

test('the two sides of a path are told apart where each works alone', async ({ resultPage }) => {
  const sides = resultPage.flow('here').locator('.receiver-side text');
  await resultPage.open(complete({ path: 'process-to-process' }));
  await expect(sides).toHaveText(['consumer', 'producer']);
  await resultPage.chooseMode('shared-memory');
  await expect(resultPage.flow('here').locator('[data-place="shared-ring"]')).toHaveCount(1);
  await expect(sides).toHaveCount(0);
  await resultPage.answer(complete({ path: 'file-to-socket' }));
  await resultPage.post({ type: 'stale' });
  await expect(sides).toHaveText(['receiver', 'sender']);
});

for (const path of PATHS) {
  test(`ways that are known and not run are named with the reason: ${path}`, async ({ resultPage, page }) => {
    await resultPage.open(complete({ path }));
    const expected = modesNotRun().filter((mode) => mode.path === path);
    await expect(page.locator('[data-not-run]')).toHaveCount(expected.length);
    for (const { id, name, why } of expected) {
      await expect(page.locator(`[data-not-run="${id}"] dt`)).toHaveText(name);
      await expect(page.locator(`[data-not-run="${id}"] dd`)).toHaveText(why);
    }
  });
}

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
