// `npm run bench`: every figure that has a budget, measured and printed beside it. docs/performance.md keeps a copy.
import { chromium, chromiumVariable } from './lib/chromium.mjs';
import { codeServer } from './lib/code-server.mjs';
import { inRepository } from './lib/folders.mjs';
import { main } from './lib/problem.mjs';
import { run } from './lib/run.mjs';
import { setUp } from './lib/setup.mjs';

await main(async () => {
  await setUp();
  await codeServer();
  await run(
    process.execPath,
    [
      inRepository('node_modules', '@playwright', 'test', 'cli.js'),
      'test',
      '--config',
      inRepository('test', 'bench', 'playwright.config.ts'),
      ...process.argv.slice(2),
    ],
    {
      env: { ...process.env, [chromiumVariable]: await chromium() },
      timeoutMs: 60 * 60_000,
      what: 'The benchmark',
      show: 'bench',
    },
  );
  return 0;
});
