/** From result files to their comparison. */
import path from 'node:path';
import { compareResults } from '../model/comparison/compare.ts';
import type { Comparison } from '../model/comparison/comparison.ts';
import type { NamedResult } from '../model/comparison/refusals.ts';
import type { Outcome } from '../model/problems.ts';
import { openResult } from './resultFile.ts';

const SUFFIX = '.zcresult.json';

/** Reads the files and compares them with the first; the first that cannot be read is what is wrong with all. */
export function compareFiles(files: readonly string[]): Outcome<Comparison> {
  const named: NamedResult[] = [];
  for (const file of files) {
    const opened = openResult(file);
    if (!opened.ok) return opened;
    named.push({ name: path.basename(file, SUFFIX), result: opened.value });
  }
  return compareResults(named);
}
