import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** What is not there by then may have been asked for too soon: so it is asked for again, with more patience, up to that. */
const FIRST_PATIENCE_MS = 1000;
const MOST_PATIENCE_MS = 8000;

interface Patience {
  readonly timeout: number;
}

/** The box that opens with F1, and every list of choices that appears in the same place. */
export class Palette {
  private readonly box: Locator;
  private readonly input: Locator;
  private readonly rows: Locator;

  constructor(private readonly page: Page) {
    this.box = page.locator('.quick-input-widget');
    this.input = this.box.locator('input:is([type=text], [type=password])').first();
    this.rows = this.box.locator('.monaco-list-row');
  }

  /** Runs a command by its full title, such as "View: Close Editor". */
  async run(title: string): Promise<void> {
    const row = await this.find(title);
    await row.click();
  }

  /** The same by the Enter key: beside a page that is drawn anew all the time, a row may not hold still for a click. */
  async enter(title: string): Promise<void> {
    const row = await this.find(title);
    await expect(row).toHaveClass(/\bfocused\b/);
    await this.page.keyboard.press('Enter');
  }

  /** Opens the palette and waits until a command is listed. What is done with its row is done once, so it is left to others. */
  private async find(title: string): Promise<Locator> {
    const row = this.row(title);
    let timeout = FIRST_PATIENCE_MS;
    // A contributed command is listed once the extension host is up, and an open list is not filled up: so ask anew.
    await expect(async () => {
      const patience = { timeout };
      timeout = Math.min(timeout * 2, MOST_PATIENCE_MS);
      await this.page.keyboard.press('Escape');
      // A box on its way out is seen for a moment yet, and takes nothing any more.
      await this.box.waitFor({ state: 'hidden', ...patience });
      await this.page.keyboard.press('F1');
      await this.input.fill(`>${title}`, patience);
      await row.waitFor(patience);
    }).toPass({ timeout: 90_000 });
    return row;
  }

  /** Waits until a command is there, and so everything else that its extension contributes. */
  async expectCommand(title: string): Promise<void> {
    await this.find(title);
    await this.page.keyboard.press('Escape');
    await this.expectClosed();
  }

  /** Waits until what is typed lists a command that is there, whatever its title. */
  async expectFound(typed: string, title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    await this.type(`>${typed}`);
    await expect(this.row(title)).toBeVisible();
  }

  /** Whether a command is listed now; for those of an extension that is up. */
  async offers(title: string): Promise<boolean> {
    await this.page.keyboard.press('F1');
    await this.input.fill(`>${title}`);
    await expect(this.rows.first()).toBeVisible();
    const offered = (await this.row(title).count()) > 0;
    await this.page.keyboard.press('Escape');
    await this.expectClosed();
    return offered;
  }

  /** Chooses from the list that is shown, or about to be in place of that of commands. */
  async pick(label: string): Promise<void> {
    await expect(this.input).not.toHaveValue(/^>/);
    await expect(this.rows.first()).toBeVisible();
    await this.input.fill(label);
    await this.row(label).click();
  }

  /** Accepts what is offered first, as by pressing Enter. */
  async accept(offered: string | RegExp): Promise<void> {
    // A box that was closed keeps its rows, unseen.
    const focused = this.rows.and(this.page.locator('.focused:visible'));
    await expect(focused).toContainText(offered);
    await this.page.keyboard.press('Enter');
    // Waits for the step to be over: the next list may begin with the same words.
    await expect(focused.filter({ hasText: offered })).toHaveCount(0);
  }

  /** Chooses everything of a list in which several can be chosen. */
  async pickAll(count: number): Promise<void> {
    await expect(this.rows).toHaveCount(count);
    await this.box.getByRole('checkbox', { name: /toggle all/i }).click();
    await expect(this.box.locator('.quick-input-count')).toContainText(String(count));
    await this.box.getByRole('button', { name: 'OK' }).click();
    await this.expectClosed();
  }

  /** Types into the box that is open, or about to be, instead of what it holds. */
  async type(text: string, patience?: Patience): Promise<void> {
    await expect(this.input).toBeFocused(patience);
    await this.input.fill(text);
  }

  /** Gives the answer to a question that is asked with a box of its own. */
  async answer(question: string | RegExp, text: string): Promise<void> {
    const asked = this.box.filter({ hasText: question });
    await expect(asked).toBeVisible();
    await this.type(text);
    await this.input.press('Enter');
    await expect(asked).toBeHidden();
  }

  /** What is offered, from the top. */
  async expectOffers(labels: readonly string[]): Promise<void> {
    await expect.poll(() => this.labels()).toEqual(labels);
  }

  /** What is asked. */
  async expectPlaceholder(text: string | RegExp): Promise<void> {
    await expect(this.input).toHaveAttribute('placeholder', text);
  }

  /** Takes what a dialog that opens in this place proposes, once that is `proposed`. */
  async confirm(proposed: RegExp): Promise<void> {
    await expect(this.input).toBeVisible();
    await expect(this.input).toHaveValue(proposed);
    await this.box.getByRole('button', { name: 'OK' }).click();
    await this.expectClosed();
  }

  async expectClosed(): Promise<void> {
    await expect(this.box).toBeHidden();
  }

  /** A list draws its rows in any order. */
  private async labels(): Promise<string[]> {
    const rows = await this.rows.evaluateAll((all) =>
      all.map((row) => ({
        index: Number(row.getAttribute('data-index')),
        label: row.querySelector('.label-name')?.textContent ?? '',
      })),
    );
    return rows.sort((a, b) => a.index - b.index).map(({ label }) => label.replaceAll('\u00a0', ' ').trim());
  }

  private row(label: string): Locator {
    const exact = new RegExp(`^\\s*${label.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '\\s')}\\s*$`);
    return this.rows.filter({ has: this.page.locator('.label-name', { hasText: exact }) }).first();
  }
}
