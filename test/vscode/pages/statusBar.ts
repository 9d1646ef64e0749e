import type { Locator, Page } from '@playwright/test';

/** The bar at the bottom of the window. */
export class StatusBar {
  constructor(private readonly page: Page) {}

  item(text: string | RegExp): Locator {
    return this.page.locator('.statusbar-item').filter({ hasText: text });
  }
}
