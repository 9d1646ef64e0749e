import { defineConfig } from '@playwright/test';
import { chromium, chromiumFlags } from '../../scripts/lib/chromium.mjs';

export default defineConfig({
  testDir: '.',
  outputDir: '../../test-output/vscode/failures',
  globalSetup: './globalSetup.ts',
  // One measurement at a time, as the product itself wants it.
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: {
    actionTimeout: 20_000,
    navigationTimeout: 30_000,
    viewport: { width: 1440, height: 960 },
    screenshot: 'only-on-failure',
    launchOptions: {
      args: [...chromiumFlags],
      executablePath: await chromium(),
    },
  },
});
