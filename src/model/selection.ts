/**
 * Naming cases of a result on a command line: `sendfile`, `read-write:64KiB` for one size, of buffer or object, and
 * `sendfile:sg=off` for one laboratory, `sendfile:streams=8,nodelay` for one set of connections.
 */

import * as l10n from '@vscode/l10n';
import { caseSettings } from './caseSettings.ts';
import { sizeOf } from './caseSize.ts';
import type { Outcome } from './problems.ts';
import { ok, refuse } from './problems.ts';
import type { Case } from './result/case.ts';
import type { Result } from './result/result.ts';
import { formatBytes, parseBytes } from './units.ts';

/** Indexes of the cases so named, at least one; the baseline's second copy is not meant by its mode's name. */
export function selectCases(result: Result, text: string): Outcome<readonly number[]> {
  const [mode = '', ...parts] = text.split(':');
  const [bytes = null, ...sizes] = parts.flatMap((part) => parseBytes(part) ?? []);
  const [settings, ...others] = parts.filter((part) => parseBytes(part) === undefined);
  if (sizes.length > 0 || others.length > 0) {
    return refuse(
      'usage',
      l10n.t('"{0}" names no case.', text),
      l10n.t('Give a mode, or a mode and its size such as {0}.', 'read-write:64KiB'),
    );
  }
  const found = [...result.cases.entries()]
    .filter(([, one]) => !one.control && one.mode === mode && (bytes === null || sizeOf(one) === bytes))
    .filter(([, one]) => settings === undefined || briefly(one) === settings)
    .map(([index]) => index);
  if (found.length > 0) return ok(found);
  return refuse('usage', l10n.t('This result has no case "{0}".', text), l10n.t('It has: {0}.', names(result.cases)));
}

/** The only case so named. */
export function selectCase(result: Result, text: string): Outcome<number> {
  const found = selectCases(result, text);
  if (!found.ok) return found;
  const [index, ...others] = found.value;
  if (index !== undefined && others.length === 0) return ok(index);
  return refuse(
    'usage',
    l10n.t('"{0}" names {1} cases, and one is wanted.', text, found.value.length),
    l10n.t('Name one of them: {0}.', names(found.value.flatMap((each) => result.cases[each] ?? []))),
  );
}

function names(cases: readonly Case[]): string {
  return cases
    .filter((one) => !one.control)
    .map((one) => {
      const size = sizeOf(one);
      const parts = [one.mode, size === null ? '' : formatBytes(size).replace(' ', ''), briefly(one)];
      return parts.filter((part) => part !== '').join(':');
    })
    .join(', ');
}

/** `sg=off,mtu=9000,streams=8`: its settings as one word. */
function briefly(one: Case): string {
  return caseSettings(one).replaceAll(' ', '');
}
