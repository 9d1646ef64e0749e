/** What is shipped must load where glibc is 2.28 and libstdc++ that of GCC 8, whatever it was built on; or need neither. */
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { checkShippable, complaintsAbout } from '../../scripts/lib/elf.mjs';
import { inRepository } from '../../scripts/lib/folders.mjs';
import type { Machine } from '../../scripts/lib/machines.mjs';
import { otherMachines, ownMachine, releaseFolder } from '../../scripts/lib/machines.mjs';
import { programs } from '../../scripts/lib/targets.mjs';
import { skip } from '../skip.ts';

const machine = ownMachine as Machine;
const compiler = process.env['CXX'] ?? 'c++';
const built = (name: string) => inRepository(releaseFolder(machine), name);
const folder = mkdtempSync(path.join(tmpdir(), 'zcl-floors-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.for(programs)('%s', async (name) => {
  expect(await complaintsAbout(built(name), machine)).toEqual([]);
});

describe('a library', () => {
  test.for([
    ['GLIBC_2.28', true],
    // By number and not by letter.
    ['GLIBC_2.4', true],
    ['GLIBC_2.29', false],
    ['GLIBC_3.0', false],
    // No number: what stands for a feature of a newer one.
    ['GLIBC_ABI_DT_RELR', false],
    ['GLIBCXX_3.4', true],
    ['GLIBCXX_3.4.25', true],
    ['GLIBCXX_3.4.26', false],
    ['CXXABI_1.3.11', true],
    ['CXXABI_1.3.12', false],
  ] as const)('that needs %s may be shipped: %s', async ([version, may]) => {
    const complaints = await complaintsAbout(needing(version), machine);
    expect(complaints.join()).toMatch(may ? /^$/ : new RegExp(`^user\\.so needs ${version}, above `));
  });

  test('may need none that is not on every system', async () => {
    const file = compile('other.so', 'int f() { return 0; }', '-Wl,-soname,libzstd.so.1');
    const user = compile('user.so', 'int f(); int g() { return f(); }', '-Wl,--no-as-needed', file);
    expect(await complaintsAbout(user, machine)).toEqual(['user.so needs libzstd.so.1']);
  });

  test.for(otherMachines)('for this machine is none for %s', async (other) => {
    expect(await complaintsAbout(built('zero_copy_lab.node'), other)).toEqual([
      expect.stringMatching(/^zero_copy_lab\.node was built for ELF machine \d+, not for \d+/),
    ]);
  });

  test('that is too new stops the packer', async () => {
    await expect(checkShippable(needing('GLIBC_2.99'), machine)).rejects.toThrow('user.so needs GLIBC_2.99');
  });

  test('is an ELF file', async () => {
    const file = path.join(folder, 'text.so');
    writeFileSync(file, 'a text that is longer than the header of a library\n');
    expect(await complaintsAbout(file, machine)).toEqual(['text.so is no ELF file']);
  });
});

/** A library that needs a symbol of this version from libc.so.6; from one made up, since any may be asked for. */
function needing(version: string): string {
  const script = path.join(folder, 'versions');
  writeFileSync(script, `${version} { global: *; };\n`);
  const libc = compile(
    'libc.so',
    'extern "C" int f() { return 0; }',
    '-Wl,-soname,libc.so.6',
    `-Wl,--version-script,${script}`,
  );
  return compile('user.so', 'extern "C" int f(); int g() { return f(); }', '-Wl,--no-as-needed', libc);
}

function compile(name: string, source: string, ...flags: readonly string[]): string {
  const file = path.join(folder, name);
  execFileSync(compiler, ['-shared', '-fPIC', '-nostdlib', '-x', 'c++', '-', '-x', 'none', ...flags, '-o', file], {
    input: source,
  });
  return file;
}

test('the receiver for other hosts needs no shared library, and is small', async (context) => {
  const file = built('zcl-receiver');
  const { stdout } = spawnSync('readelf', ['-Wld', file], { encoding: 'utf8' });
  if (stdout.includes('Requesting program interpreter') && !hasStaticLibraries()) {
    skip(context, 'this system has no static C and C++ libraries');
  }
  expect(stdout).not.toMatch(/NEEDED|INTERP/);
  const stripped = path.join(folder, 'zcl-receiver');
  copyFileSync(file, stripped);
  expect(spawnSync('strip', ['-s', stripped]).status).toBe(0);
  expect(statSync(stripped).size).toBeLessThanOrEqual(900_000);
});

function hasStaticLibraries(): boolean {
  const flags = ['-static', '-x', 'c++', '-o', '/dev/null', '-'];
  return spawnSync(compiler, flags, { input: 'int main() {}' }).status === 0;
}
