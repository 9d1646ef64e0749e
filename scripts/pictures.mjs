// `npm run pictures -- RESULT BEFORE AFTER`: the pictures of the README, made of pages that show these result files.
import { resolve } from 'node:path';
import { runPlaywright } from './lib/playwright.mjs';
import { main, Problem } from './lib/problem.mjs';
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
  await runPlaywright('pictures', {
    what: 'Making the pictures',
    minutes: 10,
    env: { ZCL_RESULT: result, ZCL_BEFORE: before, ZCL_AFTER: after },
  });
  return 0;
});
