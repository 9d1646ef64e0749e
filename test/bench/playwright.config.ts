import { register } from 'node:module';
import { defineConfig } from '@playwright/test';
import { againstVariable } from '../../scripts/lib/bench.mjs';
import { chromiumFlags, chromiumVariable } from '../../scripts/lib/chromium.mjs';

register('../cAsText.mjs', import.meta.url);

const executablePath = process.env[chromiumVariable];

/** Not tests: each figure is printed beside its budget, and none can fail. */
export default defineConfig({
  testDir: '.',
  // Beside another commit only what can be measured in turns is.
  testMatch: process.env[againstVariable] === undefined ? '*.bench.ts' : '*.turns.ts',
  outputDir: '../../test-output/bench/failures',
  globalSetup: '../vscode/globalSetup.ts',
  workers: 1,
  timeout: 15 * 60_000,
  reporter: './reporter.ts',
  use: {
    actionTimeout: 20_000,
    viewport: { width: 1440, height: 960 },
    launchOptions: { args: [...chromiumFlags], ...(executablePath === undefined ? {} : { executablePath }) },
  },
});
