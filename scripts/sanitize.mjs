// `npm run test:sanitize`: the native core and the receiver under tools that look for mistakes. Takes too long for every change.
import { main } from './lib/problem.mjs';
import { runRings } from './lib/rings.mjs';
import { setUp } from './lib/setup.mjs';

await main(async () => {
  await setUp();
  return runRings(['sanitize']);
});
