import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** A question in the middle of the window that has to be answered first. */
export class Dialog {
  constructor(private readonly page: Page) {}

  async expectQuestion(question: string | RegExp): Promise<void> {
    await expect(this.page.locator('.monaco-dialog-box')).toContainText(question);
  }

  async answer(question: string | RegExp, button: string): Promise<void> {
    const dialog = this.page.locator('.monaco-dialog-box');
    await expect(dialog).toContainText(question);
    await dialog.getByRole('button', { name: button }).click();
    await expect(dialog.filter({ hasText: question })).toHaveCount(0);
  }
}
