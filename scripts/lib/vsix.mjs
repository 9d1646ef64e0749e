import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkMachine, checkShippable } from './elf.mjs';
import { inRepository, removeFolder, repository, temporaryFolder } from './folders.mjs';
import { canBuildFor, toolFor } from './machines.mjs';
import { Problem } from './problem.mjs';
import { firstLine, run, step } from './run.mjs';
import { contentsOf, ownTarget, sizeBudgetBytes, targetNamed, targets } from './targets.mjs';

const vsce = inRepository('node_modules', '@vscode', 'vsce', 'vsce');

/**
 * Packs the extension for a platform. What it holds has to be built, but for receivers of machines that there is no
 * compiler for here.
 *
 * @param {string} name of the target
 * @param {string} [file] where to
 */
export const packVsix = (name, file) => pack(name, checkShippable, file);

/**
 * Packs it for this very machine, and this system: what a newer one than those we ship for built need not load there.
 *
 * @param {string} [file] where to
 */
export async function packOwn(file) {
  if (!ownTarget) throw new Problem(`There is no VS Code for Linux on ${process.arch}.`);
  return pack(ownTarget, checkMachine, file);
}

/** @typedef {(file: string, machine: import('./machines.mjs').Machine) => void | Promise<void>} Check of what was compiled */

/**
 * @param {string} name
 * @param {Check} check
 * @param {string} [file]
 */
async function pack(name, check, file = usualPlace(name)) {
  const target = targetNamed(name);
  return step(`Packing for ${name}`, async () => {
    const contents = contentsOf(target).filter(({ compiledFor }) => !compiledFor || canBuildFor(compiledFor));
    // Packed from a copy: stripping an addon in place would pull it away from under a process that has it loaded,
    // and take the symbols from whoever is debugging it.
    const stage = temporaryFolder('vsix');
    try {
      await fill(stage, contents, check);
      await checkTaken(stage, contents);
      mkdirSync(dirname(file), { recursive: true });
      rmSync(file, { force: true });
      const platform = target.platform ? ['--target', target.platform] : [];
      // The README leads to what the repository has, as it was in this version: pages that show it take pictures from
      // https alone, and all of them would be 1.6 MB. Not every package has every file that "files" names.
      const flags = ['--githubBranch', `v${version()}`, '--allow-unused-files-pattern'];
      await runVsce(stage, ['package', ...flags, ...platform, '-o', file]);
    } finally {
      removeFolder(stage);
    }
    const { size: bytes } = statSync(file);
    if (bytes > sizeBudgetBytes) {
      throw new Problem(`${file} has ${bytes} bytes; ${sizeBudgetBytes} is the most it may.`);
    }
    return { file, bytes };
  });
}

/** @param {string} name */
function usualPlace(name) {
  return inRepository('dist', `zero-copy-lab-${name}-${version()}.vsix`);
}

/** @returns {string} of this extension */
function version() {
  return JSON.parse(readFileSync(inRepository('package.json'), 'utf8')).version;
}

/**
 * @param {string} stage
 * @param {readonly import('./targets.mjs').Content[]} contents
 * @param {Check} check
 */
async function fill(stage, contents, check) {
  const missing = contents.filter(({ source }) => !existsSync(inRepository(source))).map(({ source }) => source);
  if (missing.length > 0) throw new Problem(`Not built, or not there: ${missing.join(', ')}.`);
  for (const { path, source, compiledFor } of contents) {
    const copy = join(stage, path);
    mkdirSync(dirname(copy), { recursive: true });
    copyFileSync(join(repository, source), copy);
    // The same whatever the umask of who builds: the modes are in the package.
    chmodSync(copy, compiledFor || path === join('dist', 'cli.js') ? 0o755 : 0o644);
    if (!compiledFor) continue;
    await check(copy, compiledFor);
    const strip = toolFor(compiledFor, 'strip');
    if (strip) await run(strip, ['--strip-unneeded', copy]);
  }
}

/**
 * vsce takes only what "files" of package.json names.
 *
 * @param {string} stage
 * @param {readonly import('./targets.mjs').Content[]} contents
 */
async function checkTaken(stage, contents) {
  const taken = await listed(stage);
  const lost = contents.filter(({ path }) => !taken.includes(path)).map(({ path }) => path);
  if (lost.length > 0) throw new Problem(`"files" of package.json leaves out ${lost.join(', ')}.`);
}

/** What "files" of package.json names and no package holds: a picture that nothing shows, a bundle that nobody loads. */
export async function inNoPackage() {
  const known = new Set(Object.values(targets).flatMap((target) => contentsOf(target).map(({ source }) => source)));
  return (await listed(repository)).filter((path) => !known.has(path));
}

/** @param {string} folder */
async function listed(folder) {
  const { stdout } = await runVsce(folder, ['ls']);
  return stdout.split('\n').filter(Boolean);
}

/**
 * So that the same commit gives the same bytes anywhere: one time for all files, in an order and a zone that no setting
 * of the machine changes.
 *
 * @param {string} folder
 * @param {readonly string[]} words
 */
async function runVsce(folder, words) {
  return run(process.execPath, [vsce, ...words, '--no-dependencies'], {
    cwd: folder,
    env: { ...process.env, SOURCE_DATE_EPOCH: await commitTime(), TZ: 'UTC', LC_ALL: 'C' },
    what: 'Packing the extension',
  });
}

/** Seconds since 1970, of the commit; undefined outside a clone. */
async function commitTime() {
  return process.env.SOURCE_DATE_EPOCH ?? (await firstLine('git', ['-C', repository, 'log', '-1', '--format=%ct']));
}
