import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { ContextMenu } from './contextMenu.ts';

/** The tree of files beside the editor. */
export class Explorer {
  private readonly menu: ContextMenu;
  private readonly tree: Locator;

  constructor(private readonly page: Page) {
    this.menu = new ContextMenu(page);
    this.tree = page.locator('.explorer-folders-view');
  }

  item(name: string): Locator {
    const label = this.page.locator('.label-name', { hasText: new RegExp(`^${literally(name)}$`) });
    return this.tree.getByRole('treeitem').filter({ has: label });
  }

  async expand(folder: string): Promise<void> {
    const item = this.item(folder);
    await item.waitFor();
    if ((await item.getAttribute('aria-expanded')) !== 'true') await item.click();
    await expect(item).toHaveAttribute('aria-expanded', 'true');
  }

  async open(name: string): Promise<void> {
    await this.item(name).dblclick();
  }

  /** Right-clicks a file and chooses from the menu. Contributed entries appear once the extension is known. */
  async choose(name: string, entry: string): Promise<void> {
    await this.menu.choose(entry, () => this.item(name).click({ button: 'right' }));
  }

  /** The same for several files together, by the menu of the last one. */
  async chooseForAll(names: readonly string[], entry: string): Promise<void> {
    const [first = '', ...others] = names;
    await this.menu.choose(entry, async () => {
      await this.item(first).click();
      // The click opens the file, and the Explorer then selects what is open.
      await this.page.locator('.tab.active', { hasText: first }).waitFor({ timeout: 10_000 });
      for (const name of others) await this.item(name).click({ modifiers: ['ControlOrMeta'] });
      for (const name of names)
        await expect(this.item(name)).toHaveAttribute('aria-selected', 'true', { timeout: 2000 });
      await this.item(names.at(-1) ?? '').click({ button: 'right' });
    });
  }
}

function literally(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
