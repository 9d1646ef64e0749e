import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** The tree "Results" in the side bar. */
export class ResultsTree {
  private readonly sideBar: Locator;
  /** Of results, and of the groups they are in. */
  readonly rows: Locator;
  /** What is said instead of a tree. */
  readonly welcome: Locator;
  /** What is said above the tree. */
  readonly message: Locator;

  constructor(private readonly page: Page) {
    this.sideBar = page.locator('.part.sidebar');
    this.rows = this.sideBar.locator('.tree-explorer-viewlet-tree-view .monaco-list-row');
    this.welcome = this.sideBar.locator('.welcome-view-content');
    this.message = this.sideBar.locator('.tree-explorer-viewlet-tree-view > .message');
  }

  async open(): Promise<void> {
    await this.page
      .locator('.activitybar')
      .getByRole('tab', { name: /^Zero-Copy Lab/ })
      .click();
    await expect(this.sideBar.getByRole('heading', { name: /Zero-Copy Lab: Results/i })).toBeVisible();
  }

  row(text: string | RegExp): Locator {
    return this.rows.filter({ hasText: text });
  }

  /** A button in the title of the view. */
  button(name: string | RegExp): Locator {
    return this.sideBar.locator('.composite.title, .pane-header').getByRole('button', { name });
  }

  /** Selects these rows together. */
  async select(...rows: readonly Locator[]): Promise<void> {
    for (const [index, row] of rows.entries()) {
      await row.click(index === 0 ? {} : { modifiers: ['ControlOrMeta'] });
    }
    await expect(this.rows.and(this.page.locator('.selected'))).toHaveCount(rows.length);
  }

  /** Right-clicks a row and gives the names of what can be chosen. */
  async menuOf(row: Locator): Promise<string[]> {
    await row.click({ button: 'right' });
    await this.entries.first().waitFor();
    const names = await this.entries.allInnerTexts();
    await this.page.keyboard.press('Escape');
    await expect(this.entries).toHaveCount(0);
    return names.map((name) => name.trim()).filter(Boolean);
  }

  /** Right-clicks a row and chooses from the menu. */
  async choose(row: Locator, entry: string): Promise<void> {
    await row.click({ button: 'right' });
    const item = this.entries.filter({ hasText: entry });
    await item.waitFor();
    // A menu that has just opened takes the click that opened it for a choice; it ignores the mouse for a moment.
    await expect(async () => {
      if (await item.isVisible()) await item.click({ timeout: 2000 });
      await expect(item).toBeHidden({ timeout: 1000 });
    }).toPass({ timeout: 20_000 });
  }

  private get entries(): Locator {
    return this.page.locator(
      '.context-view .monaco-menu .action-label:not(.separator), .monaco-menu .action-label:not(.separator)',
    );
  }
}
