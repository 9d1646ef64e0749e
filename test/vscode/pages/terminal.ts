import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** The terminal that is shown in the panel. */
export class Terminal {
  private readonly rows: Locator;

  constructor(private readonly page: Page) {
    this.rows = page.locator('.part.panel .xterm-rows');
  }

  async expectText(text: string | RegExp): Promise<void> {
    await expect(this.rows).toContainText(text);
  }

  /** Types a line into one that has just been opened, and so has the keyboard. */
  async type(text: string): Promise<void> {
    await expect(this.rows).toHaveClass(/xterm-focus/);
    await this.page.keyboard.type(text);
    await this.page.keyboard.press('Enter');
  }
}
