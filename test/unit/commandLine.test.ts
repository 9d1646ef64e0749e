import { describe, expect, test } from 'vitest';
import type { RunOptions } from '../../src/cli/arguments.ts';
import { parseCommandLine } from '../../src/cli/arguments.ts';
import { EXIT, exitCodeOfRefusal, exitCodeOfResult } from '../../src/cli/exitCode.ts';
import { helpText } from '../../src/cli/help.ts';
import { reportResult } from '../../src/cli/report.ts';
import { modeDescriptors } from '../../src/model/modes/catalogue.ts';
import { PATHS } from '../../src/model/paths.ts';
import { presets } from '../../src/model/presets.ts';
import { reportName } from '../../src/model/report/caseTable.ts';
import type { Case } from '../../src/model/result/case.ts';
import type { Tier } from '../../src/model/result/evidence.ts';
import type { Problem } from '../../src/model/result/problem.ts';
import type { Result } from '../../src/model/result/result.ts';
import { aCompleteResult, anExperiment, aSocketExperiment, granted, refusal } from './fixtures.ts';

function runOptions(...args: string[]): RunOptions {
  const command = granted(parseCommandLine(['run', ...args]));
  if (command.name !== 'run') throw new Error(`parsed as ${command.name}`);
  return command.options;
}

describe('calibrate', () => {
  test('has a folder and a form', () => {
    expect(granted(parseCommandLine(['calibrate', '--dir', 'd', '--json']))).toEqual({
      name: 'calibrate',
      options: { directory: 'd', json: true },
    });
    expect(granted(parseCommandLine(['calibrate']))).toEqual({
      name: 'calibrate',
      options: { directory: null, json: false },
    });
    expect(refusal(parseCommandLine(['calibrate', '--size', '1'])).code).toBe('usage');
  });
});

describe('arguments', () => {
  test('every option of run', () => {
    const options = runOptions(
      ...['my.zcexp.json', '--preset', 'full', '--path', 'file-to-socket', '--modes', 'a, b', '--size', '1GiB'],
      ...['--buffers', '32, 4KiB', '--rounds', '7', '--cache', 'cold', '--source', 's', '--dir', 'd'],
      ...['--receiver', 'read', '--receiver-buffer', '8k', '--evidence', 'off', '--seed', '0', '--time-limit', '60s'],
      ...['--durable', '--pin', '0, 1', '--latency', '--objects', '4KiB, 1MiB', '--rate', '500MiB'],
      ...['--json', '-', '--csv', 'c', '--quiet', '--token-file', 't'],
    );
    expect(options).toEqual({
      file: 'my.zcexp.json',
      request: {
        preset: 'full',
        path: 'file-to-socket',
        modes: ['a', 'b'],
        size: '1GiB',
        buffers: ['32', '4KiB'],
        rounds: 7,
        cache: 'cold',
        source: 's',
        directory: 'd',
        receiver: 'read',
        receiverBuffer: '8k',
        evidence: 'off',
        durable: true,
        pin: { sender: 0, receiver: 1 },
        latency: true,
        objects: ['4KiB', '1MiB'],
        rate: '500MiB',
        seed: 0,
        timeLimitSeconds: 60,
      },
      tokenFile: 't',
      json: '-',
      csv: 'c',
      quiet: true,
    });
  });

  test('what is not given is not asked for', () => {
    expect(runOptions()).toEqual({ file: null, request: {}, tokenFile: null, json: null, csv: null, quiet: false });
  });

  test.each([
    [['--modes', 'all'], { modes: 'all' }],
    [['--rounds', 'auto'], { rounds: 'auto' }],
    [['--time-limit', '1.5'], { timeLimitSeconds: 1.5 }],
    [['--size=5'], { size: '5' }],
    [['--pin', '3'], { pin: { sender: 3 } }],
    [['--no-latency'], { latency: false }],
    [['--to', 'lab:sg=on', '--to=lab:sg=off'], { to: ['lab:sg=on', 'lab:sg=off'] }],
    [['--rate', 'auto'], { rate: 'auto' }],
    [['--evidence', 'maybe'], { evidence: 'maybe' }],
    [['--pin', '-1'], { pin: { sender: -1 } }],
    // Negative numbers are read as such, so that what is said about them names them.
    [['--size', '-1'], { size: '-1' }],
    [['--rounds', '-1'], { rounds: -1 }],
    [['--buffers', '-1,5'], { buffers: ['-1', '5'] }],
  ])('%j', (args, request) => {
    expect(runOptions(...args).request).toEqual(request);
  });

  test.each([
    [['fly'], /"fly" is not a command/],
    [['receive', '--port', '65536'], /--port 65536 is out of range/],
    [['receive', '--token', 'x'], /'--token'/],
    [['run', '--token', 'x'], /'--token'/],
    [['compare', 'a'], /compare takes 2 to 8 results/],
    [['compare', ...'abcdefghi'], /compare takes 2 to 8 results/],
    [['compare', 'a', 'b', '--fail-if-slower', '0.05'], /--fail-if-slower "0.05" is not a share/],
    [['compare', 'a', 'b', '--fail-if-slower', '100%'], /--fail-if-slower "100%" is not a share/],
    [['compare', 'a', 'b', '--fail-if-slower', '-5%'], /--fail-if-slower "-5%" is not a share/],
    [['compare', 'a', 'b', '--fast'], /--fast/],
    [['run', '--streams', '1,x'], /--streams "x" is not a number/],
    [['run', '--fast'], /--fast/],
    [['run', '--size'], /--size/],
    [['run', '-x'], /-x/],
    [['run', '--quiet=yes'], /--quiet/],
    [['run', 'a', 'b'], /one experiment file/],
    [['run', '--rounds', 'many'], /--rounds "many" is not a number/],
    [['run', '--seed', '0x1'], /--seed "0x1" is not a number/],
    [['run', '--time-limit', 'soon'], /--time-limit "soon?" is not a number/],
    [['run', '--pin', 'first'], /--pin "first" is not a number/],
    [['run', '--pin', '0,1,2'], /--pin "0,1,2" is not one CPU or two/],
    [['run', '--durable=yes'], /--durable/],
    [['probe', '--size', '1'], /--size/],
    [['probe', 'here'], /here/],
  ])('%j is refused in one sentence', (args, names) => {
    const problem = refusal(parseCommandLine(args));
    expect(problem.code).toBe('usage');
    expect(problem.message).toMatch(names);
    expect(problem.message).toMatch(/^[^\n]+\.$/);
    expect(problem.hint).toMatch(/^[^\n]+\.$/);
  });

  test.each([[[]], [['help']], [['--help']], [['-h']], [['run', '--size', '5', '--help']], [['probe', '--help']]])(
    '%j asks for help',
    (args) => {
      expect(granted(parseCommandLine(args))).toEqual({ name: 'help' });
    },
  );

  test('version and probe', () => {
    expect(granted(parseCommandLine(['--version']))).toEqual({ name: 'version' });
    expect(granted(parseCommandLine(['probe']))).toEqual({
      name: 'probe',
      options: { json: false, directory: null, to: null },
    });
    expect(granted(parseCommandLine(['probe', '--json', '--dir', 'd', '--to', 'far:7411']))).toEqual({
      name: 'probe',
      options: { json: true, directory: 'd', to: 'far:7411' },
    });
  });

  test('help names every mode, path, preset and option', () => {
    const help = helpText();
    for (const { id } of [...modeDescriptors(), ...presets()]) expect(help).toContain(id);
    for (const path of PATHS) expect(help).toContain(path);
    const options = ['preset', 'path', 'modes', 'size', 'buffers', 'rounds', 'cache', 'source', 'dir', 'receiver'];
    const passes = ['durable', 'pin', 'evidence', 'latency', 'objects', 'rate'];
    const more = ['receiver-buffer', ...passes, 'seed', 'time-limit', 'json', 'csv', 'quiet'];
    for (const option of [...options, ...more]) expect(help).toMatch(new RegExp(`^ +--${option}\\b`, 'm'));
  });
});

describe('exit codes', () => {
  const reason: Problem = { code: 'X', message: 'It did not.', hint: 'Do it.' };
  const result = (chosen: 'named' | 'all' | 'preset', status: Case['status'], modes: readonly string[]): Result => {
    const complete = aCompleteResult(
      undefined,
      anExperiment({ modesChosen: chosen, modes: ['sendfile', 'mmap-write'] }),
    );
    const cases = complete.cases.map((one) => (modes.includes(one.mode) ? { ...one, status, reason } : one));
    return { ...complete, cases };
  };
  const endedBy = (code: string): Result => ({
    ...aCompleteResult(),
    status: 'partial',
    reason: { code, message: 'Why.', hint: 'What to do.' },
  });

  test.each([
    { name: 'all is well', result: aCompleteResult(), code: EXIT.done },
    { name: 'a case failed', result: result('preset', 'failed', ['sendfile']), code: EXIT.caseFailed },
    { name: 'the implied baseline failed', result: result('named', 'failed', ['read-write']), code: EXIT.caseFailed },
    { name: 'a preset mode is unsupported', result: result('preset', 'unsupported', ['sendfile']), code: EXIT.done },
    { name: 'one of all is unsupported', result: result('all', 'unsupported', ['sendfile']), code: EXIT.done },
    {
      name: 'a named mode is unsupported',
      result: result('named', 'unsupported', ['sendfile']),
      code: EXIT.caseFailed,
    },
    {
      name: 'nothing asked for works, though the baseline does',
      result: result('named', 'unsupported', ['sendfile', 'mmap-write']),
      code: EXIT.nothingWorks,
    },
    {
      name: 'nothing of all works',
      result: result('all', 'unsupported', ['sendfile', 'mmap-write', 'read-write']),
      code: EXIT.nothingWorks,
    },
    { name: 'the run failed', result: { ...aCompleteResult(), status: 'failed' as const }, code: EXIT.caseFailed },
    { name: 'the time limit came', result: endedBy('time-limit'), code: EXIT.done },
    { name: 'its source was cut before a transfer', result: endedBy('SHORT'), code: EXIT.caseFailed },
    { name: 'its destination was gone', result: endedBy('ENOENT'), code: EXIT.caseFailed },
  ])('$name: $code', ({ result: ended, code }) => {
    expect(exitCodeOfResult(ended)).toBe(code);
  });

  test.each([
    ['locked', 1],
    ['not-linux', 3],
    ['addon-missing', 3],
    ['addon-glibc', 3],
    ['ENOSPC', 2],
    ['bad-source', 2],
    ['usage', 2],
    ['no-evidence', 4],
  ])('refused for %s: %d', (code, exit) => {
    expect(exitCodeOfRefusal({ code, message: '', hint: '' })).toBe(exit);
  });

  test('required evidence that was not to be had is missing, whatever else went well', () => {
    const required = aCompleteResult(undefined, anExperiment({ evidence: 'require' }));
    const tier = (id: Tier['id'], available: boolean): Tier => ({ id, available, missing: null });
    const withTiers = (...tiers: Tier[]): number => exitCodeOfResult({ ...required, tiers });
    expect(exitCodeOfResult(required)).toBe(EXIT.evidenceMissing);
    expect(withTiers(tier('always', true), tier('task-samples', false))).toBe(EXIT.evidenceMissing);
    expect(withTiers(tier('always', true), tier('task-samples', true))).toBe(EXIT.done);
    expect(exitCodeOfResult(aCompleteResult(undefined, anExperiment({ evidence: 'auto' })))).toBe(EXIT.done);
  });

  test('are what scripts were promised', () => {
    expect(EXIT).toEqual({
      done: 0,
      caseFailed: 1,
      usage: 2,
      nothingWorks: 3,
      evidenceMissing: 4,
      regression: 5,
      cancelled: 130,
    });
  });
});

describe('the report', () => {
  const speeds: Record<string, number> = { 'read-write': 1e6, 'mmap-write': 2e6, sendfile: 5e5 };
  const sixTimes = (one: Case) => Array.from({ length: 6 }, () => speeds[one.mode] as number);
  const report = reportResult(aCompleteResult(sixTimes));
  const lines = report.split('\n');

  test('ranks the cases, fastest first, each with speed, interval, ratio and verdict', () => {
    const ranking = lines.filter((line) => /(faster|slower|same|unsettled|baseline) +[\d.]+ /.test(line));
    expect(ranking[0]).toMatch(/^sendfile +2,000 +2,000 – 2,000 +2\.00x +2\.00x – 2\.00x faster/);
    expect(ranking.at(-1)).toMatch(/^mmap \+ write, 64 KiB +500 .* 0\.50x .*slower/);
    expect(report).toMatch(/^read \+ write, 64 KiB +1,000 .* baseline/m);
    expect(report).toMatch(/^read \+ write, 64 KiB \(again, as control\)/m);
  });

  test('draws bars in proportion', () => {
    const bar = (name: string) =>
      lines.find((line) => line.startsWith(name) && line.includes('█'))?.match(/█/g)?.length;
    expect(bar('sendfile')).toBe(40);
    expect(bar('read + write, 64 KiB ')).toBe(20);
    expect(bar('mmap + write')).toBe(10);
  });

  test('says where and what, the finding, and how far to trust it', () => {
    expect(report).toMatch(/^File to file: 1 MiB, source generated, cache warm, 6 rounds$/m);
    expect(report).toMatch(/^ext4 on \/dev\/sda1; Linux 6\.1\.0, A CPU$/m);
    expect(report).toMatch(/^sendfile ran at 2\.00x the speed of read \+ write/m);
    expect(report).toContain('Differences below 2 % are not called differences');
    expect(report).not.toContain('no interval is claimed');
  });

  test('claims no interval from fewer than six rounds', () => {
    const text = reportResult(aCompleteResult((one) => sixTimes(one).slice(1)));
    expect(text).toMatch(/^Fewer than 6 rounds: no interval is claimed\.$/m);
    expect(text).toMatch(/^sendfile +2,000 +– +2\.00x +– unsettled/m);
    expect(text).not.toMatch(/faster|slower|95 % interval \d/);
    expect(text).toContain('No order can be told from fewer than 6 rounds');
  });

  test('shows the CPU of the receiver for a socket only', () => {
    expect(lines[3]).not.toContain('receiver');
    expect(reportResult(aCompleteResult(sixTimes, aSocketExperiment())).split('\n')[3]).toContain('receiver');
  });

  test('explains what is missing, unsettled, or cut short', () => {
    const complete = aCompleteResult((one) => (one.mode === 'sendfile' ? [] : [1e6, 1e6]));
    const reason = { code: 'EXDEV', message: 'It does not work across filesystems.', hint: 'Stay on one.' };
    const result: Result = {
      ...complete,
      status: 'partial',
      reason: { code: 'time-limit', message: 'The time limit ended the run.', hint: 'Raise it.' },
      cases: complete.cases.map((one) =>
        one.mode === 'sendfile' ? { ...one, status: 'unsupported', reason } : { ...one, settled: one.control },
      ),
    };
    const text = reportResult(result);
    expect(text).toMatch(/^sendfile: unsupported\. It does not work across filesystems\. Stay on one\.$/m);
    expect(text).toMatch(/^mmap \+ write, 64 KiB +1,000 +–, not settled /m);
    expect(text).toMatch(/^Not settled within 3 %: read \+ write, 64 KiB; mmap \+ write, 64 KiB\.$/m);
    expect(text).toMatch(/^The time limit ended the run\. Raise it\.$/m);
  });

  test('of nothing measured has no table and no NaN', () => {
    const text = reportResult(aCompleteResult(() => []));
    expect(text).not.toMatch(/NaN|Infinity|undefined|MiB\/s/);
    expect(text).toMatch(/^Not measured: .*sendfile/m);
  });

  test('names a mode of another version by its id', () => {
    const [one] = aCompleteResult().cases as [Case];
    expect(reportName({ ...one, mode: 'warp-drive', bufferBytes: null })).toBe('warp-drive');
  });
});
