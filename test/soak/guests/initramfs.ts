/** All that a guest has: busybox, programs with their libraries, modules, and a task that it does when it is up. */
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { removeFolder, temporaryFolder } from '../../../scripts/lib/folders.mjs';
import { run } from '../../../scripts/lib/run.mjs';
import type { Kernel } from './kernel.ts';
import { modulesOf } from './kernel.ts';

export interface Contents {
  /** Modules, with what they need. */
  readonly modules: readonly string[];
  /** Programs of this machine, each put at its own path, with the libraries it needs. */
  readonly programs: readonly string[];
  /** Files and folders of this machine, by their path in the guest. */
  readonly files: Readonly<Record<string, string>>;
  /** Lines for busybox's shell, up to the first that fails. What is then in /results comes back. */
  readonly task: string;
}

/** The last disk takes the results: an archive with no filesystem around it, so that nothing but tar is needed. */
const init = `#!/bin/sh
export PATH=/bin HOME=/root
mount -t proc none /proc
mount -t sysfs none /sys
mount -t devtmpfs none /dev
mkdir -p /dev/shm
mount -t tmpfs none /dev/shm
mount -t tracefs none /sys/kernel/tracing
for module in $(cat /modules/order); do insmod /modules/$module.ko; done
ip link set lo up
sh -e /task
echo $? > /results/status
tar -cf "$(ls /dev/vd? | tail -n 1)" -C /results .
sync
poweroff -f
`;

/** Builds the archive that a kernel unpacks into memory, whose /init it starts (man bootparam(7), initrd(4)). */
export async function buildInitramfs(archive: string, kernel: Kernel, contents: Contents): Promise<void> {
  const root = temporaryFolder('initramfs');
  try {
    fill(root, kernel, contents);
    await run('sh', ['-c', 'find . | cpio --create --format=newc --quiet > "$0"', archive], {
      cwd: root,
      what: 'Packing an initramfs',
    });
  } finally {
    removeFolder(root);
  }
}

function fill(root: string, kernel: Kernel, { modules, programs, files, task }: Contents): void {
  for (const name of ['bin', 'proc', 'sys', 'dev', 'tmp', 'root', 'results', 'modules']) {
    mkdirSync(path.join(root, name), { recursive: true });
  }
  addBusybox(root);
  for (const program of programs) addProgram(root, program);
  for (const [inGuest, here] of Object.entries(files)) cpSync(here, path.join(root, inGuest), { recursive: true });
  const loaded = modulesOf(kernel, modules);
  for (const { name, content } of loaded) writeFileSync(path.join(root, 'modules', `${name}.ko`), content);
  writeFileSync(path.join(root, 'modules', 'order'), loaded.map(({ name }) => `${name}\n`).join(''));
  writeFileSync(path.join(root, 'init'), init, { mode: 0o755 });
  writeFileSync(path.join(root, 'task'), task);
}

function addBusybox(root: string): void {
  copyFileSync('/bin/busybox', path.join(root, 'bin', 'busybox'));
  const { stdout } = spawnSync('/bin/busybox', ['--list'], { encoding: 'utf8' });
  for (const name of stdout.split('\n')) {
    if (name !== '' && name !== 'busybox') symlinkSync('busybox', path.join(root, 'bin', name));
  }
}

/** Without its symbols: the larger half of Node is memory that the guest would have to have. */
function addProgram(root: string, program: string): void {
  const target = path.join(root, program);
  mkdirSync(path.dirname(target), { recursive: true });
  const { status } = spawnSync('strip', ['-o', target, realpathSync(program)]);
  if (status !== 0) copyFileSync(program, target);
  chmodSync(target, 0o755);
  for (const library of librariesOf(program)) {
    const place = path.join(root, library);
    mkdirSync(path.dirname(place), { recursive: true });
    copyFileSync(library, place);
  }
}

/** By the words of the dynamic loader; a static program has none. */
function librariesOf(program: string): readonly string[] {
  const { stdout } = spawnSync('ldd', [program], { encoding: 'utf8' });
  return [...stdout.matchAll(/(?:=>\s*|^\s*)(\/\S+)\s+\(0x/gm)].map(([, file]) => file as string);
}
