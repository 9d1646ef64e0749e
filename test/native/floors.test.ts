/** What is shipped must load where glibc is 2.28 and libstdc++ that of GCC 8, whatever it was built on; or need neither. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { skip } from '../skip.ts';
import { addonFile } from './addon.ts';

const FLOORS = { GLIBC: [2, 28, 0], GLIBCXX: [3, 4, 25] } as const;

/** Symbols, as objdump lists them, of a newer version than their library may have. */
function tooNew(symbols: string): string[] {
  return symbols.split('\n').filter((line) => {
    const [, library = '', version = ''] = /\((GLIBC|GLIBCXX)_([0-9.]+)\)/.exec(line) ?? [];
    const floor = FLOORS[library as keyof typeof FLOORS];
    if (floor === undefined) return false;
    const parts = version.split('.').map(Number);
    const differs = floor.findIndex((part, index) => part !== (parts[index] ?? 0));
    return differs >= 0 && (parts[differs] ?? 0) > (floor[differs] ?? 0);
  });
}

const programs = ['zcl-consumer', 'zcl-launcher'].map((name) => path.join(path.dirname(addonFile), name));
test.for([addonFile, ...programs])('%s', (file, context) => {
  const { status, stdout } = spawnSync('objdump', ['-T', file], { encoding: 'utf8' });
  if (status !== 0) skip(context, 'needs objdump (binutils)');
  expect(stdout).toContain('GLIBC_');
  expect(tooNew(stdout)).toEqual([]);
});

test('the receiver for other hosts needs no shared library, and is small', (context) => {
  const file = path.join(path.dirname(addonFile), 'zcl-receiver');
  const { status, stdout } = spawnSync('readelf', ['-Wld', file], { encoding: 'utf8' });
  if (status !== 0) skip(context, 'needs readelf (binutils)');
  if (stdout.includes('Requesting program interpreter') && !hasStaticLibraries()) {
    skip(context, 'this system has no static C and C++ libraries');
  }
  expect(stdout).not.toMatch(/NEEDED|INTERP/);
  const stripped = path.join(mkdtempSync(path.join(tmpdir(), 'zcl-size-')), 'zcl-receiver');
  expect(spawnSync('strip', ['-s', '-o', stripped, file]).status).toBe(0);
  const { size } = statSync(stripped);
  rmSync(path.dirname(stripped), { recursive: true });
  expect(size).toBeLessThanOrEqual(900_000);
});

function hasStaticLibraries(): boolean {
  const flags = ['-static', '-x', 'c++', '-o', '/dev/null', '-'];
  return spawnSync(process.env['CXX'] ?? 'c++', flags, { input: 'int main() {}' }).status === 0;
}
