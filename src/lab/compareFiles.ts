/** From result files to their comparison. */
import path from 'node:path';
import { compareResults } from '../model/comparison/compare.ts';
import type { Comparison } from '../model/comparison/comparison.ts';
import type { NamedResult } from '../model/comparison/refusals.ts';
import type { Outcome } from '../model/problems.ts';
import { RESULT_SUFFIX } from '../model/resultFormat.ts';
import { openResult } from './resultFile.ts';
import { readResultHead } from './resultHead.ts';

/**
 * Reads the files and compares them with the first; the first that cannot be read is what is wrong with all. They are
 * called by their labels, or by their names without the ending that all have.
 */
export function compareFiles(files: readonly string[]): Outcome<Comparison> {
  const named: NamedResult[] = [];
  for (const file of files) {
    const opened = openResult(file);
    if (!opened.ok) return opened;
    named.push({ name: opened.value.label ?? path.basename(file, RESULT_SUFFIX), result: opened.value });
  }
  return compareResults(named);
}

/** The files in the order their runs began, so that the oldest becomes the reference; unreadable ones come last. */
export async function oldestFirst(files: readonly string[]): Promise<readonly string[]> {
  const started = await Promise.all(
    files.map(async (file) => {
      const read = await readResultHead(file);
      return { file, at: read?.head.ok ? Date.parse(read.head.value.startedAt) : Number.MAX_VALUE };
    }),
  );
  return started.sort((a, b) => a.at - b.at).map(({ file }) => file);
}
