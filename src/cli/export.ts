/** `zero-copy-lab export`. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { readResult } from '../lab/resultFile.ts';
import { readStacks } from '../lab/stacksFile.ts';
import { systemErrorOf } from '../lab/systemError.ts';
import { resultToCsv } from '../model/csv.ts';
import { folded, foldedDifference } from '../model/evidence/folded.ts';
import { speedscope } from '../model/evidence/speedscope.ts';
import type { CaseStacks, StacksFile } from '../model/evidence/stacksFile.ts';
import { newerNotice } from '../model/newerVersion.ts';
import type { Outcome } from '../model/problems.ts';
import { describeSystemError, ok, refuse } from '../model/problems.ts';
import type { Result } from '../model/result.ts';
import { selectCase, selectCases } from '../model/selection.ts';
import type { ExportOptions } from './arguments.ts';
import { EXIT } from './exitCode.ts';

/** @returns the exit code */
export function exportResult(options: ExportOptions): number {
  const text = exported(options);
  const written = text.ok ? write(text.value, options.output) : text;
  if (written.ok) return EXIT.done;
  process.stderr.write(`zero-copy-lab: ${written.problem.message} ${written.problem.hint}\n`);
  return EXIT.usage;
}

function exported(options: ExportOptions): Outcome<string> {
  const result = readResult(options.file);
  if (!result.ok) return result;
  const newer = newerNotice(result.value);
  if (newer !== null) process.stderr.write(`zero-copy-lab: ${newer.message} ${newer.hint}\n`);
  if (options.format === 'csv') return rows(result.value, options.mode);
  const stacks = readStacks(options.file, result.value);
  if (!stacks.ok) return stacks;
  if (options.mode !== null && options.against !== null) {
    return difference(result.value, stacks.value, options.against, options.mode);
  }
  const cases = chosenStacks(result.value, stacks.value, options.mode);
  if (!cases.ok) return cases;
  if (options.format === 'folded') return ok(folded(cases.value));
  return ok(`${JSON.stringify(speedscope(path.basename(options.file), cases.value))}\n`);
}

function rows(result: Result, mode: string | null): Outcome<string> {
  if (mode === null) return ok(resultToCsv(result));
  const chosen = selectCases(result, mode);
  if (!chosen.ok) return chosen;
  return ok(resultToCsv({ ...result, cases: result.cases.filter((_, index) => chosen.value.includes(index)) }));
}

/** @param mode null for every case that was sampled */
function chosenStacks(result: Result, stacks: StacksFile, mode: string | null): Outcome<readonly CaseStacks[]> {
  if (mode === null) return ok(stacks.cases);
  const chosen = selectCases(result, mode);
  if (!chosen.ok) return chosen;
  const found = stacks.cases.filter((each) => chosen.value.includes(each.case));
  return found.length > 0 ? ok(found) : notSampled(mode);
}

function difference(result: Result, stacks: StacksFile, against: string, mode: string): Outcome<string> {
  const before = oneStacks(result, stacks, against);
  if (!before.ok) return before;
  const after = oneStacks(result, stacks, mode);
  return after.ok ? ok(foldedDifference(before.value, after.value)) : after;
}

function oneStacks(result: Result, stacks: StacksFile, mode: string): Outcome<CaseStacks> {
  const chosen = selectCase(result, mode);
  if (!chosen.ok) return chosen;
  const found = stacks.cases.find((each) => each.case === chosen.value);
  return found === undefined ? notSampled(mode) : ok(found);
}

function notSampled(mode: string): Outcome<never> {
  return refuse(
    'no-stacks',
    l10n.t('No stacks were sampled of "{0}".', mode),
    l10n.t('Run it again with {0}.', '--evidence require'),
  );
}

/** @param output a file, or `-` for standard output */
function write(text: string, output: string): Outcome<null> {
  if (output === '-') {
    process.stdout.write(text);
    return ok(null);
  }
  try {
    writeFileSync(output, text);
    return ok(null);
  } catch (error) {
    return { ok: false, problem: describeSystemError(systemErrorOf(error, path.resolve(output))) };
  }
}
