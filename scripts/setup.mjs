// `npm run build`: dependencies, addon and bundles; what is there already is used again.
import { main } from './lib/problem.mjs';
import { setUp } from './lib/setup.mjs';

await main(async () => {
  await setUp();
  return 0;
});
