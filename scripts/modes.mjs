// Writes docs/modes.md from the model.
import { writeFileSync } from 'node:fs';
import { inRepository } from './lib/folders.mjs';
import { currentModesDocument, MODES_DOCUMENT } from './lib/modes.mjs';
import { main } from './lib/problem.mjs';

await main(async () => {
  writeFileSync(inRepository(MODES_DOCUMENT), await currentModesDocument());
  return 0;
});
