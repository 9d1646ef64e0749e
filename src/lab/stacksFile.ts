/** The stacks of a run, in a file beside its result. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { CaseStacks, StacksFile } from '../model/evidence/stacksFile.ts';
import { STACKS_FORMAT, STACKS_VERSION, stacksFileOf, stacksFileSchema } from '../model/evidence/stacksFile.ts';
import type { Outcome } from '../model/problems.ts';
import { ok, refuse } from '../model/problems.ts';
import type { Result } from '../model/result/result.ts';
import { MIB } from '../model/units.ts';
import type { HeldFolder } from './heldFolder.ts';
import { writeWhole } from './resultFile.ts';
import { readStrangersFile } from './strangersFile.ts';
import { isWithinBounds } from './strangersJson.ts';

/** Stacks of 30 cases with all their samples have about 10 MB. */
const LARGEST_STACKS_BYTES = 64 * MIB;

/** @param result the id of the result that lies in `resultFile` @param folder that it lies in @throws the system's error */
export function writeStacks(
  resultFile: string,
  result: string,
  cases: readonly CaseStacks[],
  folder?: HeldFolder,
): void {
  const stacks: StacksFile = { format: STACKS_FORMAT, version: STACKS_VERSION, result, cases: [...cases] };
  writeWhole(stacksFileOf(resultFile), `${JSON.stringify(stacks)}\n`, folder);
}

export function removeStacks(resultFile: string, folder: HeldFolder): void {
  rmSync(folder.at(stacksFileOf(resultFile)), { force: true });
}

/** The stacks that belong to a result; refused where there are none, or those of another run. */
export function readStacks(resultFile: string, result: Result): Outcome<StacksFile> {
  const file = stacksFileOf(resultFile);
  const name = path.basename(file);
  const text = readStrangersFile(file, LARGEST_STACKS_BYTES);
  if (!text.ok) return text.problem.code === 'ENOENT' ? withoutStacks(name) : text;
  const parsed = parseStacks(text.value);
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
  if (!isWithinBounds(text)) return null;
  try {
    const parsed = v.safeParse(stacksFileSchema, JSON.parse(text), { abortEarly: true });
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}
