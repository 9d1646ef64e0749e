/** `zero-copy-lab compare`, from its arguments to its exit code. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { parseCommandLine } from '../../../src/cli/arguments.ts';
import { compare } from '../../../src/cli/compare.ts';
import { EXIT } from '../../../src/cli/exitCode.ts';
import { helpText } from '../../../src/cli/help.ts';
import { oldestFirst } from '../../../src/lab/compareFiles.ts';
import { writeResult } from '../../../src/lab/resultFile.ts';
import type { Case } from '../../../src/model/result/case.ts';
import type { Experiment } from '../../../src/model/result/experiment.ts';
import type { Result } from '../../../src/model/result/result.ts';
import { aCompleteResult, aHost, anExperiment, granted, temporaryFolder } from '../fixtures.ts';

afterEach(() => vi.restoreAllMocks());

/** Files of results whose cases take so much of a millisecond. */
function files(...factors: readonly ((one: Case) => number)[]): readonly string[] {
  return stored(...factors.map((factor) => aRun(factor)));
}

function stored(...results: readonly Result[]): readonly string[] {
  const folder = temporaryFolder();
  return results.map((result, index) => {
    const file = path.join(folder, `run-${index}.zcresult.json`);
    writeResult(file, result);
    return file;
  });
}

function aRun(factor: (one: Case) => number, experiment: Partial<Experiment> = {}): Result {
  return aCompleteResult(
    (one) => Array.from({ length: 6 }, () => Math.round(1e6 * factor(one))),
    anExperiment(experiment),
  );
}

const steady = () => 1;
const sendfileAt = (factor: number) => (one: Case) => (one.mode === 'sendfile' ? factor : 1);

function run(...args: readonly string[]) {
  const said: string[] = [];
  const written: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  const command = granted(parseCommandLine(['compare', ...args]));
  if (command.name !== 'compare') throw new Error(`parsed as ${command.name}`);
  return { code: compare(command.options, 100), complaint: said.join(''), text: written.join('') };
}

test('arguments: the reference first, the limit as a share', () => {
  expect(granted(parseCommandLine(['compare', 'a', 'b', 'c', '--fail-if-slower', '2.5 %', '--json']))).toEqual({
    name: 'compare',
    options: { files: ['a', 'b', 'c'], failIfSlower: 0.025, json: true },
  });
  expect(granted(parseCommandLine(['compare', 'a', 'b']))).toEqual({
    name: 'compare',
    options: { files: ['a', 'b'], failIfSlower: null, json: false },
  });
  expect(helpText()).toMatch(/^ +zero-copy-lab compare .*--fail-if-slower 5%/m);
  expect(helpText()).toContain('5 compare found a case that is slower');
});

describe('the exit code', () => {
  test.each([
    ['nothing changed', sendfileAt(1), ['--fail-if-slower', '5%'], EXIT.done],
    ['slower, and nobody asked', sendfileAt(2), [], EXIT.done],
    ['slower by more than the limit', sendfileAt(1.1), ['--fail-if-slower', '5%'], EXIT.regression],
    ['slower by less than the limit', sendfileAt(1.1), ['--fail-if-slower', '10%'], EXIT.done],
    ['faster', sendfileAt(0.5), ['--fail-if-slower', '0%'], EXIT.done],
    ['slower within the noise', sendfileAt(1.015), ['--fail-if-slower', '1%'], EXIT.done],
  ])('%s', (_, factor, args, code) => {
    expect(run(...files(steady, factor), ...args).code).toBe(code);
  });

  test('a regression is named on standard error', () => {
    const { complaint } = run(...files(steady, steady, sendfileAt(2)), '--fail-if-slower', '5%');
    expect(complaint).toBe('zero-copy-lab: C, sendfile: 0.50x (0.50x – 0.50x) of A, which is more than 5 % slower.\n');
  });

  test('with too few rounds nothing can fail, and it is said', () => {
    const few = aCompleteResult((one) => Array.from({ length: 5 }, () => (one.mode === 'sendfile' ? 9e6 : 1e6)));
    const { code, complaint } = run(...stored(aRun(steady), few), '--fail-if-slower', '5%');
    expect(code).toBe(EXIT.done);
    expect(complaint).toContain('No case could be judged');
  });
});

describe('bad input is exit code 2 and a sentence', () => {
  test.each([
    ['a file that is not there', (file: string) => `${file}.gone`, 'does not exist'],
    [
      'a file that is no result',
      (file: string) => {
        writeFileSync(`${file}.txt`, 'To be');
        return `${file}.txt`;
      },
      'is not JSON',
    ],
  ])('%s', (_, other, says) => {
    const [file = ''] = files(steady);
    const { code, complaint, text } = run(file, other(file));
    expect([code, text]).toEqual([EXIT.usage, '']);
    expect(complaint).toContain(says);
  });

  test('results that cannot be compared', () => {
    const { code, complaint } = run(...stored(aRun(steady), aRun(steady, { kind: 'equal-rate' })));
    expect(code).toBe(EXIT.usage);
    expect(complaint).toContain('their numbers do not mean the same');
  });
});

describe('the report', () => {
  const other = aCompleteResult(
    (one) => Array.from({ length: 6 }, () => 1e6 * sendfileAt(0.5)(one)),
    anExperiment({ cache: 'cold' }),
    aHost({ kernel: '6.12.0' }),
  );

  test('says what differs before any number', () => {
    const { text } = run(...stored(aRun(steady), other));
    const places = ['The experiments differ', 'Cache: A warm; B cold.', 'The hosts differ', 'Kernel ', 'Throughput\n'];
    const found = places.map((each) => text.indexOf(each));
    expect(found).not.toContain(-1);
    expect(found).toEqual([...found].sort((a, b) => a - b));
    expect(text).toContain('differ by more than the rounds of one');
  });

  test('has a row and a line of the picture for each case, on a scale around 1x', () => {
    const lines = run(...stored(aRun(steady), other)).text.split('\n');
    expect(lines.find((line) => /^sendfile +1,000/.test(line))).toMatch(/ 2,000 +2\.00x +2\.00x – 2\.00x +faster$/);
    const drawn = (name: string) => lines.find((line) => line.startsWith(name) && line.includes('●')) ?? '';
    // The outermost ratio is at the right end, and an unchanged one in the middle.
    const middle = drawn('mmap + write').indexOf('●');
    expect(drawn('sendfile').indexOf('●') - middle).toBe(20);
    expect(drawn('sendfile')[middle]).toBe('│');
    expect(lines).toContain('B against A: 1 faster, 2 same.');
  });

  test('as JSON is the comparison and nothing else', () => {
    const { text } = run(...stored(aRun(steady), other), '--json');
    const comparison = JSON.parse(text) as { format: string; version: number; cases: unknown[]; warnings: unknown[] };
    expect([comparison.format, comparison.version]).toEqual(['zero-copy-lab/comparison', 1]);
    expect([comparison.cases.length, comparison.warnings.length]).toEqual([3, 1]);
  });
});

test('the oldest result comes first, and what cannot be read last', async () => {
  const at = (startedAt: string): Result => ({ ...aRun(steady), startedAt });
  const [late = '', early = ''] = stored(at('2026-11-21T12:00:00.000Z'), at('2026-11-20T12:00:00.000Z'));
  expect(await oldestFirst([`${late}.gone`, late, early])).toEqual([early, late, `${late}.gone`]);
});
