import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** The menu that a right click opens. */
export class ContextMenu {
  private readonly entries: Locator;

  constructor(private readonly page: Page) {
    this.entries = page.locator('.monaco-menu .action-label:not(.separator)');
  }

  /** Opens it, and gives the names of what can be chosen. */
  async names(open: () => Promise<void>): Promise<string[]> {
    await open();
    await this.entries.first().waitFor();
    const names = await this.entries.allInnerTexts();
    await this.page.keyboard.press('Escape');
    await expect(this.entries).toHaveCount(0);
    return names.map((name) => name.trim()).filter(Boolean);
  }

  /** Opens it, and chooses from it. One that is closed before, as by a tree that is drawn anew, is opened again. */
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
