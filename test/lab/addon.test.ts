/** An installation whose addon does not load: the cause is named, with the way out, and nothing else happens. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ONE_LINE, ROOT } from './lab.ts';

const installation = mkdtempSync(path.join(tmpdir(), 'zcl-installation-'));
const addon = path.join(installation, 'build', 'Release', 'zero_copy_lab.node');
const built = path.join(ROOT, 'build', 'Release', 'zero_copy_lab.node');

beforeAll(() => {
  mkdirSync(path.dirname(addon), { recursive: true });
  cpSync(path.join(ROOT, 'dist'), path.join(installation, 'dist'), { recursive: true });
  copyFileSync(path.join(ROOT, 'package.json'), path.join(installation, 'package.json'));
});
afterAll(() => rmSync(installation, { recursive: true, force: true }));

function run(): { readonly status: number | null; readonly stderr: string } {
  const cwd = mkdtempSync(path.join(installation, 'work-'));
  const args = [path.join(installation, 'dist', 'cli.js'), 'run', '--size', '1MiB'];
  // Runs of others on this host, real ones or tests, are none of these tests' business.
  const env = { ...process.env, ZERO_COPY_LAB_LOCK_PARENT: installation };
  return spawnSync(process.execPath, args, { cwd, encoding: 'utf8', env });
}

test('as it was built, it loads', () => {
  copyFileSync(built, addon);
  expect(run()).toMatchObject({ status: 0, stderr: '' });
});

test('missing', () => {
  rmSync(addon, { force: true });
  const ended = run();
  expect(ended.status).toBe(3);
  expect(ended.stderr).toMatch(ONE_LINE);
  expect(ended.stderr).toContain(`${addon} is not there`);
});

test('not a library at all', () => {
  writeFileSync(addon, 'this is text');
  const ended = run();
  expect(ended.status).toBe(3);
  expect(ended.stderr).toMatch(ONE_LINE);
  expect(ended.stderr).toContain('does not load');
});

test('of another architecture', () => {
  const bytes = readFileSync(built);
  // e_machine of the ELF header (elf(5)): 243 is RISC-V, which this test never runs on.
  bytes.writeUInt16LE(243, 18);
  writeFileSync(addon, bytes);
  const ended = run();
  expect(ended.status).toBe(3);
  expect(ended.stderr).toMatch(ONE_LINE);
  expect(ended.stderr).toContain('does not load');
  expect(ended.stderr).toContain('built for another platform');
});
