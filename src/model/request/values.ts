/** Single values of a request, each checked, with the option named where one is refused. */
import * as l10n from '@vscode/l10n';
import type { Outcome } from '../problems.ts';
import { ok, refuse } from '../problems.ts';
import { GIB, parseBytes } from '../units.ts';

export const LARGEST_BUFFER_BYTES = GIB;

export function size(given: number | string, option: string): Outcome<number> {
  const bytes = typeof given === 'string' ? parseBytes(given) : given;
  if (bytes === undefined || !Number.isSafeInteger(bytes) || bytes < 1) {
    return bad(
      l10n.t('{0} {1} is not a size.', option, given),
      l10n.t('Give a whole number of bytes above 0, such as 64MiB.'),
    );
  }
  return ok(bytes);
}

export function bufferBytes(given: number | string, option: string): Outcome<number> {
  const bytes = size(given, option);
  if (bytes.ok && bytes.value > LARGEST_BUFFER_BYTES) {
    return bad(l10n.t('{0} {1} is above 1 GiB.', option, given), l10n.t('Choose a buffer of at most 1GiB.'));
  }
  return bytes;
}

export function wholeNumber(given: number, option: string, least: number, most: number): Outcome<number> {
  if (Number.isInteger(given) && given >= least && given <= most) return ok(given);
  return bad(
    l10n.t('{0} {1} is out of range.', option, given),
    l10n.t('Give a whole number from {0} to {1}.', least, most),
  );
}

export function oneOf<T extends string>(given: string | undefined, choices: readonly T[], option: string): Outcome<T> {
  const found = choices.find((choice) => choice === given);
  return found === undefined ? unknown(option, given ?? '', choices) : ok(found);
}

export function unknown(option: string, given: string, choices: readonly string[]): Outcome<never> {
  return bad(l10n.t('{0} "{1}" is not known here.', option, given), l10n.t('Choose from: {0}.', choices.join(', ')));
}

export function bad(message: string, hint: string): Outcome<never> {
  return refuse('usage', message, hint);
}

export function all<T>(outcomes: readonly Outcome<T>[]): Outcome<T[]> {
  const values: T[] = [];
  for (const outcome of outcomes) {
    if (!outcome.ok) return outcome;
    values.push(outcome.value);
  }
  return ok(values);
}
