import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** The menu that a right click opens. A tree that is drawn anew closes it: so it may have to be opened again. */
export class ContextMenu {
  private readonly entries: Locator;

  constructor(private readonly page: Page) {
    this.entries = page.locator('.monaco-menu .action-label:not(.separator)');
  }

  /** Opens it, and gives the names of what can be chosen. Here Escape would take back what is selected, and so change them. */
  async names(open: () => Promise<void>): Promise<string[]> {
    let names: string[] = [];
    await expect(async () => {
      if (!(await this.entries.first().isVisible())) await open();
      await this.entries.first().waitFor({ timeout: 2000 });
      names = await this.entries.allInnerTexts();
      expect(names).not.toEqual([]);
    }).toPass({ timeout: 45_000 });
    await this.page.keyboard.press('Escape');
    await expect(this.entries).toHaveCount(0);
    return names.map((name) => name.trim()).filter(Boolean);
  }

  /** Opens it, and chooses from it. */
  async choose(entry: string, open: () => Promise<void>): Promise<void> {
    const item = this.entries.and(this.page.getByText(entry, { exact: true }));
    await expect(async () => {
      await this.page.keyboard.press('Escape');
      await open();
      await item.waitFor({ timeout: 2000 });
      // Lest it takes the click that opened it for a choice, it ignores the mouse for a moment, and stays.
      do await item.click({ timeout: 2000 });
      while (!(await isGone(item)));
    }).toPass({ timeout: 45_000 });
  }
}

function isGone(item: Locator): Promise<boolean> {
  return item.waitFor({ state: 'hidden', timeout: 1000 }).then(
    () => true,
    () => false,
  );
}
