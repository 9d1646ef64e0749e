// The machines that packages are made for: which compiler there is for each here, and where what it made lies.
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { inRepository } from './folders.mjs';
import { Problem } from './problem.mjs';
import { run, step } from './run.mjs';
import { bringOnCi, onPath } from './system-packages.mjs';

/** By the name that Node has for them. `elf` is e_machine of <elf.h>, `apt` brings the compiler where it is a foreign one. */
export const machines = {
  x64: { elf: 62, tools: 'x86_64-linux-gnu', apt: 'g++-x86-64-linux-gnu' },
  arm64: { elf: 183, tools: 'aarch64-linux-gnu', apt: 'g++-aarch64-linux-gnu' },
};

/** @typedef {keyof typeof machines} Machine */

export const allMachines = /** @type {Machine[]} */ (Object.keys(machines));

/** This machine; undefined where there is no package for it. */
export const ownMachine = allMachines.find((machine) => machine === process.arch);

/** What is built for other machines than this one. */
export const otherMachines = allMachines.filter((machine) => ownMachine && machine !== ownMachine);

/**
 * Where what was compiled for it lies, seen from the repository.
 *
 * @param {string} machine
 */
export const releaseFolder = (machine) =>
  machine === ownMachine ? join('build', 'Release') : join('build', machine, 'Release');

/**
 * A program of the compiler's family (g++, strip) for a machine, or undefined where it is not installed.
 *
 * @param {Machine} machine
 * @param {string} tool
 */
export const toolFor = (machine, tool) => onPath(machine === ownMachine ? tool : `${machines[machine].tools}-${tool}`);

/** Whether the compiler of another machine is here. @param {Machine} machine */
export const canBuildFor = (machine) => machine === ownMachine || toolFor(machine, 'g++') !== undefined;

/** On a build machine, whatever compilers of other machines are missing; elsewhere nothing is said before it is asked for. */
export async function bringCompilers() {
  const missing = otherMachines
    .filter((machine) => !canBuildFor(machine))
    .map((machine) => ({
      name: `${machines[machine].tools}-g++`,
      apt: [machines[machine].apt],
      dnf: [machines[machine].apt],
    }));
  if (missing.length > 0) await bringOnCi(missing, 'to build for other machines');
}

/** What installs it, in one line. @param {Machine} machine */
export const bringsCompiler = (machine) => `apt-get install ${machines[machine].apt}`;

/**
 * Builds for another machine, by the makefiles that node-gyp has written for this one: they differ in the compiler only.
 *
 * @param {Machine} machine
 * @param {readonly string[]} names of targets in binding.gyp
 */
export async function buildFor(machine, names) {
  const compiler = toolFor(machine, 'g++');
  if (!compiler) throw new Problem(`There is no compiler for ${machine}. Install it: ${bringsCompiler(machine)}`);
  const words = [
    ...['-C', inRepository('build'), `--jobs=${availableParallelism()}`, 'BUILDTYPE=Release'],
    ...[`builddir_name=${machine}`, `CC=${toolFor(machine, 'gcc') ?? compiler}`, `CXX=${compiler}`, `LINK=${compiler}`],
    ...names,
  ];
  const what = `Building ${names.join(', ')} for ${machine}`;
  await step(what, () => run('make', words, { what }));
}

/** Whether the receivers that can be built for other machines are there. */
export const hasOtherReceivers = () =>
  otherMachines
    .filter(canBuildFor)
    .every((machine) => existsSync(inRepository(releaseFolder(machine), 'zcl-receiver')));

/** The programs that go to another host by ssh. Without a compiler of that machine, all else works. */
export async function buildOtherReceivers() {
  for (const machine of otherMachines.filter(canBuildFor)) await buildFor(machine, ['zcl-receiver']);
}
