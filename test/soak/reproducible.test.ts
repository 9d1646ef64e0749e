/** The same sources give the same packages, byte by byte, wherever they are built. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { inRepository, repository } from '../../scripts/lib/folders.mjs';
import { canBuildFor } from '../../scripts/lib/machines.mjs';
import { targets } from '../../scripts/lib/targets.mjs';

/** Any will do, as long as both have it: the sources may not be committed yet. */
const TIME = '1700000000';
const names = Object.keys(targets).filter((name) => {
  const machine = targets[name]?.machine;
  return !machine || canBuildFor(machine);
});

test('packages built here, and anew in a folder elsewhere', () => {
  // Of another length and depth, so that a path that gets in moves everything.
  const elsewhere = mkdtempSync(path.join(tmpdir(), 'zcl-'));
  const copy = path.join(elsewhere, 'quite', 'another', 'place');
  try {
    copyOfSources(copy);
    const here = packagesOf(repository, '022', {});
    // Nothing is taken from a compiler cache, which would hand over what was compiled here.
    const there = packagesOf(copy, '077', { CCACHE_DISABLE: '1', TZ: 'Asia/Kathmandu' });
    expect(there).toEqual(here);
  } finally {
    rmSync(elsewhere, { recursive: true, force: true });
  }
});

function copyOfSources(copy: string): void {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: repository,
    encoding: 'utf8',
  });
  for (const file of listed.split('\0').filter(Boolean)) {
    mkdirSync(path.dirname(path.join(copy, file)), { recursive: true });
    cpSync(inRepository(file), path.join(copy, file));
  }
  // No link: esbuild goes by where a module really is.
  cpSync(realpathSync(inRepository('node_modules')), path.join(copy, 'node_modules'), {
    recursive: true,
    verbatimSymlinks: true,
  });
}

/** Name and digest of every package that is made in a folder. */
function packagesOf(folder: string, umask: string, env: NodeJS.ProcessEnv): readonly string[] {
  const said = execFileSync(
    'sh',
    ['-c', `umask ${umask} && exec nice "$0" scripts/package.mjs "$@"`, process.execPath, ...names],
    {
      cwd: folder,
      env: { ...process.env, SOURCE_DATE_EPOCH: TIME, ...env },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const made = [...said.matchAll(/^dist\S+\.vsix/gm)].map(([file]) => file);
  expect(made).toHaveLength(names.length);
  return made.map(
    (file) =>
      `${file} ${createHash('sha256')
        .update(readFileSync(path.join(folder, file)))
        .digest('hex')}`,
  );
}
