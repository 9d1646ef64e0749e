// `npm run pictures -- RESULT BEFORE AFTER`: the pictures of the README, made of pages that show these result files.
import { resolve } from 'node:path';
import { chromium, chromiumVariable } from './lib/chromium.mjs';
import { inRepository } from './lib/folders.mjs';
import { main, Problem } from './lib/problem.mjs';
import { run } from './lib/run.mjs';
import { setUp } from './lib/setup.mjs';

await main(async () => {
  const [result, before, after, ...others] = process.argv.slice(2).map((file) => resolve(file));
  if (result === undefined || before === undefined || after === undefined || others.length > 0) {
    throw new Problem(
      'Name three results: one over a socket with evidence, for its page, and two that can be compared.',
      2,
    );
  }
  await setUp();
  await run(
    process.execPath,
    [
      inRepository('node_modules', '@playwright', 'test', 'cli.js'),
      'test',
      '--config',
      inRepository('test', 'pictures', 'playwright.config.ts'),
    ],
    {
      env: {
        ...process.env,
        [chromiumVariable]: await chromium(),
        ZCL_RESULT: result,
        ZCL_BEFORE: before,
        ZCL_AFTER: after,
      },
      timeoutMs: 10 * 60_000,
      what: 'Making the pictures',
      show: 'pictures',
    },
  );
  return 0;
});
