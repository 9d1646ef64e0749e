import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseCommandLine } from '../../src/cli/arguments.ts';
import { reportSelfcheck } from '../../src/cli/selfcheckReport.ts';
import { makeSelfcheckFolder, removeSelfcheckFolder } from '../../src/lab/selfcheckFolder.ts';
import { findMode } from '../../src/model/modes/catalogue.ts';
import type { Comparison, SelfcheckReport } from '../../src/model/selfcheck.ts';
import { counterparts, judged } from '../../src/model/selfcheck.ts';
import { MIB } from '../../src/model/units.ts';
import { aHost, granted, refusal, temporaryFolder } from './fixtures.ts';

const ROUNDS = 10;
const NOT_INSTALLED = { code: 'not-installed', message: 'It is not installed.', hint: 'Install it.' };

/** Ten rounds in which the tool took about 100 ms, and the lab was `ratio` times as fast, more or less by `spread`. */
function timed(id: string, ratio: number, spread = 0.01): Comparison {
  const rounds = Array.from({ length: ROUNDS }, (_, round) => 1 + spread * ((2 * round) / (ROUNDS - 1) - 1));
  return {
    id,
    version: `${id} 1.0`,
    problem: null,
    toolNs: rounds.map(() => 1e8),
    labNs: rounds.map((off) => 1e8 / (ratio * off)),
  };
}

function missing(id: string): Comparison {
  return { id, version: null, problem: NOT_INSTALLED, toolNs: [], labNs: [] };
}

function aReport(...comparisons: readonly Comparison[]): SelfcheckReport {
  return { host: aHost(), directory: '/data', bytes: 256 * MIB, comparisons };
}

function verdicts(...comparisons: readonly Comparison[]): readonly string[] {
  return judged(aReport(...comparisons)).map(({ verdict }) => verdict);
}

describe('a verdict', () => {
  test.each([
    ['agrees', 1, 0.01],
    ['agrees', 0.93, 0.02],
    ['agrees', 1.08, 0.01],
    ['differs', 0.85, 0.02],
    ['differs', 1.2, 0.05],
    ['unsettled', 0.9, 0.05],
    ['unsettled', 1, 0.5],
  ])('%s where the lab is %f times as fast, give or take %f', (verdict, ratio, spread) => {
    expect(verdicts(timed('dd', ratio, spread))).toEqual([verdict]);
  });

  test('is not given where the tool does other work, however far they are apart', () => {
    expect(verdicts(timed('fio-splice', 1), timed('iperf3', 3))).toEqual(['other-work', 'other-work']);
  });

  test('needs six rounds: five cannot hold the median with 95 %', () => {
    const short = (rounds: number): Comparison => {
      const { toolNs, labNs, ...rest } = timed('dd', 1);
      return { ...rest, toolNs: toolNs.slice(0, rounds), labNs: labNs.slice(0, rounds) };
    };
    expect(verdicts(short(6))).toEqual(['agrees']);
    expect(verdicts(short(5))).toEqual(['unsettled']);
    expect(judged(aReport(short(5)))[0]?.ratio).toMatchObject({ low: null, high: null });
  });

  test('is none for what was not compared', () => {
    expect(judged(aReport(missing('cp')))).toMatchObject([{ id: 'cp', ratio: null, verdict: 'not-compared' }]);
  });

  test('pairs the rounds: what both feel alike says nothing', () => {
    const slowMinute = timed('dd', 1);
    const factor = (round: number) => (round < 5 ? 1 : 7);
    const both: Comparison = {
      ...slowMinute,
      toolNs: slowMinute.toolNs.map((ns, round) => ns * factor(round)),
      labNs: slowMinute.labNs.map((ns, round) => ns * factor(round)),
    };
    expect(verdicts(both)).toEqual(['agrees']);
  });
});

describe('the counterparts', () => {
  test('have modes that there are, on paths they have', () => {
    for (const { id, mode, path: route } of counterparts()) expect(findMode(mode)?.paths, id).toContain(route);
  });

  test('come in the same order whatever order they were measured in', () => {
    const ids = counterparts().map(({ id }) => id);
    const report = aReport(...[...ids].reverse().map((id) => timed(id, 1)));
    expect(judged(report).map(({ id }) => id)).toEqual(ids);
  });

  test.each([
    ['cp', 'cp (GNU coreutils) 9.1', ['cp']],
    ['cp', 'cp (GNU coreutils) 10.0', ['cp']],
    ['cp', 'cp (GNU coreutils) 8.32', ['cp-before-9']],
    ['cp', 'cp (uutils coreutils) 0.2.2', []],
    ['cp', 'cp 0.8.9', []],
    ['dd', 'dd (coreutils) 9.1', ['dd']],
    ['fio', 'fio-3.33', ['fio-direct', 'fio-io-uring', 'fio-splice']],
    ['iperf3', 'iperf 3.12 (cJSON 1.7.15)', ['iperf3']],
  ])('of %s that says "%s" are %j', (tool, line, ids) => {
    const fitting = counterparts().filter((each) => each.tool === tool && each.versions.test(line));
    expect(fitting.map(({ id }) => id)).toEqual(ids);
  });
});

describe('as text', () => {
  const report = aReport(timed('cp', 1), timed('dd', 0.5), timed('fio-direct', 2), missing('iperf3'));

  test('each is a row, with what it does or why it was not compared below', () => {
    const text = reportSelfcheck(report, 80);
    expect(text).toMatch(/^256 MiB on /);
    expect(text).toMatch(/^cp +2,560 +copy-file-range +2,560 +1\.00x +0\.99x – 1\.01x +agrees$/m);
    expect(text).toMatch(/^dd +2,560 +read-write +1,280 +0\.50x +.* +differs$/m);
    expect(text).toMatch(/^fio, direct +2,560 +direct +5,120 +2\.00x +.* +other work$/m);
    expect(text).toMatch(/^iperf3 -Z +– +sendfile +– +– +– +not compared$/m);
    expect(text).toMatch(/^dd bs=64K if=SOURCE of=COPY \(dd 1\.0\)\n {4}dd calls read\(\) and write\(\)/m);
    expect(text).toMatch(/^iperf3 -Z -n SIZE\n {4}It is not installed\. Install it\.$/m);
  });

  test.each([60, 80, 100])('notes and conclusion keep to %d columns', (width) => {
    const lines = reportSelfcheck(report, width).split('\n');
    const table = lines.findIndex((line) => line.startsWith('tool '));
    for (const line of [...lines.slice(0, table), ...lines.slice(table + 6)]) {
      expect(line.length, line).toBeLessThanOrEqual(width);
      expect(line).toBe(line.trimEnd());
    }
  });

  test.each([
    ['The lab agrees within 10 % with all 2 tools that do the same work.', [timed('cp', 1), timed('dd', 1)]],
    ['The lab agrees within 10 % with 1 of 2 tools that do the same work; for', [timed('cp', 1), timed('dd', 1, 0.5)]],
    ['The lab differs by more than 10 % from 1 of 2 tools', [timed('cp', 1.5), timed('dd', 1, 0.5)]],
    ['No tool that does the same work could be compared', [missing('cp'), timed('iperf3', 1)]],
  ])('it concludes: %s', (conclusion, comparisons) => {
    const words = reportSelfcheck(aReport(...comparisons), 80).replaceAll('\n', ' ');
    expect(words).toContain(conclusion);
  });
});

describe('its folder', () => {
  const left = (name: string | number) => `.zero-copy-lab-selfcheck-${os.hostname()}-${name}`;
  /** Larger than any pid can be. */
  const NOBODY = 2 ** 22 + 1;

  test('takes away what a process that is gone has left, and nothing else', () => {
    const directory = temporaryFolder();
    const others = [
      left(process.ppid), // alive
      left('1x'),
      left(''),
      `.zero-copy-lab-selfcheck-other-${os.hostname()}-${NOBODY}`,
      'a file of the user',
    ];
    for (const name of [left(NOBODY), left(process.pid), ...others]) {
      mkdirSync(path.join(directory, name));
      writeFileSync(path.join(directory, name, 'source'), 'x');
    }
    const folder = makeSelfcheckFolder(directory);
    expect(folder).toBe(path.join(directory, left(process.pid)));
    expect(readdirSync(folder)).toEqual([]);
    expect(readdirSync(directory).sort()).toEqual([left(process.pid), ...others].sort());
    removeSelfcheckFolder(directory, process.pid);
    expect(readdirSync(directory).sort()).toEqual([...others].sort());
    removeSelfcheckFolder(directory, process.pid);
  });
});

describe('the command line', () => {
  test('has defaults', () => {
    const options = { directory: null, bytes: 256 * MIB, rounds: 10, json: false };
    expect(granted(parseCommandLine(['selfcheck']))).toEqual({ name: 'selfcheck', options });
  });

  test('takes folder, size and rounds', () => {
    const words = ['selfcheck', '--dir', '/data', '--size', '1GiB', '--rounds', '3', '--json'];
    expect(granted(parseCommandLine(words))).toEqual({
      name: 'selfcheck',
      options: { directory: '/data', bytes: 1024 * MIB, rounds: 3, json: true },
    });
  });

  test.each([
    [['--size', 'nonsense'], 'nonsense'],
    [['--size', '0'], '64 MiB'],
    [['--size', '-1'], '-1'],
    [['--size', '63MiB'], '64 MiB'],
    [['--size', ''], '64 MiB'],
    [['--rounds', '0'], '--rounds 0'],
    [['--rounds', '101'], '--rounds 101'],
    [['--rounds', '1.5'], '--rounds 1.5'],
    [['--rounds', 'auto'], 'auto'],
    [['--modes', 'all'], '--modes'],
    [['file'], 'file'],
  ])('refuses %j', (words, named) => {
    const problem = refusal(parseCommandLine(['selfcheck', ...words]));
    expect(problem).toMatchObject({ code: 'usage', message: expect.stringContaining(named) });
  });
});
