/** The files of an export: all of them, or none. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describeSystemError, type Outcome, ok } from '../model/problems.ts';
import type { ExportedFile } from '../model/report/report.ts';
import { systemErrorOf } from './systemError.ts';

/**
 * Writes every file under another name first, which is where a full disk shows, and then gives them their names in the
 * order given. Files of an earlier export are replaced; what else lies in their folders stays. After a failure nothing
 * is left of this export.
 * @param folder that their paths begin in; it must be there, folders below it are made
 */
export function writeExport(folder: string, files: readonly ExportedFile[]): Outcome<null> {
  const staged = files.map(({ path: names, text }) => {
    const file = path.join(folder, ...names);
    return { file, text, temporary: path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}.tmp`) };
  });
  const madeFolders: string[] = [];
  const madeFiles: string[] = [];
  let at = folder;
  try {
    statSync(folder);
    for (const { file, temporary, text } of staged) {
      at = path.dirname(file);
      if (at !== folder && !existsSync(at)) {
        mkdirSync(at);
        madeFolders.push(at);
      }
      const descriptor = openSync(temporary, 'wx', 0o644);
      madeFiles.push(temporary);
      at = file;
      writeDurably(descriptor, text);
    }
    for (const { file, temporary } of staged) {
      at = file;
      renameSync(temporary, file);
      madeFiles.push(file);
    }
    return ok(null);
  } catch (error) {
    for (const file of madeFiles) rmSync(file, { force: true });
    for (const each of madeFolders) rmdirSync(each);
    return { ok: false, problem: describeSystemError(systemErrorOf(error, at)) };
  }
}

/** And closes it. @throws the system's error */
function writeDurably(descriptor: number, text: string): void {
  try {
    writeFileSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
