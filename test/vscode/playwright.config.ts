import { defineConfig } from '@playwright/test';
import { chromium, shortLivedFlags } from '../../scripts/lib/chromium.mjs';
import type { WorkerFixtures } from './host.ts';

export default defineConfig<object, WorkerFixtures>({
  testDir: '.',
  outputDir: '../../test-output/vscode/failures',
  globalSetup: './globalSetup.ts',
  // One measurement at a time, as the product itself wants it.
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  // Bounds for a hang, not for speed: other work on the machine must not fail a test.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  reporter: 'list',
  projects: [
    { name: 'current', use: { release: 'current' } },
    // What every user meets, once more in the oldest VS Code that package.json promises to run in.
    { name: 'oldest', grep: /@every-release/, use: { release: 'oldest' } },
  ],
  use: {
    actionTimeout: 60_000,
    navigationTimeout: 60_000,
    viewport: { width: 1440, height: 960 },
    screenshot: 'only-on-failure',
    launchOptions: {
      args: [...shortLivedFlags],
      executablePath: await chromium(),
    },
  },
});
