import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** The tree "Results" in the side bar. */
export class ResultsTree {
  private readonly pane: Locator;
  /** Of results and of the groups they are in. */
  readonly rows: Locator;
  /** What is said instead of a tree. */
  readonly welcome: Locator;
  /** What is said above the tree. */
  readonly message: Locator;

  constructor(private readonly page: Page) {
    this.pane = page
      .locator('.sidebar .pane')
      .filter({ has: page.locator('.customview-tree, .tree-explorer-viewlet-tree-view') });
    this.rows = this.pane.locator('.monaco-list-row');
    this.welcome = page.locator('.sidebar .welcome-view-content');
    this.message = page.locator('.sidebar .tree-explorer-viewlet-tree-view .message');
  }

  async open(): Promise<void> {
    await this.page
      .locator('.activitybar')
      .getByRole('tab', { name: /^Zero-Copy Lab/ })
      .click();
    await expect(
      this.page
        .locator('.sidebar')
        .getByRole('heading', { name: /Results/ })
        .first(),
    ).toBeVisible();
  }

  row(text: string | RegExp): Locator {
    return this.rows.filter({ hasText: text });
  }

  /** A button in the title of the view. */
  button(name: string): Locator {
    return this.page.locator('.sidebar .title-actions, .sidebar .pane-header .actions').getByRole('button', { name });
  }

  /** Right-clicks a row and chooses from the menu. */
  async choose(row: Locator, entry: string): Promise<void> {
    const item = await this.menu(row, entry);
    // A menu that has just opened takes the click that opened it for a choice; it ignores the mouse for a moment.
    await expect(async () => {
      if (await item.isVisible()) await item.click({ timeout: 2000 });
      await expect(item).toBeHidden({ timeout: 1000 });
    }).toPass({ timeout: 20_000 });
  }

  /** Right-clicks a row, and gives the entry of the menu, which may not be there. */
  async menu(row: Locator, entry: string): Promise<Locator> {
    await row.click({ button: 'right' });
    const menu = this.page.locator('.context-view .monaco-menu');
    await menu.waitFor();
    return menu.getByRole('menuitem', { name: entry });
  }
}
