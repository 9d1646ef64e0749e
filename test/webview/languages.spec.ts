/** Every page in every language, in a wide and in a narrow window: in that language, and all of it to be read. */
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import * as l10n from '@vscode/l10n';
import { type Language, languageBundle } from '../../src/lab/language.ts';
import { compareResults } from '../../src/model/comparison/compare.ts';
import { SWITCHES } from '../../src/model/laboratory/switches.ts';
import type { LearnPlace, PageState } from '../../src/model/messages.ts';
import { modeDescriptors } from '../../src/model/modes/catalogue.ts';
import type { ModeProbe } from '../../src/model/probe.ts';
import type { Result } from '../../src/model/result/result.ts';
import { KIB } from '../../src/model/units.ts';
import { cutTexts } from './cutTexts.ts';
import { studied } from './evidenceFixtures.ts';
import { complete, planned } from './fixtures.ts';
import { expect, test } from './pageTest.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const LANGUAGES: readonly Language[] = ['en', 'zh-cn', 'zh-tw'];
const WIDTHS = [1280, 320];

function probe(): PageState {
  const { host } = planned({ path: 'file-to-socket' });
  const modes = modeDescriptors().flatMap(({ id, paths }) =>
    paths.map((path): ModeProbe => ({ mode: id, path, status: 'works', problem: null, notes: [] })),
  );
  const laboratory = { problem: null, switches: SWITCHES.map(({ id }) => ({ id, problem: null })) };
  const report = { probedAt: '2026-11-21T03:30:00.000Z', host, directory: '/data', route: null, modes, laboratory };
  return { kind: 'probe', report, problem: null, probing: false };
}

function comparison(): PageState {
  const one = complete({ buffers: [4 * KIB, 64 * KIB], rounds: 10 });
  const other: Result = { ...one, host: { ...one.host, name: 'hopper', container: 'docker', memoryBytes: 2 ** 36 } };
  const outcome = compareResults([one, other].map((result, nth) => ({ name: `run-${nth}`, result })));
  return { kind: 'compare', files: ['file:///data/a.zcresult.json', 'file:///data/b.zcresult.json'], outcome };
}

function learn(section: LearnPlace['section']): PageState {
  return { kind: 'learn', place: { visit: 1, section, anchor: null }, obstacle: null };
}

/** Built when their language is known, because the findings of a result are sentences of whoever measured. */
const PAGES: Readonly<Record<string, () => PageState | Result>> = {
  'a result': () => studied({ path: 'file-to-socket', buffers: [4 * KIB, 64 * KIB] }),
  'a comparison': comparison,
  'a probe': probe,
  'the glossary': () => learn('glossary'),
  'the myths': () => learn('myths'),
};

/** Without a font all characters are drawn as the same box. */
function drawsChinese(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const drawn = (text: string) => {
      const canvas = document.createElement('canvas');
      const context = canvas.getContext('2d');
      context?.fillText(text, 10, 50);
      return canvas.toDataURL();
    };
    return drawn('零') !== drawn('拷');
  });
}

for (const language of LANGUAGES) {
  test.describe(language, () => {
    const words = languageBundle(ROOT, language);
    test.beforeAll(() => l10n.config({ contents: words }));
    test.afterAll(() => l10n.config({ contents: {} }));

    for (const [name, state] of Object.entries(PAGES)) {
      test(`${name} can be read as a whole`, async ({ resultPage, page }) => {
        await resultPage.open(state(), { words, language });
        if (language !== 'en' && !(await drawsChinese(page)))
          console.log('No Chinese font: boxes are looked at instead.');
        await expect(page.locator('html')).toHaveAttribute('lang', language);
        await expect(page.locator('h1')).toHaveText(language === 'en' ? /[a-z]/ : /\p{Script=Han}/u);
        await page.locator('details').evaluateAll((all) => {
          for (const details of all as HTMLDetailsElement[]) details.open = true;
        });
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: 800 });
          await resultPage.chartsFit();
          expect(await cutTexts(page), `${width} px`).toEqual([]);
          expect(await resultPage.sideways(), `${width} px`).toBeLessThanOrEqual(0);
        }
      });
    }
  });
}

test('text is found that is cut off, beyond its picture, or under another', async ({ resultPage, page }) => {
  await resultPage.open(learn('glossary'));
  expect(await cutTexts(page)).toEqual([]);
  await page.evaluate(() => {
    const [title, label, other] = ['h1', 'article svg text:nth-of-type(1)', 'article svg text:nth-of-type(2)'].map(
      (selector) => document.querySelector<HTMLElement>(selector),
    );
    Object.assign(title?.style ?? {}, { overflow: 'hidden', width: '40px', whiteSpace: 'nowrap' });
    const place = other?.getAttribute('transform') ?? null;
    for (const name of ['x', 'y']) label?.setAttribute(name, other?.getAttribute(name) ?? '0');
    if (place !== null) label?.setAttribute('transform', place);
    document.querySelectorAll('article svg')[1]?.querySelector('text')?.setAttribute('x', '-500');
  });
  const found = await cutTexts(page);
  expect(found).toContainEqual(expect.stringContaining('"Words and myths" is cut by H1'));
  expect(found).toContainEqual(expect.stringContaining(' overlaps '));
  expect(found).toContainEqual(expect.stringContaining(' is beyond its picture'));
});
