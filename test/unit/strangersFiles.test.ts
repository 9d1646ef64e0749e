/** Files of strangers: whatever they hold, they are read or refused in one sentence, and nothing is thrown. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { reportResult } from '../../src/cli/report.ts';
import { readExperiment, readExperimentText } from '../../src/lab/experimentFile.ts';
import { journalOf } from '../../src/lab/journal.ts';
import { openResult, parseResult, readResult, writeResult } from '../../src/lab/resultFile.ts';
import { readResultHead } from '../../src/lab/resultHead.ts';
import { labelResult } from '../../src/lab/resultLabel.ts';
import { resultText } from '../../src/lab/resultText.ts';
import { readStacks } from '../../src/lab/stacksFile.ts';
import { isWithinBounds } from '../../src/lab/strangersJson.ts';
import { compareResults } from '../../src/model/comparison/compare.ts';
import { resultToCsv } from '../../src/model/csv.ts';
import { stacksFileOf } from '../../src/model/evidence/stacksFile.ts';
import { pageResultOf } from '../../src/model/pageResult.ts';
import { chartOf } from '../../src/model/picture/chart/chartOf.ts';
import { reportInOne } from '../../src/model/report/report.ts';
import { type Result, resultSchema } from '../../src/model/result/result.ts';
import { MOST_CASES } from '../../src/model/resultFormat.ts';
import { withSummaries } from '../../src/model/summary.ts';
import { anyOf } from '../anyDocument.ts';
import { damaged } from '../damaged.ts';
import { ATTACKS, attacked } from '../strangers.ts';
import { aCompleteResult, aPlannedResult, granted, refusal, temporaryFolder } from './fixtures.ts';

/** Another one with ZCL_SEED=NUMBER. */
const seed = Number(process.env['ZCL_SEED'] ?? 7);
const ONE_SENTENCE = /^[^\n]{1,300}\.$/;

/** Everything that is made of a result. */
function used(result: Result): void {
  const summarised = withSummaries(result);
  const page = pageResultOf(summarised);
  JSON.stringify(page);
  chartOf(page, { chart: null, hidden: [], shade: 'light' });
  reportResult(result);
  resultToCsv(result);
  reportInOne(result, 'dark');
  compareResults([
    { name: 'a', result },
    { name: 'b', result },
  ]);
}

/** Reads a text as a result; uses it, or sees it refused. @returns whether it was one */
function readOrRefused(text: string): boolean {
  const read = parseResult(text, 'stranger');
  if (read.ok) used(read.value);
  else expect(read.problem.message).toMatch(ONE_SENTENCE);
  return read.ok;
}

describe('a result of a stranger', () => {
  const whole = JSON.parse(resultText(aCompleteResult())) as object;

  test('may be any JSON at all', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (text) => {
        readOrRefused(text);
      }),
      { seed, numRuns: 200 },
    );
  });

  test('may be any text behind a beginning that is right', () => {
    const text = resultText(whole);
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.string({ unit: 'binary', maxLength: 50 }), (end, rest) => {
        readOrRefused(text.slice(0, end) + rest);
      }),
      { seed, numRuns: 30 },
    );
  });

  test('may be a result with parts missing, swapped, of other types, with numbers nobody measured', () => {
    let readable = 0;
    fc.assert(
      fc.property(damaged(whole), (document) => {
        if (readOrRefused(JSON.stringify(document))) readable += 1;
      }),
      { seed, numRuns: 100 },
    );
    expect(readable).toBeGreaterThan(5);
  });

  test('may be anything that the schema allows', () => {
    fc.assert(
      fc.property(anyOf(resultSchema), (document) => used(v.parse(resultSchema, document))),
      { seed, numRuns: 40 },
    );
  });

  test.each(ATTACKS.map((_, nth) => nth))('may have an attack in every string (%d)', (nth) => {
    used(attacked(aCompleteResult(), nth));
  });

  test.each([1e308, 2 ** 53, -1, -0, 0.5])('may have %d for every number', (number) => {
    const text = JSON.stringify(whole, (name, value: unknown) =>
      typeof value === 'number' && name !== 'version' ? number : value,
    );
    readOrRefused(text);
  });

  test('may name what every object has', () => {
    const names = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'];
    const own = `{${names.map((name) => `"${name}": 7`).join()}}`;
    const text = resultText(aCompleteResult()).replaceAll(/"(calls|options|observed)": \{[^{}]*\}/g, `"$1": ${own}`);
    expect(text).toContain('__proto__');
    const result = granted(parseResult(text, 'stranger'));
    used(result);
    expect(Object.getPrototypeOf(result.cases[0]?.options)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)['7']).toBeUndefined();
  });
});

describe('a text costs no more than its length', () => {
  const result = resultText(aCompleteResult()).trimEnd().slice(0, -1);
  const behind = (more: string) => `${result}, "more": ${more}}`;
  const oneCase = JSON.stringify({ ...aCompleteResult().cases[0], samples: [] });

  test.each([
    { name: '100,000 lists in one another', text: behind('['.repeat(1e5) + ']'.repeat(1e5)) },
    { name: '100,000 objects in one another', text: behind(`${'{"a":'.repeat(1e5)}1${'}'.repeat(1e5)}`) },
    { name: 'brackets that nobody closes', text: '['.repeat(1e6) },
    { name: 'a million empty objects', text: behind(`[${'{},'.repeat(1e6)}1]`) },
    { name: 'five million numbers', text: behind(`[${'1,'.repeat(5e6)}1]`) },
    { name: 'an object of 100,000 names', text: behind(`{${Array.from({ length: 1e5 }, (_, i) => `"${i}":1`)}}`) },
    { name: 'a string of a million letters', text: behind(`"${'\\"'.repeat(5e5)}"`) },
    {
      name: 'more cases than a run may have',
      text: resultText({ ...aCompleteResult(), cases: [] }).replace(
        /"cases": \[\]/,
        `"cases": [${Array.from({ length: MOST_CASES + 1 }, () => oneCase)}]`,
      ),
    },
    {
      name: 'a case for every letter',
      text: resultText(aCompleteResult()).replace('"cases": [', `"cases": [${'{},'.repeat(1e5)}`),
    },
  ])('$name', ({ text }) => {
    expect(refusal(parseResult(text, 'stranger')).message).toMatch(/^stranger holds more of something/);
  });

  test('and what our own documents hold is within bounds, braces in strings and all', () => {
    expect(isWithinBounds(resultText(aCompleteResult()))).toBe(true);
    expect(isWithinBounds(JSON.stringify('[{'.repeat(1000)))).toBe(true);
    expect(isWithinBounds(JSON.stringify(`\\"${'['.repeat(1000)}`))).toBe(true);
    expect(isWithinBounds(`"\\\\"${'['.repeat(1000)}`)).toBe(false);
  });

  test('no JSON of less is refused for its size', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 8 }), (text) => isWithinBounds(text)),
      { seed },
    );
  });
});

describe('what is no regular file of a reasonable size is not read', () => {
  const kinds = ['x.zcresult.json', 'x.zcjournal.ndjson', 'x.zcstacks.json'];

  function read(folder: string): void {
    const file = path.join(folder, 'x.zcresult.json');
    const experiment = path.join(folder, 'x.zcexp.json');
    for (const outcome of [
      readResult(file),
      openResult(file),
      labelResult(file, 'a'),
      readExperimentText(experiment),
    ]) {
      const problem = refusal(outcome);
      expect(problem.message).toMatch(ONE_SENTENCE);
      expect(['unreadable-result', 'not-a-file', 'too-large']).toContain(problem.code);
    }
    expect(refusal(readStacks(file, aCompleteResult())).message).toMatch(ONE_SENTENCE);
  }

  test('a pipe that nobody writes into', async () => {
    const folder = temporaryFolder();
    for (const name of [...kinds, 'x.zcexp.json']) execFileSync('mkfifo', [path.join(folder, name)]);
    read(folder);
    expect(await readResultHead(path.join(folder, 'x.zcresult.json'))).toBeNull();
  });

  test('a device without an end, by a link', async () => {
    const folder = temporaryFolder();
    for (const name of [...kinds, 'x.zcexp.json']) symlinkSync('/dev/zero', path.join(folder, name));
    read(folder);
    expect(await readResultHead(path.join(folder, 'x.zcresult.json'))).toBeNull();
  });

  test('a folder', () => {
    const folder = temporaryFolder();
    for (const name of [...kinds, 'x.zcexp.json']) mkdirSync(path.join(folder, name));
    read(folder);
  });

  test('100 MB, listed, opened, labelled and looked at', async () => {
    const folder = temporaryFolder();
    for (const name of [...kinds, 'x.zcexp.json']) {
      const file = path.join(folder, name);
      writeFileSync(file, '{"format":');
      truncateSync(file, 100e6);
    }
    read(folder);
    const head = await readResultHead(path.join(folder, 'x.zcresult.json'));
    expect(refusal(head?.head ?? { ok: true, value: null }).message).toMatch(
      /has 95\.4 MiB; a result has at most 32 MiB/,
    );
  });
});

describe('a journal of a stranger', () => {
  /** A run that died, with such a journal beside it. @returns what comes of opening it */
  function opened(journal: string): Result {
    const file = path.join(temporaryFolder(), 'run.zcresult.json');
    writeResult(file, aPlannedResult());
    writeFileSync(journalOf(file), journal);
    const result = granted(openResult(file));
    // A journal may say that its run came to its end.
    expect(result.status).not.toBe('running');
    expect(granted(readResult(file))).toEqual(result);
    expect(readdirSync(path.dirname(file))).toEqual(['run.zcresult.json']);
    return result;
  }
  const started = JSON.stringify({ type: 'started', result: aPlannedResult() });

  test('may be any lines', () => {
    const line = fc.oneof(
      fc.json(),
      fc.string(),
      fc.constantFrom('{"type":"started","result":{}}', '{"type":"finished"}'),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 5 }), (lines) => {
        opened(`${lines.join('\n')}\n`);
      }),
      { seed, numRuns: 40 },
    );
  });

  test('may be events that are almost right', () => {
    const result = aCompleteResult();
    const events: object[] = [
      { type: 'sample', case: 0, sample: result.cases[0]?.samples[1] },
      { type: 'verified', case: 1, verified: { how: 'readback', ok: true, difference: null } },
      { type: 'tiers', tiers: [] },
      { type: 'round-ended', round: 1 },
      { type: 'case-ended', case: 2, status: 'failed', reason: { code: 'a', message: 'b', hint: 'c' } },
      { type: 'finished', result },
    ];
    fc.assert(
      fc.property(fc.array(fc.oneof(...events.map(damaged)), { maxLength: 6 }), (lines) => {
        opened([started, ...lines.map((each) => JSON.stringify(each)), ''].join('\n'));
      }),
      { seed, numRuns: 60 },
    );
  });

  test('with more samples than a run has is followed no further', () => {
    const sample = JSON.stringify({ type: 'sample', case: 0, sample: aCompleteResult().cases[0]?.samples[1] });
    const result = opened(`${started}\n${`${sample}\n`.repeat(3000)}`);
    expect(result.cases[0]?.samples).toHaveLength(2000);
  });

  test('of another run says nothing of this one', () => {
    const other = { ...aCompleteResult(), id: 'another', label: 'another' };
    expect(opened(`${JSON.stringify({ type: 'started', result: other })}\n`).label).toBeNull();
  });

  test('that leads elsewhere is neither followed in writing nor deleted there', () => {
    const folder = temporaryFolder();
    const victim = path.join(folder, 'victim');
    writeFileSync(victim, 'precious\n');
    mkdirSync(path.join(folder, 'results'));
    const file = path.join(folder, 'results', 'run.zcresult.json');
    writeResult(file, aPlannedResult());
    symlinkSync(victim, journalOf(file));
    expect(granted(openResult(file)).status).toBe('partial');
    expect(readFileSync(victim, 'utf8')).toBe('precious\n');
  });
});

describe('stacks of a stranger', () => {
  const result = aCompleteResult();
  const stacks = {
    format: 'zero-copy-lab/stacks',
    version: 1,
    result: result.id,
    cases: [
      { case: 0, name: 'a', bytes: 1, periodNs: 1, stacks: [{ thread: 'sender', frames: ['a', 'b'], count: 1 }] },
    ],
  };

  test('may be anything', () => {
    const file = path.join(temporaryFolder(), 'run.zcresult.json');
    const read = (text: string) => {
      writeFileSync(stacksFileOf(file), text);
      const outcome = readStacks(file, result);
      if (!outcome.ok) expect(outcome.problem.message).toMatch(ONE_SENTENCE);
      return outcome.ok;
    };
    expect(read(JSON.stringify(stacks))).toBe(true);
    expect(read(`${'['.repeat(1e5)}`)).toBe(false);
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          damaged(stacks).map((each) => JSON.stringify(each)),
        ),
        (text) => {
          read(text);
        },
      ),
      { seed, numRuns: 100 },
    );
  });
});

describe('an experiment file of a stranger', () => {
  const request = {
    preset: 'quick',
    path: 'file-to-file',
    modes: ['sendfile'],
    buffers: [4096, '64KiB'],
    rounds: 3,
    seed: 1,
  };

  test('may be anything', () => {
    const text = fc.oneof(
      fc.json(),
      fc.string(),
      damaged(request).map((each) => JSON.stringify(each)),
      fc.constantFrom('['.repeat(1e5), '{"__proto__":{"preset":"full"}}', '{"modes":["__proto__","constructor"]}'),
    );
    fc.assert(
      fc.property(text, (each) => {
        const read = readExperiment(each, '/somewhere/x.zcexp.json', 'x');
        if (!read.ok) expect(read.problem.message).not.toBe('');
      }),
      { seed, numRuns: 300 },
    );
  });
});
