// `npm test`: set-up, then every ring of tests; `node scripts/test.mjs unit native` runs only these.
import { main } from './lib/problem.mjs';
import { runRings } from './lib/rings.mjs';
import { setUp } from './lib/setup.mjs';

await main(async () => {
  await setUp();
  return runRings(process.argv.slice(2));
});
