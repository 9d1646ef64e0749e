import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  fullyParallel: true,
  forbidOnly: process.env['CI'] === 'true',
  outputDir: '../../test-results/webview',
  // Bounds for a hang, not for speed: other work on the machine must not fail a test.
  timeout: 90_000,
  expect: { timeout: 15_000 },
  use: {
    viewport: { width: 1100, height: 900 },
    launchOptions: {
      executablePath: process.env['ZERO_COPY_LAB_CHROMIUM'] ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
