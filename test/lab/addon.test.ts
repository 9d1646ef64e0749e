/** An installation whose addon does not load: the cause is named, with the way out, and nothing else happens. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { fileProblem, loadProblem } from '../../src/lab/addonProblems.ts';
import { ONE_LINE, preloading, ROOT, smallFilesystem, Workplace } from './lab.ts';

const BUILT = path.join(ROOT, 'build', 'Release', 'zero_copy_lab.node');
const LAUNCHER = 'zcl-launcher';
/** A user without any rights. */
const NOBODY = 65_534;

interface Circumstances {
  readonly through?: readonly string[];
  readonly asNobody?: boolean;
  readonly asked?: readonly string[];
}

/** What a package holds of a run, in a folder of its own. */
class Installation {
  readonly addon: string;

  constructor(readonly folder: string = temporary()) {
    this.addon = path.join(folder, 'build', 'Release', 'zero_copy_lab.node');
    for (const part of ['dist', path.dirname(this.addon)]) mkdirSync(path.resolve(folder, part), { recursive: true });
    for (const file of ['package.json', 'dist/cli.js', 'dist/bench.js']) {
      copyFileSync(path.join(ROOT, file), path.join(folder, file));
    }
    copyFileSync(BUILT, this.addon);
    copyFileSync(path.join(path.dirname(BUILT), LAUNCHER), path.join(path.dirname(this.addon), LAUNCHER));
  }

  /** Puts another text of the same length where one stands, each time. */
  patch(from: string, to: string): void {
    const content = readFileSync(this.addon, 'latin1');
    expect(content).toContain(from);
    writeFileSync(this.addon, content.replaceAll(from, to), 'latin1');
  }

  run({ through = [], asNobody = false, asked = [] }: Circumstances = {}) {
    const cwd = temporary();
    chmodSync(cwd, 0o777);
    const words = [process.execPath, path.join(this.folder, 'dist', 'cli.js'), 'run', '--size', '1MiB', ...asked];
    const [program, ...args] = [...through, ...words] as [string, ...string[]];
    // Runs of others on this host, real ones or tests, are none of these tests' business.
    const env = { ...process.env, ZERO_COPY_LAB_LOCK_PARENT: cwd };
    return spawnSync(program, args, {
      cwd,
      encoding: 'utf8',
      env,
      ...(asNobody ? { uid: NOBODY, gid: NOBODY } : {}),
    });
  }
}

function temporary(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'zcl-installation-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  chmodSync(folder, 0o755);
  return folder;
}

function expectRefusal(
  { status, stderr }: { status: number | null; stderr: string },
  ...words: readonly string[]
): void {
  expect(stderr).toMatch(ONE_LINE);
  for (const each of words) expect(stderr).toContain(each);
  expect(status).toBe(3);
}

test('as it was built, it loads', () => {
  expect(new Installation().run()).toMatchObject({ status: 0, stderr: '' });
});

test('missing', () => {
  const installation = new Installation();
  const { addon } = installation;
  rmSync(addon);
  expectRefusal(installation.run(), `${addon} is not there`, `the package for linux-${process.arch}`);
});

describe('damaged', () => {
  test('not a library at all', () => {
    const installation = new Installation();
    const { addon } = installation;
    writeFileSync(addon, 'this is text');
    expectRefusal(installation.run(), `${addon} is damaged: it is no ELF file`, 'Reinstall');
  });

  test('cut off, which would kill the process that loads it', () => {
    const installation = new Installation();
    const { addon } = installation;
    truncateSync(addon, readFileSync(addon).length / 2);
    expectRefusal(installation.run(), `${addon} is damaged: its end is missing`, 'Reinstall');
  });
});

test('of another machine', () => {
  const installation = new Installation();
  const { addon } = installation;
  const others = { arm64: { other: 'x64', machine: 62 }, x64: { other: 'arm64', machine: 183 } } as const;
  const { other, machine } = others[process.arch as keyof typeof others];
  const bytes = readFileSync(addon);
  const here = bytes.readUInt16LE(18);
  // e_machine of the ELF header (elf(5)).
  bytes.writeUInt16LE(machine, 18);
  writeFileSync(addon, bytes);
  expectRefusal(
    installation.run(),
    `built for ${other} (ELF machine ${machine}), and this is ${process.arch} (ELF machine ${here})`,
    `Install the package for linux-${process.arch}`,
  );
});

test('of a newer glibc', () => {
  const here = spawnSync('getconf', ['GNU_LIBC_VERSION'], { encoding: 'utf8' }).stdout.trim();
  const installation = new Installation();
  // The first is of every file that is linked with glibc, on every machine.
  const [oldest = ''] = /GLIBC_2\.\d\d(?=\0)/.exec(readFileSync(installation.addon, 'latin1')) ?? [];
  installation.patch(`\0${oldest}\0`, '\0GLIBC_2.99\0');
  expectRefusal(
    installation.run(),
    `needs glibc 2.99, and this host has ${here.replace('glibc ', '')}`,
    'Run on a newer system',
  );
});

test('of a newer libstdc++', () => {
  const installation = new Installation();
  const [some = ''] = /GLIBCXX_3\.4\.\d\d(?=\0)/.exec(readFileSync(installation.addon, 'latin1')) ?? [];
  installation.patch(`\0${some}\0`, '\0GLIBCXX_3.4.99\0');
  const ended = installation.run();
  expectRefusal(ended, 'needs GLIBCXX_3.4.99, and /', 'Run on a newer system');
  expect(ended.stderr).toMatch(/libstdc\+\+\.so\.6 goes up to GLIBCXX_3\.4\.\d\d\./);
});

test('of a library this host does not have', () => {
  const installation = new Installation();
  installation.patch('\0libstdc++.so.6\0', '\0libstdc++.so.9\0');
  expectRefusal(installation.run(), 'needs the library libstdc++.so.9', 'Install the package that brings it');
});

test('not readable', () => {
  const installation = new Installation();
  chmodSync(installation.addon, 0o000);
  // Root reads everything.
  expectRefusal(installation.run({ asNobody: process.getuid?.() === 0 }), 'You may not read', 'chmod a+rX');
});

test('in a folder that may not be entered', () => {
  const installation = new Installation();
  chmodSync(path.dirname(installation.addon), 0o600);
  expectRefusal(installation.run({ asNobody: process.getuid?.() === 0 }), 'You may not read', 'chmod a+rX');
});

test.for([
  { asked: [] },
  // That would begin with a program beside the addon.
  { asked: ['--path', 'file-to-socket', '--to', 'lab'] },
])('on a filesystem mounted noexec: run $asked', ({ asked }, context) => {
  const place = new Workplace();
  const folder = smallFilesystem(context, place, 'noexec,size=64m');
  const installation = new Installation(folder);
  expectRefusal(installation.run({ asked }), `${folder} is mounted noexec`, 'on another filesystem');
});

test('forbidden by a policy', () => {
  const through = preloading(new Workplace(), 'no_new_code.c');
  const ended = new Installation().run({ through });
  expectRefusal(ended, 'A security policy of this host forbids to load', 'ausearch');
  expect(ended.stderr).toMatch(/In force here: .*seccomp/);
});

test('broken in a way of its own: in the words of the loader', () => {
  const installation = new Installation();
  // A function of Node's that is not there.
  installation.patch('\0napi_create_function\0', '\0napi_create_functiom\0');
  expectRefusal(installation.run(), 'does not load: ', 'undefined symbol: napi_create_functiom', 'Reinstall');
});

// What the package for every other platform says on a Linux that has none of its own.
describe('not there, since there is none for the host', () => {
  const glibc = { name: 'glibc', version: '2.36' } as const;

  test.for([
    { arch: 'x64', library: { name: 'musl' }, code: 'addon-libc', says: /no native addon for musl.*Alpine/ },
    { arch: 'riscv64', library: glibc, code: 'addon-architecture', says: /no native addon for riscv64/ },
    { arch: 'arm64', library: glibc, code: 'addon-missing', says: /is not there/ },
  ] as const)('$arch with $library.name', ({ arch, library, code, says }) => {
    const problem = fileProblem('/nowhere/zero_copy_lab.node', { arch, library });
    expect(problem).toMatchObject({ code, message: expect.stringMatching(says) });
    expect(problem?.hint).toMatch(code === 'addon-missing' ? /package for linux-arm64/ : /Saved results open here/);
  });
});

// No Node that runs on another C library can be had here: what it would find is told to the same function.
describe('where the C library is another one', () => {
  const relocating = 'Error relocating zero_copy_lab.node: __snprintf_chk: symbol not found';

  test('built for glibc, on musl', () => {
    const { addon } = new Installation();
    expect(loadProblem(addon, relocating, { arch: process.arch, library: { name: 'musl' } })).toMatchObject({
      code: 'addon-libc',
      message: expect.stringMatching(/was built for glibc, and this host has musl/),
    });
  });

  test('built for musl, on glibc', () => {
    const installation = new Installation();
    installation.patch('\0libstdc++.so.6\0', '\0libc.musl-x86.\0');
    expectRefusal(installation.run(), 'was built for musl', `Install the package for linux-${process.arch}`);
  });
});
