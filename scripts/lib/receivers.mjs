// The receiver for hosts of another machine than this one: the same recipe by a cross compiler, where that is installed.
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { inRepository } from './folders.mjs';
import { run, step } from './run.mjs';
import { bringOnCi, onPath } from './system-packages.mjs';

/**
 * By the name that Node has for this machine.
 *
 * @type {Readonly<Record<'x64' | 'arm64', { arch: 'x64' | 'arm64', tools: string, apt: string }>>}
 */
const others = {
  x64: { arch: 'arm64', tools: 'aarch64-linux-gnu', apt: 'g++-aarch64-linux-gnu' },
  arm64: { arch: 'x64', tools: 'x86_64-linux-gnu', apt: 'g++-x86-64-linux-gnu' },
};
const other = process.arch === 'x64' || process.arch === 'arm64' ? others[process.arch] : undefined;

/** Where the receiver for the other machine is, seen from the repository; undefined where there is none for this one. */
export const otherReceiver = other && join('build', other.arch, 'Release', 'zcl-receiver');

export const otherArch = other?.arch;

/** The compiler for it, or undefined where it is not installed: then there is no such receiver, and everything else works. */
export function otherCompiler() {
  return other && onPath(`${other.tools}-g++`);
}

/** @param {string} file */
export async function stripOther(file) {
  const strip = other && onPath(`${other.tools}-strip`);
  if (strip) await run(strip, ['--strip-unneeded', file]);
}

export async function bringOtherCompiler() {
  if (!other || otherCompiler()) return;
  await bringOnCi(
    [{ name: `${other.tools}-g++`, apt: [other.apt], dnf: [other.apt] }],
    `to build the receiver for ${other.arch}`,
  );
}

/** Whether there is one, or can be none. */
export function hasOtherReceiver() {
  return !otherReceiver || !otherCompiler() || existsSync(inRepository(otherReceiver));
}

/** By the makefiles that node-gyp has just written, into a folder of its own. */
export async function buildOtherReceiver() {
  const compiler = otherCompiler();
  if (!other || !compiler) return;
  const words = [
    ...['-C', inRepository('build'), `--jobs=${availableParallelism()}`],
    ...['BUILDTYPE=Release', `builddir_name=${other.arch}`, `CXX=${compiler}`, `LINK=${compiler}`, 'zcl-receiver'],
  ];
  const what = `Building the receiver for ${other.arch}`;
  await step(what, () => run('make', words, { what }));
}
