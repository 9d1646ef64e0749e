import type { FrameLocator, Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

export type Status = 'running' | 'complete' | 'partial' | 'failed';

/** The page of a result, or one of the other pages, in the editor that is visible. */
export class ResultPage {
  private readonly frame: FrameLocator;
  readonly root: Locator;
  readonly heading: Locator;
  readonly rows: Locator;
  readonly finding: Locator;
  readonly flow: Locator;
  readonly unreadable: Locator;
  readonly cancel: Locator;
  /** Instead of a result: what works on this host. */
  readonly probe: Locator;
  /** Instead of one result: several beside each other. */
  readonly comparison: Locator;
  /** Instead of results: words and myths. */
  readonly learn: Locator;

  constructor(page: Page) {
    this.frame = page
      .locator('iframe.webview.ready:visible')
      .contentFrame()
      .locator('iframe#active-frame')
      .contentFrame();
    this.root = this.frame.locator('zcl-page');
    this.heading = this.root.getByRole('heading', { level: 1 });
    this.rows = this.root.locator('[data-part="ranking"] tr[data-case]');
    this.finding = this.root.locator('[data-part="finding"]').first();
    this.flow = this.root.locator('[data-part="flow"]').first();
    this.unreadable = this.frame.locator('[data-part="unreadable"]').first();
    this.probe = this.frame.locator('[data-part="probe"]').first();
    this.comparison = this.frame.locator('[data-part="compare"]').first();
    this.learn = this.frame.locator('[data-part="learn"]').first();
    this.cancel = this.root.getByRole('button', { name: 'Cancel' });
  }

  async expectStatus(status: Status, timeout?: number): Promise<void> {
    await expect(this.root).toHaveAttribute('data-status', status, timeout === undefined ? {} : { timeout });
  }

  /** Presses the head of a column of the ranking. */
  async sortBy(column: string): Promise<void> {
    await this.root.locator(`th[data-column="${column}"] > button`).click();
  }

  /** The head of the column that the ranking is sorted by, if in this order. */
  sortedColumn(order: 'ascending' | 'descending'): Locator {
    return this.root.locator(`th[aria-sort="${order}"]`);
  }

  async chooseMode(mode: string): Promise<void> {
    await this.root.locator(`[role="tab"][data-mode="${mode}"]`).click();
  }

  async chooseChart(chart: string): Promise<void> {
    await this.chartTab(chart).click();
  }

  chartTab(chart: string): Locator {
    return this.root.locator(`[data-chart-tab="${chart}"]`);
  }

  /** Asks for the listing of the mode that is shown as a program of its own. */
  async saveListing(): Promise<void> {
    await this.root.getByRole('button', { name: /stand-alone C/ }).click();
  }

  /** Of the flow on this host. @param choice of the menu, such as `PNG, light` */
  async exportPicture(choice: string): Promise<void> {
    const card = this.root.locator('[data-flow="here"]');
    await card.locator('[data-part="export-picture"] summary').click();
    await card.getByRole('button', { name: choice }).click();
  }

  /** The modes that have a row of their own, each once. */
  async modes(): Promise<string[]> {
    const modes = await this.rows.evaluateAll((rows) => rows.map((row) => row.getAttribute('data-mode') ?? ''));
    return [...new Set(modes)].sort();
  }

  /** What the ranking table says, cell by cell, so that two openings can be compared. */
  async table(): Promise<Record<string, Record<string, string>>> {
    const rows = await this.rows.evaluateAll((found) =>
      found.map((row) => ({
        id: row.getAttribute('data-case') ?? '',
        cells: [...row.querySelectorAll('td[data-column]')].map(
          (cell) =>
            [cell.getAttribute('data-column') ?? '', (cell.textContent ?? '').trim().replaceAll(/\s+/g, ' ')] as const,
        ),
      })),
    );
    return Object.fromEntries(rows.map(({ id, cells }) => [id, Object.fromEntries(cells)]));
  }
}
