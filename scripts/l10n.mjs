// Writes l10n/bundle.l10n.json from the texts in the sources; translations live beside it.
import { exportL10n } from './lib/checks.mjs';
import { inRepository } from './lib/folders.mjs';
import { main, Problem } from './lib/problem.mjs';

await main(async () => {
  const complaints = await exportL10n(inRepository('l10n'));
  if (complaints) throw new Problem(complaints);
  return 0;
});
