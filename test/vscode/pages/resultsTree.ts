import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { ContextMenu } from './contextMenu.ts';

/** The tree "Results" in the side bar. */
export class ResultsTree {
  private readonly menu: ContextMenu;
  private readonly sideBar: Locator;
  /** Of results, and of the groups they are in. */
  readonly rows: Locator;
  /** What is said instead of a tree. */
  readonly welcome: Locator;
  /** What is said above the tree. */
  readonly message: Locator;

  constructor(private readonly page: Page) {
    this.menu = new ContextMenu(page);
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
    await expect(this.rows.and(this.page.locator('[aria-selected=true]'))).toHaveCount(rows.length);
  }

  /** Right-clicks a row and gives the names of what can be chosen. */
  menuOf(row: Locator): Promise<string[]> {
    return this.menu.names(() => row.click({ button: 'right' }));
  }

  /** Right-clicks a row and chooses from the menu. */
  choose(row: Locator, entry: string): Promise<void> {
    return this.menu.choose(entry, () => row.click({ button: 'right' }));
  }
}
