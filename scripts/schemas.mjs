// Writes the JSON schemas that ship with the extension, from the ones the code validates with.
import { writeFileSync } from 'node:fs';
import { inRepository } from './lib/folders.mjs';
import { main } from './lib/problem.mjs';
import { currentSchemas } from './lib/schemas.mjs';

await main(async () => {
  for (const { file, text } of await currentSchemas()) writeFileSync(inRepository(file), text);
  return 0;
});
