// What must be true of a compiled file before it is shipped: that it is for its machine, and loads on the oldest systems
// that VS Code's server itself runs on.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { machines } from './machines.mjs';
import { Problem } from './problem.mjs';
import { run } from './run.mjs';
import { bringPackages, onPath } from './system-packages.mjs';

/** The newest versions of symbols that may be needed: glibc 2.28 and the libstdc++ of GCC 8. */
const floors = { GLIBC: '2.28', GLIBCXX: '3.4.25', CXXABI: '1.3.11' };

/** The libraries that are there wherever VS Code's server runs. */
const libraries = /^(libc|libm|libgcc_s|libstdc\+\+|ld-linux-(x86-64|aarch64))\.so\.\d+$/;

/**
 * What keeps a file from being shipped, one sentence each; none if all is well.
 *
 * @param {string} file
 * @param {import('./machines.mjs').Machine} machine that it is meant for
 */
export async function complaintsAbout(file, machine) {
  const name = basename(file);
  const foreign = foreignTo(file, machine);
  if (foreign) return [foreign];
  const { versions, needed } = await dynamicNeeds(file);
  return [
    ...versions.flatMap((version) => {
      const floor = floorUnder(version);
      return floor ? [`${name} needs ${version}, above ${floor}`] : [];
    }),
    ...needed.filter((library) => !libraries.test(library)).map((library) => `${name} needs ${library}`),
  ];
}

/**
 * VS Code installs an extension for another machine without a word.
 *
 * @param {string} file
 * @param {import('./machines.mjs').Machine} machine
 */
function foreignTo(file, machine) {
  const header = readFileSync(file).subarray(0, 20);
  const isElf = header.length === 20 && header.toString('latin1', 0, 4) === '\u007fELF';
  if (!isElf) return `${basename(file)} is no ELF file`;
  const found = header.readUInt16LE(18);
  const { elf } = machines[machine];
  return found === elf
    ? undefined
    : `${basename(file)} was built for ELF machine ${found}, not for ${elf} (${machine})`;
}

/**
 * The versions of symbols and the libraries that the dynamic loader will ask for. readelf reads files of any machine.
 *
 * @param {string} file
 */
async function dynamicNeeds(file) {
  if (!onPath('readelf')) {
    await bringPackages([{ name: 'readelf', apt: ['binutils'], dnf: ['binutils'] }], 'to check what was compiled');
  }
  const { stdout } = await run('readelf', ['-W', '-d', '-V', file], {
    what: 'Reading what a compiled file needs',
    env: { ...process.env, LC_ALL: 'C' },
  });
  const all = (/** @type {RegExp} */ pattern) => [...stdout.matchAll(pattern)].map(([, name = '']) => name);
  return {
    versions: [...new Set(all(/\bName: ((?:GLIBC|GLIBCXX|CXXABI)_\S+)/g))],
    needed: all(/\(NEEDED\)\s+Shared library: \[(.*)\]/g),
  };
}

/**
 * The newest version of its library that may be needed, if this one is above it; so is what is no number, for that is a
 * feature of a newer library (GLIBC_ABI_DT_RELR came with 2.36).
 *
 * @param {string} version such as GLIBC_2.34
 */
function floorUnder(version) {
  const [, library = '', numbers = ''] = /^([A-Z]+)_(.*)$/.exec(version) ?? [];
  const [, floor = ''] = Object.entries(floors).find(([name]) => name === library) ?? [];
  const fits = /^[0-9.]+$/.test(numbers) && compareVersions(numbers, floor) <= 0;
  return fits ? undefined : `${library}_${floor}`;
}

/**
 * @param {string} a
 * @param {string} b
 */
function compareVersions(a, b) {
  const [left, right] = [a, b].map((text) => text.split('.').map(Number));
  for (let part = 0; part < 3; part += 1) {
    const difference = (left?.[part] ?? 0) - (right?.[part] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * For a package that is to be used here: what was built on a newer system may load only on such.
 *
 * @param {string} file
 * @param {import('./machines.mjs').Machine} machine
 */
export function checkMachine(file, machine) {
  const foreign = foreignTo(file, machine);
  if (foreign) throw new Problem(`${foreign}: remove build/ and build again.`);
}

/**
 * For a package that is to be used anywhere.
 *
 * @param {string} file
 * @param {import('./machines.mjs').Machine} machine
 */
export async function checkShippable(file, machine) {
  const complaints = await complaintsAbout(file, machine);
  if (complaints.length > 0) {
    throw new Problem(`This may not be shipped for ${machine}:\n${complaints.map((each) => `  ${each}`).join('\n')}`);
  }
}
