import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { repository } from './folders.mjs';

/**
 * One hash over files and whole folders of the repository: names and contents, in a fixed order.
 *
 * @param {readonly string[]} paths
 * @param {readonly string[]} facts whatever else the outcome depends on
 */
export function fingerprint(paths, facts = []) {
  const hash = createHash('sha256');
  for (const fact of facts) hash.update(`${fact}\0`);
  for (const path of paths) {
    for (const file of filesBelow(path)) {
      hash
        .update(`${relative(repository, file)}\0`)
        .update(readFileSync(file))
        .update('\0');
    }
  }
  return hash.digest('hex');
}

/**
 * @param {string} path
 * @returns {string[]}
 */
export function filesBelow(path) {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter((item) => item.isFile() || item.isDirectory())
    .map((item) => join(path, item.name))
    .sort()
    .flatMap(filesBelow);
}
