/** What is in a package: by name what the table of targets says, for the machine it says, and small; and it works. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inRepository } from '../../scripts/lib/folders.mjs';
import { ownTarget, sizeBudgetBytes, targets } from '../../scripts/lib/targets.mjs';
import { inNoPackage } from '../../scripts/lib/vsix.mjs';
import type { Unpacked } from './unpacked.ts';
import { expectAsDeclared, unpacked } from './unpacked.ts';

const own = ownTarget as string;

test('every file that "files" of package.json names is in a package', async () => {
  expect(await inNoPackage()).toEqual([]);
});

test('the package for every other platform has no program in it, and the others have both receivers', () => {
  expect(Object.values(targets).map(({ platform, machine, receivers }) => [platform, machine, receivers])).toEqual([
    ['linux-x64', 'x64', ['x64', 'arm64']],
    ['linux-arm64', 'arm64', ['x64', 'arm64']],
    [undefined, undefined, []],
  ]);
});

describe.each([own, 'universal'])('%s', (name) => {
  let its: Unpacked;
  beforeAll(async () => {
    its = await unpacked(name);
  });
  afterAll(() => its.remove());

  test('holds what it should, and no more', () => expectAsDeclared(its, name));

  test('has a README that leads to the repository, as it was in this version', () => {
    const readme = readFileSync(its.path('readme.md'), 'utf8');
    const links = [...readme.matchAll(/\]\(([^)]+)\)/g)].map(([, target = '']) => target);
    expect(links.length).toBeGreaterThan(10);
    const { version } = JSON.parse(readFileSync(its.path('package.json'), 'utf8')) as { version: string };
    const repository = 'https://github.com/zero-copy-lab/zero-copy-lab';
    const places = [`${repository}/blob/v${version}/`, `${repository}/raw/v${version}/`];
    expect(links.filter((link) => !places.some((place) => link.startsWith(place)))).toEqual([]);
  });

  test('is small enough', () => {
    expect(its.bytes).toBeLessThanOrEqual(sizeBudgetBytes);
  });

  test('has a command line that works there as far as it can', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'zcl-package-use-'));
    const cli = (...words: readonly string[]) =>
      spawnSync(process.execPath, [its.path('dist', 'cli.js'), ...words], {
        cwd: folder,
        encoding: 'utf8',
        env: { ...process.env, LANG: 'C.UTF-8', ZERO_COPY_LAB_LOCK_PARENT: folder },
      });
    try {
      const result = path.join(folder, 'here.zcresult.json');
      const run = cli('run', '--size', '1MiB', '--rounds', '2', '--modes', 'sendfile', '--json', result);
      if (name === own) {
        expect(run.status, run.stderr).toBe(0);
        expect(JSON.parse(readFileSync(result, 'utf8')).status).toBe('complete');
      } else {
        expect(run.status, run.stdout).toBe(3);
        expect(run.stderr).toContain('The native addon');
      }
      const saved = path.join(folder, 'saved.zcresult.json');
      copyFileSync(inRepository('test', 'unit', 'results', 'version-1.zcresult.json'), saved);
      const report = cli('export', saved, '--format', 'md', '-o', '-');
      expect(report.stdout).toMatch(/^# /);
      expect(report.status).toBe(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
