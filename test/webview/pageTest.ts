/** A Playwright test with the result page inside a stand-in for VS Code. Any violation or console error fails it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { test as base, expect, type Locator, type Page } from '@playwright/test';
import type { Language } from '../../src/lab/language.ts';
import type { RunEvent } from '../../src/model/events.ts';
import { FIRST_PROGRESS } from '../../src/model/events.ts';
import { listingOf } from '../../src/model/listings.ts';
import type { KeptArrangement, PageMessage, PageRequest, PageState } from '../../src/model/messages.ts';
import { pageResultOf } from '../../src/model/pageResult.ts';
import { type ChartWish, chartOf } from '../../src/model/picture/chart/chartOf.ts';
import { type SlideWish, slideOf } from '../../src/model/picture/flow/slideOf.ts';
import type { Problem } from '../../src/model/result/problem.ts';
import type { Result } from '../../src/model/result/result.ts';
import { type SamplePage, samplePageOf } from '../../src/model/samplePage.ts';
import { withSummaries } from '../../src/model/summary.ts';
import { THEME_KINDS, THEMES, type ThemeKind } from './host/themes.ts';

const FILE_NAME = 'quick.zcresult.json';
const ORIGIN = 'http://127.0.0.1:9';
const NONCE = 'bm9uY2Utb2YtdGhlLXRlc3Q=';
const BUILT = join(import.meta.dirname, '..', '..', 'dist', 'webview');
const WIDTHS = [2560, 1280, 800, 480, 320] as const;
const POLICY = [
  "default-src 'none'",
  `script-src 'nonce-${NONCE}'`,
  `style-src ${ORIGIN}`,
  `font-src ${ORIGIN}`,
  `img-src ${ORIGIN} data:`,
].join('; ');

declare global {
  interface Window {
    zclHost: {
      posted: PageRequest[];
      violations: string[];
      state: PageState | null;
      problems: Record<string, Problem>;
      post(message: PageMessage): void;
      setTheme(theme: (typeof THEMES)[ThemeKind]): void;
    };
  }
}

/** The page that shows a state: a folder of src/webview with a bundle of its own. */
const PAGE_OF: Readonly<Record<PageState['kind'], string>> = {
  result: 'result',
  run: 'result',
  unreadable: 'result',
  probe: 'probe',
  compare: 'compare',
  learn: 'learn',
};

export interface Opening {
  readonly theme?: ThemeKind;
  readonly reduceMotion?: boolean;
  readonly words?: Readonly<Record<string, string>>;
  /** Of the document; English if there is none. */
  readonly language?: Language;
  /** How the host knows the result was arranged when it was last open. */
  readonly arrangement?: KeptArrangement;
}

/** A chart as Chart.js has it, as far as tests look at it. */
export interface DrawnChart {
  readonly type: string;
  readonly labels?: readonly string[];
  readonly datasets: readonly DrawnDataset[];
  readonly scales: Readonly<Record<string, { readonly type: string; readonly labels: readonly string[] }>>;
}

export interface DrawnDataset {
  readonly label: string;
  readonly rows: readonly {
    readonly name: string;
    readonly plotted: { readonly case: number; readonly mode: string };
  }[];
  readonly borderColor: string;
  readonly borderDash: readonly number[];
  readonly pointStyle: string;
  readonly pointWithErrorBarRadius: number;
  readonly dots?: readonly (readonly { readonly value: number; readonly kind: string }[])[];
  readonly data: readonly DrawnPoint[];
}

/** Of bars `x`, of lines and points `x` and `y`, with the ends of their intervals. */
export interface DrawnPoint {
  readonly x: number;
  readonly y: number;
  readonly xMin?: number;
  readonly xMax?: number;
  readonly yMin?: number;
  readonly yMax?: number;
}

/** The page under test and the host it talks to. */
export class ResultPageObject {
  private sequence = 0;
  /** Behind the state the page was opened with. */
  private document: Result | null = null;

  constructor(readonly page: Page) {}

  /** Opens the page with the given answer to `ready`; null leaves it waiting. */
  async open(state: PageState | Result | null, opening: Opening = {}): Promise<void> {
    this.document = state === null || 'kind' in state ? null : state;
    const settings = {
      state: state === null || 'kind' in state ? state : resultState(state),
      arrangement: opening.arrangement ?? null,
      theme: THEMES[opening.theme ?? 'dark'],
      reduceMotion: opening.reduceMotion ?? false,
    };
    const page = PAGE_OF[settings.state?.kind ?? 'result'];
    await this.page.route(`${ORIGIN}/**`, (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname === '/') {
        return route.fulfill({
          contentType: 'text/html; charset=utf-8',
          body: html(page, settings, opening.words ?? {}, opening.language ?? 'en'),
        });
      }
      const file = [join(BUILT, pathname), join(import.meta.dirname, 'host', pathname)].find(existsSync);
      if (file === undefined) return route.fulfill({ status: 404 });
      const contentType = { css: 'text/css', js: 'text/javascript', ttf: 'font/ttf' }[file.split('.').at(-1) as 'css'];
      return route.fulfill({ contentType, body: readFileSync(file) });
    });
    await this.page.goto(`${ORIGIN}/`);
    if (state !== null) await this.settled();
  }

  /** What the host answers to a request for raw samples. */
  samples(index: number, offset: number): SamplePage {
    if (this.document === null) throw new Error('the page was opened without a document');
    const page = samplePageOf(this.document, index, offset);
    if (!page.ok) throw new Error(page.problem.message);
    return page.value;
  }

  /** Until the page shows what the host answered. */
  async settled(): Promise<void> {
    await expect(this.page.locator('zcl-page main')).toBeAttached();
  }

  get root(): Locator {
    return this.page.locator('zcl-page');
  }

  part(name: string): Locator {
    return this.page.locator(`[data-part="${name}"]`);
  }

  rows(): Locator {
    return this.page.locator('[data-part="ranking"] tbody tr');
  }

  row(index: number): Locator {
    return this.page.locator(`[data-part="ranking"] tr[data-case="${index}"]`);
  }

  /** Cases from the top of the table down. */
  order(): Promise<readonly number[]> {
    return this.rows().evaluateAll((rows) => rows.map((row) => Number((row as HTMLElement).dataset['case'])));
  }

  /** A chart on the board. */
  chart(id: string): Locator {
    return this.page.locator(`zcl-chart[data-chart="${id}"]`);
  }

  /** Opens the tab of a chart. */
  async openChart(id: string): Promise<void> {
    await this.page.locator(`[data-chart-tab="${id}"]`).click();
    await expect(this.chart(id)).toBeVisible();
  }

  /** What Chart.js was given to draw; nothing where a chart has no drawing. */
  async drawn(id: string): Promise<DrawnChart> {
    const json = await this.chart(id).evaluate((element) => {
      type Drawn = {
        readonly chart: {
          readonly config: { readonly type: string };
          readonly data: unknown;
          readonly scales: Record<
            string,
            { readonly type: string; readonly ticks: readonly { readonly label: unknown }[] }
          >;
        } | null;
      };
      const { chart } = element as HTMLElement & Drawn;
      if (chart === null) return null;
      const scales = Object.entries(chart.scales).map(([name, { type, ticks }]) => [
        name,
        { type, labels: ticks.map(({ label }) => label) },
      ]);
      return JSON.stringify({ type: chart.config.type, ...(chart.data as object), scales: Object.fromEntries(scales) });
    });
    return json === null ? { type: '', datasets: [], scales: {} } : (JSON.parse(json) as DrawnChart);
  }

  flow(key: string): Locator {
    return this.page.locator(`[data-flow="${key}"]`);
  }

  async chooseMode(mode: string): Promise<void> {
    await this.page.locator(`[role="tab"][data-mode="${mode}"]`).click();
    await expect(this.page.locator(`[data-part="flow"][data-mode="${mode}"]`)).toBeVisible();
  }

  async send(event: RunEvent, skipping = 0): Promise<void> {
    this.sequence += 1 + skipping;
    await this.post({ type: 'event', sequence: this.sequence, event });
  }

  post(message: PageMessage): Promise<void> {
    return this.page.evaluate((posted) => window.zclHost.post(posted), message);
  }

  async posted(type: PageRequest['type']): Promise<number> {
    return (await this.requests(type)).length;
  }

  /** What the page asked the host for, of this type. */
  async requests(type: PageRequest['type']): Promise<readonly PageRequest[]> {
    const all = await this.page.evaluate(() => window.zclHost.posted);
    return all.filter((request) => request.type === type);
  }

  /** Answers the last request for the state, which the page was left waiting for. */
  async answerReady(
    reply: { readonly ok: true; readonly answer: PageState } | { readonly ok: false; readonly problem: Problem },
  ): Promise<void> {
    const ready = (await this.requests('ready')).at(-1);
    if (ready === undefined) throw new Error('the page asked for nothing');
    await this.post({ type: 'reply', id: ready.id, ...reply });
  }

  /** Until the charts are as wide as the room they have, after a change of the window. */
  async chartsFit(): Promise<void> {
    const misfits = () =>
      this.page
        .locator('.chart-box canvas')
        .evaluateAll((all) => all.filter((canvas) => canvas.clientWidth !== canvas.parentElement?.clientWidth).length);
    await expect.poll(misfits).toBe(0);
  }

  /** By how much the page is wider than its window. */
  sideways(): Promise<number> {
    return this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  }

  /** Where the page would scroll sideways: in windows from 2560 px to 320 px, and in one of 1280 px at a zoom of 200 %. */
  async misfits(): Promise<readonly string[]> {
    const found: string[] = [];
    for (const width of WIDTHS) {
      await this.page.setViewportSize({ width, height: 800 });
      await this.chartsFit();
      if ((await this.sideways()) > 0) found.push(`${width} px`);
    }
    await this.zoomTo200();
    await this.chartsFit();
    if ((await this.sideways()) > 0) found.push('200 %');
    return found;
  }

  /** As VS Code zooms: a pixel of the page becomes two by two, and the window holds half as many. */
  async zoomTo200(): Promise<void> {
    const devTools = await this.page.context().newCDPSession(this.page);
    const window = { width: 640, height: 400, deviceScaleFactor: 2, mobile: false };
    await devTools.send('Emulation.setDeviceMetricsOverride', window);
  }

  async answer(state: PageState | Result): Promise<void> {
    await this.page.evaluate(
      (next) => {
        window.zclHost.state = next;
      },
      'kind' in state ? state : resultState(state, this.sequence),
    );
  }

  /**
   * What axe finds on the page as it is, in every kind of theme. The page is not reloaded in between, so that in themes
   * after the first one only the rules about colours can find anything new.
   * @param looked the part that no other test looks at, or what others have looked at
   */
  async violations(looked: { readonly only?: string; readonly without?: string } = {}): Promise<readonly string[]> {
    const found: string[] = [];
    for (const [nth, theme] of THEME_KINDS.entries()) {
      await this.setTheme(theme);
      // The page has no frames: it can be looked at in one go, without a second page to put parts together in.
      const axe = new AxeBuilder({ page: this.page }).setLegacyMode().options({
        resultTypes: ['violations'],
        ...(nth === 0 ? {} : { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } }),
      });
      if (looked.only !== undefined) axe.include(looked.only);
      if (looked.without !== undefined) axe.exclude(looked.without);
      const { violations } = await axe.analyze();
      found.push(...violations.map(({ id, nodes }) => `${theme}, ${id}: ${nodes.map((node) => node.html).join(' ')}`));
    }
    return found;
  }

  async setTheme(kind: ThemeKind): Promise<void> {
    await this.page.evaluate((theme) => window.zclHost.setTheme(theme), THEMES[kind]);
  }
}

/** The state of a page with or without a run behind it that has sent this page so many events. */
export function resultState(result: Result, sequence = 0): PageState {
  return result.status === 'running' ? runState(result, { sequence }) : fileState(result);
}

/** The state of a page with a run of this window behind it. */
export function runState(document: Result, { progress = FIRST_PROGRESS, sequence = 0 } = {}): PageState {
  return { kind: 'run', document, progress, fileName: FILE_NAME, sequence };
}

/** The state of a page without one. */
export function fileState(result: Result): PageState {
  return { kind: 'result', result: pageResultOf(withSummaries(result)), fileName: FILE_NAME };
}

function html(page: string, settings: unknown, words: Readonly<Record<string, string>>, language: Language): string {
  const json = (value: unknown) => JSON.stringify(value).replaceAll('<', '\\u003c');
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Zero-copy benchmark</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="host.css">
<link rel="stylesheet" id="vscode-codicon-stylesheet" href="codicon.css">
</head>
<body>
<script nonce="${NONCE}">window.zclSettings = ${json(settings)};</script>
<script nonce="${NONCE}" src="host.js"></script>
<script type="application/json" id="l10n" nonce="${NONCE}">${json(words)}</script>
<zcl-page></zcl-page>
<script nonce="${NONCE}" src="${page}.js"></script>
</body>
</html>`;
}

export const test = base.extend<{ resultPage: ResultPageObject }>({
  resultPage: async ({ page }, use) => {
    const errors: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text());
    });
    page.on('pageerror', (error) => errors.push(String(error)));
    const resultPage = new ResultPageObject(page);
    await page.exposeFunction('zclFlowPicture', (state: PageState, wish: SlideWish) => {
      const slide = state.kind === 'result' ? slideOf(state.result, wish) : null;
      if (!slide?.ok) throw new RangeError(`no picture of ${JSON.stringify(wish)}`);
      return slide.value;
    });
    await page.exposeFunction('zclChartPicture', (state: PageState, wish: ChartWish) => {
      const chart = state.kind === 'result' ? chartOf(state.result, wish) : null;
      if (!chart?.ok) throw new RangeError(`no picture of ${JSON.stringify(wish)}`);
      return chart.value;
    });
    await page.exposeFunction('zclListing', (mode: string) => listingOf(mode));
    await page.exposeFunction('zclSamples', (index: number, offset: number) => resultPage.samples(index, offset));
    await use(resultPage);
    const violations = await page.evaluate(() => window.zclHost?.violations ?? []);
    expect([...errors, ...violations], 'console errors and policy violations').toEqual([]);
  },
});

export { expect };
