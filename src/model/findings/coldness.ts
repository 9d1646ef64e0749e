/** A cold run of which nobody can say that it was. */
import * as l10n from '@vscode/l10n';
import type { Finding, Result } from '../result.ts';

/** Where the user may not know what is in the page cache, no transfer is excluded for it; so it is told. */
export function unknownColdness(result: Result): readonly Finding[] {
  const { cache, path, source } = result.experiment;
  if (cache !== 'cold' || path === 'process-to-process') return [];
  const cases = result.cases.flatMap((one, index) =>
    one.samples.some((sample) => !sample.warmup && sample.residency === null) ? [index] : [],
  );
  if (cases.length === 0) return [];
  const text =
    source.kind === 'file'
      ? l10n.t(
          'Whether this run was cold is not known: what the page cache holds of {0} is told only to those who own it or may write it.',
          source.path,
        )
      : l10n.t('Whether this run was cold is not known: this kernel does not tell what the page cache holds.');
  return [{ kind: 'coldness-unknown', text, cases }];
}
