/** The journal of a run: one event a line, beside the result file, so that nothing measured is lost when a process dies. */
import { closeSync, fsyncSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { RunEvent } from '../model/events.ts';
import { applyEvent } from '../model/events.ts';
import type { Result } from '../model/result/result.ts';
import { RESULT_SUFFIX } from '../model/resultFormat.ts';

const JOURNAL_SUFFIX = '.zcjournal.ndjson';

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

/** Creates the journal of a result file. @throws the system's error */
export function createJournal(resultFile: string): Journal {
  const descriptor = openSync(journalOf(resultFile), 'w', 0o644);
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
 * file may be cut off or hold anything: what comes after the last line that makes sense is left out.
 */
export function replayJournal(resultFile: string): Result | null {
  let text: string;
  try {
    text = readFileSync(journalOf(resultFile), 'utf8');
  } catch {
    return null;
  }
  let result: Result | null = null;
  for (const line of text.split('\n').slice(0, -1)) {
    try {
      result = applyEvent(result, JSON.parse(line) as RunEvent);
    } catch {
      break;
    }
  }
  return result;
}

export function removeJournal(resultFile: string): void {
  rmSync(journalOf(resultFile), { force: true });
}
