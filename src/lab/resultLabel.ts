/** The name a user gives a result, kept in its file. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { newerNotice } from '../model/newerVersion.ts';
import type { Outcome } from '../model/problems.ts';
import { describeSystemError, ok, refuse } from '../model/problems.ts';
import { isUnderWay, openResult, writeWhole } from './resultFile.ts';
import { resultText } from './resultText.ts';
import { systemErrorOf } from './systemError.ts';

/**
 * Writes a label into a result that is over, and changes nothing else in it. One of a later version is left as it is.
 * @param label null takes it away
 */
export function labelResult(file: string, label: string | null): Outcome<null> {
  // A run that died is finished first, and what is no result is refused.
  const opened = openResult(file);
  if (!opened.ok) return opened;
  if (isUnderWay(opened.value)) {
    return refuse(
      'still-running',
      l10n.t('{0} is still being written.', path.basename(file)),
      l10n.t('Label it when its run is over.'),
    );
  }
  const newer = newerNotice(opened.value);
  if (newer !== null) return refuse('newer-version', newer.message, newer.hint);
  try {
    // What this version does not know of it is kept.
    const document = JSON.parse(readFileSync(file, 'utf8')) as object;
    writeWhole(file, resultText({ ...document, label }));
    return ok(null);
  } catch (error) {
    return { ok: false, problem: describeSystemError(systemErrorOf(error, file)) };
  }
}
