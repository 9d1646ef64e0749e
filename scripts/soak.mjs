// `npm run test:soak`: what takes too long for every change.
import { main } from './lib/problem.mjs';
import { runRings } from './lib/rings.mjs';
import { setUp } from './lib/setup.mjs';

await main(async () => {
  await setUp();
  return runRings(['soak']);
});
