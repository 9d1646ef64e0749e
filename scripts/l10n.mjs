// Writes l10n/bundle.l10n.json from the texts in the sources, and says what the translations beside it lack or have too many.
import { exportL10n } from './lib/checks.mjs';
import { inRepository } from './lib/folders.mjs';
import { main, Problem } from './lib/problem.mjs';
import { translationComplaints } from './lib/translations.mjs';

await main(async () => {
  const complaints = (await exportL10n(inRepository('l10n'))) || translationComplaints().join('\n');
  if (complaints) throw new Problem(complaints);
  return 0;
});
