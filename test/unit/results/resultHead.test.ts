/** What a list reads of a result file: its beginning, and the whole of it only where that does not tell. */
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeResult } from '../../../src/lab/resultFile.ts';
import { headOfWhole, type ResultHead, readResultHead, resultHead } from '../../../src/lab/resultHead.ts';
import { resultText } from '../../../src/lab/resultText.ts';
import type { Outcome } from '../../../src/model/problems.ts';
import type { Result } from '../../../src/model/result/result.ts';
import { aCompleteResult, anExperiment, aPlannedResult, granted, refusal, temporaryFolder } from '../fixtures.ts';

/** Sendfile wins by a lot. */
const won = aCompleteResult((one) => [0, 1, 2, 3, 4, 5].map((round) => (one.mode === 'sendfile' ? 5e5 : 1e6) + round));
const text = resultText(won);
const { cases, ...others } = won;
const casesFirst = { cases, ...others };
const beforeCases = text.slice(0, text.indexOf('"cases"') + 20);

/** A file of this text, and what a list reads of it. */
async function readFileOf(content: string): Promise<Outcome<ResultHead>> {
  const file = path.join(temporaryFolder(), 'mine.zcresult.json');
  writeFileSync(file, content);
  return headIn(file);
}

async function headIn(file: string): Promise<Outcome<ResultHead>> {
  const read = await readResultHead(file);
  if (read === null) throw new Error('there should be a file');
  return read.head;
}

describe('the head of a result', () => {
  test('has what a list shows, and no more', () => {
    expect(resultHead(text)).toEqual({
      format: won.format,
      version: won.version,
      startedAt: won.startedAt,
      status: 'complete',
      reason: null,
      label: null,
      winner: won.winner,
      process: won.process,
      experiment: {
        kind: 'measurement',
        path: 'file-to-file',
        preset: 'quick',
        modes: won.experiment.modes,
        bytes: won.experiment.bytes,
        rounds: 6,
        cache: 'warm',
      },
      host: { name: won.host.name, kernel: won.host.kernel },
    });
    expect(won.winner).toMatchObject({ mode: 'sendfile', bufferBytes: null, ratioToBaseline: { verdict: 'faster' } });
  });

  test('is read from what comes before the cases', () => {
    expect(resultHead(beforeCases)).toEqual(resultHead(text));
    expect(beforeCases.length).toBeLessThan(4096);
  });

  test('is the same from the whole document', () => {
    expect(granted(headOfWhole(text, 'x'))).toEqual(resultHead(text));
  });

  test.each([
    { name: 'indented', written: JSON.stringify(won, null, 2) },
    { name: 'on one line', written: JSON.stringify(won) },
  ])('does not depend on how the text is laid out: $name', ({ written }) => {
    expect(resultHead(written)).toEqual(resultHead(text));
  });

  test('is not deceived by "cases" in a label or in a finding that comes first', () => {
    const label = 'all "cases", and {"cases":[1]}, again';
    const tricky = resultText({
      ...won,
      label,
      experiment: { ...won.experiment, cases: [1], more: { a: 1, cases: 2 } },
    });
    expect(resultHead(tricky)?.label).toBe(label);
  });

  test.each([
    { name: 'a document whose cases come first', document: casesFirst },
    { name: 'one from before there were winners', document: { ...won, winner: undefined } },
    { name: 'one whose beginning is no head', document: { ...won, startedAt: 'soon' } },
  ])('is not in the beginning of $name', ({ document }) => {
    expect(resultHead(JSON.stringify(document))).toBeNull();
  });

  test.each(['', '{', 'Dear diary', '[1, "cases"', '{"format":"x","winner":null,"cases":[]}'])(
    'is not in %j',
    (written) => {
      expect(resultHead(written)).toBeNull();
    },
  );

  test('of a newer version is read as far as it is known', () => {
    expect(resultHead(resultText({ ...won, version: 99, novelty: 1 }))?.version).toBe(99);
  });
});

describe('reading heads', () => {
  test('of a result as it is written', async () => {
    const file = path.join(temporaryFolder(), 'a.zcresult.json');
    writeResult(file, won);
    expect(granted(await headIn(file))).toEqual(resultHead(text));
  });

  test('of one from before there were winners finds the winner', async () => {
    const old = JSON.stringify({ ...won, winner: undefined, label: undefined }, null, 1);
    expect(granted(await readFileOf(old))).toEqual(resultHead(text));
  });

  test('of one whose beginning is longer than what is read', async () => {
    const modes = Array.from({ length: 2000 }, (_, index) => `mode-${index}`);
    const long: Result = { ...won, experiment: { ...anExperiment(), modes } };
    expect(granted(await readFileOf(resultText(long))).experiment.modes).toEqual(modes);
  });

  test.each([
    { name: 'empty', content: '', says: /mine\.zcresult\.json is empty/ },
    { name: 'text', content: 'Dear diary', says: /is not JSON/ },
    { name: 'cut off before its cases', content: text.slice(0, 300), says: /is cut off or damaged/ },
    { name: 'cut off within its cases', content: text.slice(0, -300), says: /is cut off or damaged/ },
    { name: 'of another format', content: '{"format":"other","cases":[]}', says: /not a result of Zero-Copy Lab/ },
  ])('of a file that is $name says so', async ({ content, says }) => {
    expect(refusal(await readFileOf(content)).message).toMatch(says);
  });

  test('of a large file that is cut off says so, though its beginning is whole', async () => {
    const many = { ...won, cases: Array.from({ length: 20 }, () => won.cases).flat() };
    const whole = resultText(many);
    expect(whole.length).toBeGreaterThan(60_000);
    granted(await readFileOf(whole));
    expect(refusal(await readFileOf(whole.slice(0, whole.lastIndexOf('"wallNs"', 50_000)))).message).toMatch(
      /cut off or damaged/,
    );
  });

  test('of a huge file that is no result reads none of it', async () => {
    const file = path.join(temporaryFolder(), 'huge.zcresult.json');
    writeFileSync(file, '');
    truncateSync(file, 50 * 2 ** 30);
    expect(refusal(await headIn(file)).message).toMatch(/has 50 GiB/);
  });

  test('of what is no file, or gone, is null', async () => {
    const folder = temporaryFolder();
    mkdirSync(path.join(folder, 'folder.zcresult.json'));
    expect(await readResultHead(path.join(folder, 'folder.zcresult.json'))).toBeNull();
    expect(await readResultHead(path.join(folder, 'none.zcresult.json'))).toBeNull();
  });

  test('of a run that was planned has no winner yet', async () => {
    expect(granted(await readFileOf(resultText(aPlannedResult())))).toMatchObject({ status: 'running', winner: null });
  });
});
