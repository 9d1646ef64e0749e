// `npm run package`: the extension as a VSIX for this machine's platform, in dist/.
import { relative } from 'node:path';
import { repository } from './lib/folders.mjs';
import { main } from './lib/problem.mjs';
import { setUp } from './lib/setup.mjs';
import { packVsix } from './lib/vsix.mjs';

await main(async () => {
  await setUp();
  const { file, bytes } = await packVsix();
  console.log(`${relative(repository, file)}  ${(bytes / 1024).toFixed(0)} KiB`);
  return 0;
});
