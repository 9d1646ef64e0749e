/** Single values of a request, each checked, with the option named where one is refused. */
import * as l10n from '@vscode/l10n';
import { ok } from '../problems.ts';
import { GIB, parseBytes } from '../units.ts';
import { type Checked, optionOf, type Place } from './place.ts';

export const LARGEST_BUFFER_BYTES = GIB;

export function size(given: number | string, at: Place): Checked<number> {
  const bytes = typeof given === 'string' ? parseBytes(given) : given;
  if (bytes === undefined || !Number.isSafeInteger(bytes) || bytes < 1) {
    return bad(
      at,
      l10n.t('{0} {1} is not a size.', optionOf(at[0]), given),
      l10n.t('Give a whole number of bytes above 0, such as 64MiB.'),
    );
  }
  return ok(bytes);
}

export function bufferBytes(given: number | string, at: Place): Checked<number> {
  const bytes = size(given, at);
  if (bytes.ok && bytes.value > LARGEST_BUFFER_BYTES) {
    return bad(
      at,
      l10n.t('{0} {1} is above 1 GiB.', optionOf(at[0]), given),
      l10n.t('Choose a buffer of at most 1GiB.'),
    );
  }
  return bytes;
}

export function wholeNumber(given: number, at: Place, least: number, most: number): Checked<number> {
  if (Number.isInteger(given) && given >= least && given <= most) return ok(given);
  return bad(
    at,
    l10n.t('{0} {1} is out of range.', optionOf(at[0]), given),
    l10n.t('Give a whole number from {0} to {1}.', least, most),
  );
}

export function oneOf<T extends string>(given: string | undefined, choices: readonly T[], at: Place): Checked<T> {
  const found = choices.find((choice) => choice === given);
  return found === undefined ? unknown(at, given ?? '', choices) : ok(found);
}

export function unknown(at: Place, given: string, choices: readonly string[]): Checked<never> {
  return bad(
    at,
    l10n.t('{0} "{1}" is not known here.', optionOf(at[0]), given),
    l10n.t('Choose from: {0}.', choices.join(', ')),
  );
}

export function bad(at: Place, message: string, hint: string): Checked<never> {
  return { ok: false, problem: { code: 'usage', message, hint, at } };
}

export function all<T>(outcomes: readonly Checked<T>[]): Checked<T[]> {
  const values: T[] = [];
  for (const outcome of outcomes) {
    if (!outcome.ok) return outcome;
    values.push(outcome.value);
  }
  return ok(values);
}
