/** What tables call a case. */
import * as l10n from '@vscode/l10n';
import { findMode } from './modes/catalogue.ts';
import type { Case } from './result.ts';
import { formatBytes } from './units.ts';

/** `read + write, 64 KiB, files of 4 KiB`. */
export function fullCaseName(one: Case): string {
  const objectBytes = objectBytesOf(one);
  const name = findMode(one.mode)?.name ?? one.mode;
  const buffer = one.bufferBytes === null ? '' : `, ${formatBytes(one.bufferBytes)}`;
  const objects = objectBytes === null ? '' : `, ${l10n.t('files of {0}', formatBytes(objectBytes))}`;
  return `${name}${buffer}${objects}`;
}

/** Size of the objects a case moves; null where it moves one piece. */
export function objectBytesOf({ options }: Case): number | null {
  const bytes = options['objectBytes'];
  return typeof bytes === 'number' ? bytes : null;
}
