/** `zero-copy-lab export`. */
import { statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { writeExport } from '../lab/exportedFiles.ts';
import { readResult } from '../lab/resultFile.ts';
import { readStacks } from '../lab/stacksFile.ts';
import { systemErrorOf } from '../lab/systemError.ts';
import { resultToCsv } from '../model/csv.ts';
import { folded, foldedDifference } from '../model/evidence/folded.ts';
import { speedscope } from '../model/evidence/speedscope.ts';
import type { CaseStacks, StacksFile } from '../model/evidence/stacksFile.ts';
import { newerNotice } from '../model/newerVersion.ts';
import { pageResultOf } from '../model/pageResult.ts';
import { chartOf } from '../model/picture/chart/chartOf.ts';
import { flowOf } from '../model/picture/flow/slideOf.ts';
import { printableDocument, printableJson } from '../model/plainText.ts';
import type { Outcome } from '../model/problems.ts';
import { describeSystemError, ok, refuse } from '../model/problems.ts';
import { reportFiles, reportInOne } from '../model/report/report.ts';
import type { Result } from '../model/result/result.ts';
import { selectCase, selectCases } from '../model/selection.ts';
import { withSummaries } from '../model/summary.ts';
import type { ExportOptions } from './arguments.ts';
import { complain } from './complaint.ts';
import { EXIT } from './exitCode.ts';

const STANDARD_OUTPUT = '-';

/** @returns the exit code */
export function exportResult(options: ExportOptions): number {
  const written = exported(options);
  if (written.ok) return EXIT.done;
  complain(written.problem);
  return EXIT.usage;
}

function exported(options: ExportOptions): Outcome<null> {
  const { file, format, output, shade } = options;
  const read = readResult(file);
  if (!read.ok) return read;
  const result = printableDocument(read.value);
  const newer = newerNotice(result);
  if (newer !== null) complain(newer);
  if (format === 'md' && takesFilesBeside(output)) {
    return writeExport(path.dirname(output), reportFiles(result, path.basename(output), shade));
  }
  const text = textOf(result, options);
  return text.ok ? write(text.value, output) : text;
}

/** Not standard output, a pipe or a device: there the pictures of a report are inside of it. */
function takesFilesBeside(output: string): boolean {
  return output !== STANDARD_OUTPUT && statSync(output, { throwIfNoEntry: false })?.isFile() !== false;
}

function textOf(result: Result, options: ExportOptions): Outcome<string> {
  switch (options.format) {
    case 'csv':
      return rows(result, options.mode);
    case 'md':
      return ok(reportInOne(result, options.shade));
    case 'svg':
      return picture(withSummaries(result), options);
    case 'folded':
    case 'speedscope':
      return stacksText(result, options);
  }
}

function rows(result: Result, mode: string | null): Outcome<string> {
  if (mode === null) return ok(resultToCsv(result));
  const chosen = selectCases(result, mode);
  if (!chosen.ok) return chosen;
  return ok(resultToCsv({ ...result, cases: result.cases.filter((_, index) => chosen.value.includes(index)) }));
}

/** A chart, or the flow of a mode. */
function picture(result: Result, { mode, chart, shade }: ExportOptions): Outcome<string> {
  if (mode === null) {
    const drawn = chartOf(pageResultOf(result), { chart, hidden: [], shade });
    return drawn.ok ? ok(drawn.value.text) : drawn;
  }
  const chosen = selectCase(result, mode);
  if (!chosen.ok) return chosen;
  const drawn = flowOf(result, chosen.value, shade);
  return drawn.ok ? ok(drawn.value.text) : drawn;
}

function stacksText(result: Result, { file, format, mode, against }: ExportOptions): Outcome<string> {
  const read = readStacks(file, result);
  if (!read.ok) return read;
  const stacks = printableDocument(read.value);
  if (mode !== null && against !== null) return difference(result, stacks, against, mode);
  const cases = chosenStacks(result, stacks, mode);
  if (!cases.ok) return cases;
  if (format === 'folded') return ok(folded(cases.value));
  return ok(`${printableJson(speedscope(path.basename(file), cases.value))}\n`);
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

function write(text: string, output: string): Outcome<null> {
  if (output === STANDARD_OUTPUT) {
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
