/** What tables, charts and sentences call a mode and a case. */

import * as l10n from '@vscode/l10n';
import { caseSettings } from './caseSettings.ts';
import { objectBytesOf, sizeOf } from './caseSize.ts';
import { findMode } from './modes/catalogue.ts';
import type { CaseOutline } from './pageResult.ts';
import { formatBytes } from './units.ts';

/** `read + write`; the id of a mode of another version of the lab. */
export function modeName(id: string): string {
  return findMode(id)?.name ?? id;
}

/** `read + write, 64 KiB, sg=off`: the size only where it tells cases apart. */
export function caseName(one: CaseOutline, severalSizes: boolean): string {
  const name = modeName(one.mode);
  const size = sizeOf(one);
  const sized = severalSizes && size !== null ? `${name}, ${formatBytes(size)}` : name;
  const full = joined(sized, caseSettings(one));
  return one.control ? l10n.t('{0} (control)', full) : full;
}

/** `read + write, 64 KiB, files of 4 KiB, sg=off`. */
export function fullCaseName(one: CaseOutline): string {
  const objectBytes = objectBytesOf(one);
  const buffer = one.bufferBytes === null ? '' : `, ${formatBytes(one.bufferBytes)}`;
  const objects = objectBytes === null ? '' : `, ${l10n.t('files of {0}', formatBytes(objectBytes))}`;
  return joined(`${modeName(one.mode)}${buffer}${objects}`, caseSettings(one));
}

function joined(name: string, settings: string): string {
  return settings === '' ? name : `${name}, ${settings}`;
}
