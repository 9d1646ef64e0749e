/** The user's name for a result, in its file. */
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { thisProcess } from '../../../src/lab/processIdentity.ts';
import { readResult } from '../../../src/lab/resultFile.ts';
import { resultHead } from '../../../src/lab/resultHead.ts';
import { labelResult } from '../../../src/lab/resultLabel.ts';
import { resultText } from '../../../src/lab/resultText.ts';
import { aCompleteResult, aPlannedResult, granted, refusal, temporaryFolder } from '../fixtures.ts';

function fileOf(content: string): string {
  const file = path.join(temporaryFolder(), 'mine.zcresult.json');
  writeFileSync(file, content);
  return file;
}

describe('a label', () => {
  test('is set, changed and taken away, and nothing else is changed', () => {
    const result = aCompleteResult();
    const file = fileOf(resultText(result));
    for (const label of ['before the upgrade', '"; \n {} ≥ äöü', null]) {
      granted(labelResult(file, label));
      expect(granted(readResult(file))).toEqual({ ...result, label });
      expect(resultHead(readFileSync(file, 'utf8'))?.label).toBe(label);
    }
    expect(readFileSync(file, 'utf8')).toBe(resultText(result));
    expect(readdirSync(path.dirname(file))).toEqual(['mine.zcresult.json']);
  });

  test('keeps what only a later version knows', () => {
    const file = fileOf(JSON.stringify({ novelty: { any: 'thing' }, ...aCompleteResult() }));
    granted(labelResult(file, 'mine'));
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ label: 'mine', novelty: { any: 'thing' } });
  });

  test('goes into the head of a document that was written without one', () => {
    const file = fileOf(JSON.stringify({ ...aCompleteResult(), label: undefined }));
    granted(labelResult(file, 'mine'));
    expect(resultHead(readFileSync(file, 'utf8'))?.label).toBe('mine');
  });

  test('of a run that died: the result is finished first', () => {
    const file = fileOf(resultText(aPlannedResult()));
    granted(labelResult(file, 'died'));
    expect(granted(readResult(file))).toMatchObject({ status: 'partial', label: 'died' });
  });

  test('of a run under way is refused, and its document left alone', () => {
    const running = resultText({ ...aPlannedResult(), process: thisProcess() });
    const file = fileOf(running);
    expect(refusal(labelResult(file, 'too early'))).toMatchObject({
      code: 'still-running',
      message: 'mine.zcresult.json is still being written.',
    });
    expect(readFileSync(file, 'utf8')).toBe(running);
  });

  test('is refused plainly where the folder is read-only', () => {
    const file = fileOf(resultText(aCompleteResult()));
    const before = readFileSync(file, 'utf8');
    chmodSync(path.dirname(file), 0o555);
    const problem = asNobody(() => refusal(labelResult(file, 'mine')));
    chmodSync(path.dirname(file), 0o755);
    expect(problem).toMatchObject({ code: 'EACCES', message: `You may not access ${file}.` });
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  test.each([
    { name: 'a newer document', content: resultText({ ...aCompleteResult(), version: 99 }), code: 'newer-version' },
    { name: 'no result', content: '{"format":"other"}', code: 'unreadable-result' },
    { name: 'a file that is cut off', content: resultText(aCompleteResult()).slice(0, 900), code: 'unreadable-result' },
  ])('is refused for $name, which stays as it is', ({ content, code }) => {
    const file = fileOf(content);
    expect(refusal(labelResult(file, 'mine')).code).toBe(code);
    expect(readFileSync(file, 'utf8')).toBe(content);
  });
});

/** Without the rights of root, to whom no folder is read-only. */
function asNobody<T>(act: () => T): T {
  if (process.geteuid?.() !== 0) return act();
  process.seteuid?.(65_534);
  try {
    return act();
  } finally {
    process.seteuid?.(0);
  }
}
