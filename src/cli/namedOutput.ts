/** A file that the user named for an output: looked at before the run, written after it, and the same one. */
import { closeSync, constants, fstatSync, ftruncateSync, openSync, statSync, writeFileSync } from 'node:fs';
import * as l10n from '@vscode/l10n';
import { systemErrorOf } from '../lab/systemError.ts';
import type { Outcome } from '../model/problems.ts';
import { describeSystemError, ok, refuse } from '../model/problems.ts';

/** Tells files apart whatever their names. */
export interface FileIdentity {
  readonly key: string;
  readonly regular: boolean;
}

/** Undefined for what is not there or cannot be looked at. */
export function identityOf(file: string | number): FileIdentity | undefined {
  try {
    const entry = typeof file === 'number' ? fstatSync(file, { bigint: true }) : statSync(file, { bigint: true });
    return { key: `${entry.dev}:${entry.ino}`, regular: entry.isFile() };
  } catch {
    return undefined;
  }
}

/**
 * Writes what was named, through a link or into a device too, where that was there before the run. What was put in its
 * place meanwhile is left as it is.
 * @param before what was there before the run; undefined: nothing
 */
export function writeNamedOutput(file: string, text: string, before: FileIdentity | undefined): Outcome<null> {
  const { O_WRONLY, O_CREAT, O_EXCL } = constants;
  try {
    const descriptor = openSync(file, before === undefined ? O_WRONLY | O_CREAT | O_EXCL : O_WRONLY, 0o666);
    try {
      if (before !== undefined && identityOf(descriptor)?.key !== before.key) return replaced(file);
      if (before?.regular === true) ftruncateSync(descriptor);
      writeFileSync(descriptor, text);
      return ok(null);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    const failure = systemErrorOf(error, file);
    const isAnother = failure.code === (before === undefined ? 'EEXIST' : 'ENOENT');
    return isAnother ? replaced(file) : { ok: false, problem: describeSystemError(failure) };
  }
}

function replaced(file: string): Outcome<never> {
  return refuse(
    'output-replaced',
    l10n.t('{0} is not the file that it was before the run, and was not written.', file),
    l10n.t('The result has all of it: export it into another file.'),
  );
}
