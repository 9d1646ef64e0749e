// The packages: which platform of VS Code each is for, and what it holds, by name. The packer and its test follow this.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRepository } from './folders.mjs';
import { allMachines, ownMachine, releaseFolder } from './machines.mjs';
import { bundleOf, iconFiles, pages } from './pages.mjs';
import { Problem } from './problem.mjs';

/** @typedef {import('./machines.mjs').Machine} Machine */

/**
 * @typedef {object} Target
 * @property {string | undefined} platform by VS Code's name for it; undefined: every one that has no package of its own
 * @property {Machine | undefined} machine that its addon and programs are for
 * @property {readonly Machine[]} receivers the machines that other hosts may be
 */

/** @type {Readonly<Record<string, Target>>} */
export const targets = {
  'linux-x64': { platform: 'linux-x64', machine: 'x64', receivers: allMachines },
  'linux-arm64': { platform: 'linux-arm64', machine: 'arm64', receivers: allMachines },
  // Opens, compares and exports results, and says why nothing runs there.
  universal: { platform: undefined, machine: undefined, receivers: [] },
};

/** The package for this very machine; undefined where there is none. */
export const ownTarget = Object.keys(targets).find((name) => ownMachine && targets[name]?.machine === ownMachine);

/** @param {string} name */
export function targetNamed(name) {
  const target = targets[name];
  if (!target) throw new Problem(`No package is called ${name}: ${Object.keys(targets).join(', ')}.`, 2);
  return target;
}

/** No package may be larger. */
export const sizeBudgetBytes = 2_500_000;

/** What runs on the machine that the package is for. */
export const programs = ['zero_copy_lab.node', 'zcl-consumer', 'zcl-launcher'];
const receiver = 'zcl-receiver';

/**
 * @typedef {object} Content
 * @property {string} path in the package
 * @property {string} source where it lies, seen from the repository
 * @property {Machine} [compiledFor]
 */

/**
 * Everything a package holds, and nothing else.
 *
 * @param {Target} target
 * @returns {Content[]}
 */
export function contentsOf(target) {
  return [...textsAndBundles().map((path) => ({ path, source: path })), ...compiled(target)];
}

/**
 * In a package, what is for its own machine lies in build/Release, as in the repository of such a machine.
 *
 * @param {Target} target
 * @returns {Content[]}
 */
function compiled({ machine, receivers }) {
  const own = machine ? programs.map((name) => ({ name, compiledFor: machine })) : [];
  const all = [...own, ...receivers.map((each) => ({ name: receiver, compiledFor: each }))];
  return all.map(({ name, compiledFor }) => ({
    path: compiledFor === machine ? join('build', 'Release', name) : join('build', compiledFor, 'Release', name),
    source: join(releaseFolder(compiledFor), name),
    compiledFor,
  }));
}

function textsAndBundles() {
  const all = [
    'package.json',
    'README.md',
    'CHANGELOG.md',
    'LICENSE',
    'ThirdPartyNotices.txt',
    join('dist', 'bench.js'),
    // The extension is in parts.
    ...filesLike(join('dist', 'extension'), /\.mjs$/),
    ...pages.map(bundleOf),
    ...iconFiles.map((name) => join('dist', 'webview', name)),
    ...filesLike('.', /^package\.nls(\.[a-z-]+)?\.json$/),
    // The English sentences are in the bundles.
    ...filesLike('l10n', /^bundle\.l10n\.[a-z-]+\.json$/),
    ...namedInManifest(),
  ];
  return [...new Set(all)];
}

/**
 * @param {string} folder
 * @param {RegExp} pattern
 */
function filesLike(folder, pattern) {
  return readdirSync(inRepository(folder))
    .filter((name) => pattern.test(name))
    .map((name) => join(folder, name));
}

/** The extension and the command line, pictures, schemas: every file that package.json names, but where it lists what may be packed. */
function namedInManifest() {
  const { files: _, ...manifest } = JSON.parse(readFileSync(inRepository('package.json'), 'utf8'));
  return stringsIn(manifest)
    .filter((text) => /^(\.\/)?(dist|media|schemas)\//.test(text))
    .map((path) => join(path));
}

/**
 * @param {unknown} value
 * @returns {string[]}
 */
function stringsIn(value) {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}
