// `npm run notices`: writes ThirdPartyNotices.txt from what the bundles and the addon are made of.
import { writeFileSync } from 'node:fs';
import { inRepository } from './lib/folders.mjs';
import { currentNotices, NOTICES } from './lib/notices.mjs';
import { main } from './lib/problem.mjs';
import { setUp } from './lib/setup.mjs';

await main(async () => {
  await setUp();
  writeFileSync(inRepository(NOTICES), currentNotices());
  return 0;
});
