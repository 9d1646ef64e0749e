/** From result files to their comparison. */
import path from 'node:path';
import { compareResults } from '../model/comparison/compare.ts';
import type { Comparison } from '../model/comparison/comparison.ts';
import type { NamedResult } from '../model/comparison/refusals.ts';
import type { Outcome } from '../model/problems.ts';
import { openResult } from './resultFile.ts';

/** How the name of every result file ends. */
export const RESULT_SUFFIX = '.zcresult.json';

/** Reads the files and compares them with the first; the first that cannot be read is what is wrong with all. */
export function compareFiles(files: readonly string[]): Outcome<Comparison> {
  const named: NamedResult[] = [];
  for (const file of files) {
    const opened = openResult(file);
    if (!opened.ok) return opened;
    named.push({ name: path.basename(file, RESULT_SUFFIX), result: opened.value });
  }
  return compareResults(named);
}

/** The files in the order their runs began, so that the oldest becomes the reference; unreadable ones come last. */
export function oldestFirst(files: readonly string[]): readonly string[] {
  const started = files.map((file) => {
    const opened = openResult(file);
    return { file, at: opened.ok ? Date.parse(opened.value.startedAt) : Number.POSITIVE_INFINITY };
  });
  return started.sort((a, b) => (a.at === b.at ? 0 : a.at - b.at)).map(({ file }) => file);
}
