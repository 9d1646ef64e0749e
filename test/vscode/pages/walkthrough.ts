import type { Locator, Page } from '@playwright/test';
import type { Palette } from './palette.ts';

/** A walkthrough on the Welcome page. */
export class Walkthrough {
  readonly steps: Locator;
  readonly picture: Locator;

  constructor(
    page: Page,
    private readonly palette: Palette,
  ) {
    const details = page.locator('.gettingStartedSlideDetails:visible');
    this.steps = details.locator('.getting-started-step');
    this.picture = details
      .locator('.getting-started-media iframe.webview.ready')
      .contentFrame()
      .locator('iframe#active-frame')
      .contentFrame()
      .locator('svg');
  }

  async open(title: string): Promise<void> {
    await this.palette.run('Welcome: Open Walkthrough...');
    await this.palette.pick(title);
  }

  step(title: string): Locator {
    return this.steps.filter({ hasText: title });
  }
}
