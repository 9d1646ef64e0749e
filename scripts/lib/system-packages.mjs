// What only the system's package manager can bring: names it with the one command, or, on a build machine, runs it.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Problem } from './problem.mjs';
import { run, step } from './run.mjs';

/** Build machines set CI; a person's machine is never changed. */
export const isCi = ['true', '1'].includes((process.env.CI ?? '').toLowerCase());

/**
 * @typedef {object} Missing
 * @property {string} name in the words of the reader
 * @property {readonly string[]} apt
 * @property {readonly string[]} dnf
 */

/** @param {string} program */
export function onPath(program) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, program);
    if (folder && existsSync(path)) return path;
  }
  return undefined;
}

/** Whether this is a build machine that packages may be installed on. */
function mayInstall() {
  return isCi && process.getuid?.() === 0 && onPath('apt-get') !== undefined;
}

/**
 * For what can be done without: where nothing may be installed, nothing is said either.
 *
 * @param {readonly Missing[]} missing
 * @param {string} purpose
 */
export async function bringOnCi(missing, purpose) {
  if (mayInstall()) await bringPackages(missing, purpose);
}

/** One installation at a time: the package manager turns a second one away. */
let lastInstallation = Promise.resolve();

/**
 * @param {readonly string[]} packages
 * @param {string} names
 * @param {string} purpose
 */
function install(packages, names, purpose) {
  const installing = lastInstallation.then(() =>
    step(`Installing ${packages.join(' ')}, ${purpose}`, async () => {
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
      const what = `Installing ${names}`;
      // Somebody else may be installing at the moment: they are waited for.
      const patient = ['-q', '-o', 'DPkg::Lock::Timeout=300'];
      await run('apt-get', [...patient, 'update'], { env, what });
      await run('apt-get', [...patient, 'install', '-y', '--no-install-recommends', ...packages], { env, what });
    }),
  );
  lastInstallation = installing.catch(() => undefined);
  return installing;
}

/**
 * @param {readonly Missing[]} missing
 * @param {string} purpose such as "to build the addon"
 */
export async function bringPackages(missing, purpose) {
  if (missing.length === 0) return;
  const apt = [...new Set(missing.flatMap((item) => item.apt))];
  const dnf = [...new Set(missing.flatMap((item) => item.dnf))];
  const names = missing.map((item) => item.name).join(', ');
  if (mayInstall()) {
    await install(apt, names, purpose);
    return;
  }
  const sudo = process.getuid?.() === 0 ? '' : 'sudo ';
  const commands = {
    apt: `${sudo}apt-get install -y ${apt.join(' ')}`,
    dnf: `${sudo}dnf install -y ${dnf.join(' ')}`,
  };
  const command = onPath('dnf') && !onPath('apt-get') ? commands.dnf : commands.apt;
  const known = onPath('apt-get') || onPath('dnf');
  throw new Problem(
    `Missing, ${purpose}: ${names}.\nInstall with:\n\n    ${command}\n` +
      (known ? '' : '\n(or the packages of these names in your own package manager)\n') +
      '\nand run this again.',
  );
}
