// The fixtures: VS Code with the packaged extension, one for a whole worker; a workspace and a window for each test.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test as base } from '@playwright/test';
import { codeServer, type ReleaseName } from '../../scripts/lib/code-server.mjs';
import { removeFolder, temporaryFolder } from '../../scripts/lib/folders.mjs';
import type { Host } from '../../scripts/lib/vscode-host.mjs';
import { startHost, userDataIn } from '../../scripts/lib/vscode-host.mjs';
import { addLanguagePack } from './languagePack.ts';
import { Window } from './pages/window.ts';
import { testOutput, vsixFile } from './places.ts';
import { benchProcessesBelow } from './processes.ts';
import { SETTINGS } from './settings.ts';
import { Workspace } from './workspace.ts';

export interface VsCode extends Host {
  /** All that the server writes is below it: settings, extensions, storage, logs. */
  readonly folder: string;
  /** What a program needs to not disturb, nor be disturbed by, a user's run on this machine. */
  readonly env: Readonly<Record<string, string>>;
}

export interface WorkerFixtures {
  /** Which VS Code: that of these days, or the oldest one that package.json promises to run in. */
  readonly release: ReleaseName;
  /** Whether VS Code asks if a folder is trusted. */
  readonly workspaceTrust: boolean;
  /** Of VS Code, by its own name for it. */
  readonly language: string;
  readonly vscode: VsCode;
}

interface TestFixtures {
  readonly workspace: Workspace;
  /** A window without anything open yet. */
  readonly window: Window;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  release: ['current', { option: true, scope: 'worker' }],
  workspaceTrust: [false, { option: true, scope: 'worker' }],
  language: ['en', { option: true, scope: 'worker' }],

  vscode: [
    async ({ release, workspaceTrust, language }, use) => {
      const folder = temporaryFolder('vscode-test');
      const locks = path.join(folder, 'locks');
      mkdirSync(locks);
      const env = { ZERO_COPY_LAB_LOCK_PARENT: locks };
      if (language !== 'en') addLanguagePack(userDataIn(folder), language);
      const host = await startHost({
        codeServer: await codeServer(release),
        folder,
        extensions: [vsixFile],
        workspaceTrust,
        language,
        settings: SETTINGS,
        env,
      });
      try {
        await use({ ...host, folder, env });
      } finally {
        await host.stop();
        removeFolder(folder);
      }
    },
    { scope: 'worker', timeout: 120_000 },
  ],

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the wanted fixtures from this pattern
  workspace: async ({}, use) => {
    // Not in /tmp, which may be memory: a file copied there is not what the product measures.
    const parent = testOutput('work');
    mkdirSync(parent, { recursive: true });
    const workspace = new Workspace(mkdtempSync(path.join(parent, 'w-')));
    await use(workspace);
    removeFolder(workspace.folder);
  },

  window: async ({ page, vscode }, use, testInfo) => {
    const console: string[] = [];
    page.on('console', (message) => console.push(`${message.type()} ${message.text()}`));
    await use(new Window(page, vscode));
    // Evidence is collected while the window is still there.
    if (testInfo.status !== testInfo.expectedStatus) {
      writeFileSync(testInfo.outputPath('console.txt'), console.join('\n'));
      writeFileSync(testInfo.outputPath('server.txt'), vscode.log());
      for (const file of extensionLogs(vscode)) {
        testInfo.attachments.push({ name: path.basename(file), contentType: 'text/plain', body: readFileSync(file) });
      }
    }
    await page.close();
    // A test that ends early must not leave its run to disturb the next one.
    for (const pid of benchProcessesBelow(vscode.folder)) process.kill(pid, 'SIGKILL');
  },
});

/** What our own extension wrote to its output channel, in every window so far. */
export function extensionLogs(vscode: VsCode): string[] {
  const logs = path.join(vscode.userData, 'logs');
  if (!existsSync(logs)) return [];
  return readdirSync(logs, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('Zero-Copy Lab.log'))
    .map((name) => path.join(logs, name));
}

export { expect } from '@playwright/test';
