/** The lab beside other people's tools: those that are installed here, and scripts that stand in for others. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { JudgedComparison, SelfcheckReport, Tool } from '../../src/model/selfcheck.ts';
import { counterparts } from '../../src/model/selfcheck.ts';
import { MIB } from '../../src/model/units.ts';
import { skip } from '../skip.ts';
import type { Running } from './lab.ts';
import { gone, loopFilesystem, needNobody, ONE_LINE, smallFilesystem, Workplace } from './lab.ts';

interface Judged extends Omit<SelfcheckReport, 'comparisons'> {
  readonly comparisons: readonly JudgedComparison[];
}

/** As small and as short as it can be. */
const SHORT = ['selfcheck', '--size', '64MiB', '--rounds', '1'] as const;
const TOOLS: readonly Tool[] = ['cp', 'dd', 'fio', 'iperf3'];

type Options = NonNullable<Parameters<Workplace['run']>[1]>;

/** A self-check that compares something, as JSON. */
async function selfcheck(place: Workplace, options: Options, ...args: readonly string[]): Promise<Judged> {
  const { code, stdout, stderr } = await place.run([...SHORT, '--json', ...args], options);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as Judged;
}

function only(report: Judged, tool: Tool): JudgedComparison {
  const [one, ...others] = report.comparisons.filter((each) => each.tool === tool);
  if (one === undefined || others.length > 0) throw new Error(`${others.length} comparisons too many with ${tool}`);
  return one;
}

/** The folder of tools for a PATH of its own: `scripts` by name, and nothing else. */
function toolbox(place: Workplace, scripts: Readonly<Record<string, string>>): { readonly through: readonly string[] } {
  const folder = path.join(place.base, 'tools');
  mkdirSync(folder);
  chmodSync(place.base, 0o755);
  for (const [name, script] of Object.entries(scripts)) {
    writeFileSync(path.join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }
  return { through: ['env', `PATH=${folder}`] };
}

/** A tool that says its version, and then does something else. */
function calling(version: string, otherwise: string): string {
  return `[ "$1" = --version ] && echo "${version}" && exit\n${otherwise}`;
}

function where(command: string): string {
  return spawnSync('sh', ['-c', `command -v ${command}`], { encoding: 'utf8' }).stdout.trim();
}

describe('the tools of this host', () => {
  test.for(TOOLS)('%s is timed beside its mode', async (tool, context) => {
    const file = where(tool);
    if (file === '') skip(context, `${tool} is not installed`);
    const place = new Workplace();
    const report = await selfcheck(place, toolbox(place, { [tool]: `exec ${file} "$@"` }));
    const ofTool = report.comparisons.filter((each) => each.tool === tool);
    expect(ofTool.length).toBeGreaterThan(0);
    for (const each of ofTool) {
      expect(each, each.problem?.message).toMatchObject({ problem: null, version: expect.stringMatching(/\d/) });
      for (const [ns] of [each.toolNs, each.labNs]) expect(ns, each.id).toBeGreaterThan(0);
      expect([each.toolNs.length, each.labNs.length]).toEqual([1, 1]);
      // One round has no interval.
      expect(each.ratio).toMatchObject({ median: expect.any(Number), low: null, high: null });
      expect(each.verdict).toBe(each.sameWork ? 'unsettled' : 'other-work');
    }
    for (const each of report.comparisons.filter((one) => one.tool !== tool)) {
      expect(each).toMatchObject({ version: null, problem: { code: 'not-installed' }, verdict: 'not-compared' });
    }
    expect(report).toMatchObject({ bytes: 64 * MIB, directory: place.folder });
    expect(place.files()).toEqual([]);
  });

  test('a user without rights compares them, too', async (context) => {
    needNobody(context);
    const place = new Workplace();
    const dd = where('dd');
    if (dd === '') skip(context, 'dd is not installed');
    const tools = toolbox(place, { dd: `exec ${dd} "$@"` });
    mkdirSync(place.path('open'));
    for (const folder of [place.path('open'), path.dirname(place.lockFolder)]) chmodSync(folder, 0o777);
    const report = await selfcheck(place, { ...tools, asNobody: true }, '--dir', 'open');
    expect(only(report, 'dd')).toMatchObject({ problem: null });
    expect(place.files()).toEqual(['open']);
  });

  test('in a table with a row for each, and what to make of it', async (context) => {
    const dd = where('dd');
    if (dd === '') skip(context, 'dd is not installed');
    const place = new Workplace();
    const { code, stdout, stderr } = await place.run(SHORT, toolbox(place, { dd: `exec ${dd} "$@"` }));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^dd +[\d,.]+ +read-write +[\d,.]+ +\d+\.\d\dx +– +unsettled$/m);
    expect(stdout).toMatch(/^iperf3 -Z +– +sendfile +– +– +– +not compared$/m);
    expect(stdout).toContain('iperf3 is not installed. Install it');
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('The lab agrees within 10 % with 0 of 1 tools');
  });
});

describe('without the usual tools', () => {
  test('none is compared, which is said, and exit code 3', async () => {
    const place = new Workplace();
    const { code, stdout, stderr } = await place.run(SHORT, toolbox(place, {}));
    expect({ code, stderr }).toEqual({ code: 3, stderr: 'zero-copy-lab: None of the tools could be compared.\n' });
    for (const tool of TOOLS) expect(stdout).toContain(`${tool} is not installed.`);
    expect(stdout).not.toMatch(/\d\.\d\dx/);
    expect(stdout).toMatch(/this says nothing about the\s+lab here\.\n$/);
    expect(place.files()).toEqual([]);
  });

  test('cp before coreutils 9 has the mode that does what it does', async () => {
    const place = new Workplace();
    const tools = toolbox(place, { cp: calling('cp (GNU coreutils) 8.32', `exec ${where('cp')} "$@"`) });
    expect(only(await selfcheck(place, tools), 'cp')).toMatchObject({
      id: 'cp-before-9',
      mode: 'read-write',
      bufferBytes: 131_072,
      problem: null,
    });
  });

  test.each([
    ['cp (uutils coreutils) 0.2.2', 'exit 0'],
    ['', 'echo "cp: unrecognized option --version" >&2; exit 1'],
  ])('a cp nobody here knows ("%s") is not compared', async (version, otherwise) => {
    const place = new Workplace();
    const ended = await place.run(
      [...SHORT, '--json'],
      toolbox(place, { cp: version === '' ? otherwise : calling(version, otherwise) }),
    );
    expect(ended.code).toBe(3);
    expect(only(JSON.parse(ended.stdout) as Judged, 'cp')).toMatchObject({
      problem: { code: 'unknown-version' },
      toolNs: [],
      verdict: 'not-compared',
    });
  });

  test('one that fails says so in its own words, and the others go on', async (context) => {
    const cp = where('cp');
    if (cp === '') skip(context, 'cp is not installed');
    const place = new Workplace();
    const report = await selfcheck(
      place,
      toolbox(place, {
        cp: `exec ${cp} "$@"`,
        dd: calling('dd (coreutils) 9.1', 'echo "dd: first" >&2; echo "dd: no space left" >&2; exit 1'),
        fio: calling('fio-3.33', 'echo "not JSON"'),
        iperf3: calling('iperf 3.12', 'echo "Server listening"; [ "$1" = -s ] || exit 1'),
      }),
    );
    expect(only(report, 'cp').problem).toBeNull();
    expect(only(report, 'dd').problem?.message).toMatch(/^dd bs=64K .* did not do it: dd: no space left$/);
    for (const each of report.comparisons.filter(({ tool }) => tool === 'fio' || tool === 'iperf3')) {
      expect(each).toMatchObject({ problem: { code: 'tool-failed' }, toolNs: [], labNs: [], verdict: 'not-compared' });
      expect(each.problem?.message).toMatch(/^(fio|iperf3) .* did not do it\.$/);
    }
    expect(place.files()).toEqual([]);
  });

  test('one that does nothing at all is found out', async () => {
    const place = new Workplace();
    const nothing = calling('dd (coreutils) 9.1', ': >copy');
    // Whichever of two starts takes longer: it is the first in one round or another.
    const { code, stdout } = await place.run([...SHORT, '--json', '--rounds', '40'], toolbox(place, { dd: nothing }));
    expect(code).toBe(3);
    expect(only(JSON.parse(stdout) as Judged, 'dd')).toMatchObject({ problem: { code: 'too-short' }, labNs: [] });
  });
});

describe('on other filesystems', () => {
  test('that share blocks there is no speed to compare', async (context) => {
    if (!where('cp')) skip(context, 'cp is not installed');
    const place = new Workplace();
    const folder = loopFilesystem(context, 'xfs', place.base);
    const tools = toolbox(place, { cp: calling('cp (GNU coreutils) 9.1', `exec ${where('cp')} "$@"`) });
    const { code, stdout } = await place.run([...SHORT, '--json', '--dir', folder], tools);
    expect(code).toBe(3);
    expect(only(JSON.parse(stdout) as Judged, 'cp')).toMatchObject({
      problem: { code: 'shares-blocks', message: expect.stringContaining('xfs') },
      toolNs: [],
      labNs: [],
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('what the lab cannot do there is the reason why', async (context) => {
    const fio = where('fio');
    if (fio === '') skip(context, 'fio is not installed');
    const place = new Workplace();
    const folder = smallFilesystem(context, place, 'size=300m');
    const report = await selfcheck(place, toolbox(place, { fio: `exec ${fio} "$@"` }), '--dir', folder);
    const direct = report.comparisons.find(({ id }) => id === 'fio-direct');
    expect(direct).toMatchObject({ problem: { code: expect.any(String) }, verdict: 'not-compared' });
    expect(report.comparisons.find(({ id }) => id === 'fio-splice')?.problem).toBeNull();
    expect(readdirSync(folder)).toEqual([]);
  });

  test('without room for the source and a copy it does not begin', async (context) => {
    const place = new Workplace();
    const folder = smallFilesystem(context, place, 'size=100m');
    const ended = await place.run([...SHORT, '--dir', folder]);
    expect(ended).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('128 MiB') });
    expect(ended.stderr).toMatch(ONE_LINE);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('a source that cannot be written ends it in one line', async () => {
    const place = new Workplace();
    const ended = await place.run(SHORT, { through: ['prlimit', '--fsize=1048576'] });
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toMatch(ONE_LINE);
    expect(place.files()).toEqual([]);
  });

  test.each(['none', 'file'])('--dir %s is refused', async (directory) => {
    const place = new Workplace();
    place.write('file', '');
    const ended = await place.run([...SHORT, '--dir', directory]);
    expect(ended).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(place.path(directory)) });
    expect(ended.stderr).toMatch(ONE_LINE);
    expect(place.files()).toEqual(['file']);
  });
});

describe('ended early', () => {
  /** A self-check with a dd that does not come to its end. @returns the pid of that */
  async function stuck(place: Workplace): Promise<{ readonly running: Running; readonly tool: number }> {
    const noted = path.join(place.base, 'pid');
    // In two steps, so that whoever sees the file finds it written.
    const dd = calling(
      'dd (coreutils) 9.1',
      `echo $$ >${noted}- && ${where('mv')} ${noted}- ${noted}\nexec ${where('sleep')} 1000`,
    );
    const running = place.start(SHORT, toolbox(place, { dd }));
    await running.until('a tool at work', () => (existsSync(noted) ? true : undefined));
    return { running, tool: Number(readFileSync(noted, 'utf8')) };
  }

  test.each(['SIGINT', 'SIGTERM'] as const)('%s ends the tool at work, and leaves nothing', async (signal) => {
    const place = new Workplace();
    const { running, tool } = await stuck(place);
    running.kill(signal);
    const ended = await running.ended;
    expect(ended).toMatchObject({ code: 130, stdout: '' });
    expect(ended.stderr).toMatch(ONE_LINE);
    expect(ended.stderr).toContain('cancelled');
    await gone(tool);
    expect(place.files()).toEqual([]);
  });

  test('with the command line killed, its bench process ends the tool and removes its files', async () => {
    const place = new Workplace();
    const { running, tool } = await stuck(place);
    const bench = await running.bench();
    running.kill('SIGKILL');
    await gone(tool);
    await gone(bench);
    expect(place.files()).toEqual([]);
  });

  test('with the bench process killed, the command line says so and removes its files', async () => {
    const place = new Workplace();
    const { running, tool } = await stuck(place);
    process.kill(await running.bench(), 'SIGKILL');
    const ended = await running.ended;
    process.kill(tool, 'SIGKILL'); // nobody is left to do it
    expect(ended).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('SIGKILL') });
    expect(ended.stderr).toMatch(ONE_LINE);
    expect(place.files()).toEqual([]);
  });

  test('with both killed, the next one removes what they left', async () => {
    const place = new Workplace();
    const { running, tool } = await stuck(place);
    const bench = await running.bench();
    running.kill('SIGSTOP');
    process.kill(bench, 'SIGKILL');
    await gone(bench);
    running.kill('SIGKILL');
    process.kill(tool, 'SIGKILL');
    await running.ended;
    expect(place.files().join()).toContain('.zero-copy-lab-selfcheck-');
    // It has no tools, so it says so, and has nothing else to do.
    expect(await place.run(SHORT, { through: ['env', `PATH=${place.path('none')}`] })).toMatchObject({ code: 3 });
    expect(place.files()).toEqual([]);
  });

  test('cancelled while it writes its source, it leaves nothing', async () => {
    const place = new Workplace();
    const running = place.start(['selfcheck', '--size', '4GiB']);
    await running.until('a source', () => (place.files().length > 1 ? true : undefined));
    running.kill('SIGINT');
    expect(await running.ended).toMatchObject({ code: 130, stdout: '' });
    expect(place.files()).toEqual([]);
  });
});

test('every counterpart has a mode of the lab, and every tool is tested here', () => {
  expect(new Set(counterparts().map(({ tool }) => tool))).toEqual(new Set(TOOLS));
});
