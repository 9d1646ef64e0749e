/** Files that anybody may have written, read without trusting their kind or their size. */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import type { Outcome } from '../model/problems.ts';
import { describeSystemError, ok, refuse } from '../model/problems.ts';
import { formatBytes } from '../model/units.ts';
import { systemErrorOf } from './systemError.ts';

/**
 * The text of a regular file of at most so many bytes. A pipe would keep the process waiting for its writer, and a device
 * has no end.
 * @param refused says that a file is larger than that
 */
export function readStrangersFile(file: string, mostBytes: number, refused = tooLarge): Outcome<string> {
  const name = path.basename(file);
  try {
    const descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const facts = fstatSync(descriptor);
      if (facts.isDirectory()) return notAFile(l10n.t('{0} is a folder.', name));
      if (!facts.isFile()) return notAFile(l10n.t('{0} is not a regular file.', name));
      if (facts.size > mostBytes) return refused(name, facts.size, mostBytes);
      return ok(textOf(descriptor, facts.size));
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    return { ok: false, problem: describeSystemError(systemErrorOf(error, file)) };
  }
}

/** Why a file of this size is not read. */
function tooLarge(name: string, size: number, mostBytes: number): Outcome<never> {
  return refuse(
    'too-large',
    l10n.t('{0} has {1}; at most {2} of such a file are read.', name, formatBytes(size), formatBytes(mostBytes)),
    l10n.t('Check that it is the file you meant.'),
  );
}

/** As many bytes as the file had when it was looked at: one that grows meanwhile is not followed. */
function textOf(descriptor: number, size: number): string {
  const bytes = Buffer.allocUnsafe(size);
  let read = 0;
  while (read < size) {
    const got = readSync(descriptor, bytes, read, size - read, read);
    if (got === 0) break;
    read += got;
  }
  return bytes.toString('utf8', 0, read);
}

function notAFile(message: string): Outcome<never> {
  return refuse('not-a-file', message, l10n.t('Choose a regular file.'));
}
