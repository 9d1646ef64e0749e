import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import type { Palette } from './palette.ts';

/** The messages at the lower right. */
export class Notifications {
  private readonly items: Locator;

  constructor(
    page: Page,
    private readonly palette: Palette,
  ) {
    // As a toast at first, later only in the notification centre.
    this.items = page.locator('.notifications-toasts, .notifications-center').locator('.notification-list-item');
  }

  withText(text: string | RegExp): Locator {
    return this.items.filter({ has: this.items.page().locator('.notification-list-item-message', { hasText: text }) });
  }

  /** A message that says so has come, whether or not its toast is still there. */
  async expectMessage(text: string | RegExp): Promise<void> {
    if ((await this.withText(text).count()) === 0) await this.palette.run('Notifications: Show Notifications');
    await expect(this.withText(text).first()).toBeVisible();
  }

  /** Takes away all there are, so that the next message is a new one. */
  async clear(): Promise<void> {
    await this.palette.run('Notifications: Clear All Notifications');
    await expect(this.items).toHaveCount(0);
  }

  async messages(): Promise<string[]> {
    return this.items.locator('.notification-list-item-message').allInnerTexts();
  }

  async press(text: string | RegExp, button: string): Promise<void> {
    await this.withText(text).first().getByRole('button', { name: button }).click();
  }
}
