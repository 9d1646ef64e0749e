/** `zero-copy-lab export`, from its arguments to its files. */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { parseCommandLine } from '../../src/cli/arguments.ts';
import { EXIT } from '../../src/cli/exitCode.ts';
import { exportResult } from '../../src/cli/export.ts';
import { writeResult } from '../../src/lab/resultFile.ts';
import { writeStacks } from '../../src/lab/stacksFile.ts';
import type { CaseStacks } from '../../src/model/evidence/stacksFile.ts';
import { stacksFileOf } from '../../src/model/evidence/stacksFile.ts';
import { PALETTES } from '../../src/model/picture/palettes.ts';
import { GIB } from '../../src/model/units.ts';
import { aCompleteResult, anExperiment, granted, refusal, temporaryFolder } from './fixtures.ts';

afterEach(() => vi.restoreAllMocks());

/** A result with the cases read-write at 4 KiB and 64 KiB and sendfile, whose last two have stacks. */
function aResultFile(): string {
  const file = path.join(temporaryFolder(), 'run.zcresult.json');
  const result = aCompleteResult(
    undefined,
    anExperiment({ modes: ['read-write', 'sendfile'], buffers: [4096, 65536] }),
  );
  writeResult(file, result);
  const indexOf = (mode: string, bufferBytes: number | null) =>
    result.cases.findIndex((one) => one.mode === mode && one.bufferBytes === bufferBytes && !one.control);
  const stacksOf = (index: number, name: string, count: number): CaseStacks => ({
    case: index,
    name,
    bytes: GIB,
    periodNs: 1_000_000,
    stacks: [{ thread: 'sender', frames: ['leaf', name], count }],
  });
  writeStacks(file, result.id, [
    stacksOf(indexOf('read-write', 65536), 'reading', 7),
    stacksOf(indexOf('sendfile', null), 'sending', 3),
  ]);
  return file;
}

interface Exported {
  readonly code: number;
  readonly complaint: string;
  readonly text: string;
}

function run(...args: string[]): Exported {
  const said: string[] = [];
  const written: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  const command = granted(parseCommandLine(['export', ...args]));
  if (command.name !== 'export') throw new Error(`parsed as ${command.name}`);
  return { code: exportResult(command.options), complaint: said.join(''), text: written.join('') };
}

describe('arguments', () => {
  test('all of them', () => {
    const args = ['export', 'r.json', '--format', 'folded', '--mode', 'a:1KiB', '--against', 'b', '-o', 'f'];
    expect(granted(parseCommandLine(args))).toEqual({
      name: 'export',
      options: {
        file: 'r.json',
        format: 'folded',
        mode: 'a:1KiB',
        against: 'b',
        chart: null,
        shade: 'light',
        output: 'f',
      },
    });
  });

  test.each([
    [['--format', 'csv'], 'export takes one result.'],
    [['a.json', 'b.json', '--format', 'csv'], 'export takes one result.'],
    [['a.json'], 'export needs a --format.'],
    [['a.json', '--format', 'png'], '--format "png" is not known here.'],
    [['a.json', '--format', 'md', '--mode', 'a'], 'A report is about all cases.'],
    [['a.json', '--format', 'md', '--chart', 'cpu'], '--chart names the one chart of an SVG.'],
    [['a.json', '--format', 'svg', '--chart', 'cpu', '--mode', 'a'], '--chart names the one chart of an SVG.'],
    [['a.json', '--format', 'svg', '--theme', 'blue'], '--theme is the ground of pictures: light | dark.'],
    [['a.json', '--format', 'csv', '--theme', 'dark'], '--theme is the ground of pictures: light | dark.'],
    [['a.json', '--format', 'folded', '--against', 'b'], '--against compares two cases, as folded stacks.'],
    [['a.json', '--format', 'csv', '--mode', 'a', '--against', 'b'], '--against compares two cases, as folded stacks.'],
  ])('%j is refused', (args, message) => {
    expect(refusal(parseCommandLine(['export', ...args])).message).toBe(message);
  });
});

describe('formats', () => {
  test('folded, of all cases or of one', () => {
    const file = aResultFile();
    expect(run(file, '--format', 'folded').text).toBe('reading;sender;reading;leaf 7\nsending;sender;sending;leaf 3\n');
    expect(run(file, '--format', 'folded', '--mode', 'sendfile').text).toBe('sender;sending;leaf 3\n');
  });

  test('the difference of two: what is compared with comes first', () => {
    const { text } = run(aResultFile(), '--format', 'folded', '--mode', 'sendfile', '--against', 'read-write:64KiB');
    expect(text).toBe('sender;reading;leaf 7.000 0.000\nsender;sending;leaf 0.000 3.000\n');
  });

  test('speedscope, into a file', () => {
    const file = aResultFile();
    const output = path.join(path.dirname(file), 'out.json');
    expect(run(file, '--format', 'speedscope', '-o', output)).toEqual({ code: EXIT.done, complaint: '', text: '' });
    const profile = JSON.parse(readFileSync(output, 'utf8')) as { name: string; profiles: unknown[] };
    expect([profile.name, profile.profiles.length]).toEqual(['run.zcresult.json', 2]);
  });

  test('csv, without stacks, of one mode', () => {
    const lines = run(aResultFile(), '--format', 'csv', '--mode', 'sendfile').text.trim().split('\r\n');
    expect(lines[0]?.split(',')[0]).toBe('mode');
    expect(new Set(lines.slice(1).map((line) => line.split(',')[0]))).toEqual(new Set(['sendfile']));
  });
});

describe('pictures', () => {
  test('the headline, another chart, the flow of a mode, in either theme', () => {
    const file = aResultFile();
    expect(run(file, '--format', 'svg').text).toContain('<title id="picture-title">Throughput</title>');
    expect(run(file, '--format', 'svg', '--chart', 'cpu').text).toContain('>CPU time</title>');
    const flow = run(file, '--format', 'svg', '--mode', 'sendfile', '--theme', 'dark').text;
    expect(flow).toContain('>On this host: sendfile</title>');
    expect(flow).toContain(PALETTES.dark.background);
  });
});

describe('reports', () => {
  test('into a file, with their pictures beside it and nothing else', () => {
    const file = aResultFile();
    const folder = path.dirname(file);
    const before = readdirSync(folder);
    expect(run(file, '--format', 'md', '-o', path.join(folder, 'my (1) report.md'))).toEqual({
      code: EXIT.done,
      complaint: '',
      text: '',
    });
    expect(readdirSync(folder).filter((name) => !before.includes(name))).toEqual([
      'my (1) report-pictures',
      'my (1) report.md',
    ]);
    const text = readFileSync(path.join(folder, 'my (1) report.md'), 'utf8');
    const pictures = [...text.matchAll(/\]\(([^)]*)\)/g)].map(([, href]) => decodeURIComponent(href as string));
    expect(pictures.length).toBeGreaterThan(1);
    for (const picture of pictures) expect(readFileSync(path.join(folder, picture), 'utf8')).toMatch(/^<\?xml /);
    expect(readdirSync(path.join(folder, 'my (1) report-pictures')).length).toBe(pictures.length);
  });

  test('to standard output or a device in one piece', () => {
    const file = aResultFile();
    expect(run(file, '--format', 'md').text).toContain('](data:image/svg+xml;base64,');
    expect(run(file, '--format', 'md', '-o', '/dev/null').code).toBe(EXIT.done);
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  test('of which one file cannot be written leave nothing, and what was there stays', () => {
    const file = aResultFile();
    const folder = path.dirname(file);
    mkdirSync(path.join(folder, 'r-pictures', 'headline.svg'), { recursive: true });
    writeFileSync(path.join(folder, 'r-pictures', 'mine.txt'), 'mine');
    const before = readdirSync(folder, { recursive: true });
    const { code, complaint } = run(file, '--format', 'md', '-o', path.join(folder, 'r.md'));
    expect(code).toBe(EXIT.usage);
    expect(complaint).toContain('headline.svg');
    expect(readdirSync(folder, { recursive: true })).toEqual(before);
  });

  test('in a place where no folder can be made leave nothing', () => {
    const file = aResultFile();
    const folder = path.dirname(file);
    writeFileSync(path.join(folder, 'r-pictures'), 'a file');
    const before = readdirSync(folder, { recursive: true });
    const { code, complaint } = run(file, '--format', 'md', '-o', path.join(folder, 'r.md'));
    expect([code, complaint]).toEqual([EXIT.usage, expect.stringContaining('r-pictures is not a folder.')]);
    expect(readdirSync(folder, { recursive: true })).toEqual(before);
  });
});

describe('what cannot be exported is said in a sentence, with exit code 2', () => {
  test.each([
    ['no result', (file: string) => [`${file}.not`, '--format', 'csv'], 'does not exist'],
    ['no such mode', (file: string) => [file, '--format', 'folded', '--mode', 'splice'], 'has no case "splice"'],
    [
      'no stacks of the case',
      (file: string) => [file, '--format', 'folded', '--mode', 'read-write:4KiB'],
      'No stacks were sampled',
    ],
    [
      'two cases where one is wanted',
      (file: string) => [file, '--format', 'folded', '--mode', 'sendfile', '--against', 'read-write'],
      'names 2 cases',
    ],
    ['nowhere to write', (file: string) => [file, '--format', 'csv', '-o', `${file}/x`], 'run.zcresult.json'],
    ['no folder for a report', (file: string) => [file, '--format', 'md', '-o', `${file}-not/x.md`], 'does not exist'],
    ['no such chart', (file: string) => [file, '--format', 'svg', '--chart', 'calls'], 'has no chart "calls"'],
    ['several cases for a flow', (file: string) => [file, '--format', 'svg', '--mode', 'read-write'], 'names 2 cases'],
    ['a file that is no result', (file: string) => [stacksFileOf(file), '--format', 'csv'], 'is not a result'],
  ])('%s', (_, args, complaint) => {
    const { code, complaint: said, text } = run(...args(aResultFile()));
    expect([code, text]).toEqual([EXIT.usage, '']);
    expect(said).toContain(complaint);
  });

  test('a side file that is missing, damaged or of another result', () => {
    const file = aResultFile();
    const stacks = readFileSync(stacksFileOf(file), 'utf8');
    const complaintAbout = (text: string) => {
      writeFileSync(stacksFileOf(file), text);
      return run(file, '--format', 'folded').complaint;
    };
    expect(complaintAbout(stacks.slice(0, -10))).toContain('is damaged');
    expect(complaintAbout('{}')).toContain('is damaged');
    expect(complaintAbout(stacks.replace('"result":"', '"result":"other '))).toContain('belongs to another result');
    const other = path.join(temporaryFolder(), 'alone.zcresult.json');
    writeFileSync(other, readFileSync(file));
    expect(run(other, '--format', 'speedscope').complaint).toContain('alone.zcstacks.json is missing');
  });
});
