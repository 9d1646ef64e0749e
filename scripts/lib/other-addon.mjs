// The addon of another commit, to be measured beside this one.
import { copyFileSync, symlinkSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { cached, inRepository, removeFolder, repository, temporaryFolder } from './folders.mjs';
import { headersPrefix } from './node-headers.mjs';
import { Problem } from './problem.mjs';
import { run, runToEnd, step } from './run.mjs';

/** What a transfer needs of a build. */
const FILES = ['zero_copy_lab.node', 'zcl-consumer'];

/**
 * Builds the native half of a commit, with the dependencies and the compiler of this clone, unless the cache has it.
 *
 * @param {string} commit
 * @returns {Promise<string>} the addon; its consumer is beside it
 */
export async function addonOf(commit) {
  const known = await runToEnd('git', ['rev-parse', '--verify', '--quiet', `${commit}^{commit}`], { cwd: repository });
  if (known.code !== 0) throw new Problem(`${commit} is no commit of this clone.`, 2);
  const hash = known.stdout.trim();
  const [major] = process.versions.node.split('.');
  const folder = await cached(`addon-${hash.slice(0, 12)}-node-${major}`, (into) =>
    step(`Building the addon of ${commit}`, () => build(hash, into)),
  );
  return join(folder, 'zero_copy_lab.node');
}

/**
 * @param {string} hash of a commit
 * @param {string} into
 */
async function build(hash, into) {
  const clone = temporaryFolder('against');
  try {
    const archive = join(clone, 'commit.tar');
    await run('git', ['archive', '--output', archive, hash], { cwd: repository });
    await run('tar', ['-xf', archive, '-C', clone]);
    symlinkSync(inRepository('node_modules'), join(clone, 'node_modules'));
    const gyp = inRepository('node_modules', 'node-gyp', 'bin', 'node-gyp.js');
    const jobs = availableParallelism();
    await run(process.execPath, [gyp, 'rebuild', `--nodedir=${await headersPrefix()}`, `--jobs=${jobs}`], {
      cwd: clone,
      timeoutMs: 60 * 60_000,
      what: 'Building the other addon',
    });
    for (const name of FILES) copyFileSync(join(clone, 'build', 'Release', name), join(into, name));
  } finally {
    removeFolder(clone);
  }
}
