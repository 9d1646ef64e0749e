// `npm run documents`: writes docs/modes.md, docs/myths.md and docs/glossary.md from the model.
import { writeFileSync } from 'node:fs';
import { currentDocuments } from './lib/documents.mjs';
import { inRepository } from './lib/folders.mjs';
import { main } from './lib/problem.mjs';

await main(async () => {
  for (const { file, text } of await currentDocuments()) writeFileSync(inRepository(file), text);
  return 0;
});
