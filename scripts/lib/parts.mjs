// What is in the packages that others wrote: bundled by esbuild, copied, compiled in, or linked in statically.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRepository } from './folders.mjs';
import { Problem } from './problem.mjs';

/**
 * @typedef {object} Part
 * @property {string} name
 * @property {string | undefined} version undefined where only the build machine knows, and does not say
 * @property {string} license an SPDX expression
 * @property {string} text the licence's own words
 * @property {string} home where it comes from
 * @property {string} purl of https://github.com/package-url/purl-spec
 * @property {readonly string[]} files where it is, seen from the extension's folder
 * @property {readonly string[]} needs names of other parts
 * @property {string} [integrity] of the npm package, as package-lock.json has it
 */

/** Those whose conditions are met by what ThirdPartyNotices.txt says. Another one is looked at by a person first. */
const known = [
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC-BY-4.0',
  'GPL-3.0-or-later WITH GCC-exception-3.1',
  'ISC',
  'LGPL-2.1-or-later',
  'MIT',
];

const addon = 'build/Release/zero_copy_lab.node';
/** For each machine that another host may be. */
const receivers = ['Release', 'arm64/Release', 'x64/Release'].map((folder) => `build/${folder}/zcl-receiver`);
const programs = ['build/Release/zcl-consumer', 'build/Release/zcl-launcher', ...receivers];

/** Texts of packages that come without one. */
const ownTexts = new Map([['@vscode/l10n', 'vscode-l10n.txt']]);

/** Of files that are shipped as they are, or as the sources of the addon: no bundle shows them. */
const besides = [
  { name: '@vscode/codicons', files: ['dist/webview/codicon.css', 'dist/webview/codicon.ttf'] },
  { name: 'node-addon-api', files: [addon] },
];

/**
 * All of them, by name. The bundles have to be there.
 *
 * @returns {readonly Part[]}
 */
export function parts() {
  const found = new Map(besides.map(({ name, files }) => [name, new Set(files)]));
  for (const [output, names] of bundled()) {
    for (const name of names) found.set(name, (found.get(name) ?? new Set()).add(output));
  }
  const ofNpm = [...found].map(([name, files]) => npmPart(name, [...files].sort()));
  const all = [...ofNpm, xxHash(), ...compilersOwn()];
  requireLicenses(all);
  const names = new Set(all.map(({ name }) => name));
  return all
    .map((part) => ({ ...part, needs: part.needs.filter((name) => names.has(name)).sort() }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * @param {readonly Part[]} all
 * @throws {Problem} for a licence that is missing, or that nobody has looked at
 */
export function requireLicenses(all) {
  for (const { name, license, text } of all) {
    if (!known.includes(license)) throw new Problem(`${name} is under ${license}, which nobody has looked at yet.`);
    if (!text.trim()) throw new Problem(`${name} comes without the text of its licence: put it into licenses/.`);
  }
}

/** The npm packages of every bundle of which at least a byte is in it. */
function bundled() {
  const file = inRepository('dist', 'metafile.json');
  if (!existsSync(file)) throw new Problem('What the bundles are made of is not known: run `npm run build` first.');
  /** @type {Pick<import('esbuild').Metafile, 'outputs'>} */
  const { outputs } = JSON.parse(readFileSync(file, 'utf8'));
  return Object.entries(outputs).map(([output, { inputs }]) => {
    const used = Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
    const names = used.map(([input]) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1]);
    return /** @type {const} */ ([output, new Set(names.filter((name) => name !== undefined))]);
  });
}

/**
 * @param {string} name
 * @param {readonly string[]} files
 * @returns {Part}
 */
function npmPart(name, files) {
  const folder = inRepository('node_modules', name);
  /** @type {{ version: string, license?: string, homepage?: string, dependencies?: Record<string, string> }} */
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const { version, license = 'no licence at all', dependencies = {} } = manifest;
  /** @type {{ packages: Record<string, { integrity?: string }> }} */
  const lock = JSON.parse(readFileSync(inRepository('package-lock.json'), 'utf8'));
  const integrity = lock.packages[`node_modules/${name}`]?.integrity;
  return {
    name,
    version,
    license,
    text: licenseText(name, folder),
    home: `https://www.npmjs.com/package/${name}`,
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    files,
    needs: Object.keys(dependencies),
    ...(integrity ? { integrity } : {}),
  };
}

/**
 * @param {string} name
 * @param {string} folder
 */
function licenseText(name, folder) {
  const own = ownTexts.get(name);
  if (own) return readFileSync(inRepository('licenses', own), 'utf8');
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  return files
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n\n');
}

/** Only its header is compiled in, and the package it comes in is another's. @returns {Part} */
function xxHash() {
  const header = readFileSync(inRepository('node_modules', 'xxhash-addon', 'xxHash', 'xxhash.h'), 'utf8');
  const version = ['MAJOR', 'MINOR', 'RELEASE']
    .map((part) => new RegExp(`#define XXH_VERSION_${part} +(\\d+)`).exec(header)?.[1])
    .join('.');
  const [, comment = ''] = /^\/\*\n([\s\S]*?)\*\//.exec(header) ?? [];
  return {
    name: 'xxHash',
    version,
    license: 'BSD-2-Clause',
    text: comment.replaceAll(/^ \* ?/gm, ''),
    home: 'https://github.com/Cyan4973/xxHash',
    purl: `pkg:github/cyan4973/xxhash@v${version}`,
    files: [addon, 'build/Release/zcl-consumer', ...receivers],
    needs: [],
  };
}

/** What every compiler of Linux puts into a program, and a static one has whole. @returns {readonly Part[]} */
function compilersOwn() {
  const { glibc, gcc } = compilerVersions();
  return [
    {
      name: 'GNU C Library',
      version: glibc,
      license: 'LGPL-2.1-or-later',
      text: readFileSync(inRepository('licenses', 'glibc.txt'), 'utf8'),
      home: 'https://sourceware.org/glibc/',
      purl: `pkg:generic/glibc${glibc ? `@${glibc}` : ''}`,
      files: receivers,
      needs: [],
    },
    {
      name: 'GCC run-time libraries',
      version: gcc,
      license: 'GPL-3.0-or-later WITH GCC-exception-3.1',
      text: readFileSync(inRepository('licenses', 'gcc-runtime.txt'), 'utf8'),
      home: 'https://gcc.gnu.org/',
      purl: `pkg:generic/gcc${gcc ? `@${gcc}` : ''}`,
      files: [addon, ...programs],
      needs: ['GNU C Library'],
    },
  ];
}

/** @returns {{ glibc: string | undefined, gcc: string | undefined }} */
function compilerVersions() {
  try {
    const source =
      '#include <features.h>\nglibc=__GLIBC__.__GLIBC_MINOR__ gcc=__GNUC__.__GNUC_MINOR__.__GNUC_PATCHLEVEL__\n';
    const said = execFileSync(process.env.CXX ?? 'c++', ['-E', '-P', '-x', 'c++', '-'], {
      input: source,
      encoding: 'utf8',
    });
    const [, glibc, gcc] = /glibc=(\S+) gcc=(\S+)/.exec(said.replaceAll(/ *\. */g, '.')) ?? [];
    return { glibc, gcc };
  } catch {
    return { glibc: undefined, gcc: undefined };
  }
}
