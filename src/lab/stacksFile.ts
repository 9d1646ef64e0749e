/** The stacks of a run, in a file beside its result. */
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { CaseStacks, StacksFile } from '../model/evidence/stacksFile.ts';
import { STACKS_FORMAT, STACKS_VERSION, stacksFileOf, stacksFileSchema } from '../model/evidence/stacksFile.ts';
import type { Outcome } from '../model/problems.ts';
import { describeSystemError, ok, refuse } from '../model/problems.ts';
import type { Result } from '../model/result/result.ts';
import { writeWhole } from './resultFile.ts';
import { systemErrorOf } from './systemError.ts';

/** @param result the id of the result that lies in `resultFile` @throws the system's error */
export function writeStacks(resultFile: string, result: string, cases: readonly CaseStacks[]): void {
  const stacks: StacksFile = { format: STACKS_FORMAT, version: STACKS_VERSION, result, cases: [...cases] };
  writeWhole(stacksFileOf(resultFile), `${JSON.stringify(stacks)}\n`);
}

export function removeStacks(resultFile: string): void {
  rmSync(stacksFileOf(resultFile), { force: true });
}

/** The stacks that belong to a result; refused where there are none, or those of another run. */
export function readStacks(resultFile: string, result: Result): Outcome<StacksFile> {
  const file = stacksFileOf(resultFile);
  const name = path.basename(file);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const failure = systemErrorOf(error, file);
    return failure.code === 'ENOENT' ? withoutStacks(name) : { ok: false, problem: describeSystemError(failure) };
  }
  const parsed = parseStacks(text);
  if (parsed === null) {
    return refuse('unreadable-stacks', l10n.t('{0} is damaged, or no file of stacks.', name), runAgain());
  }
  return parsed.result === result.id
    ? ok(parsed)
    : refuse('other-stacks', l10n.t('{0} belongs to another result.', name), runAgain());
}

function withoutStacks(name: string): Outcome<never> {
  return refuse('no-stacks', l10n.t('There are no stacks beside this result: {0} is missing.', name), runAgain());
}

function runAgain(): string {
  return l10n.t('Run the experiment again with {0}.', '--evidence require');
}

function parseStacks(text: string): StacksFile | null {
  try {
    const parsed = v.safeParse(stacksFileSchema, JSON.parse(text));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}
