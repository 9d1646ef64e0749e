import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { address } from '../../../scripts/lib/vscode-host.mjs';
import type { VsCode } from '../host.ts';
import { runCommand } from '../names.ts';
import { Dialog } from './dialog.ts';
import { Editor } from './editor.ts';
import { Explorer } from './explorer.ts';
import { Notifications } from './notifications.ts';
import { Palette } from './palette.ts';
import { ResultPage } from './resultPage.ts';
import { ResultsTree } from './resultsTree.ts';
import { StatusBar } from './statusBar.ts';
import { Terminal } from './terminal.ts';
import { Walkthrough } from './walkthrough.ts';

/** A window of VS Code: the way to all its parts. */
export class Window {
  readonly palette: Palette;
  readonly explorer: Explorer;
  readonly editor: Editor;
  readonly statusBar: StatusBar;
  readonly walkthrough: Walkthrough;
  readonly notifications: Notifications;
  readonly result: ResultPage;
  readonly tree: ResultsTree;
  readonly dialog: Dialog;
  readonly terminal: Terminal;

  constructor(
    readonly page: Page,
    private readonly vscode: VsCode,
  ) {
    this.palette = new Palette(page);
    this.explorer = new Explorer(page);
    this.editor = new Editor(page);
    this.statusBar = new StatusBar(page);
    this.walkthrough = new Walkthrough(page, this.palette);
    this.notifications = new Notifications(page, this.palette);
    this.result = new ResultPage(page);
    this.tree = new ResultsTree(page);
    this.dialog = new Dialog(page);
    this.terminal = new Terminal(page);
  }

  /** Opens a folder, or no folder at all. */
  async open(folder?: string): Promise<void> {
    await this.page.goto(address(this.vscode, folder));
    await this.ready();
  }

  async reload(): Promise<void> {
    // By VS Code's own command, because it stores what is open before it goes; a browser's reload may cut that short.
    // A host that is busy measuring has lost the command of a palette that closed in that moment.
    await expect(async () => {
      const loaded = this.page.waitForEvent('load').catch(() => null);
      await this.palette.enter('Developer: Reload Window');
      expect(await loaded).not.toBeNull();
    }).toPass({ timeout: 120_000 });
    await this.ready();
  }

  /** Closes the window as a browser does, too soon for VS Code to store which editors were open, and opens it again. */
  async restart(folder: string): Promise<void> {
    await this.page.goto('about:blank');
    await this.open(folder);
  }

  /**
   * Opens a result in a window that has just opened: VS Code knows an extension's editor a moment later than its commands,
   * and opens files as text until then.
   */
  async openResult(name: string, shown: Locator = this.result.root): Promise<void> {
    await expect(async () => {
      await this.closeAllEditors();
      await this.explorer.open(name);
      await shown.waitFor({ timeout: 10_000 });
    }).toPass({ timeout: 120_000 });
  }

  /** Closes the active editor. */
  async closeEditor(): Promise<void> {
    const open = await this.tabs.count();
    await this.palette.run('View: Close Editor');
    await expect(this.tabs).toHaveCount(open - 1);
  }

  async closeAllEditors(): Promise<void> {
    await this.palette.run('View: Close All Editors');
    await expect(this.tabs).toHaveCount(0);
  }

  /** Moves the active editor into a window of its own. @returns that window */
  async moveEditorIntoNewWindow(): Promise<Page> {
    const opened = this.page.waitForEvent('popup');
    await this.palette.run('View: Move Editor into New Window');
    return opened;
  }

  get tabs() {
    return this.page.getByRole('tab').and(this.page.locator('.tabs-container .tab'));
  }

  /** Names of the results that the extension keeps by itself, for a window without a folder. */
  storedResults(vscode: VsCode): string[] {
    const storage = path.join(vscode.userData, 'User', 'globalStorage', 'zero-copy-lab.zero-copy-lab', 'results');
    return existsSync(storage) ? readdirSync(storage).filter((name) => name.endsWith('.zcresult.json')) : [];
  }

  async useTheme(theme: 'Dark Modern' | 'Light Modern'): Promise<void> {
    await this.palette.run('Preferences: Color Theme');
    await this.palette.pick(theme);
    const kind = theme.startsWith('Dark') ? /\bvs-dark\b/ : /\bvs\b(?!-)/;
    await expect(this.page.locator('.monaco-workbench')).toHaveClass(kind);
  }

  private async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench').waitFor();
    // Until its extensions are known, a window opens a result as the JSON text that it is.
    await this.palette.expectCommand(runCommand);
  }
}
