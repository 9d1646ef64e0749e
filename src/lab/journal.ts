/** The journal of a run: one event a line, beside the result file, so that nothing measured is lost when a process dies. */
import { closeSync, fsyncSync, openSync, rmSync, writeFileSync } from 'node:fs';
import * as v from 'valibot';
import { eventSchema } from '../model/eventSchema.ts';
import type { RunEvent } from '../model/events.ts';
import { applyEvent } from '../model/events.ts';
import type { Result } from '../model/result/result.ts';
import { MOST_SAMPLES, RESULT_SUFFIX } from '../model/resultFormat.ts';
import { MIB } from '../model/units.ts';
import type { HeldFolder } from './heldFolder.ts';
import { readStrangersFile } from './strangersFile.ts';
import { isWithinBounds } from './strangersJson.ts';

const JOURNAL_SUFFIX = '.zcjournal.ndjson';
/** It holds what the result will hold. */
const LARGEST_JOURNAL_BYTES = 32 * MIB;

/** `NAME.zcjournal.ndjson` beside `NAME.zcresult.json`, or beside a result file of any other name. */
export function journalOf(resultFile: string): string {
  const stem = resultFile.endsWith(RESULT_SUFFIX) ? resultFile.slice(0, -RESULT_SUFFIX.length) : resultFile;
  return stem + JOURNAL_SUFFIX;
}

export interface Journal {
  append(event: RunEvent): void;
  /** Everything appended so far is on the disk when this returns. */
  sync(): void;
  close(): void;
}

/**
 * Creates the journal of a result file. One that is there belongs to an older result of this name; a symbolic link in its
 * place goes, and what it leads to stays.
 * @param folder that of the result file @throws the system's error
 */
export function createJournal(resultFile: string, folder: HeldFolder): Journal {
  const file = folder.at(journalOf(resultFile));
  rmSync(file, { force: true });
  const descriptor = openSync(file, 'wx', 0o644);
  return {
    append: (event) => {
      // Not writeSync: on a disk that is all but full, that writes a part and calls it done.
      writeFileSync(descriptor, `${JSON.stringify(event)}\n`);
    },
    sync: () => fsyncSync(descriptor),
    close: () => closeSync(descriptor),
  };
}

/**
 * The document after the lines of the journal, or null where there is none. After a crash of the host the end of the
 * file may be cut off or hold anything, and the file may be a stranger's: what comes after the last line that makes sense
 * is left out.
 */
export function replayJournal(resultFile: string): Result | null {
  const text = readStrangersFile(journalOf(resultFile), LARGEST_JOURNAL_BYTES);
  if (!text.ok) return null;
  let result: Result | null = null;
  for (const line of text.value.split('\n').slice(0, -1)) {
    const event = eventOf(line);
    if (event === null || !fits(event, result)) break;
    result = applyEvent(result, event);
  }
  return result;
}

function eventOf(line: string): RunEvent | null {
  if (!isWithinBounds(line)) return null;
  try {
    const parsed = v.safeParse(eventSchema, JSON.parse(line), { abortEarly: true });
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}

/** Whether there is what the event is about, and room for it. */
function fits(event: RunEvent, result: Result | null): boolean {
  if (event.type === 'started' || event.type === 'finished') return true;
  if (result === null) return false;
  if (!('case' in event)) return true;
  const one = result.cases[event.case];
  return one !== undefined && (event.type !== 'sample' || one.samples.length < MOST_SAMPLES);
}

/** @param folder that of the result file, where somebody holds it @throws the system's error */
export function removeJournal(resultFile: string, folder?: HeldFolder): void {
  rmSync(folder?.at(journalOf(resultFile)) ?? journalOf(resultFile), { force: true });
}
