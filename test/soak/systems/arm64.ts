/** An arm64 machine in an emulator of its processor: arm64 Node and addon on this machine's kernel, by way of qemu. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { buildFor, canBuildFor } from '../../../scripts/lib/machines.mjs';
import { nodeBuild } from '../../../scripts/lib/node-builds.mjs';
import { onPath } from '../../../scripts/lib/system-packages.mjs';
import { programs, targetNamed } from '../../../scripts/lib/targets.mjs';
import { installed, type System, workFolder } from './system.ts';

/** Comes with the cross compiler: glibc and libstdc++ for arm64. */
const LIBRARIES = '/usr/aarch64-linux-gnu';

/**
 * The kernel is told to start arm64 programs through the emulator, so that Node's children and the consumer run there too; in a user
 * namespace, which has a table of its own for that since Linux 6.7 (Documentation/admin-guide/binfmt-misc.rst). The pattern is the head
 * of an ELF file: 64 bits, little-endian, a program or a shared object (e_type 2 or 3), machine 183.
 */
const enter = `
set -e
mount -t binfmt_misc none /proc/sys/fs/binfmt_misc
printf '%s' "$FORMAT" > /proc/sys/fs/binfmt_misc/register
exec sh "$@"
`;

const head = '\\x7fELF\\x02\\x01\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x02\\x00\\xb7\\x00';
const mask = '\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\x00\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xfe\\xff\\xff\\xff';

export const arm64: System = {
  name: 'arm64 under qemu',
  identity: { arch: 'arm64', node: 'v24.21.0' },
  obstacle() {
    if (process.arch === 'arm64') return 'this machine is one';
    if (!canBuildFor('arm64')) return 'needs a compiler for arm64 (g++-aarch64-linux-gnu)';
    if (!onPath('qemu-aarch64-static')) return 'needs an emulator of arm64 (qemu-user-static)';
    return existsSync(LIBRARIES) ? null : `needs the libraries for arm64 in ${LIBRARIES}`;
  },
  async prepare() {
    await buildFor('arm64', [...programs, 'zcl-receiver']);
    const here = workFolder();
    return {
      command: ['unshare', '--user', '--map-root-user', '--mount', 'sh', '-c', enter, 'enter'],
      env: {
        PATH: process.env.PATH,
        FORMAT: `:qemu-aarch64:M:0:${head}:${mask}:${onPath('qemu-aarch64-static')}:FP`,
        QEMU_LD_PREFIX: LIBRARIES,
      },
      node: path.join(await nodeBuild(24, 'arm64'), 'bin', 'node'),
      package: installed(targetNamed('linux-arm64')),
      work: { here, there: here },
    };
  },
};
