/** A document of a later version that still fits: it is shown, and left as it is. */
import * as l10n from '@vscode/l10n';
import type { Problem } from './result/problem.ts';
import type { Result } from './result/result.ts';
import { RESULT_VERSION } from './resultFormat.ts';

/** Nothing may rewrite such a document: what this version does not know of it would be lost. */
export function isNewer({ version }: Pick<Result, 'version'>): boolean {
  return version > RESULT_VERSION;
}

/** What to know before reading it; null for a document of this version. */
export function newerNotice(result: Pick<Result, 'version'>): Omit<Problem, 'code'> | null {
  if (!isNewer(result)) return null;
  return {
    message: l10n.t(
      'This file is of format version {0}, and this Zero-Copy Lab reads up to {1}: it shows what it knows of it and never changes it.',
      result.version,
      RESULT_VERSION,
    ),
    hint: l10n.t('Update Zero-Copy Lab to see everything.'),
  };
}
