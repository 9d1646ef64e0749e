import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** The active editor: the actions in its title, and where it shows text, the text with its marks and proposals. */
export class Editor {
  readonly proposals: Locator;
  readonly errors: Locator;
  readonly warnings: Locator;
  readonly hover: Locator;
  private readonly group: Locator;
  private readonly problems: Locator;

  constructor(private readonly page: Page) {
    this.group = page.locator('.editor-group-container.active');
    this.errors = this.group.locator('.squiggly-error');
    this.warnings = this.group.locator('.squiggly-warning');
    this.proposals = page.locator('.suggest-widget.visible .monaco-list-row .label-name');
    this.hover = page.locator('.monaco-hover-content');
    this.problems = page.locator('.markers-panel .monaco-list-row');
  }

  /** An action in the title, by the title of its command. */
  action(title: string): Locator {
    return this.group.locator('.editor-actions').getByRole('button', { name: title, exact: true });
  }

  async goTo(line: number, column: number): Promise<void> {
    await this.page.keyboard.press('F1');
    const input = this.page.locator('.quick-input-widget input[type=text]').first();
    await input.fill(`:${line}:${column}`);
    await expect(this.page.locator('.quick-input-widget .monaco-list-row').first()).toContainText(`${line}`);
    await input.press('Enter');
    await expect(this.page.locator('.quick-input-widget')).toBeHidden();
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  /** All lines that are in view. */
  async text(): Promise<string> {
    const lines = await this.group.locator('.view-lines .view-line').evaluateAll((all) =>
      all
        .map((line) => ({ top: Number.parseFloat((line as HTMLElement).style.top), text: line.textContent ?? '' }))
        .sort((a, b) => a.top - b.top)
        .map(({ text }) => text),
    );
    return lines.join('\n').replaceAll('\u00a0', ' ');
  }

  /** What is proposed at the cursor. */
  async propose(): Promise<Locator> {
    await expect(async () => {
      await this.page.keyboard.press('Escape');
      await this.page.keyboard.press('Control+Space');
      await this.proposals.first().waitFor({ timeout: 3000 });
    }).toPass({ timeout: 90_000 });
    return this.proposals;
  }

  /** The sentence of a mark, in the list of problems. */
  async expectProblem(text: string | RegExp): Promise<void> {
    await expect(this.problems.filter({ hasText: text }).first()).toBeVisible();
  }
}
