/** Text of strangers on its way to a terminal, a table or a spreadsheet. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { parseCommandLine } from '../../src/cli/arguments.ts';
import { compare } from '../../src/cli/compare.ts';
import { exportResult } from '../../src/cli/export.ts';
import { reportResult } from '../../src/cli/report.ts';
import { writeResult } from '../../src/lab/resultFile.ts';
import { resultToCsv } from '../../src/model/csv.ts';
import { printable, printableDocument, printableJson, spreadsheetText } from '../../src/model/plainText.ts';
import { ATTACKS, attacked } from '../strangers.ts';
import { aCompleteResult, granted, temporaryFolder } from './fixtures.ts';

afterEach(() => vi.restoreAllMocks());

/** What a terminal obeys; a line break is what our own lines end with. */
const OBEYED = /[^\P{Cc}\n\r]|[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u;

test.each([
  ['\u001b[31mred', '\\x1b[31mred'],
  ['\u009b5m', '\\x9b5m'],
  ['a\r\nb\tc', 'a\\x0d\\x0ab\\x09c'],
  ['\u202egnp.exe', '\\u202egnp.exe'],
  ['half \ud800', 'half \\ud800'],
  ['read + write, 64 KiB – 中文 😀 é', 'read + write, 64 KiB – 中文 😀 é'],
])('%j is shown as %s', (text, shown) => {
  expect(printable(text)).toBe(shown);
});

test('a document keeps everything but the letters that command', () => {
  const document = { a: ['\u001b', 1, null, true], ['\u0007']: { b: 'plain' } };
  expect(printableDocument(document)).toEqual({ a: ['\\x1b', 1, null, true], '\\x07': { b: 'plain' } });
});

test('JSON says the same in letters that a terminal only shows', () => {
  const document = { all: ATTACKS.filter((each) => !each.includes('\ud800')) };
  expect(printableJson(document)).not.toMatch(OBEYED);
  expect(JSON.parse(printableJson(document))).toEqual(document);
});

test.each([
  ['=1+1', "'=1+1"],
  ['@SUM(1)', "'@SUM(1)"],
  ['-1', "'-1"],
  [' +1', "' +1"],
  ['\t=1', '\\x09=1'],
  ['read-write', 'read-write'],
])('%j is no formula: %s', (text, shown) => {
  expect(spreadsheetText(text)).toBe(shown);
});

describe.each(ATTACKS.map((_, nth) => nth))('a result with an attack in every string (%d)', (nth) => {
  const result = attacked(aCompleteResult(), nth);

  test('prints a report that a terminal only shows', () => {
    const report = reportResult(printableDocument(result));
    expect(report).not.toMatch(OBEYED);
  });

  test('makes a CSV without formulas, of as many rows as there are samples', () => {
    const csv = resultToCsv(result);
    expect(csv.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(csv).not.toMatch(OBEYED);
    expect(csv).not.toMatch(/(^|,|\n)"?\s*[=@]/);
    const samples = result.cases.reduce((sum, { samples: { length } }) => sum + length, 0);
    expect(csv.trimEnd().split('\r\n')).toHaveLength(samples + 1);
  });
});

describe('the command line', () => {
  function output(run: () => number): { readonly code: number; readonly out: string; readonly err: string } {
    const [out, err]: [string[], string[]] = [[], []];
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0);
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => err.push(String(text)) > 0);
    const code = run();
    vi.restoreAllMocks();
    return { code, out: out.join(''), err: err.join('') };
  }

  function command(...args: string[]): number {
    const parsed = granted(parseCommandLine(args));
    if (parsed.name === 'export') return exportResult(parsed.options);
    if (parsed.name === 'compare') return compare(parsed.options, 100);
    throw new Error(`parsed as ${parsed.name}`);
  }

  const name = 'a\n\u001b[2J\u202e "\'$(x).zcresult.json';

  test.each([['csv'], ['md'], ['svg']])('exports %s without a letter that commands', (format) => {
    const file = path.join(temporaryFolder(), name);
    writeResult(file, attacked(aCompleteResult(), 3));
    const { code, out, err } = output(() => command('export', file, '--format', format));
    expect([code, err]).toEqual([0, '']);
    expect(out).not.toMatch(OBEYED);
    expect(out.length).toBeGreaterThan(100);
  });

  test('compares files of such names, as a table and as JSON', () => {
    const folder = temporaryFolder();
    const files = [name, `b${name}`].map((each) => path.join(folder, each));
    for (const file of files) writeResult(file, attacked(aCompleteResult(), 0));
    for (const json of [[], ['--json']]) {
      const { code, out } = output(() => command('compare', ...files, ...json));
      expect(code).toBe(0);
      expect(out).not.toMatch(OBEYED);
    }
  });

  test('names a file that it cannot read in one line', () => {
    const file = path.join(temporaryFolder(), name);
    writeFileSync(file, '\u001b[31m');
    const { code, out, err } = output(() => command('export', file, '--format', 'csv'));
    expect([code, out]).toEqual([2, '']);
    expect(err.trimEnd()).not.toMatch(/\n/);
    expect(err).not.toMatch(OBEYED);
    expect(err).toContain('\\x0a\\x1b[2J\\u202e');
  });

  test('writes a report into a folder of such a name, with links that lead to its pictures', () => {
    const folder = path.join(temporaryFolder(), name);
    mkdirSync(folder);
    const file = path.join(folder, name);
    writeResult(file, aCompleteResult());
    const report = path.join(folder, `${name}.md`);
    expect(output(() => command('export', file, '--format', 'md', '-o', report)).code).toBe(0);
    const [, href = ''] = /!\[[^\]]*\]\(([^)]+)\)/.exec(readFileSync(report, 'utf8')) ?? [];
    expect(readFileSync(path.join(folder, decodeURIComponent(href)), 'utf8')).toMatch(/^<\?xml/);
  });
});
