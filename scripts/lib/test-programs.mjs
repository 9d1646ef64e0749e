// What some tests take from the system's packages. Where one is missing and nothing may be installed, they say so and are skipped.
import { bringOnCi, onPath } from './system-packages.mjs';

/**
 * @typedef {object} Program
 * @property {string} name
 * @property {readonly string[]} files any of these will do
 * @property {readonly string[]} apt
 * @property {readonly string[]} dnf
 */

/**
 * @typedef {object} Equipment
 * @property {string} purpose
 * @property {readonly Program[]} programs
 */

/**
 * A package that is called as its program is.
 *
 * @param {string} file
 * @param {string} [apt]
 * @param {string} [dnf]
 * @returns {Program}
 */
function program(file, apt = file, dnf = apt) {
  return { name: file, files: [file], apt: [apt], dnf: [dnf] };
}

/** An sshd, its users' shells, a client, and for a host of another machine an emulator of it. */
export const otherHosts = {
  purpose: 'for the tests with another host',
  programs: [
    // Login shells that are no POSIX shells.
    program('tcsh'),
    program('fish'),
    program('ip', 'iproute2', 'iproute'),
    program('ssh', 'openssh-client', 'openssh-clients'),
    program('sshd', 'openssh-server'),
    program('qemu-aarch64-static', 'qemu-user-static'),
  ],
};

/** Guests with a kernel and disks of their own, and root folders of older systems. */
export const otherSystems = {
  purpose: 'for the tests on other systems',
  programs: [
    program('qemu-system-x86_64', 'qemu-system-x86'),
    program('busybox', 'busybox-static', 'busybox'),
    program('cpio'),
    program('mkfs.ext4', 'e2fsprogs'),
    program('mkfs.xfs', 'xfsprogs'),
    program('ethtool'),
    program('debootstrap'),
  ],
};

/** What looks for mistakes in the native code, beside what the compiler brings itself. */
export const analysers = {
  purpose: 'to look for mistakes in the native code',
  programs: [
    program('valgrind'),
    { name: 'clang-tidy', files: ['clang-tidy-14', 'clang-tidy'], apt: ['clang-tidy-14'], dnf: ['clang-tools-extra'] },
    {
      name: 'clang with libFuzzer',
      files: ['clang++-14', 'clang++'],
      apt: ['clang-14', 'libclang-rt-14-dev'],
      dnf: ['clang'],
    },
  ],
};

/** @type {Map<Equipment, Promise<void>>} */
const bringing = new Map();

/**
 * Once, though two rings want the same.
 *
 * @param {Equipment} equipment
 */
export function bring(equipment) {
  const { purpose, programs } = equipment;
  const brought =
    bringing.get(equipment) ??
    bringOnCi(
      programs.filter(({ files }) => !files.some(onPath)),
      purpose,
    );
  bringing.set(equipment, brought);
  return brought;
}
