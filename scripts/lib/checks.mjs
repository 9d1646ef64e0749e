// Everything that can be said about the sources without running them. Each check counts as one test.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRepository, removeFolder, temporaryFolder } from './folders.mjs';
import { currentModesDocument, MODES_DOCUMENT } from './modes.mjs';
import { runToEnd } from './run.mjs';

/**
 * @typedef {object} Check
 * @property {string} name
 * @property {() => Promise<string>} complaints what is wrong, or nothing
 */

/** @param {string} name */
const bin = (name) => inRepository('node_modules', '.bin', name);

/** @type {readonly Check[]} */
export const checks = [
  { name: 'types of the sources (tsc)', complaints: () => quiet(bin('tsc'), ['--noEmit']) },
  {
    name: 'types of the scripts and the VS Code tests (tsc)',
    complaints: () => quiet(bin('tsc'), ['--noEmit', '-p', join('test', 'vscode')]),
  },
  { name: 'style (biome)', complaints: () => quiet(bin('biome'), ['ci', '--colors=off']) },
  { name: 'l10n/ holds the texts of the sources', complaints: l10nIsUpToDate },
  { name: 'docs/modes.md says what the model says', complaints: modesAreUpToDate },
];

/**
 * @param {string} command
 * @param {string[]} args
 */
async function quiet(command, args) {
  const { code, output } = await runToEnd(command, args, { timeoutMs: 300_000 });
  return code === 0 ? '' : output.trimEnd() || `exit code ${code}`;
}

/** @param {string} folder */
export function exportL10n(folder) {
  const sources = ['extension', 'webview', 'cli', 'lab', 'model'].map((part) => join('src', part));
  const present = sources.filter((path) => existsSync(inRepository(path)));
  return quiet(bin('vscode-l10n-dev'), ['export', '--outDir', folder, ...present]);
}

async function l10nIsUpToDate() {
  const folder = temporaryFolder('l10n');
  try {
    const complaints = await exportL10n(folder);
    if (complaints) return complaints;
    const fresh = readBundle(join(folder, 'bundle.l10n.json'));
    const stored = readBundle(inRepository('l10n', 'bundle.l10n.json'));
    return fresh === stored ? '' : 'The texts have changed: run `node scripts/l10n.mjs`.';
  } finally {
    removeFolder(folder);
  }
}

async function modesAreUpToDate() {
  const file = inRepository(MODES_DOCUMENT);
  const stored = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return stored === (await currentModesDocument()) ? '' : 'The modes have changed: run `npm run modes`.';
}

/** @param {string} file */
function readBundle(file) {
  return existsSync(file) ? JSON.stringify(JSON.parse(readFileSync(file, 'utf8'))) : '{}';
}
