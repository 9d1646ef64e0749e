/** The stacks of a run, in a file beside its result. */
import { rmSync } from 'node:fs';
import type { CaseStacks, StacksFile } from '../model/evidence/stacksFile.ts';
import { STACKS_FORMAT, STACKS_VERSION, stacksFileOf } from '../model/evidence/stacksFile.ts';
import { writeWhole } from './resultFile.ts';

/** @param result the id of the result that lies in `resultFile` @throws the system's error */
export function writeStacks(resultFile: string, result: string, cases: readonly CaseStacks[]): void {
  const stacks: StacksFile = { format: STACKS_FORMAT, version: STACKS_VERSION, result, cases: [...cases] };
  writeWhole(stacksFileOf(resultFile), `${JSON.stringify(stacks)}\n`);
}

export function removeStacks(resultFile: string): void {
  rmSync(stacksFileOf(resultFile), { force: true });
}
