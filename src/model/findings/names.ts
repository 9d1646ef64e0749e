/** What findings call cases. */

import * as l10n from '@vscode/l10n';
import { modeName } from '../caseName.ts';
import { caseSettings } from '../caseSettings.ts';
import { objectBytesOf } from '../caseSize.ts';
import type { Case } from '../result/case.ts';
import { formatBytes } from '../units.ts';

/** `splice with 64 KiB buffers on files of 4 KiB`: all that tells a case from others of its mode. */
export function nameOf(one: Case): string {
  const objectBytes = objectBytesOf(one);
  const name = modeName(one.mode);
  const buffered = one.bufferBytes === null ? name : l10n.t('{0} with {1} buffers', name, formatBytes(one.bufferBytes));
  const full = objectBytes === null ? buffered : l10n.t('{0} on files of {1}', buffered, formatBytes(objectBytes));
  const settings = caseSettings(one);
  return settings === '' ? full : l10n.t('{0} ({1})', full, settings);
}
