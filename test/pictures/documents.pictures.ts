/** The pictures of the documents, of pages in a light theme that show real results. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { inRepository } from '../../scripts/lib/folders.mjs';
import { compareFiles } from '../../src/lab/compareFiles.ts';
import { parseResult } from '../../src/lab/resultFile.ts';
import type { PageState } from '../../src/model/messages.ts';
import type { Result } from '../../src/model/result/result.ts';
import { expect, fileState, type ResultPageObject, test } from '../webview/pageTest.ts';

/** So far that one sees what was counted, and what is still to come. */
const STEPS_PLAYED = 4;

/** Files that scripts/pictures.mjs names. */
type Variable = 'ZCL_RESULT' | 'ZCL_LABORATORY' | 'ZCL_BEFORE' | 'ZCL_AFTER';

function resultFile(variable: Variable): string {
  const file = process.env[variable];
  if (file === undefined) throw new Error(`${variable} names no result; use npm run pictures`);
  return file;
}

function read(file: string): Result {
  const parsed = parseResult(readFileSync(file, 'utf8'), path.basename(file));
  if (!parsed.ok) throw new Error(parsed.problem.message);
  return parsed.value;
}

async function picture(page: Page, name: string, height: number): Promise<void> {
  await page.setViewportSize({ width: page.viewportSize()?.width ?? 0, height });
  await page.screenshot({ path: inRepository('docs', 'images', `${name}.png`), animations: 'disabled', caret: 'hide' });
}

async function toTop(part: Locator): Promise<void> {
  await part.evaluate((element) => element.scrollIntoView({ block: 'start' }));
}

async function openResult(resultPage: ResultPageObject, variable: Variable = 'ZCL_RESULT'): Promise<void> {
  const file = resultFile(variable);
  const state = { ...fileState(read(file)), fileName: path.basename(file) } as PageState;
  await resultPage.open(state, { theme: 'light', reduceMotion: true });
  await resultPage.page.waitForFunction(() => performance.getEntriesByName('zcl-drawn').length > 0);
}

test('page', async ({ resultPage, page }) => {
  await openResult(resultPage);
  await picture(page, 'page', 960);
});

test('charts', async ({ resultPage, page }) => {
  await openResult(resultPage);
  await toTop(page.locator('#charts-heading'));
  await picture(page, 'charts', 720);
});

test('evidence', async ({ resultPage, page }) => {
  await page.setViewportSize({ width: 1500, height: 900 });
  await openResult(resultPage);
  await resultPage.chooseMode('sendfile');
  await toTop(page.locator('#flow-heading'));
  await picture(page, 'evidence', 900);
});

test('player', async ({ resultPage, page }) => {
  await openResult(resultPage);
  await resultPage.chooseMode('splice');
  const step = resultPage.flow('here').locator('zcl-flow-player [data-part="forward"]');
  for (let nth = 0; nth < STEPS_PLAYED; nth++) await step.click();
  await toTop(resultPage.flow('here'));
  await picture(page, 'player', 860);
});

test('laboratory', async ({ resultPage, page }) => {
  await page.setViewportSize({ width: 1500, height: 900 });
  await openResult(resultPage, 'ZCL_LABORATORY');
  await resultPage.chooseMode('sendfile');
  await toTop(resultPage.flow('here'));
  await picture(page, 'laboratory', 900);
});

test('compare', async ({ resultPage, page }) => {
  const files = [resultFile('ZCL_BEFORE'), resultFile('ZCL_AFTER')];
  const outcome = compareFiles(files);
  expect(outcome.ok ? null : outcome.problem).toBeNull();
  await resultPage.open({ kind: 'compare', files, outcome }, { theme: 'light' });
  await picture(page, 'compare', 700);
});

test('learn', async ({ resultPage, page }) => {
  const place = { visit: 1, section: 'glossary', anchor: null } as const;
  await resultPage.open({ kind: 'learn', place, obstacle: null }, { theme: 'light' });
  await expect(page.locator('article').first()).toBeVisible();
  await picture(page, 'learn', 760);
});
