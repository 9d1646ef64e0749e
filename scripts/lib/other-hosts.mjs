// What tests with another host take: an sshd, its users' shells, a client, and for a host of another machine an emulator of it.
import { bringOnCi, onPath } from './system-packages.mjs';

const programs = [
  // Login shells that are no POSIX shells.
  { name: 'tcsh', file: 'tcsh', apt: 'tcsh', dnf: 'tcsh' },
  { name: 'fish', file: 'fish', apt: 'fish', dnf: 'fish' },
  { name: 'ip', file: 'ip', apt: 'iproute2', dnf: 'iproute' },
  { name: 'ssh', file: 'ssh', apt: 'openssh-client', dnf: 'openssh-clients' },
  { name: 'sshd', file: 'sshd', apt: 'openssh-server', dnf: 'openssh-server' },
  { name: 'qemu for arm64 programs', file: 'qemu-aarch64-static', apt: 'qemu-user-static', dnf: 'qemu-user-static' },
];

/** @type {Promise<void> | undefined} */
let bringing;

/** Once, though two rings want them. On a person's machine the tests that lack one say so and are skipped. */
export function bringOtherHosts() {
  bringing ??= bringOnCi(
    programs.filter(({ file }) => !onPath(file)).map(({ name, apt, dnf }) => ({ name, apt: [apt], dnf: [dnf] })),
    'for the tests with another host',
  );
  return bringing;
}
