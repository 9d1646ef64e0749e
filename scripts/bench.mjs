// `npm run bench`: every figure that has a budget, measured and printed beside it, and what got worse since the baseline of
// such a machine was stored. docs/performance.md keeps a copy. `-- sizes` takes the figures of test/bench/sizes.bench.ts
// alone, `-- --save-baseline` stores what was measured, `-- --against COMMIT` measures throughput in turns with that commit.
import { againstVariable, askedOf, saveBaselineVariable } from './lib/bench.mjs';
import { codeServer } from './lib/code-server.mjs';
import { addonOf } from './lib/other-addon.mjs';
import { runPlaywright } from './lib/playwright.mjs';
import { main } from './lib/problem.mjs';
import { setUp } from './lib/setup.mjs';

await main(async () => {
  const { saveBaseline, against, filters } = askedOf(process.argv.slice(2));
  await setUp();
  // Its window is what activation and the tree are measured in.
  if (against === undefined) await codeServer();
  await runPlaywright('bench', {
    what: 'The benchmark',
    minutes: 60,
    filters,
    env: {
      ...(saveBaseline ? { [saveBaselineVariable]: '1' } : {}),
      ...(against === undefined ? {} : { [againstVariable]: await addonOf(against) }),
    },
  });
  return 0;
});
