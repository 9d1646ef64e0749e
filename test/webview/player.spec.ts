/** The step player: what it shows at every moment, by mouse, keyboard and clock, and what it says. */
import type { Locator, Page } from '@playwright/test';
import { countsForChunk, countsForTransfer, type Flow, markOf } from '../../src/model/flow.ts';
import { flowFactsOf } from '../../src/model/flowFacts.ts';
import { listingOf } from '../../src/model/listings.ts';
import { callSettingsOf, transferShape } from '../../src/model/modes/calls.ts';
import { findMode } from '../../src/model/modes/catalogue.ts';
import type { ModeDescriptor } from '../../src/model/modes/descriptor.ts';
import { AT_REST, countsAfter, stopMs, TRANSFER_STOPS } from '../../src/model/player.ts';
import type { Case } from '../../src/model/result/case.ts';
import type { Result } from '../../src/model/result/result.ts';
import { formatBytes, formatNumber, KIB, MIB } from '../../src/model/units.ts';
import { complete } from './fixtures.ts';
import { expect, type ResultPageObject, test } from './pageTest.ts';

const STEP_MS = stopMs(AT_REST);
const TRANSFER_MS = TRANSFER_STOPS * stopMs({ ...AT_REST, scope: 'transfer' });

function descriptor(mode: string): ModeDescriptor {
  const found = findMode(mode);
  if (found === undefined) throw new RangeError(mode);
  return found;
}

function hereOf(result: Result, mode: string): Flow {
  return descriptor(mode).here(flowFactsOf(result, result.experiment.path));
}

/** A player and the card it is in. */
class Player {
  readonly card: Locator;

  constructor(
    resultPage: ResultPageObject,
    key: string,
    private readonly page: Page,
  ) {
    this.card = resultPage.flow(key);
  }

  part(name: string): Locator {
    return this.card.locator(`zcl-flow-player [data-part="${name}"]`);
  }

  press(name: 'play' | 'back' | 'forward' | 'restart'): Promise<void> {
    return this.part(name).click();
  }

  async expectPhase(phase: 'resting' | 'paused' | 'playing'): Promise<void> {
    await expect(this.card.locator('.player')).toHaveAttribute('data-phase', phase);
  }

  /** Where the player is, which step the card points out, and the counts it shows. */
  async expectDone(flow: Flow, steps: number): Promise<void> {
    await expect(this.part('position')).toHaveValue(String(steps));
    await this.expectStep(steps - 1);
    await this.expectCounts(countsAfter(flow, steps));
  }

  async expectStep(index: number): Promise<void> {
    const active = this.card.locator('ol li.active');
    if (index < 0) await expect(active).toHaveCount(0);
    else await expect(active).toHaveAttribute('data-step', String(index));
  }

  async expectCounts(counts: ReturnType<typeof countsForChunk>): Promise<void> {
    for (const name of ['crossings', 'cpuCopies', 'dmaCopies'] as const) {
      await expect(this.card.locator(`dl [data-count="${name}"]`)).toContainText(String(counts[name]));
    }
  }

  /** How far the chunk is from the nearest point of the arrow it travels on, and how far along that arrow it is, 0 to 1. */
  wayOf(step: number): Promise<{ readonly off: number; readonly along: number }> {
    return this.card.locator('svg.flow-picture').evaluate((picture, index) => {
      const line = picture.querySelector<SVGPathElement>(`.step[data-step="${index}"] path.line`);
      const place = picture.querySelector<SVGGElement>('.traveller')?.transform.baseVal.consolidate()?.matrix;
      if (line === null || place === undefined) return { off: Number.POSITIVE_INFINITY, along: Number.NaN };
      const length = line.getTotalLength();
      let nearest = { off: Number.POSITIVE_INFINITY, along: 0 };
      for (let at = 0; at <= 1000; at++) {
        const point = line.getPointAtLength((at / 1000) * length);
        const off = Math.hypot(point.x - place.e, point.y - place.f);
        if (off < nearest.off) nearest = { off, along: at / 1000 };
      }
      return nearest;
    }, step);
  }

  run(ms: number): Promise<void> {
    return this.page.clock.runFor(ms);
  }
}

/** A page whose clock goes on only when it is told to. */
async function opened(
  resultPage: ResultPageObject,
  result: Result,
  opening: { readonly mode?: string; readonly key?: string; readonly reduceMotion?: boolean } = {},
): Promise<Player> {
  await resultPage.page.clock.install({ time: new Date(result.startedAt) });
  await resultPage.page.clock.pauseAt(new Date(Date.parse(result.startedAt) + 1000));
  await resultPage.open(result, { reduceMotion: opening.reduceMotion ?? false });
  if (opening.mode !== undefined) await resultPage.chooseMode(opening.mode);
  return new Player(resultPage, opening.key ?? 'here', resultPage.page);
}

function activeLines(resultPage: ResultPageObject): Promise<readonly number[]> {
  return resultPage
    .part('listing')
    .locator('.code-line.active')
    .evaluateAll((lines) => lines.map((line) => Number((line as HTMLElement).dataset['line'])));
}

test('at rest a flow is shown whole', async ({ resultPage }) => {
  const result = complete();
  const player = await opened(resultPage, result);
  await player.expectPhase('resting');
  await player.expectStep(-1);
  await player.expectCounts(countsForChunk(hereOf(result, 'read-write')));
  await expect(player.card.locator('.traveller')).toHaveCount(0);
  await expect(player.part('state')).toHaveText('');
});

test('play goes through every step, counts up, and rests at the end', async ({ resultPage }) => {
  const result = complete();
  const flow = hereOf(result, 'read-write');
  const player = await opened(resultPage, result);
  await player.press('play');
  await player.expectPhase('playing');
  for (const index of flow.steps.keys()) {
    await player.run(STEP_MS / 2);
    await player.expectStep(index);
    await player.expectCounts(countsAfter(flow, index));
    await player.run(STEP_MS / 2 - 40);
    await player.expectCounts(countsAfter(flow, index + 1));
    await expect(player.card.locator('svg .step.active')).toHaveAttribute('data-step', String(index));
    // Nothing is said while it plays.
    await expect(player.part('state')).toHaveText('');
    await player.run(40);
  }
  await player.run(100);
  await player.expectPhase('resting');
  await player.expectStep(-1);
  await player.expectCounts(countsForChunk(flow));
  await expect(player.card.locator('.traveller')).toHaveCount(0);
  await expect(player.part('play')).toHaveAccessibleName('Play');
});

test('the chunk travels along the arrow of its step', async ({ resultPage }) => {
  const player = await opened(resultPage, complete());
  await player.press('forward');
  await player.press('play');
  const seen: number[] = [];
  for (let quarter = 1; quarter < 4; quarter++) {
    await player.run(STEP_MS / 5);
    const { off, along } = await player.wayOf(1);
    expect(off).toBeLessThan(1);
    expect(along).toBeGreaterThan(seen.at(-1) ?? 0);
    seen.push(along);
  }
  expect(seen[0]).toBeLessThan(0.5);
  await player.press('play');
  await player.expectPhase('paused');
  const paused = await player.wayOf(1);
  await player.run(STEP_MS);
  expect(await player.wayOf(1)).toEqual(paused);
});

test('what happens in one place has its frame there', async ({ resultPage }) => {
  const result = complete({ modes: ['read-write', 'mmap-mmap'] });
  const flow = hereOf(result, 'mmap-mmap');
  const fault = flow.steps.findIndex(({ kind }) => kind === 'fault');
  const player = await opened(resultPage, result, { mode: 'mmap-mmap' });
  for (let step = 0; step <= fault; step++) await player.press('forward');
  await player.expectDone(flow, fault + 1);
  expect(await player.wayOf(fault)).toEqual({ off: 0, along: 0 });
});

test('steps point out their sentence, their arrow and their lines in C', async ({ resultPage }) => {
  const result = complete();
  const flow = hereOf(result, 'read-write');
  const player = await opened(resultPage, result);
  await expect(resultPage.part('listing')).toBeVisible();
  for (const index of flow.steps.keys()) {
    await player.press('forward');
    await player.expectDone(flow, index + 1);
    await expect(player.card.locator('svg .step.active')).toHaveAttribute('data-step', String(index));
    const marks = listingOf('read-write')?.marks.filter(({ mark }) => mark === markOf(flow, index)) ?? [];
    expect(marks).not.toEqual([]);
    await expect.poll(() => activeLines(resultPage)).toEqual([...new Set(marks.map(({ line }) => line))]);
  }
  await player.press('back');
  await player.expectDone(flow, flow.steps.length - 1);
});

test('a step pointed at by hand comes before the one that is played', async ({ resultPage, page }) => {
  const player = await opened(resultPage, complete());
  await player.press('forward');
  await player.card.locator('ol li[data-step="3"]').hover();
  await player.expectStep(3);
  await page.mouse.move(0, 0);
  await player.expectStep(0);
});

test('the slider goes anywhere, and in between steps', async ({ resultPage }) => {
  const result = complete();
  const flow = hereOf(result, 'read-write');
  const player = await opened(resultPage, result);
  await player.part('position').fill('3');
  await player.expectDone(flow, 3);
  await player.part('position').fill('1.5');
  await player.expectStep(1);
  await player.expectCounts(countsAfter(flow, 1));
  await player.expectPhase('paused');
});

test('speeds: twice as fast takes half the time', async ({ resultPage }) => {
  const player = await opened(resultPage, complete());
  await player.part('speed').selectOption('4x');
  await player.press('play');
  await player.run(STEP_MS);
  const position = Number(await player.part('position').inputValue());
  // One frame may be missing at either end.
  expect(Math.abs(position - 4)).toBeLessThan((4 * 2 * 20) / STEP_MS);
});

test('the keyboard does it all', async ({ resultPage, page }) => {
  const result = complete();
  const flow = hereOf(result, 'read-write');
  const end = flow.steps.length;
  const player = await opened(resultPage, result);
  await player.part('position').focus();
  for (const [key, done] of [
    ['ArrowRight', 1],
    ['ArrowRight', 2],
    ['ArrowLeft', 1],
    ['End', end],
    ['ArrowRight', end],
    ['Home', 0],
    ['ArrowLeft', 0],
  ] as const) {
    await page.keyboard.press(key);
    await player.expectDone(flow, done);
  }
  await page.keyboard.press('Space');
  await player.expectPhase('playing');
  await page.keyboard.press('Space');
  await player.expectPhase('paused');
  await page.keyboard.press('Escape');
  await player.expectPhase('resting');
  await expect(player.part('position')).toBeFocused();
});

test('Tab goes through the controls in the order they stand in, and they keep their own keys', async ({
  resultPage,
  page,
}) => {
  const player = await opened(resultPage, complete());
  await player.part('restart').focus();
  for (const name of ['back', 'play', 'forward', 'position', 'speed']) {
    await page.keyboard.press('Tab');
    await expect(player.part(name)).toBeFocused();
  }
  await page.keyboard.press('ArrowDown');
  await expect(player.part('speed')).toHaveValue('2');
  await page.keyboard.press('Tab');
  await expect(player.card.getByLabel('One chunk')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(player.card.getByLabel('Whole transfer')).toBeChecked();
  await player.expectPhase('resting');
  await player.part('forward').focus();
  await page.keyboard.press('Space');
  await player.expectPhase('paused');
});

test('says where it is when it stands, with what is particular to the step', async ({ resultPage }) => {
  const result = complete({ path: 'file-to-socket' });
  const flow = hereOf(result, 'sendfile');
  const player = await opened(resultPage, result, { mode: 'sendfile' });
  await player.press('forward');
  await expect(player.part('state')).toHaveText(
    `Step 1 of ${flow.steps.length}: ${flow.steps[0]?.text} Crossings 2, CPU copies 0, DMA copies 0.`,
  );
  await player.part('position').focus();
  await resultPage.page.keyboard.press('End');
  const last = flow.steps.at(-1);
  await expect(player.part('state')).toHaveText(
    `Step 6 of 6 (by the receiver): ${last?.text} Crossings 2, CPU copies 1, DMA copies 0.`,
  );
  await expect(player.part('place')).toHaveText('Step 6 of 6 (by the receiver)');
  await expect(player.part('position')).toHaveAttribute('aria-valuetext', 'Step 6 of 6 (by the receiver)');
  const classic = new Player(resultPage, 'classic-0', resultPage.page);
  await classic.part('position').fill('4');
  await expect(classic.part('place')).toHaveText('Step 4 of 4 (after the call returned)');
  await classic.part('position').fill('0');
  await expect(classic.part('place')).toHaveText('Before the first step');
});

test('one at a time: a second player lets the first one rest', async ({ resultPage }) => {
  const player = await opened(resultPage, complete());
  const classic = new Player(resultPage, 'classic-0', resultPage.page);
  await player.press('play');
  await classic.press('forward');
  await classic.expectStep(0);
  await player.expectPhase('resting');
  await player.expectStep(-1);
  await expect.poll(() => activeLines(resultPage)).not.toEqual([]);
});

test('only the flow on this host has a whole transfer', async ({ resultPage }) => {
  const player = await opened(resultPage, complete());
  await expect(player.card.getByRole('radio')).toHaveCount(2);
  await expect(resultPage.flow('classic-0').getByRole('radio')).toHaveCount(0);
});

test('the whole transfer runs up to the totals of its steps, beside what was counted', async ({ resultPage }) => {
  const result = complete({ buffers: [4 * KIB, 64 * KIB], bytes: 64 * MIB });
  const mode = descriptor('read-write');
  const player = await opened(resultPage, result);
  await player.card.getByText('Whole transfer').click();
  await expect(player.card.locator('dl.counts')).toBeHidden();
  const now = (id: string) => player.part('readings').locator(`[data-reading="${id}"] [data-count="now"]`);
  const measured = (id: string) => player.part('readings').locator(`[data-reading="${id}"] [data-count="measured"]`);
  const agreement = (id: string) => player.part('readings').locator(`[data-reading="${id}"] .agreement`);
  for (const buffer of [64 * KIB, 4 * KIB]) {
    if (buffer === 4 * KIB) await resultPage.part('evidence-size').selectOption(formatBytes(buffer));
    const one = result.cases.find((each) => each.mode === 'read-write' && each.bufferBytes === buffer) as Case;
    const counts = countsForTransfer(
      hereOf(result, 'read-write'),
      transferShape(mode, callSettingsOf(one), result.experiment.bytes),
    );
    const reads = counts.calls['read'] ?? Number.NaN;
    await player.press('play');
    await player.run(TRANSFER_MS / 2);
    const half = Number((await now('crossings').textContent())?.replaceAll(',', ''));
    expect(half).toBeGreaterThan(counts.crossings * 0.4);
    expect(half).toBeLessThan(counts.crossings * 0.6);
    await player.run(TRANSFER_MS);
    await player.expectPhase('resting');
    await expect(now('crossings')).toHaveText(formatNumber(counts.crossings));
    await expect(now('read')).toHaveText(formatNumber(reads));
    await expect(now('cpuCopiedBytes')).toHaveText(formatBytes(counts.cpuCopiedBytes));
    await expect(now('dmaBytes')).toHaveText(formatBytes(counts.dmaBytes));
    // The read that finds the end of the file.
    await expect(measured('read')).toHaveText(formatNumber(reads + 1));
    await expect(measured('crossings')).toHaveText(formatNumber(counts.crossings + 2));
    await expect(agreement('read')).toHaveText('1 more');
    await expect(agreement('write')).toHaveText('agrees');
    await expect(player.part('state')).toContainText(`crossings ${formatNumber(counts.crossings)} (counted`);
  }
});

test('another mode: the player rests; the same flow of a live run: it goes on', async ({ resultPage }) => {
  const result = complete();
  const player = await opened(resultPage, result);
  await player.part('position').fill('2');
  await resultPage.answer(result);
  await resultPage.post({ type: 'stale' });
  await player.expectDone(hereOf(result, 'read-write'), 2);
  await resultPage.chooseMode('sendfile');
  await player.expectPhase('resting');
  await player.expectCounts(countsForChunk(hereOf(result, 'sendfile')));
});

test('what stands in the picture stays on its arrow when the page gets narrower', async ({ resultPage, page }) => {
  const player = await opened(resultPage, complete());
  await player.part('position').fill('1.4');
  await page.setViewportSize({ width: 1000, height: 800 });
  await page.setViewportSize({ width: 700, height: 800 });
  await expect.poll(async () => (await player.wayOf(1)).off).toBeLessThan(1);
});

test('it does not go on while nobody sees the page', async ({ resultPage, page }) => {
  const player = await opened(resultPage, complete());
  await player.press('play');
  await player.run(STEP_MS / 2);
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { value: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await player.expectPhase('paused');
});

for (const how of ['system', 'VS Code'] as const) {
  test(`less motion asked for by the ${how}: whole steps only, at the same pace`, async ({ resultPage, page }) => {
    if (how === 'system') await page.emulateMedia({ reducedMotion: 'reduce' });
    const result = complete();
    const flow = hereOf(result, 'read-write');
    const player = await opened(resultPage, result, { reduceMotion: how === 'VS Code' });
    await player.press('play');
    for (const index of flow.steps.keys()) {
      const places: unknown[] = [];
      for (let part = 0; part < 4; part++) {
        await player.run(STEP_MS / 4 - 20);
        await player.expectDone(flow, index + 1);
        places.push(await player.card.locator('.traveller').getAttribute('transform'));
      }
      expect(new Set(places).size, `step ${index + 1}`).toBe(1);
      await player.run(100);
    }
    await player.expectPhase('resting');
    await expect(player.part('position')).toHaveAttribute('step', '1');
  });
}

test('axe finds nothing in pictures that are played', async ({ resultPage }) => {
  await resultPage.open(complete({ path: 'file-to-socket', buffers: [4 * KIB, 64 * KIB] }));
  const classic = new Player(resultPage, 'classic-0', resultPage.page);
  await classic.part('position').fill('1.5');
  const player = new Player(resultPage, 'here', resultPage.page);
  await player.card.getByText('Whole transfer').click();
  await player.part('position').fill('5.5');
  expect(await resultPage.violations({ only: 'zcl-flow-panel' })).toEqual([]);
});

test('the player fits, however narrow the page', async ({ resultPage, page }) => {
  await page.setViewportSize({ width: 320, height: 800 });
  await resultPage.open(complete({ path: 'file-to-socket', buffers: [4 * KIB, 64 * KIB] }));
  const player = new Player(resultPage, 'here', page);
  await player.card.getByText('Whole transfer').click();
  await player.part('position').fill('5.5');
  await expect(player.part('readings')).toBeVisible();
  expect(await resultPage.sideways()).toBe(0);
  const [table, card] = [await player.part('readings').boundingBox(), await player.card.boundingBox()];
  expect((table?.x ?? 0) + (table?.width ?? Infinity)).toBeLessThanOrEqual((card?.x ?? 0) + (card?.width ?? 0) + 0.5);
});
