import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { findMode, modesOfPath } from '../../src/model/modes/catalogue.ts';
import { FILE_PATHS, PATHS } from '../../src/model/paths.ts';
import type { Case } from '../../src/model/result/case.ts';
import type { Result } from '../../src/model/result/result.ts';
import { countedSamples } from '../../src/model/summary.ts';
import { MIB } from '../../src/model/units.ts';
import { skip } from '../skip.ts';
import { parsed, Workplace } from './lab.ts';

const SMALL = ['--size', '1MiB', '--rounds', '2'];

/** `read-write 65536 control`: a case in a word. */
function brief(one: Case): string {
  return `${one.mode} ${one.bufferBytes ?? 'whole'}${one.control ? ' control' : one.implied ? ' implied' : ''}`;
}

/** Modes that not every filesystem or kernel has. */
const REFUSABLE: readonly string[] = ['reflink', 'read-write-dontcache'];

function expectMeasured(result: Result, rounds: number): void {
  expect(result).toMatchObject({ status: 'complete', reason: null });
  expect(result.endedAt).not.toBeNull();
  for (const one of result.cases) {
    // What this filesystem or kernel cannot do says why; everything else worked.
    if (one.status === 'unsupported') {
      expect(one.reason?.message, brief(one)).toMatch(/\.$/);
      expect(REFUSABLE, brief(one)).toContain(one.mode);
      continue;
    }
    expect(one, brief(one)).toMatchObject({ status: 'ok', reason: null });
    expect(one.verified, brief(one)).toMatchObject({ ok: true, difference: null });
    expect(one.samples.map((sample) => sample.round)).toEqual(Array.from({ length: rounds + 1 }, (_, round) => round));
    expect(countedSamples(one)).toHaveLength(rounds);
    for (const { wallNs, senderDoneNs, sender, receiver } of one.samples) {
      expect(wallNs).toBeGreaterThan(0);
      expect(wallNs).toBeGreaterThanOrEqual(senderDoneNs);
      expect(sender.cpuNs).toBeGreaterThan(0);
      if (one.path === 'file-to-file') expect(receiver).toBeNull();
      else expect(receiver?.cpuNs).toBeGreaterThan(0);
      if (one.path === 'file-to-socket') expect(receiver?.calls['recv']).toBeGreaterThan(0);
    }
    expect(one.summary?.mibPerSecond.median).toBeGreaterThan(0);
  }
}

describe.each(PATHS)('a run %s', (path) => {
  test('measures, verifies and saves every mode', async () => {
    const place = new Workplace();
    const { code, stdout, stderr } = await place.run(['run', '--path', path, '--modes', 'all', ...SMALL]);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const file = place.resultFile() as string;
    const name = file.split('/').at(-1) as string;
    expect(place.files()).toEqual(['.zero-copy', '.zero-copy/.gitignore', `.zero-copy/${name}`]);
    expect(readFileSync(place.path('.zero-copy/.gitignore'), 'utf8')).toBe('*\n');
    const result = place.result();
    expectMeasured(result, 2);
    expect(new Set(result.cases.map((one) => one.mode))).toEqual(new Set(modesOfPath(path).map((mode) => mode.id)));
    expect(result.noiseFloor).toBeGreaterThanOrEqual(0.02);
    for (const one of result.cases) expect(stdout).toContain(findMode(one.mode)?.name);
    expect(stdout).toContain(result.findings[0]?.text);
    expect(stdout).toContain(`Saved as .zero-copy/${name}`);
  });
});

describe.each(FILE_PATHS)('a run %s', (path) => {
  test('moves a file of the user without a trace on it', async () => {
    const place = new Workplace();
    const content = Buffer.alloc(MIB + 4097, 'not a whole number of pages');
    const source = place.write('mine.bin', content);
    utimesSync(source, 1_000_000, 1_000_000);
    const identity = () => {
      const { ino, size, mode, uid, gid, nlink, mtimeMs, ctimeMs } = statSync(source);
      const hash = createHash('sha256').update(readFileSync(source)).digest('hex');
      return { ino, size, mode, uid, gid, nlink, mtimeMs, ctimeMs, hash };
    };
    const before = identity();
    const { code, stderr } = await place.run(['run', '--path', path, '--source', 'mine.bin', '--rounds', '2']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(identity()).toEqual(before);
    const result = place.result();
    expect(result.experiment).toMatchObject({ source: { kind: 'file', path: source }, bytes: content.length });
    // Its copies are made beside it, unnamed.
    expect(result.experiment.directory).toBe(place.folder);
    expectMeasured(result, 2);
    expect(place.files().filter((name) => !name.startsWith('.zero-copy'))).toEqual(['mine.bin']);
  });
});

describe('output', () => {
  test('--json - prints the document and nothing else, and saves nothing', async () => {
    const place = new Workplace();
    const { code, stdout, stderr } = await place.run(['run', ...SMALL, '--json', '-']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expectMeasured(parsed(stdout), 2);
    expect(place.files()).toEqual([]);
  });

  test('--json FILE saves there, over an older one, and --quiet prints nothing', async () => {
    const place = new Workplace();
    place.write('out.json', 'an older result');
    const ended = await place.run(['run', ...SMALL, '--json', 'out.json', '--quiet']);
    expect(ended).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expectMeasured(parsed(readFileSync(place.path('out.json'), 'utf8')), 2);
    expect(place.files()).toEqual(['out.json']);
  });

  test('--csv has a row per sample', async () => {
    const place = new Workplace();
    await place.run(['run', ...SMALL, '--csv', 'samples.csv', '--quiet']);
    const rows = readFileSync(place.path('samples.csv'), 'utf8').split('\r\n');
    expect(rows.at(-1)).toBe('');
    const samples = place.result().cases.flatMap((one) => one.samples);
    expect(rows).toHaveLength(1 + samples.length + 1);
    expect(rows[1]?.split(',')).toHaveLength(rows[0]?.split(',').length as number);
  });

  test('the document says what ran, where, and with which process', async () => {
    const place = new Workplace();
    await place.run(['run', ...SMALL, '--quiet', '--seed', '7', '--dir', '.']);
    const result = place.result();
    expect(result.experiment).toMatchObject({ seed: 7, directory: place.folder, bytes: MIB, rounds: 2 });
    expect(result.tool).toMatch(/^zero-copy-lab \d+\.\d+\.\d+$/);
    expect(result.process.bootId).toBe(readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
    expect(result.host.kernel).toBe(readFileSync('/proc/sys/kernel/osrelease', 'utf8').trim());
    expect(result.host.filesystem.type).not.toBe('unknown');
  });

  test('help, version and an empty command line', async () => {
    const place = new Workplace();
    const help = await place.run(['--help']);
    expect(help).toMatchObject({ code: 0, stderr: '' });
    expect(help.stdout).toContain('zero-copy-lab run [FILE.zcexp.json]');
    expect(await place.run([])).toEqual(help);
    expect(await place.run(['--version'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
  });
});

describe('what is asked for', () => {
  test('an experiment file, its paths taken from where it lies, options winning over it', async () => {
    const place = new Workplace();
    const folder = place.path('experiments');
    mkdirSync(folder);
    place.write('experiments/data.bin', Buffer.alloc(100_000, 7));
    const experiment = { modes: ['mmap-write'], source: 'data.bin', buffers: [4096], rounds: 9, seed: 3 };
    place.write('experiments/my.zcexp.json', JSON.stringify(experiment));
    const args = ['run', path.join('experiments', 'my.zcexp.json'), '--rounds', '1', '--buffers', '8KiB', '--quiet'];
    expect(await place.run(args)).toMatchObject({ code: 0, stdout: '', stderr: '' });
    const result = place.result();
    expect(result.experiment).toMatchObject({
      source: { kind: 'file', path: path.join(folder, 'data.bin') },
      directory: folder,
      bytes: 100_000,
      buffers: [8192],
      rounds: 1,
      seed: 3,
    });
    expect(result.cases.map(brief)).toEqual(['read-write 8192 implied', 'read-write 8192 control', 'mmap-write 8192']);
  });

  test('a mode alone brings its baseline and the control along', async () => {
    const place = new Workplace();
    await place.run(['run', ...SMALL, '--modes', 'sendfile', '--buffers', '4KiB', '--quiet']);
    const result = place.result();
    expectMeasured(result, 2);
    expect(result.cases.map(brief)).toEqual([
      'read-write 4096 implied',
      'read-write 65536 implied',
      'read-write 65536 control',
      'sendfile whole',
    ]);
    expect(result.cases.at(-1)?.summary?.ratioToBaseline).not.toBeNull();
  });

  test('rounds until it is settled, or until the time is up', async () => {
    const place = new Workplace();
    const args = ['run', '--size', '1MiB', '--rounds', 'auto', '--time-limit', '0.5s', '--quiet'];
    expect(await place.run(args)).toMatchObject({ code: 0, stderr: '' });
    const result = place.result();
    const rounds = countedSamples(result.cases[0] as Case).length;
    expectMeasured(result, rounds);
    for (const one of result.cases) expect(one.settled, brief(one)).toBeTypeOf('boolean');
  });

  test('a fixed number of rounds that the time limit cuts short is partial, and says so', async () => {
    const place = new Workplace();
    const args = ['run', '--size', '1MiB', '--rounds', '1000', '--time-limit', '0.2s'];
    const { code, stdout } = await place.run(args);
    expect(code).toBe(0);
    const result = place.result();
    expect(result).toMatchObject({ status: 'partial', reason: { code: 'time-limit' } });
    expect(stdout).toContain('The time limit of 0.2 s ended the run after');
    // Only whole rounds: every case has as many samples as every other.
    expect(new Set(result.cases.map((one) => one.samples.length)).size).toBe(1);
    expect(place.files()).toHaveLength(3);
  });

  test('a cold cache: nothing of the source is in memory before a transfer', async (context) => {
    const place = new Workplace();
    await place.run(['run', ...SMALL, '--cache', 'cold', '--quiet']);
    const result = place.result();
    expectMeasured(result, 2);
    if (result.host.filesystem.type === 'tmpfs')
      skip(context, 'the folder for temporary files is on tmpfs, never cold');
    for (const one of result.cases) for (const sample of one.samples) expect(sample.residency).toBe(0);
  });

  test('a warm cache: all of the source is', async () => {
    const place = new Workplace();
    await place.run(['run', ...SMALL, '--quiet']);
    for (const one of place.result().cases) for (const sample of one.samples) expect(sample.residency).toBe(1);
  });
});
