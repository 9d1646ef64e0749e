import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HeldFolder } from '../../src/lab/heldFolder.ts';
import { createJournal, journalOf, removeJournal, replayJournal } from '../../src/lab/journal.ts';
import { isAlive, thisProcess } from '../../src/lab/processIdentity.ts';
import {
  discardUnusedResultsFolder,
  makeResultsFolder,
  openResult,
  parseResult,
  readResult,
  resultFileName,
  writeResult,
} from '../../src/lab/resultFile.ts';
import type { RunEvent } from '../../src/model/events.ts';
import { applyEvent } from '../../src/model/events.ts';
import type { Problem } from '../../src/model/result/problem.ts';
import type { Result } from '../../src/model/result/result.ts';
import {
  aCompleteResult,
  aHost,
  anExperiment,
  aPlannedResult,
  aSample,
  aSocketExperiment,
  granted,
  refusal,
  temporaryFolder,
} from './fixtures.ts';

const verified = { how: 'readback', ok: true, difference: null } as const;
const reason: Problem = { code: 'ENOSPC', message: 'The disk is full.', hint: 'Free some space.' };

/** The events of a run of the quick preset that was in its second counted round. */
function eventsOf(planned: Result): readonly RunEvent[] {
  const cases = planned.cases.map((_, index) => index);
  const round = (number: number): RunEvent[] => [
    ...cases.map((index): RunEvent => ({ type: 'sample', case: index, sample: aSample(number) })),
    { type: 'round-ended', round: number },
  ];
  return [
    { type: 'started', result: planned },
    ...cases.map((index): RunEvent => ({ type: 'verified', case: index, verified })),
    ...round(0),
    ...round(1),
    { type: 'case-ended', case: 2, status: 'failed', reason },
    { type: 'sample', case: 0, sample: aSample(2) },
  ];
}

function fold(events: readonly RunEvent[]): Result | null {
  return events.reduce<Result | null>((result, event) => applyEvent(result, event), null);
}

function writeJournal(file: string, events: readonly RunEvent[]): void {
  const folder = HeldFolder.of(file);
  const journal = createJournal(file, folder);
  folder.close();
  for (const event of events) journal.append(event);
  journal.sync();
  journal.close();
}

/** A run that died: its document still says `running`, and its journal lies beside it. */
function aDeadRun(events: readonly RunEvent[] = eventsOf(aPlannedResult())): string {
  const file = path.join(temporaryFolder(), 'run.zcresult.json');
  writeResult(file, aPlannedResult());
  writeJournal(file, events);
  return file;
}

describe('events', () => {
  const events = eventsOf(aPlannedResult());

  test('make the document', () => {
    const result = fold(events) as Result;
    expect(result.cases.map((one) => one.samples.length)).toEqual([3, 2, 2, 2]);
    expect(result.cases[0]?.samples.map((sample) => sample.round)).toEqual([0, 1, 2]);
    expect(result.cases.every((one) => one.verified?.ok)).toBe(true);
    expect(result.cases[2]).toMatchObject({ status: 'failed', reason });
    expect(result.status).toBe('running');
  });

  test('a finished document takes the place of everything before', () => {
    const end = aCompleteResult();
    expect(fold([...events, { type: 'finished', result: end }])).toEqual(end);
  });

  test('never change the document they are applied to', () => {
    const planned = aPlannedResult();
    const before = structuredClone(planned);
    for (const event of events.slice(1)) applyEvent(planned, event);
    expect(planned).toEqual(before);
  });

  test.each(events.slice(1).map((event) => ({ event, name: event.type })))(
    '$name before the start is an error',
    ({ event }) => {
      expect(() => applyEvent(null, event)).toThrow(RangeError);
    },
  );

  test.each([-1, 4, 1.5])('an event for case %d of 4 is an error', (index) => {
    const planned = aPlannedResult();
    expect(() => applyEvent(planned, { type: 'verified', case: index, verified })).toThrow(RangeError);
    expect(() => applyEvent(planned, { type: 'sample', case: index, sample: aSample(1) })).toThrow(RangeError);
    expect(() => applyEvent(planned, { type: 'case-ended', case: index, status: 'failed', reason })).toThrow(
      RangeError,
    );
  });
});

describe('the journal', () => {
  test('lies beside the result', () => {
    expect(journalOf('/a/b.zcresult.json')).toBe('/a/b.zcjournal.ndjson');
    expect(journalOf('/a/b.json')).toBe('/a/b.json.zcjournal.ndjson');
  });

  test('replays to what the events made', () => {
    const events = eventsOf(aPlannedResult());
    const file = path.join(temporaryFolder(), 'run.zcresult.json');
    for (let length = 1; length <= events.length; length++) {
      writeJournal(file, events.slice(0, length));
      expect(replayJournal(file)).toEqual(fold(events.slice(0, length)));
    }
  });

  test('of another order of samples replays to that', () => {
    const planned = aPlannedResult();
    const samples = fc.array(fc.record({ case: fc.nat(planned.cases.length - 1), wallNs: fc.nat() }), {
      maxLength: 20,
    });
    const file = path.join(temporaryFolder(), 'run.zcresult.json');
    fc.assert(
      fc.property(samples, (measured) => {
        const events: RunEvent[] = [
          { type: 'started', result: planned },
          ...measured.map(
            ({ case: index, wallNs }): RunEvent => ({ type: 'sample', case: index, sample: aSample(1, { wallNs }) }),
          ),
        ];
        writeJournal(file, events);
        expect(replayJournal(file)).toEqual(fold(events));
      }),
      { numRuns: 30 },
    );
  });

  test('cut off anywhere replays to the whole lines before the cut', () => {
    const events = eventsOf(aPlannedResult());
    const file = aDeadRun(events);
    const text = readFileSync(journalOf(file), 'utf8');
    for (let length = text.length; length >= 0; length -= length === text.length ? 1 : 97) {
      truncateSync(journalOf(file), length);
      const whole = text.slice(0, length).split('\n').length - 1;
      expect(replayJournal(file)).toEqual(fold(events.slice(0, whole)));
    }
  });

  test('with rubbish at its end replays to what comes before', () => {
    const events = eventsOf(aPlannedResult());
    const file = aDeadRun(events);
    for (const rubbish of ['\0\0\0\0\n', '{"type":"sample","case":99}\n', 'more\n']) {
      appendFileSync(journalOf(file), rubbish);
      expect(replayJournal(file)).toEqual(fold(events));
    }
  });

  test('a new run starts a new one; none at all is null', () => {
    const file = aDeadRun();
    writeJournal(file, [{ type: 'started', result: aPlannedResult() }]);
    expect(replayJournal(file)).toEqual(aPlannedResult());
    removeJournal(file);
    expect(replayJournal(file)).toBeNull();
    removeJournal(file);
  });
});

describe('reading a result', () => {
  const whole = `${JSON.stringify(aCompleteResult(), null, 1)}\n`;
  const parse = (text: string) => parseResult(text, 'mine.zcresult.json');
  const changed = (change: (result: Record<string, unknown>) => void): string => {
    const data = JSON.parse(whole) as Record<string, unknown>;
    change(data);
    return JSON.stringify(data);
  };

  test('gives back what was written', () => {
    const file = path.join(temporaryFolder(), 'mine.zcresult.json');
    const result = aCompleteResult();
    writeResult(file, result);
    expect(granted(readResult(file))).toEqual(result);
  });

  test('cut off at any place is said to be cut off', () => {
    for (let length = 100; length < whole.length - 1; length += 100) {
      const problem = refusal(parse(whole.slice(0, length)));
      expect(problem.code).toBe('unreadable-result');
      expect(problem.message).toBe(
        'mine.zcresult.json is cut off or damaged: it begins like a result but does not end like one.',
      );
    }
  });

  test.each([
    { name: 'empty', text: '', code: 'unreadable-result', says: /is empty/ },
    { name: 'blank', text: ' \n\n', code: 'unreadable-result', says: /is empty/ },
    { name: 'text', text: 'Dear diary', code: 'unreadable-result', says: /is not JSON/ },
    { name: 'binary', text: '\0\x01\xff', code: 'unreadable-result', says: /is not JSON/ },
    { name: 'a number', text: '42', code: 'unreadable-result', says: /not a result of Zero-Copy Lab/ },
    { name: 'a list', text: '[]', code: 'unreadable-result', says: /not a result of Zero-Copy Lab/ },
    { name: 'null', text: 'null', code: 'unreadable-result', says: /not a result of Zero-Copy Lab/ },
    { name: 'an experiment', text: '{"format":"zero-copy-lab/experiment","version":1}', says: /not a result/ },
    {
      name: 'another version',
      text: changed((data) => (data['version'] = 0)),
      says: /damaged: its "version" cannot be 0\.$/,
    },
    { name: 'no version', text: changed((data) => delete data['version']), says: /not a result/ },
    {
      name: 'a newer version that does not fit',
      text: '{"format":"zero-copy-lab/result","version":3,"all":"else is new"}',
      code: 'newer-version',
      says: /is of format version 3; this extension reads up to 2/,
    },
    {
      name: 'a status nobody knows',
      text: changed((data) => (data['status'] = 'done')),
      says: /damaged: its "status" cannot be "done"\.$/,
    },
    { name: 'no cases', text: changed((data) => delete data['cases']), says: /damaged: it has no "cases"\.$/ },
    {
      name: 'a text for a number, deep inside',
      text: whole.replace(/"wallNs": 1010000/, `"wallNs": "${'fast'.repeat(20)}"`),
      says: /damaged: its "cases\.0\.samples\.1\.wallNs" cannot be "(fast){14}fas…\.$/,
    },
    {
      name: 'a negative duration',
      text: whole.replace(/"wallNs": 1010000/, '"wallNs": -1'),
      says: /damaged: its "cases\.0\.samples\.1\.wallNs" cannot be -1\.$/,
    },
    {
      name: 'a path of another world',
      text: changed((data) => ((data['experiment'] as Record<string, unknown>)['path'] = 'up')),
      says: /damaged: its "experiment\.path" cannot be /,
    },
  ])('$name', ({ text, code, says }) => {
    const problem = refusal(parse(text));
    expect(problem.code).toBe(code ?? 'unreadable-result');
    expect(problem.message).toMatch(/^mine\.zcresult\.json [^\n]+\.$/);
    expect(problem.message).toMatch(says);
    expect(problem.hint).not.toBe('');
  });

  test('a unit cost that noise made negative is no obstacle', () => {
    const unitCosts = { fault: { median: -1657.3, low: -3116.5, high: 12 } };
    const calibration = { durationNs: 1, unitCosts };
    const text = JSON.stringify({ ...aCompleteResult(), calibration });
    expect(granted(parseResult(text, 'a.zcresult.json')).calibration).toEqual(calibration);
  });

  test('fields that a later version adds are no obstacle', () => {
    const text = changed((data) => (data['novelty'] = { any: 'thing' }));
    expect(granted(parse(text)).status).toBe('complete');
  });

  test.each([50 * 2 ** 20, 50 * 2 ** 30])('a file of %d bytes is refused without being read', (bytes) => {
    const file = path.join(temporaryFolder(), 'huge.zcresult.json');
    writeFileSync(file, '');
    // A file of holes: no memory could take the larger one.
    truncateSync(file, bytes);
    const problem = refusal(readResult(file));
    expect(problem.code).toBe('unreadable-result');
    expect(problem.message).toMatch(/^huge\.zcresult\.json has 50 [MG]iB; a result has at most 32 MiB\.$/);
  });

  test('a file that is not there, and a folder', () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'none.zcresult.json');
    expect(refusal(readResult(file))).toMatchObject({ code: 'ENOENT', message: `${file} does not exist.` });
    expect(refusal(readResult(folder))).toMatchObject({
      code: 'not-a-file',
      message: expect.stringMatching(/ is a folder\.$/),
    });
    expect(refusal(openResult(file)).code).toBe('ENOENT');
  });
});

describe('writing a result', () => {
  test('replaces the old one, and leaves nothing beside it', () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'a.zcresult.json');
    writeResult(file, aPlannedResult());
    const end = aCompleteResult();
    writeResult(file, end);
    expect(granted(readResult(file))).toEqual(end);
    expect(readdirSync(folder)).toEqual(['a.zcresult.json']);
  });

  test('onto a folder fails, and leaves the folder as it was', () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'a.zcresult.json');
    mkdirSync(file);
    writeFileSync(path.join(file, 'keep'), '');
    expect(() => writeResult(file, aCompleteResult())).toThrow();
    expect(readdirSync(folder)).toEqual(['a.zcresult.json']);
    expect(readdirSync(file)).toEqual(['keep']);
  });

  test('into a folder that takes no files fails, and leaves the old document', () => {
    // /proc/self takes no files from anybody, root included.
    expect(() => writeResult('/proc/self/a.zcresult.json', aCompleteResult())).toThrow();
    const folder = path.join(temporaryFolder(), 'none');
    expect(() => writeResult(path.join(folder, 'a.zcresult.json'), aCompleteResult())).toThrow();
    expect(existsSync(folder)).toBe(false);
  });

  test('is readable by everybody who may enter the folder', () => {
    const file = path.join(temporaryFolder(), 'a.zcresult.json');
    const mask = process.umask();
    writeResult(file, aCompleteResult());
    chmodSync(path.dirname(file), 0o755);
    expect(granted(readResult(file)).status).toBe('complete');
    expect(process.umask()).toBe(mask);
  });
});

describe('opening a result', () => {
  test('whose run died finishes it with all its journal holds', () => {
    const file = aDeadRun();
    const result = granted(openResult(file));
    expect(result).toMatchObject({ status: 'partial', reason: { code: 'process-died' } });
    expect(result.endedAt).not.toBeNull();
    expect(result.cases.map((one) => one.samples.length)).toEqual([3, 2, 2, 2]);
    expect(result.cases.map((one) => one.status)).toEqual(['ok', 'ok', 'failed', 'ok']);
    expect(result.cases[0]?.summary).not.toBeNull();
    expect(result.findings).not.toEqual([]);
    expect(readdirSync(path.dirname(file))).toEqual(['run.zcresult.json']);
    expect(granted(readResult(file))).toEqual(result);
    expect(granted(openResult(file))).toEqual(result);
  });

  test('whose process died while it wrote the document takes that draft away, and no other', () => {
    const file = aDeadRun();
    const draft = (pid: number) => path.join(path.dirname(file), `.run.zcresult.json.${pid}.tmp`);
    writeFileSync(draft(aPlannedResult().process.pid), '{ "format": "zero-');
    writeFileSync(draft(1), 'of somebody who is still at it');
    expect(granted(openResult(file)).status).toBe('partial');
    expect(readdirSync(path.dirname(file)).sort()).toEqual([path.basename(draft(1)), 'run.zcresult.json']);
  });

  test('whose journal is missing finishes it as it stands: nothing measured', () => {
    const file = aDeadRun();
    removeJournal(file);
    const result = granted(openResult(file));
    expect(result.status).toBe('partial');
    expect(result.cases.map((one) => one.status)).toEqual(result.cases.map(() => 'cancelled'));
  });

  test('whose journal ends in the middle of a line leaves that line out', () => {
    const file = aDeadRun();
    const journal = readFileSync(journalOf(file), 'utf8');
    truncateSync(journalOf(file), journal.length - 20);
    const result = granted(openResult(file));
    expect(result.cases.map((one) => one.samples.length)).toEqual([2, 2, 2, 2]);
    expect(existsSync(journalOf(file))).toBe(false);
  });

  test('of a run on another host leaves file and journal alone, whatever this host knows of its process', () => {
    const file = path.join(temporaryFolder(), 'run.zcresult.json');
    const running = { ...aPlannedResult(), host: aHost({ name: 'elsewhere' }) };
    writeResult(file, running);
    writeJournal(file, eventsOf(running));
    const before = readFileSync(journalOf(file), 'utf8');
    expect(granted(openResult(file))).toEqual(running);
    expect(readFileSync(journalOf(file), 'utf8')).toBe(before);
  });

  test('of a run under way leaves file and journal alone', () => {
    const file = path.join(temporaryFolder(), 'run.zcresult.json');
    const running = { ...aPlannedResult(), process: thisProcess() };
    writeResult(file, running);
    writeJournal(file, eventsOf(running));
    const before = readFileSync(journalOf(file), 'utf8');
    expect(granted(openResult(file))).toEqual(running);
    expect(granted(readResult(file))).toEqual(running);
    expect(readFileSync(journalOf(file), 'utf8')).toBe(before);
  });

  test('that is complete changes nothing', () => {
    const file = path.join(temporaryFolder(), 'run.zcresult.json');
    writeResult(file, aCompleteResult());
    const before = readFileSync(file, 'utf8');
    openResult(file);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });
});

describe('who is alive', () => {
  const me = thisProcess();
  test.each([
    { name: 'this process', identity: me, alive: true },
    { name: 'this process, start unknown', identity: { ...me, startTicks: null }, alive: true },
    { name: 'an earlier process with this pid', identity: { ...me, startTicks: 1 }, alive: false },
    { name: 'this pid before the host was booted', identity: { ...me, bootId: 'earlier' }, alive: false },
    { name: 'a pid there cannot be', identity: { ...me, pid: 2 ** 22 + 1 }, alive: false },
  ])('$name: $alive', ({ identity, alive }) => {
    expect(isAlive(identity)).toBe(alive);
  });
});

describe('the results folder', () => {
  test('keeps itself out of the repository, and leaves a .gitignore alone that is there', () => {
    const folder = path.join(temporaryFolder(), 'a', 'b');
    makeResultsFolder(folder);
    expect(readFileSync(path.join(folder, '.gitignore'), 'utf8')).toBe('*\n');
    writeFileSync(path.join(folder, '.gitignore'), 'mine');
    makeResultsFolder(folder);
    expect(readFileSync(path.join(folder, '.gitignore'), 'utf8')).toBe('mine');
  });

  test('goes away again when nothing else came into it', () => {
    const folder = path.join(temporaryFolder(), 'results');
    makeResultsFolder(folder);
    discardUnusedResultsFolder(folder);
    expect(existsSync(folder)).toBe(false);
    discardUnusedResultsFolder(folder);
  });

  test.each([
    { name: 'a result', file: 'a.zcresult.json', text: '{}' },
    { name: "somebody else's .gitignore", file: '.gitignore', text: 'node_modules\n' },
  ])('stays with $name in it', ({ file, text }) => {
    const folder = path.join(temporaryFolder(), 'results');
    makeResultsFolder(folder);
    writeFileSync(path.join(folder, file), text);
    discardUnusedResultsFolder(folder);
    expect(readFileSync(path.join(folder, file), 'utf8')).toBe(text);
  });

  test('names of results sort by time and say what they are', () => {
    const now = new Date('2026-11-21T14:03:07.891Z');
    expect(resultFileName(anExperiment(), now)).toMatch(/^2026-11-21_14-03-07.*_file-to-file_quick\.zcresult\.json$/);
    expect(resultFileName(aSocketExperiment({ preset: null }), now)).toMatch(/_file-to-socket_custom\.zcresult\.json$/);
    const next = new Date(now.getTime() + 1000);
    expect(resultFileName(anExperiment(), next) > resultFileName(anExperiment(), now)).toBe(true);
  });
});
