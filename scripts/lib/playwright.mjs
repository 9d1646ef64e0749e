// Suites that a browser runs and whose output is shown as it comes: the benches, the pictures.
import { chromium, chromiumVariable } from './chromium.mjs';
import { inRepository } from './folders.mjs';
import { run } from './run.mjs';

/**
 * @param {string} suite folder of test/ that has a playwright.config.ts; also what its lines are marked with
 * @param {{ what: string, minutes: number, filters?: readonly string[], env?: Readonly<Record<string, string>> }} options
 */
export async function runPlaywright(suite, { what, minutes, filters = [], env = {} }) {
  await run(
    process.execPath,
    [
      inRepository('node_modules', '@playwright', 'test', 'cli.js'),
      'test',
      '--config',
      inRepository('test', suite, 'playwright.config.ts'),
      ...filters,
    ],
    {
      env: { ...process.env, [chromiumVariable]: await chromium(), ...env },
      timeoutMs: minutes * 60_000,
      what,
      show: suite,
    },
  );
}
