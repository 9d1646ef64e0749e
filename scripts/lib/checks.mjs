// Everything that can be said about the sources without running them. Each check counts as one test.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { currentDocuments } from './documents.mjs';
import { inRepository, removeFolder, temporaryFolder } from './folders.mjs';
import { currentNotices, NOTICES } from './notices.mjs';
import { Problem } from './problem.mjs';
import { runToEnd } from './run.mjs';
import { translationComplaints } from './translations.mjs';
import { workflowComplaints } from './workflows.mjs';

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
  { name: 'translations hold the texts of the sources', complaints: async () => translationComplaints().join('\n') },
  { name: 'modes, myths and glossary in docs/ say what the model says', complaints: documentsAreUpToDate },
  { name: 'ThirdPartyNotices.txt says what is in the packages', complaints: noticesAreUpToDate },
  { name: 'workflows (actionlint)', complaints: async () => (await workflowComplaints()).join('\n') },
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

async function documentsAreUpToDate() {
  const stale = (await currentDocuments()).filter(({ file, text }) => {
    const stored = inRepository(file);
    return !existsSync(stored) || readFileSync(stored, 'utf8') !== text;
  });
  return stale.map(({ file }) => `${file} has changed: run \`npm run documents\`.`).join('\n');
}

async function noticesAreUpToDate() {
  const file = inRepository(NOTICES);
  const stored = existsSync(file) ? readFileSync(file, 'utf8') : '';
  try {
    return stored === currentNotices() ? '' : 'What is in the packages has changed: run `npm run notices`.';
  } catch (error) {
    if (error instanceof Problem) return error.message;
    throw error;
  }
}

/** @param {string} file */
function readBundle(file) {
  return existsSync(file) ? JSON.stringify(JSON.parse(readFileSync(file, 'utf8'))) : '{}';
}
