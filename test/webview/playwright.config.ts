import { register } from 'node:module';
import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';
import { chromiumVariable, shortLivedFlags } from '../../scripts/lib/chromium.mjs';

register('../cAsText.mjs', import.meta.url);

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  fullyParallel: true,
  // The default is half of the CPUs, which on a small machine is one; each of many would be a browser of its own.
  workers: Math.min(4, availableParallelism()),
  forbidOnly: process.env.CI === 'true',
  outputDir: '../../test-output/webview/failures',
  // Bounds for a hang, not for speed: other work on the machine must not fail a test.
  timeout: 90_000,
  expect: { timeout: 15_000 },
  use: {
    viewport: { width: 1100, height: 900 },
    launchOptions: {
      executablePath: process.env[chromiumVariable] ?? '/usr/bin/chromium',
      args: [...shortLivedFlags],
    },
  },
});
