// `npm run pictures -- RESULT LABORATORY BEFORE AFTER`: the pictures of the documents, made of pages that show these result files.
import { resolve } from 'node:path';
import { runPlaywright } from './lib/playwright.mjs';
import { main, Problem } from './lib/problem.mjs';
import { setUp } from './lib/setup.mjs';

await main(async () => {
  const [result, laboratory, before, after, ...others] = process.argv.slice(2).map((file) => resolve(file));
  if (
    result === undefined ||
    laboratory === undefined ||
    before === undefined ||
    after === undefined ||
    others.length > 0
  ) {
    throw new Problem(
      'Name four results: one over a socket with evidence, one of the preset scatter-gather, and two that can be compared.',
      2,
    );
  }
  await setUp();
  await runPlaywright('pictures', {
    what: 'Making the pictures',
    minutes: 10,
    env: { ZCL_RESULT: result, ZCL_LABORATORY: laboratory, ZCL_BEFORE: before, ZCL_AFTER: after },
  });
  return 0;
});
