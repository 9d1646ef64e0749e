// Where things live: the repository, and the user's cache folder for what is too big or too slow to fetch twice.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** @type {Set<string>} */
const temporary = new Set();
process.once('exit', () => {
  for (const folder of temporary) removeFolder(folder);
});

/** @param {string[]} parts */
export const inRepository = (...parts) => join(repository, ...parts);

export function cacheFolder() {
  const own = process.env.ZERO_COPY_LAB_CACHE;
  if (own) return resolve(own);
  // The specification says that a relative XDG_CACHE_HOME is to be ignored.
  const xdg = process.env.XDG_CACHE_HOME;
  return join(xdg?.startsWith('/') ? xdg : join(homedir(), '.cache'), 'zero-copy-lab');
}

/**
 * A folder of the cache that is either whole or absent: `fill` works under another name, and the rename is the last
 * step. What a killed process left is swept away by the next.
 *
 * @param {string} name
 * @param {(folder: string) => Promise<void>} fill
 */
export async function cached(name, fill) {
  const target = join(cacheFolder(), name);
  if (existsSync(target)) return target;
  mkdirSync(dirname(target), { recursive: true });
  sweepAbandoned(target);
  const partial = `${target}.partial-${process.pid}`;
  mkdirSync(partial);
  temporary.add(partial);
  try {
    await fill(partial);
    try {
      renameSync(partial, target);
    } catch (error) {
      // Another process was quicker; what it made is as good as ours.
      if (!existsSync(target)) throw error;
    }
  } finally {
    removeFolder(partial);
  }
  return target;
}

/** @param {string} target */
function sweepAbandoned(target) {
  const prefix = `${basename(target)}.partial-`;
  for (const name of readdirSync(dirname(target))) {
    if (name.startsWith(prefix) && !isAlive(Number(name.slice(prefix.length)))) {
      removeFolder(join(dirname(target), name));
    }
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * A folder that is gone when this process ends.
 *
 * @param {string} purpose
 */
export function temporaryFolder(purpose) {
  const folder = mkdtempSync(join(tmpdir(), `zero-copy-lab-${purpose}-`));
  temporary.add(folder);
  return folder;
}

/** @param {string} folder */
export function removeFolder(folder) {
  // Retries, because a program that is just ending may still write into it.
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  temporary.delete(folder);
}
