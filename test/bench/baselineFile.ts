/** Where the figures of an earlier run are kept: a file for each kind of machine, which is committed. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { inRepository, repository } from '../../scripts/lib/folders.mjs';
import { machineFacts } from '../../src/lab/host/machine.ts';
import { type Baseline, baselineSchema, kindOf, type Machine, updated } from './baseline.ts';
import type { Figure } from './figures.ts';

export const BASELINES = inRepository('test', 'bench', 'baselines');

export function thisMachine(): Machine {
  const { arch, cpu, virtualised } = machineFacts();
  return { arch, cpus: cpu.logical, cpu: cpu.model, virtualised };
}

export function baselineFileOf(machine: Machine): string {
  return path.join(BASELINES, `${kindOf(machine)}.json`);
}

/** Empty where no machine of this kind was measured yet. @throws for a file that is none */
export function readBaseline(machine: Machine): Baseline {
  const file = baselineFileOf(machine);
  return existsSync(file) ? v.parse(baselineSchema, JSON.parse(readFileSync(file, 'utf8'))) : { machine, figures: {} };
}

/** Puts the figures of a run that began at `started` beside those stored before. @returns the file */
export function saveBaseline(baseline: Baseline, figures: readonly Figure[], started: Date): string {
  const when = { date: started.toISOString().slice(0, 10), commit: commit() };
  const file = baselineFileOf(baseline.machine);
  mkdirSync(BASELINES, { recursive: true });
  writeFileSync(file, `${JSON.stringify(updated(baseline, figures, when), undefined, 2)}\n`);
  return file;
}

/** Says so where files differ from it. */
function commit(): string {
  return execFileSync('git', ['describe', '--always', '--dirty'], { cwd: repository, encoding: 'utf8' }).trim();
}
