/** Runs that do not come to their end: cancelled, killed, or with nobody left who wants them. */
import { existsSync, readdirSync, readFileSync, truncateSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { journalOf } from '../../src/lab/journal.ts';
import { openResult } from '../../src/lab/resultFile.ts';
import type { Result } from '../../src/model/result/result.ts';
import { countedSamples } from '../../src/model/summary.ts';
import { bytesReadBy, ENDLESS, gone, ONE_LINE, parsed, Workplace, whether } from './lab.ts';

/** How far a run has come when it is disturbed. */
const MOMENTS: readonly { readonly name: string; readonly reached: (place: Workplace) => boolean }[] = [
  { name: 'as soon as the result file is there', reached: (place) => place.resultFile() !== undefined },
  { name: 'with the first sample', reached: (place) => place.samples() >= 1 },
  { name: 'in its second counted round', reached: (place) => place.lastRound() >= 1 },
];
const LATE = MOMENTS[2] as (typeof MOMENTS)[number];

function samplesOf(result: Result): number {
  return result.cases.flatMap((one) => one.samples).length;
}

/** One result, no journal, no temporary file. */
function expectOnlyTheResult(place: Workplace): void {
  const names = readdirSync(place.path('.zero-copy'));
  expect(names.filter((name) => !/^\.gitignore$|^[^.].*\.zcresult\.json$/.test(name))).toEqual([]);
  expect(names).toHaveLength(2);
  expect(place.files()).toHaveLength(3);
}

describe.each(['SIGINT', 'SIGTERM'] as const)('a run that gets %s', (signal) => {
  test.each(['file-to-file', 'file-to-socket'])('before a whole round was counted leaves nothing, %s', async (path) => {
    const place = new Workplace();
    const running = place.start([...ENDLESS, '--path', path]);
    const bench = await running.bench();
    await running.until('a result file', () => place.resultFile());
    running.kill(signal);
    const ended = await running.ended;
    expect(ended).toMatchObject({ code: 130, stdout: '' });
    // A fast host may have counted a round already; then that is kept.
    if (place.resultFile() === undefined) {
      expect(ended.stderr).toMatch(ONE_LINE);
      expect(ended.stderr).toContain('nothing is kept');
      expect(place.files()).toEqual([]);
    } else {
      expect(place.result().status).toBe('partial');
    }
    await gone(bench);
  });

  test.each(['file-to-file', 'file-to-socket'])('later keeps the rounds measured, %s', async (path) => {
    const place = new Workplace();
    const running = place.start([...ENDLESS, '--path', path]);
    const bench = await running.bench();
    await running.until(LATE.name, () => whether(LATE.reached(place)));
    const before = place.samples();
    running.kill(signal);
    expect(await running.ended).toMatchObject({ code: 130, stdout: '' });
    await gone(bench);
    const result = place.result();
    expect(result).toMatchObject({ status: 'partial', reason: { code: 'cancelled' } });
    expect(samplesOf(result)).toBeGreaterThanOrEqual(before);
    for (const one of result.cases) expect(countedSamples(one).length).toBeGreaterThanOrEqual(1);
    expect(result.findings).not.toEqual([]);
    expectOnlyTheResult(place);
  });
});

test('a cancel while the source is being written leaves nothing, and does not wait for it', async () => {
  const place = new Workplace();
  const running = place.start(['run', '--size', '8GiB', '--rounds', '1', '--path', 'file-to-socket', '--quiet']);
  const bench = await running.bench();
  await running.until('a result file', () => place.resultFile());
  running.kill('SIGINT');
  const ended = await running.ended;
  expect(ended).toMatchObject({ code: 130, stdout: '' });
  expect(ended.stderr).toMatch(ONE_LINE);
  expect(ended.stderr).toContain('nothing is kept');
  await gone(bench);
  expect(place.files()).toEqual([]);
});

test('a cancelled run brings the older file back that its own was to replace', async () => {
  const place = new Workplace();
  place.write('out.json', 'an older result');
  const running = place.start([
    'run',
    '--size',
    '8GiB',
    '--rounds',
    '1',
    '--path',
    'file-to-socket',
    '--json',
    'out.json',
  ]);
  await running.until('a journal', () => whether(existsSync(journalOf(place.path('out.json')))));
  running.kill('SIGINT');
  expect(await running.ended).toMatchObject({ code: 130 });
  expect(place.files()).toEqual(['out.json']);
  expect(readFileSync(place.path('out.json'), 'utf8')).toBe('an older result');
});

test('a cancel does not wait for the transfer under way, which here would take many minutes', async () => {
  const place = new Workplace();
  // Nothing but holes: it takes no room on the disk, and no end to read.
  truncateSync(place.write('huge', ''), 2 ** 40);
  const running = place.start(['run', '--source', 'huge', '--path', 'file-to-socket']);
  const bench = await running.bench();
  await running.until('64 MiB on their way', () => whether(bytesReadBy(bench) > 2 ** 26));
  running.kill('SIGINT');
  // A bench process that waited would be killed for it in the end, and the exit code be another.
  expect(await running.ended).toMatchObject({
    code: 130,
    stdout: '',
    stderr: expect.stringContaining('nothing is kept'),
  });
  expect(place.files()).toEqual(['huge']);
  await gone(bench);
});

test('a cancelled run to standard output prints what it has, and leaves no temporary folder', async () => {
  const place = new Workplace();
  const running = place.start([...ENDLESS, '--json', '-', '--csv', 'samples.csv']);
  const bench = await running.bench();
  // Its document is in a folder of its own below the folder for temporary files.
  const journal = () => place.files().find((name) => name.endsWith('.zcjournal.ndjson'));
  await running.until('a journal', journal);
  running.kill('SIGINT');
  const ended = await running.ended;
  expect(ended.code).toBe(130);
  if (ended.stdout !== '') expect(parsed(ended.stdout).status).toBe('partial');
  expect(place.files().filter((name) => name !== 'samples.csv')).toEqual([]);
  await gone(bench);
});

describe.each(['SIGKILL', 'SIGSEGV', 'SIGBUS', 'SIGABRT'] as const)('a bench process that gets %s', (signal) => {
  test.each(MOMENTS)('$name: the command line says so, and keeps what was measured', async ({ name, reached }) => {
    const place = new Workplace();
    const running = place.start(ENDLESS);
    const bench = await running.bench();
    await running.until(name, () => whether(reached(place)));
    const before = place.samples();
    process.kill(bench, signal);
    const ended = await running.ended;
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toMatch(ONE_LINE);
    expect(ended.stderr).toContain(`The bench process was ended by ${signal}: `);
    const result = place.result();
    expect(result).toMatchObject({ status: 'partial', reason: { code: signal } });
    expect(samplesOf(result)).toBeGreaterThanOrEqual(before);
    expect(result.cases.some((one) => one.status === 'pending')).toBe(false);
    expectOnlyTheResult(place);
  });
});

test.each([
  { name: 'at once', reached: () => true },
  { name: 'as soon as it writes anything', reached: (place: Workplace) => place.files().length > 2 },
])('a bench process that is killed $name leaves a whole result or nothing', async ({ name, reached }) => {
  const place = new Workplace();
  const running = place.start(ENDLESS);
  const bench = await running.bench();
  await running.until(name, () => whether(reached(place)));
  process.kill(bench, 'SIGKILL');
  const ended = await running.ended;
  expect(ended).toMatchObject({ code: 1, stdout: '' });
  expect(ended.stderr).toMatch(ONE_LINE);
  expect(ended.stderr).toContain('SIGKILL');
  if (place.files().length > 0) expectOnlyTheResult(place);
});

test('a bench process that is asked to end does so as if cancelled', async () => {
  const place = new Workplace();
  const running = place.start(ENDLESS);
  const bench = await running.bench();
  await running.until(LATE.name, () => whether(LATE.reached(place)));
  process.kill(bench, 'SIGTERM');
  expect(await running.ended).toMatchObject({ code: 130, stdout: '' });
  expect(place.result()).toMatchObject({ status: 'partial', reason: { code: 'cancelled' } });
  expectOnlyTheResult(place);
});

describe('a command line that gets SIGKILL', () => {
  test.each(MOMENTS)('$name: its bench process ends by itself', async ({ name, reached }) => {
    const place = new Workplace();
    const running = place.start(ENDLESS);
    const bench = await running.bench();
    await running.until(name, () => whether(reached(place)));
    const rounds = place.lastRound();
    running.kill('SIGKILL');
    await running.ended;
    await gone(bench);
    if (rounds >= 1 || place.resultFile() !== undefined) {
      expect(place.result()).toMatchObject({ status: 'partial', reason: { code: 'cancelled' } });
      expectOnlyTheResult(place);
    } else {
      expect(place.files()).toEqual(['.zero-copy', '.zero-copy/.gitignore']);
    }
  });

  test('together with its bench process: who opens the result next finishes it', async () => {
    const place = new Workplace();
    const running = place.start(ENDLESS);
    const bench = await running.bench();
    await running.until(LATE.name, () => whether(LATE.reached(place)));
    // Stopped first, so that it cannot notice that it is alone.
    process.kill(bench, 'SIGSTOP');
    running.kill('SIGKILL');
    await running.ended;
    const samples = place.samples();
    const file = place.resultFile() as string;
    const whileStopped = openResult(file);
    expect(whileStopped).toMatchObject({ ok: true, value: { status: 'running' } });
    process.kill(bench, 'SIGKILL');
    await gone(bench);
    expect(place.result().status).toBe('running');
    expect(existsSync(journalOf(file))).toBe(true);
    const opened = openResult(file);
    if (!opened.ok) throw new Error(opened.problem.message);
    expect(opened.value).toMatchObject({ status: 'partial', reason: { code: 'process-died' } });
    expect(samplesOf(opened.value)).toBe(samples);
    expect(place.result()).toEqual(opened.value);
    expectOnlyTheResult(place);
  });
});
