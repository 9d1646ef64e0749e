/** Result files: written whole by rename, read with every kind of damage explained, finished when their run died. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { crossoversOf } from '../model/cost/crossover.ts';
import { withPredictions } from '../model/cost/prediction.ts';
import { stacksFileOf } from '../model/evidence/stacksFile.ts';
import { winnerOf } from '../model/findings/compared.ts';
import { findingsOf } from '../model/findings.ts';
import { migrated } from '../model/migrations.ts';
import { isNewer } from '../model/newerVersion.ts';
import type { Outcome } from '../model/problems.ts';
import { ok, refuse } from '../model/problems.ts';
import type { Case } from '../model/result/case.ts';
import type { Experiment } from '../model/result/experiment.ts';
import type { Problem } from '../model/result/problem.ts';
import type { Result } from '../model/result/result.ts';
import { resultSchema } from '../model/result/result.ts';
import { MOST_CASES, MOST_SAMPLES, RESULT_FORMAT, RESULT_SUFFIX, RESULT_VERSION } from '../model/resultFormat.ts';
import { summarise } from '../model/summary.ts';
import { formatBytes, MIB } from '../model/units.ts';
import { HeldFolder } from './heldFolder.ts';
import { journalOf, removeJournal, replayJournal } from './journal.ts';
import { isAlive } from './processIdentity.ts';
import { resultText } from './resultText.ts';
import { readStrangersFile } from './strangersFile.ts';
import { isWithinBounds } from './strangersJson.ts';
import { systemErrorOf } from './systemError.ts';

/** A result of 200 cases and 100 rounds has about 10 MiB; far above that it is something else. */
const LARGEST_RESULT_BYTES = 32 * MIB;
/** Elements of the lists that a page shows in full; with more it would not answer for seconds. */
const MOST_ELEMENTS: Readonly<Record<string, number>> = {
  cases: MOST_CASES,
  findings: 1000,
  crossovers: 10_000,
  noise: 10_000,
  tiers: 100,
};
/** Letters of a value that a sentence quotes. */
const LONGEST_QUOTED = 60;
/** The .gitignore of the results folder. */
const IGNORE_ALL = '*\n';
const GITIGNORE = '.gitignore';

/** What tells whether a run is over: of a result, or of its head. */
type RunState = Pick<Result, 'status' | 'process'> & { readonly host: Pick<Result['host'], 'name'> };

/** Writes a document so that readers see the old or the new one, never half. @throws the system's error */
export function writeResult(file: string, result: Result, folder?: HeldFolder): void {
  writeWhole(file, resultText(result), folder);
}

/**
 * The same for any text. A symbolic link of that name is replaced, and what it leads to stays as it is.
 * @param folder that of the file, where it is held already @throws the system's error
 */
export function writeWhole(file: string, text: string, folder?: HeldFolder): void {
  if (folder === undefined) {
    whileHeld(file, (held) => writeWhole(file, text, held));
    return;
  }
  const temporary = folder.at(temporaryOf(file, process.pid));
  const descriptor = openSync(temporary, 'wx', 0o644);
  try {
    try {
      writeFileSync(descriptor, text);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, folder.at(file));
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Does something in the folder of a file, whatever becomes of the folder's name meanwhile. @throws the system's error */
function whileHeld(file: string, work: (folder: HeldFolder) => void): void {
  const folder = HeldFolder.of(file);
  try {
    work(folder);
  } finally {
    folder.close();
  }
}

/** Where a process writes a document before it gets its name. */
function temporaryOf(file: string, pid: number): string {
  return path.join(path.dirname(file), `.${path.basename(file)}.${pid}.tmp`);
}

/** Removes what a bench process that died left beside its result file. */
export function removeLeftovers(file: string, pid: number): void {
  removeJournal(file);
  for (const written of [file, stacksFileOf(file)]) rmSync(temporaryOf(written, pid), { force: true });
}

/** The files that belong to a result and lie beside it, as far as there are any. */
export function sideFilesOf(file: string): readonly string[] {
  return [stacksFileOf(file), journalOf(file)].filter((each) => existsSync(each));
}

/** Reads and checks a result file as it is. */
export function readResult(file: string): Outcome<Result> {
  const name = path.basename(file);
  const text = readStrangersFile(file, LARGEST_RESULT_BYTES, aResultIsSmaller);
  return text.ok ? parseResult(text.value, name) : text;
}

function aResultIsSmaller(name: string, size: number, most: number): Outcome<never> {
  return damaged(l10n.t('{0} has {1}; a result has at most {2}.', name, formatBytes(size), formatBytes(most)));
}

/** Checks the text of a result file. One of an older version is brought up to the present; a newer one is taken where it fits. */
export function parseResult(text: string, name: string): Outcome<Result> {
  if (text.trim() === '') return damaged(l10n.t('{0} is empty.', name));
  if (!isWithinBounds(text)) return notMadeByUs(name);
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return text.trimStart().startsWith('{')
      ? damaged(l10n.t('{0} is cut off or damaged: it begins like a result but does not end like one.', name))
      : damaged(l10n.t('{0} is not JSON.', name));
  }
  const header = v.safeParse(v.object({ format: v.literal(RESULT_FORMAT), version: v.number() }), data);
  if (!header.success) return damaged(l10n.t('{0} is not a result of Zero-Copy Lab.', name));
  const { version } = header.output;
  const document = migrated({ ...(data as object), version });
  if (hasTooMany(document)) return notMadeByUs(name);
  // The first thing that is wrong is said: a list of all could be longer than the file.
  const parsed = v.safeParse(resultSchema, document, { abortEarly: true });
  if (parsed.success) return ok(parsed.output);
  if (version > RESULT_VERSION) {
    return refuse(
      'newer-version',
      l10n.t('{0} is of format version {1}; this extension reads up to {2}.', name, version, RESULT_VERSION),
      l10n.t('Update Zero-Copy Lab to open it.'),
    );
  }
  const [issue] = parsed.issues;
  const place = v.getDotPath(issue) ?? '';
  return issue.received === 'undefined'
    ? damaged(l10n.t('{0} is damaged: it has no "{1}".', name, place))
    : damaged(l10n.t('{0} is damaged: its "{1}" cannot be {2}.', name, place, brief(issue.received)));
}

function hasTooMany(document: Readonly<Record<string, unknown>>): boolean {
  return (
    Object.entries(MOST_ELEMENTS).some(([name, most]) => {
      const list = document[name];
      return Array.isArray(list) && list.length > most;
    }) ||
    (Array.isArray(document['cases']) && document['cases'].some(isTooLong))
  );
}

function isTooLong(one: { readonly samples?: unknown } | null): boolean {
  return Array.isArray(one?.samples) && one.samples.length > MOST_SAMPLES;
}

function notMadeByUs(name: string): Outcome<never> {
  return damaged(l10n.t('{0} holds more of something, or deeper within one another, than any result does.', name));
}

/**
 * Reads a result file; one that still says `running` although its process is gone is finished as `partial` from its
 * journal first, and the file is brought up to date where that is allowed.
 */
export function openResult(file: string): Outcome<Result> {
  const read = readResult(file);
  if (!read.ok || read.value.status !== 'running' || isNewer(read.value) || isUnderWay(read.value)) return read;
  const died: Problem = {
    code: 'process-died',
    message: l10n.t('The bench process ended before the run was complete.'),
    hint: l10n.t('What had been measured until then is kept; run the experiment again for the rest.'),
  };
  return ok(finishDeadRun(file, read.value, died));
}

/** Whether a run is still writing, as far as can be seen from here. */
export function isUnderWay({ status, process, host }: RunState): boolean {
  // A folder that hosts share may hold a run of another host, whose processes cannot be seen from here.
  return status === 'running' && (host.name !== os.hostname() || isAlive(process));
}

/** Turns a run that died into a `partial` result with all its journal holds; one that could only not be written is whole. */
export function finishDeadRun(file: string, last: Result, reason: Problem): Result {
  const journal = replayJournal(file);
  // What lies there under that name may be another run's.
  const replayed = journal?.id === last.id ? journal : last;
  const result = replayed.status === 'running' ? finished(replayed, 'partial', reason) : replayed;
  try {
    writeResult(file, result);
    removeLeftovers(file, last.process.pid);
  } catch {
    // A reader without write access still sees what was measured; the next one with access will finish the file.
  }
  return result;
}

/** The document of a run that is over: summaries, winner, findings, and no case left pending. */
export function finished(result: Result, status: 'complete' | 'partial' | 'failed', reason: Problem | null): Result {
  const summarised = summarise({
    ...result,
    status,
    reason,
    endedAt: new Date().toISOString(),
    cases: result.cases.map((one) =>
      one.status === 'pending' ? { ...one, status: hasOutcome(one) ? 'ok' : 'cancelled' } : one,
    ),
  });
  const predicted = withPredictions(summarised);
  const compared = { ...predicted, crossovers: crossoversOf(predicted) };
  return { ...compared, winner: winnerOf(compared), findings: [...findingsOf(compared)] };
}

function hasOutcome(one: Case): boolean {
  return one.samples.length > 0 || one.hazard?.report != null;
}

/**
 * Makes the results folder, with a .gitignore that keeps it out of the user's repository. A folder that holds something
 * already is somebody's, and is left as it is.
 * @throws the system's error
 */
export function makeResultsFolder(folder: string): void {
  const made = mkdirSync(folder, { recursive: true });
  const held = HeldFolder.open(folder);
  try {
    if (readdirSync(held.at('.')).length === 0) ignoreAll(held);
  } catch (error) {
    if (made !== undefined) rmSync(made, { recursive: true });
    throw error;
  } finally {
    held.close();
  }
}

/** @throws the system's error */
function ignoreAll(folder: HeldFolder): void {
  const ignore = folder.at(GITIGNORE);
  try {
    writeFileSync(ignore, IGNORE_ALL, { flag: 'wx', mode: 0o644 });
  } catch (error) {
    if (systemErrorOf(error, ignore).code === 'EEXIST') return;
    rmSync(ignore, { force: true });
    throw error;
  }
}

/** Takes a results folder away again that holds nothing but our .gitignore: a run that was refused leaves no trace. */
export function discardUnusedResultsFolder(folder: string): void {
  try {
    // What a link leads to was there before.
    if (lstatSync(folder).isSymbolicLink()) return;
    const held = HeldFolder.open(folder);
    try {
      const ignore = held.at(GITIGNORE);
      if (readdirSync(held.at('.')).join() !== GITIGNORE || readFileSync(ignore, 'utf8') !== IGNORE_ALL) return;
      if (held.fate().kind !== 'there') return;
      rmSync(ignore);
      rmdirSync(folder);
    } finally {
      held.close();
    }
  } catch {
    // Not there, or not ours to remove: then there is nothing to tidy.
  }
}

/** A file of the results folder for a run that begins now, under a name that is not taken. */
export function newResultFile(folder: string, experiment: Experiment): string {
  const now = new Date();
  for (let copy = 1; ; copy++) {
    const file = path.join(folder, resultFileName(experiment, now, copy));
    if (!existsSync(file)) return file;
  }
}

/** `2026-11-21_14-03-07_file-to-file_quick.zcresult.json`: sorts by time, says what it is. */
export function resultFileName(experiment: Experiment, now: Date, copy = 1): string {
  const stamp = now.toISOString().slice(0, 19).replace('T', '_').replaceAll(':', '-');
  const suffix = copy === 1 ? '' : `_${copy}`;
  return `${stamp}_${experiment.path}_${experiment.preset ?? 'custom'}${suffix}${RESULT_SUFFIX}`;
}

/** A value of a stranger's file, in a sentence. */
function brief(value: string): string {
  return value.length <= LONGEST_QUOTED ? value : `${value.slice(0, LONGEST_QUOTED)}…`;
}

function damaged(message: string): Outcome<never> {
  return refuse(
    'unreadable-result',
    message,
    l10n.t('Open it as text to see what it holds, or run the experiment again.'),
  );
}
