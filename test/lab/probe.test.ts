/** What a host can do, told by the command line on hosts that can do less: filters, limits, odd folders. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, truncateSync } from 'node:fs';
import path from 'node:path';
import type { TestContext } from 'vitest';
import { describe, expect, onTestFinished, test } from 'vitest';
import { SWITCHES } from '../../src/model/laboratory/switches.ts';
import { modesOfPath } from '../../src/model/modes/catalogue.ts';
import { modesNotRun } from '../../src/model/modes/notRun.ts';
import { PATHS } from '../../src/model/paths.ts';
import type { ModeProbe, ProbeReport } from '../../src/model/probe.ts';
import { MIB } from '../../src/model/units.ts';
import { skip } from '../skip.ts';
import { needNobody, ONE_LINE, openTo, smallFilesystem, Workplace } from './lab.ts';
import { TwoHosts } from './twoHosts.ts';

type Options = NonNullable<Parameters<Workplace['run']>[1]>;

/** Modes that work wherever a file can be made. */
const EVERYWHERE = ['read-write', 'mmap-write', 'sendfile'];

const all = PATHS.flatMap((each) => modesOfPath(each).map(({ id }) => ({ mode: id, path: each })));

async function probe(place: Workplace, directory: string, options: Options = {}): Promise<ProbeReport> {
  const { code, stdout, stderr } = await place.run(['probe', '--json', '--dir', directory], options);
  expect(stderr).toBe('');
  const report = JSON.parse(stdout) as ProbeReport;
  expect(code).toBe(report.modes.some((each) => each.status === 'works') ? 0 : 3);
  expectReasons(report.modes);
  return report;
}

/** Every mode of every path has been tried, and what does not work here says why and what to do; nothing failed. */
function expectReasons(modes: readonly ModeProbe[]): void {
  expect(modes.map(({ mode, path: to }) => ({ mode, path: to }))).toEqual(all);
  for (const each of modes) {
    const name = `${each.mode}, ${each.path}`;
    if (each.status === 'works') {
      expect(each.problem, name).toBeNull();
    } else {
      expect(each.status, `${name}: ${each.problem?.message}`).toBe('unsupported');
      expect(each.problem?.message, name).toMatch(/\S\.$/);
      expect(each.problem?.hint, name).toMatch(/\S\.$/);
    }
  }
}

function among({ modes }: ProbeReport, which: RegExp): readonly ModeProbe[] {
  return modes.filter((each) => which.test(each.mode));
}

function expectEverywhere(report: ProbeReport): void {
  const basic = report.modes.filter((each) => EVERYWHERE.includes(each.mode) && each.path !== 'process-to-process');
  expect(basic.length).toBe(2 * EVERYWHERE.length);
  for (const each of basic) expect(each, `${each.mode}, ${each.path}`).toMatchObject({ status: 'works' });
}

describe('the way to another host', () => {
  test('is read, scatter-gather switched off and all, and stays as it is', async (context) => {
    const hosts = new TwoHosts(context);
    const place = new Workplace();
    const [command = '', ...words] = hosts.sender;
    const ethtool = (how: readonly string[]) =>
      spawnSync(command, [...words, 'ethtool', ...how], { encoding: 'utf8' }).stdout;
    if (ethtool(['-k', 'zcl']) === null) skip(context, 'needs ethtool, to switch scatter-gather off');
    ethtool(['-K', 'zcl', 'sg', 'off']);
    const features = () => ethtool(['-k', 'zcl']);
    const before = features();
    const args = ['probe', '--json', '--to', `${hosts.address}:7411`];
    const { stdout } = await place.run(args, { through: hosts.sender });
    const { route } = JSON.parse(stdout) as ProbeReport;
    expect(route).toMatchObject({
      to: `${hosts.address}:7411`,
      interface: { name: 'zcl', mtu: 1500, scatterGather: false, virtual: true, linkBytesPerSecond: null },
      problem: null,
    });
    expect(features()).toBe(before);
  });

  test('that there is not is said, and the rest of the probe is there', async () => {
    const { code, stdout } = await new Workplace().run(['probe', '--json', '--to', '[fe80::1%nowhere0]:7411']);
    const { route, modes } = JSON.parse(stdout) as ProbeReport;
    expect(route).toMatchObject({ interface: null, problem: { code: 'ENODEV' } });
    expect([code, modes.length > 0]).toEqual([0, true]);
  });
});

describe('a probe', () => {
  test('is a table with a row for each mode and path, and leaves nothing', async () => {
    const place = new Workplace();
    const { code, stdout, stderr } = await place.run(['probe']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const { mode, path: to } of all) {
      expect(stdout).toMatch(new RegExp(`^${mode} +${to} +(works|unsupported: [A-Z]+)$`, 'm'));
    }
    for (const { id } of modesNotRun()) expect(stdout).toMatch(new RegExp(`^${id}$`, 'm'));
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(place.files()).toEqual([]);
  });

  test('--json is a report', async () => {
    const place = new Workplace();
    const report = await probe(place, '.');
    expectEverywhere(report);
    expect(report.directory).toBe(place.folder);
    expect(Date.parse(report.probedAt)).not.toBeNaN();
    expect(place.files()).toEqual([]);
    const { problem, switches } = report.laboratory;
    if (problem !== null) expect(switches).toEqual([]);
    else {
      expect(switches.map(({ id }) => id)).toEqual(SWITCHES.map(({ id }) => id));
      // Only a queueing discipline may be missing.
      const missing = switches.flatMap((each) => (each.problem === null ? [] : [`${each.id} ${each.problem.message}`]));
      for (const each of missing) expect(each).toMatch(/^(rate .* tbf|(delay|loss) .* netem)\.$/);
    }
  });

  test('works for a user without rights', async (context) => {
    needNobody(context);
    const place = new Workplace();
    const report = await probe(place, openTo(place, 'open'), { asNobody: true });
    expectEverywhere(report);
    expect(place.files()).toEqual(['open']);
  });

  test.each(['none', 'file'])('--dir %s is refused', async (directory) => {
    const place = new Workplace();
    place.write('file', '');
    const ended = await place.run(['probe', '--dir', directory]);
    expect(ended).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(place.path(directory)) });
    expect(ended.stderr).toMatch(ONE_LINE);
  });
});

describe('limits', () => {
  test('without memory to lock, what needs it says so and the others go on', async (context) => {
    needNobody(context);
    const place = new Workplace();
    // Root may lock as much as it likes (CAP_IPC_LOCK).
    const through = ['prlimit', '--memlock=0:0'];
    const report = await probe(place, openTo(place, 'open'), { asNobody: true, through });
    expect(report.host.limits['memlock']).toBe(0);
    expectEverywhere(report);
    for (const each of among(report, /^io-uring-(fixed|direct)$/)) {
      expect(each).toMatchObject({ status: 'unsupported', problem: { code: 'ENOMEM' } });
    }
    for (const { problem } of report.modes) {
      if (problem?.code !== 'ENOMEM' && problem?.code !== 'ENOBUFS') continue;
      expect(problem.message).toContain('(memlock) is 0 B');
      expect(problem.hint).toContain('ulimit -l');
    }
  });
});

describe('a filter of system calls', () => {
  test('that forbids io_uring takes its modes away and no others', async () => {
    const place = new Workplace();
    const before = await probe(place, '.');
    const after = await probe(place, '.', { through: forbidding(place, 'errno', 'io_uring') });
    expect(after.host.seccomp).toBe('filter');
    for (const each of among(after, /^io-uring/)) {
      expect(each).toMatchObject({ status: 'unsupported', problem: { code: 'EPERM' } });
      expect(each.problem?.message).toContain('seccomp filter');
      expect(each.problem?.hint).toContain('io_uring_setup, io_uring_enter, io_uring_register');
    }
    const others = /^(?!io-uring)/;
    expect(among(after, others)).toEqual(among(before, others));
  });

  test('that forbids a call of another mode is named as well, by a run too', async () => {
    const place = new Workplace();
    const through = forbidding(place, 'errno', 'sendfile');
    const refused = { code: 'EPERM', message: expect.stringContaining('sendfile is refused with EPERM; a seccomp') };
    const report = await probe(place, '.', { through });
    for (const each of among(report, /^sendfile$/)) {
      expect(each).toMatchObject({ status: 'unsupported', problem: refused });
    }
    const modes = ['run', '--size', '1MiB', '--rounds', '1', '--quiet', '--modes'];
    expect(await place.run([...modes, 'sendfile'], { through })).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/^zero-copy-lab: sendfile: sendfile is refused .*seccomp/),
    });
    const [one] = place.result().cases.filter((each) => each.mode === 'sendfile');
    expect(one).toMatchObject({ status: 'unsupported', reason: refused });
    expect(
      place
        .result()
        .cases.filter((each) => each.mode === 'read-write')
        .map((each) => each.status),
    ).toEqual(['ok', 'ok']);
  });

  test('that kills is named with the mode that was tried', async () => {
    const place = new Workplace();
    const ended = await place.run(['probe'], { through: forbidding(place, 'kill', 'sendfile') });
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toMatch(ONE_LINE);
    expect(ended.stderr).toMatch(/ended by SIGSYS: a seccomp filter .* It was trying sendfile, file-to-file\./);
    expect(place.files()).toEqual(['forbid']);
  });
});

describe('a folder', () => {
  test('that is immutable is said to be so for each mode that needs it', async (context) => {
    const place = new Workplace();
    const folder = flagged(context, place, 'i');
    const report = await probe(place, folder);
    for (const { path: to, ...each } of report.modes) {
      if (to === 'process-to-process') continue;
      expect(each).toMatchObject({ status: 'unsupported', problem: { code: 'EPERM' } });
      expect(each.problem?.message).toContain(`${folder} takes no new files: it is immutable`);
      expect(each.problem?.hint).toContain(`lsattr -d ${folder}`);
    }
    const ended = await place.run(['run', '--size', '1MiB', '--dir', folder]);
    expect(ended).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/immutable.*chattr -i/) });
    expect(ended.stderr).toMatch(ONE_LINE);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('that is append-only takes files without a name, which never have to be removed', async (context) => {
    const place = new Workplace();
    const folder = flagged(context, place, 'a');
    expectEverywhere(await probe(place, folder));
    expect(readdirSync(folder)).toEqual([]);
  });

  test('on tmpfs has no device, and takes no O_DIRECT', async (context) => {
    const place = new Workplace();
    const folder = smallFilesystem(context, place, 'size=8m');
    const report = await probe(place, folder);
    expectEverywhere(report);
    expect(report.host).toMatchObject({ filesystem: { type: 'tmpfs', mountPoint: folder }, blockDevices: [] });
    for (const each of among(report, /direct/)) {
      expect(each).toMatchObject({ status: 'unsupported' });
      expect(each.problem?.message).toContain('is memory');
    }
    for (const each of among(report, /^reflink$/)) {
      expect(each).toMatchObject({ status: 'unsupported', problem: { code: 'EOPNOTSUPP' } });
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  test('on a loop device is followed down to the disk', async (context) => {
    const place = new Workplace();
    const { folder, image } = loopFilesystem(context, place);
    const report = await probe(place, folder);
    expectEverywhere(report);
    const { filesystem, blockDevices } = report.host;
    expect(filesystem).toMatchObject({ type: 'ext4', mountPoint: folder });
    expect(blockDevices[0]).toMatchObject({ name: path.basename(filesystem.device), alias: image });
    expect(blockDevices[0]?.logicalBlockBytes).toBeGreaterThanOrEqual(512);
    const below = (await probe(place, place.folder)).host.blockDevices;
    expect(blockDevices.slice(1)).toEqual(below);
  });
});

describe('a run', () => {
  test('from one filesystem to another says of each mode whether it can', async (context) => {
    const place = new Workplace();
    const small = smallFilesystem(context, place, 'size=8m');
    place.write('small/source', Buffer.alloc(MIB, 'across'));
    const args = ['run', '--modes', 'all', '--source', path.join(small, 'source'), '--dir', '.', '--rounds', '1'];
    expect(await place.run([...args, '--quiet'])).toMatchObject({ code: 0, stderr: '' });
    for (const one of place.result().cases) {
      if (EVERYWHERE.includes(one.mode)) expect(one, one.mode).toMatchObject({ status: 'ok' });
      if (one.mode === 'reflink' || one.mode === 'copy-file-range') {
        expect(one).toMatchObject({ status: 'unsupported', reason: { code: 'EXDEV' } });
        expect(one.reason?.hint).toContain('--dir');
      }
    }
  });
});

/** A program that forbids a system call to the one after it. */
function forbidding(place: Workplace, how: 'errno' | 'kill', call: string): readonly string[] {
  const program = place.path('forbid');
  const source = path.join(import.meta.dirname, 'forbid.c');
  const built = spawnSync('cc', ['-Wall', '-Werror', '-o', program, source], { encoding: 'utf8' });
  if (built.status !== 0) throw new Error(built.error?.message ?? built.stderr);
  return [program, how, call];
}

/** A folder with a flag of chattr(1). */
function flagged(context: TestContext, place: Workplace, flag: 'i' | 'a'): string {
  const folder = place.path('flagged');
  mkdirSync(folder);
  const done = spawnSync('chattr', [`+${flag}`, folder], { encoding: 'utf8' });
  if (done.status !== 0) skip(context, `no flags for folders here: ${done.error?.message ?? done.stderr.trim()}`);
  onTestFinished(() => {
    spawnSync('chattr', [`-${flag}`, folder]);
  });
  return folder;
}

/** An ext4 of its own in a file, gone with the test. */
function loopFilesystem(context: TestContext, place: Workplace): { readonly folder: string; readonly image: string } {
  const image = place.write('disk.img', '');
  truncateSync(image, 16 * MIB);
  const folder = place.path('mounted');
  mkdirSync(folder);
  for (const [program, ...args] of [
    ['mkfs.ext4', '-q', image],
    ['mount', '-o', 'loop', image, folder],
  ] as const) {
    const done = spawnSync(program, args, { encoding: 'utf8' });
    if (done.status !== 0) skip(context, `no loop device to be had: ${done.error?.message ?? done.stderr.trim()}`);
  }
  onTestFinished(() => {
    spawnSync('umount', ['--lazy', folder]);
  });
  return { folder, image };
}
