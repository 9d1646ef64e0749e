// `npm run sbom`: the bill of materials of this version, in dist/.
import { relative } from 'node:path';
import { repository } from './lib/folders.mjs';
import { main } from './lib/problem.mjs';
import { writeSbom } from './lib/sbom.mjs';
import { setUp } from './lib/setup.mjs';

await main(async () => {
  await setUp();
  console.log(relative(repository, writeSbom()));
  return 0;
});
