/** Where the token of a receiver comes from: never from the command line, which every user of the host can read. */
import { readFileSync } from 'node:fs';
import * as l10n from '@vscode/l10n';
import { systemErrorOf } from '../lab/systemError.ts';
import { describeSystemError, type Outcome, ok, refuse } from '../model/problems.ts';
import { parseToken, TOKEN_VARIABLE } from '../model/receiving.ts';

/**
 * The token, taken out of the environment so that no other process gets it; null where none is wanted.
 * @param file of --token-file
 * @param wanted whether the experiment has a receiver that asks for one
 */
export function readToken(file: string | null, wanted: boolean): Outcome<string | null> {
  const given = process.env[TOKEN_VARIABLE];
  delete process.env[TOKEN_VARIABLE];
  if (!wanted) return ok(null);
  if (file === null && given === undefined) {
    return refuse(
      'usage',
      l10n.t('A receiver wants the token that it printed when it started.'),
      l10n.t('Put it into {0}, or into a file that only you can read and name that by --token-file.', TOKEN_VARIABLE),
    );
  }
  let text = given ?? '';
  if (file !== null) {
    try {
      text = readFileSync(file, 'utf8');
    } catch (error) {
      return { ok: false, problem: describeSystemError(systemErrorOf(error, file)) };
    }
  }
  const token = parseToken(text);
  if (token !== undefined) return ok(token);
  return refuse(
    'usage',
    l10n.t('{0} holds no token.', file ?? TOKEN_VARIABLE),
    l10n.t('A token is 32 hexadecimal digits, as the receiver prints it.'),
  );
}
