/** Where the result document of a run goes, and how the place is left afterwards. */
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { HeldFolder } from '../lab/heldFolder.ts';
import { discardUnusedResultsFolder, makeResultsFolder, newResultFile } from '../lab/resultFile.ts';
import { systemErrorOf } from '../lab/systemError.ts';
import type { Outcome } from '../model/problems.ts';
import { describeSystemError, ok, refuse } from '../model/problems.ts';
import type { Experiment } from '../model/result/experiment.ts';

const RESULTS_FOLDER = '.zero-copy';

export interface ResultTarget {
  /** The document, while the run is under way and after it. */
  readonly file: string;
  /** Tidies up when the run is over, however it ended. */
  release(): void;
}

/** @param json what `--json` says: a file, `-` for standard output, null for the results folder */
export function openResultTarget(json: string | null, experiment: Experiment): Outcome<ResultTarget> {
  try {
    if (json === '-') return ok(temporaryTarget());
    if (json !== null) return ok(namedTarget(path.resolve(json)));
    const folder = path.resolve(RESULTS_FOLDER);
    makeResultsFolder(folder);
    return ok({ file: newResultFile(folder, experiment), release: () => discardUnusedResultsFolder(folder) });
  } catch (error) {
    const problem = describeSystemError(systemErrorOf(error, path.resolve(json ?? RESULTS_FOLDER)));
    return refuse(problem.code, problem.message, l10n.t('Name a place for the result with --json FILE.'));
  }
}

function temporaryTarget(): ResultTarget {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'zero-copy-lab-'));
  return {
    file: path.join(folder, 'run.zcresult.json'),
    release: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A file the user named. An older one steps aside, and comes back when the run leaves nothing in its place. */
function namedTarget(file: string): ResultTarget {
  const folder = path.dirname(file);
  const isResultsFolder = path.basename(folder) === RESULTS_FOLDER;
  if (isResultsFolder) makeResultsFolder(folder);
  const aside = existsSync(file) ? stepAside(file) : null;
  return {
    file,
    release: () => {
      aside?.end();
      if (isResultsFolder) discardUnusedResultsFolder(folder);
    },
  };
}

/** Puts a file out of the way, and in the end back, or away where another has its name: always in the folder it was in. */
function stepAside(file: string): { end(): void } {
  const folder = HeldFolder.of(file);
  const older = folder.at(`${file}~`);
  renameSync(folder.at(file), older);
  return {
    end: () => {
      if (existsSync(folder.at(file))) rmSync(older, { force: true });
      else renameSync(older, folder.at(file));
      folder.close();
    },
  };
}
