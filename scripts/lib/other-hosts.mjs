// What tests with another host take: an sshd, its users' shells, and for a host of another machine an emulator of it.
import { bringOnCi, onPath } from './system-packages.mjs';

const programs = [
  // Login shells that are no POSIX shells.
  { name: 'tcsh', file: 'tcsh', package: 'tcsh' },
  { name: 'fish', file: 'fish', package: 'fish' },
  { name: 'sshd', file: 'sshd', package: 'openssh-server' },
  { name: 'qemu for arm64 programs', file: 'qemu-aarch64-static', package: 'qemu-user-static' },
];

/** On a person's machine the tests that lack one say so and are skipped. */
export async function bringOtherHosts() {
  await bringOnCi(
    programs.filter(({ file }) => !onPath(file)).map(({ name, package: own }) => ({ name, apt: [own], dnf: [own] })),
    'for the tests with another host',
  );
}
