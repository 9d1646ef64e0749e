import { register } from 'node:module';
import { defineConfig } from '@playwright/test';
import { chromiumFlags, chromiumVariable } from '../../scripts/lib/chromium.mjs';

register('../cAsText.mjs', import.meta.url);

const executablePath = process.env[chromiumVariable];

/** Not tests: each writes a picture of docs/images, in pixels enough for a sharp one at half its size. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.pictures.ts',
  outputDir: '../../test-output/pictures/failures',
  workers: 1,
  reporter: 'list',
  use: {
    viewport: { width: 1000, height: 720 },
    deviceScaleFactor: 1.5,
    launchOptions: { args: [...chromiumFlags], ...(executablePath === undefined ? {} : { executablePath }) },
  },
});
