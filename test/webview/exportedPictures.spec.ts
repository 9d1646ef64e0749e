/** Pictures that leave the page: files that need nothing of it. */
import { type FlowView, flowViews } from '../../src/model/flowViews.ts';
import type { PageRequest } from '../../src/model/messages.ts';
import { modesOfPath } from '../../src/model/modes/catalogue.ts';
import { PATHS } from '../../src/model/paths.ts';
import { svgDocument } from '../../src/model/picture/document.ts';
import { flowSlide } from '../../src/model/picture/flow/flowSlide.ts';
import { PALETTES, SHADES } from '../../src/model/picture/palettes.ts';
import { studied } from './evidenceFixtures.ts';
import { everyMode } from './fixtures.ts';
import { expect, test } from './pageTest.ts';

type Saved = Extract<PageRequest, { readonly type: 'save-picture' }>;

/** What is wrong with a picture that stands alone: markup, references to elsewhere, parts out of sight. */
function faults(text: string): readonly string[] {
  const document = new DOMParser().parseFromString(text, 'image/svg+xml');
  const broken = document.querySelector('parsererror')?.textContent;
  if (broken) return [broken];
  const svg = window.document.adoptNode(document.documentElement) as unknown as SVGSVGElement;
  window.document.body.replaceChildren(svg);
  const found: string[] = [];
  for (const element of svg.querySelectorAll('*')) {
    for (const { name, value } of element.attributes) {
      if (name === 'class' || name === 'style' || name.startsWith('data-') || name.endsWith('href')) found.push(name);
      if (/var\(|url\(|color-mix|NaN|undefined|inherit/.test(value)) found.push(`${name}="${value}"`);
    }
  }
  const frame = svg.getBoundingClientRect();
  for (const shape of svg.querySelectorAll('text, path, rect, circle')) {
    const box = shape.getBoundingClientRect();
    if (
      box.left < frame.left - 1 ||
      box.right > frame.right + 1 ||
      box.top < frame.top - 1 ||
      box.bottom > frame.bottom + 1
    )
      found.push(`out of sight: ${shape.outerHTML}`);
  }
  return found;
}

for (const path of PATHS) {
  test(`every flow stands alone as a picture: ${path}`, async ({ page }) => {
    const result = studied({ path, modes: everyMode(path) });
    await page.setViewportSize({ width: 1600, height: 1200 });
    const views = modesOfPath(path).flatMap((mode): readonly FlowView[] =>
      flowViews(
        result,
        mode,
        result.cases.find((one) => one.mode === mode.id && !one.control),
      ),
    );
    expect(views.length).toBeGreaterThan(4);
    for (const [nth, view] of views.entries()) {
      const widths = (['measured', 'predicted', null] as const)[nth % 3] ?? null;
      const picture = flowSlide(view, { host: result.host, receiverHost: null, widths });
      const text = svgDocument(picture, PALETTES[SHADES[nth % 2] ?? 'light']);
      expect(await page.evaluate(faults, text), `${view.mode.id}, ${view.key}`).toEqual([]);
      // Title, host, steps and numbers are in it.
      const words = await page.locator('svg').textContent();
      for (const needed of [view.title, view.origin, result.host.name, result.host.kernel]) {
        expect(words, `${view.mode.id}, ${view.key}`).toContain(needed);
      }
      await expect(page.locator('svg > title')).toHaveText(`${view.origin}: ${view.title}`);
    }
  });
}

for (const shade of SHADES) {
  test(`SVG from the page draws in an empty one: ${shade}`, async ({ resultPage, page }) => {
    await resultPage.open(studied());
    await resultPage.flow('here').getByLabel('Export picture: On this host: read + write').click();
    await page.getByRole('button', { name: `SVG, ${shade}` }).click();
    await expect.poll(() => resultPage.posted('save-picture')).toBe(1);
    const [saved] = (await resultPage.requests('save-picture')) as readonly Saved[];
    expect(saved).toMatchObject({ name: `read-write-here-${shade}`, mediaType: 'image/svg+xml' });
    await expect(page.locator('details.menu[open]')).toHaveCount(0);
    const { colors, width, corner } = await page.evaluate(drawn, {
      source: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(saved?.data ?? '')}`,
    });
    expect(width).toBeGreaterThan(900);
    expect(corner).toBe(PALETTES[shade].background);
    // Lines, letters and their edges: far more than a box would have.
    expect(colors).toBeGreaterThan(50);
  });
}

test('PNG from the page is one, twice as large as the picture', async ({ resultPage, page }) => {
  await resultPage.open(studied());
  await resultPage.flow('classic-0').locator('[data-part="export-picture"] summary').focus();
  await page.keyboard.press('Enter');
  for (let nth = 0; nth < 3; nth++) await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'PNG, light' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'SVG, light' }).click();
  await expect.poll(() => resultPage.posted('save-picture')).toBe(2);
  const saved = (await resultPage.requests('save-picture')) as readonly Saved[];
  const png = saved.find(({ mediaType }) => mediaType === 'image/png');
  const svg = saved.find(({ mediaType }) => mediaType === 'image/svg+xml');
  const bytes = Buffer.from(png?.data ?? '', 'base64');
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg?.data ?? '') ?? [];
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([2 * Number(width), 2 * Number(height)]);
  const { colors, corner } = await page.evaluate(drawn, { source: `data:image/png;base64,${png?.data}` });
  expect(corner).toBe(PALETTES.light.background);
  expect(colors).toBeGreaterThan(50);
});

test('a chart is saved as it is shown: of the modes that are', async ({ resultPage, page }) => {
  await resultPage.open(studied());
  await page.locator('[data-legend-mode="sendfile"]').click();
  await resultPage.openChart('cpu');
  await resultPage.chart('cpu').getByLabel('Export picture: CPU time').click();
  await page.getByRole('button', { name: 'SVG, dark' }).click();
  await expect.poll(() => resultPage.posted('save-picture')).toBe(1);
  const [saved] = (await resultPage.requests('save-picture')) as readonly Saved[];
  expect(saved).toMatchObject({ name: 'cpu-dark', mediaType: 'image/svg+xml' });
  expect(await page.evaluate(faults, saved?.data ?? '')).toEqual([]);
  const words = await page.locator('svg').textContent();
  expect(words).toContain('CPU time');
  expect(words).toContain('mmap + write');
  expect(words).not.toContain('sendfile');
});

test('Escape closes the menu, and so does leaving it', async ({ resultPage, page }) => {
  await resultPage.open(studied());
  const menu = resultPage.flow('here').locator('[data-part="export-picture"]');
  await menu.locator('summary').click();
  await expect(menu).toHaveAttribute('open', '');
  await page.keyboard.press('Escape');
  await expect(menu).not.toHaveAttribute('open', '');
  await expect(menu.locator('summary')).toBeFocused();
  await page.keyboard.press('Enter');
  for (let nth = 0; nth < 5; nth++) await page.keyboard.press('Tab');
  await expect(menu).not.toHaveAttribute('open', '');
});

test('a picture that could not be saved says why', async ({ resultPage, page }) => {
  await resultPage.open(studied());
  await page.evaluate(() => {
    window.zclHost.problems['save-picture'] = { code: 'ENOSPC', message: 'The disk is full.', hint: 'Make room.' };
  });
  await resultPage.flow('here').locator('[data-part="export-picture"] summary').click();
  await page.getByRole('button', { name: 'SVG, dark' }).click();
  await expect(resultPage.part('problem')).toContainText('The disk is full.');
});

/** Draws an image onto a canvas and looks at its pixels. */
async function drawn({ source }: { readonly source: string }) {
  const image = new Image();
  image.src = source;
  await image.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  const corner = `#${[...data.subarray(0, 3)].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
  return { colors: new Set(new Uint32Array(data.buffer)).size, width: image.naturalWidth, corner };
}
