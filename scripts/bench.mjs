// `npm run bench`: every figure that has a budget, measured and printed beside it. docs/performance.md keeps a copy.
import { codeServer } from './lib/code-server.mjs';
import { runPlaywright } from './lib/playwright.mjs';
import { main } from './lib/problem.mjs';
import { setUp } from './lib/setup.mjs';

await main(async () => {
  await setUp();
  await codeServer();
  await runPlaywright('bench', { what: 'The benchmark', minutes: 60, filters: process.argv.slice(2) });
  return 0;
});
