/** Debian 11: glibc 2.31 and libstdc++ of GCC 10, and a Node from npm, on this machine's kernel. */
import path from 'node:path';
import { cached } from '../../../scripts/lib/folders.mjs';
import { nodeBuild } from '../../../scripts/lib/node-builds.mjs';
import { run } from '../../../scripts/lib/run.mjs';
import { onPath } from '../../../scripts/lib/system-packages.mjs';
import { targetNamed } from '../../../scripts/lib/targets.mjs';
import { installed, type System, workFolder } from './system.ts';

/** In a mount namespace of its own, so that nothing of it stays, however it ends. */
const enter = `
set -e
mount -t tmpfs tmpfs "$ROOT/mnt"
mkdir "$ROOT/mnt/node" "$ROOT/mnt/package" "$ROOT/mnt/work"
mount --bind "$NODE_HERE" "$ROOT/mnt/node"
mount --bind "$PACKAGE_HERE" "$ROOT/mnt/package"
mount --bind "$WORK_HERE" "$ROOT/mnt/work"
mount --rbind /dev "$ROOT/dev"
mount --rbind /sys "$ROOT/sys"
mount -t proc proc "$ROOT/proc"
DEBIAN=$(cat "$ROOT/etc/debian_version") exec chroot "$ROOT" /bin/sh "$@"
`;

export const debian11: System = {
  name: 'Debian 11',
  identity: { glibc: '2.31', debian: '11.11', node: 'v24.21.0' },
  obstacle() {
    if (process.arch !== 'x64') return 'the root of Debian 11 is made for x64 only';
    if (process.getuid?.() !== 0) return 'needs root, to make and enter a root folder of Debian 11';
    return onPath('debootstrap') ? null : 'needs debootstrap, to make a root folder of Debian 11';
  },
  async prepare() {
    const root = await cached('debian-11-1', (folder) =>
      run('debootstrap', ['--variant=minbase', '--include=libstdc++6', 'bullseye', path.join(folder, 'root')], {
        what: 'Fetching Debian 11',
        timeoutMs: 10 * 60_000,
      }).then(() => undefined),
    );
    const here = workFolder();
    return {
      command: ['unshare', '--mount', 'sh', '-c', enter, 'enter'],
      env: {
        PATH: process.env.PATH,
        ROOT: path.join(root, 'root'),
        NODE_HERE: await nodeBuild(24),
        PACKAGE_HERE: installed(targetNamed('linux-x64')),
        WORK_HERE: here,
      },
      node: '/mnt/node/bin/node',
      package: '/mnt/package',
      work: { here, there: '/mnt/work' },
    };
  },
};
