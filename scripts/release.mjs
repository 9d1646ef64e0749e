// `node scripts/release.mjs v1.2.3`: whether this may be released by that name; prints what the changelog says of it.
import { readFileSync } from 'node:fs';
import { inRepository } from './lib/folders.mjs';
import { main, Problem } from './lib/problem.mjs';
import { examineRelease } from './lib/release.mjs';

await main(async () => {
  const [tag] = process.argv.slice(2);
  if (!tag) throw new Problem('Name the tag: node scripts/release.mjs v1.2.3', 2);
  /** @type {{ version: string }} */
  const { version } = JSON.parse(readFileSync(inRepository('package.json'), 'utf8'));
  const { complaints, notes } = examineRelease(tag, version, readFileSync(inRepository('CHANGELOG.md'), 'utf8'));
  if (complaints.length > 0) throw new Problem(complaints.join('\n'));
  console.log(notes);
  return 0;
});
