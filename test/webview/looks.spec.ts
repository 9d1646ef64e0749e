/** Themes, accessibility, narrow pages, motion, and what the charts were given to draw. */
import type { PageState } from '../../src/model/messages.ts';
import { PATHS } from '../../src/model/paths.ts';
import type { Result } from '../../src/model/result/result.ts';
import { KIB, MIB } from '../../src/model/units.ts';
import { studied, unsteady } from './evidenceFixtures.ts';
import { complete, everyMode, partial, planned, SEED_BUFFERS, sampleOf, withTroubles } from './fixtures.ts';
import { THEME_KINDS, THEMES } from './host/themes.ts';
import { expect, type ResultPageObject, runState, test } from './pageTest.ts';

function running(): PageState {
  const plan = planned({ path: 'file-to-socket' });
  const cases = plan.cases.map((one, index) => ({
    ...one,
    samples: [0, 1, 2].map((round) => sampleOf(plan, index, round)),
  }));
  const progress = { fraction: 0.5, phase: 'measuring', case: 1, round: 3, mibPerSecond: 2000 } as const;
  return runState({ ...plan, cases }, { progress });
}

/** Pages that differ everywhere, with all that can be opened open. */
const PAGES: Readonly<Record<string, () => Result>> = {
  'file to file': () => complete(),
  'file to socket, every pass': () => studied({ path: 'file-to-socket', buffers: [4 * KIB, 64 * KIB] }),
  'process to process, every mode': () =>
    complete({ path: 'process-to-process', modes: everyMode('process-to-process') }),
};

for (const [name, result] of Object.entries(PAGES)) {
  test(`axe finds nothing in any theme, and it fits at any width: ${name}`, async ({ resultPage, page }) => {
    await resultPage.open(result());
    await page.getByText('Host and experiment').click();
    await expect(resultPage.part('listing')).toBeVisible();
    await page.locator('details').evaluateAll((all) => {
      for (const details of all as HTMLDetailsElement[]) details.open = true;
    });
    expect(await resultPage.violations()).toEqual([]);
    expect(await resultPage.misfits()).toEqual([]);
  });
}

/** Pages that differ above their diagrams only. */
const STATES: Readonly<Record<string, () => PageState | Result>> = {
  troubles: () => withTroubles(),
  partial: () => partial(),
  'samples that do not count': () => unsteady(),
  running,
  unreadable: () => ({
    kind: 'unreadable',
    fileName: 'a.zcresult.json',
    problem: { code: 'not-json', message: 'This is not JSON.', hint: 'Open it as text.' },
  }),
};

for (const [name, state] of Object.entries(STATES)) {
  test(`axe finds nothing in any theme, and it fits at any width: ${name}`, async ({ resultPage }) => {
    await resultPage.open(state());
    expect(await resultPage.violations({ without: 'zcl-flow-panel' })).toEqual([]);
    expect(await resultPage.misfits()).toEqual([]);
  });
}

test('charts are drawn in the colours of the theme, after every change of it', async ({ resultPage }) => {
  await resultPage.open(complete(), { theme: 'hc-light' });
  await resultPage.openChart('time-by-size');
  for (const theme of THEME_KINDS) {
    await resultPage.setTheme(theme);
    const { tokens } = THEMES[theme];
    // Orange is too pale for a line on white in some light themes, so the foreground is mixed in.
    const orange = `color-mix(in srgb, ${tokens['charts-orange']} 55%, ${tokens['foreground']})`;
    const expected = [tokens['charts-blue'], orange, tokens['charts-green']];
    await expect
      .poll(async () => (await resultPage.drawn('time-by-size')).datasets.map((each) => each.borderColor))
      .toEqual(expected);
    const [bars] = (await resultPage.drawn('cpu')).datasets;
    expect(new Set(bars?.borderColor)).toEqual(new Set(expected));
  }
});

for (const path of PATHS) {
  test(`no two modes look alike: ${path}`, async ({ resultPage }) => {
    const modes = everyMode(path);
    await resultPage.open(complete({ path, modes, buffers: [4 * KIB, 64 * KIB] }));
    await resultPage.openChart('time-by-size');
    const lines = (await resultPage.drawn('time-by-size')).datasets;
    expect(lines).toHaveLength(modes.length);
    const looks = lines.map((line) => ({ color: line.borderColor, dash: line.borderDash.join(' ') }));
    expect(new Set(looks.map((look) => `${look.color}, ${look.dash}`)).size, 'of one colour, by dash').toBe(
      modes.length,
    );
    const neighbours = lines.map((line) => `${line.borderColor}, ${line.pointStyle}`);
    for (const [nth, look] of neighbours.slice(0, 18).entries()) {
      expect(neighbours.indexOf(look), 'of one colour, by point').toBe(nth);
    }
  });

  test(`every mode fits, nothing is cut, at any width: ${path}`, async ({ resultPage, page }) => {
    await resultPage.open(complete({ path, modes: everyMode(path), buffers: [4 * KIB, MIB] }));
    for (const width of [320, 640, 1000, 1400]) {
      await page.setViewportSize({ width, height: 900 });
      await resultPage.chartsFit();
      expect(await resultPage.sideways(), `at ${width} px`).toBe(0);
      const overflowing = await resultPage
        .rows()
        .locator('th, td')
        .evaluateAll((cells) =>
          cells.filter((cell) => cell.scrollWidth > cell.clientWidth).map((cell) => cell.innerHTML),
        );
      expect(overflowing, `at ${width} px`).toEqual([]);
      // A chart wraps its names and takes their height a moment after it has the width.
      await expect.poll(() => cutNames(resultPage), `at ${width} px`).toEqual([]);
    }
  });
}

/** Names beside the bars that are wider than the room for them, or meet the one below. */
function cutNames(resultPage: ResultPageObject): Promise<readonly string[]> {
  return resultPage.chart('headline').evaluate((element) => {
    interface Drawn {
      readonly ctx: CanvasRenderingContext2D;
      readonly scales: {
        readonly y: { readonly width: number; readonly height: number; readonly ticks: { label: string | string[] }[] };
      };
    }
    const { ctx, scales } = (element as HTMLElement & { readonly chart: Drawn }).chart;
    const style = getComputedStyle(document.body);
    ctx.font = `${Number.parseFloat(style.fontSize) - 1}px ${style.fontFamily}`;
    const room = scales.y.height / scales.y.ticks.length;
    return scales.y.ticks
      .map((tick) => [tick.label].flat())
      .filter(
        (lines) => lines.length * 14.4 > room || lines.some((line) => ctx.measureText(line).width > scales.y.width),
      )
      .map((lines) => lines.join(' / '));
  });
}

test('no scrolling of the page sideways, however narrow', async ({ resultPage, page }) => {
  await resultPage.open(studied({ path: 'file-to-socket', buffers: SEED_BUFFERS }));
  await page.getByText('Kinds of evidence').click();
  for (const width of [480, 320]) {
    await page.setViewportSize({ width, height: 800 });
    await resultPage.chartsFit();
    for (const mode of ['read-write', 'mmap-write', 'sendfile']) {
      await resultPage.chooseMode(mode);
      await expect(page.locator('[data-flow="here"] svg.flow-picture')).toBeVisible();
      expect(await resultPage.sideways(), `${mode} at ${width} px`).toBe(0);
    }
    const table = await page.locator('.scroll-x:has(.ranking)').evaluate((box) => box.scrollWidth > box.clientWidth);
    expect(table, 'the table scrolls in a box of its own').toBe(true);
  }
});

test('charts are as sharp as the window, after a zoom too', async ({ resultPage }) => {
  await resultPage.open(complete());
  const density = () =>
    resultPage
      .chart('headline')
      .locator('canvas')
      .evaluate((canvas: HTMLCanvasElement) => Math.round(canvas.width / canvas.clientWidth));
  expect(await density()).toBe(1);
  await resultPage.zoomTo200();
  await expect.poll(density).toBe(2);
});

test('diagrams follow the width of the page', async ({ resultPage, page }) => {
  await page.setViewportSize({ width: 1400, height: 900 });
  await resultPage.open(complete());
  const picture = resultPage.flow('here').locator('svg.flow-picture');
  const width = async () => Number(await picture.getAttribute('width'));
  const before = await width();
  await page.setViewportSize({ width: 500, height: 900 });
  await expect.poll(width).toBeLessThan(before);
});

for (const how of ['the system', 'VS Code'] as const) {
  test(`nothing moves when ${how} asks for less motion`, async ({ resultPage, page }) => {
    if (how === 'the system') await page.emulateMedia({ reducedMotion: 'reduce' });
    await resultPage.open(running(), { reduceMotion: how === 'VS Code' });
    await expect(page.locator('svg.flow-picture').first()).toBeVisible();
    const moving = await page.evaluate(() => document.getAnimations().length);
    expect(moving).toBe(0);
    const animated = await resultPage.chart('cpu').evaluate((element) => {
      return (element as HTMLElement & { chart: { options: { animation: unknown } } }).chart.options.animation;
    });
    expect(animated).toBe(false);
  });
}
