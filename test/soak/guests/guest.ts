/** A machine in software that boots a kernel, does its task, hands back what it found, and is gone. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { removeFolder, temporaryFolder } from '../../../scripts/lib/folders.mjs';
import { run, runToEnd } from '../../../scripts/lib/run.mjs';
import { emptyFile } from './disk.ts';
import { buildInitramfs, type Contents } from './initramfs.ts';
import type { Kernel } from './kernel.ts';
import type { End } from './link.ts';

export interface Machine {
  readonly kernel: Kernel;
  readonly contents: Contents;
  /** A model of qemu's, less what is to be missing: `max,-fsrm`. */
  readonly cpu: string;
  readonly memoryMib: number;
  /** Raw disks, /dev/vda and so on there. What a guest writes to them is gone with it. */
  readonly disks?: readonly string[];
  readonly link?: End;
  readonly limitMs: number;
}

/** What a task left in /results, by file name. */
export type Results = ReadonlyMap<string, string>;

const resultsBytes = 256 << 20;

/** Why no guest can be started here, or null. */
export function noGuests(): string | null {
  if (process.arch !== 'x64') return `the guests are x86-64, and this machine is ${process.arch}`;
  const missing = ['qemu-system-x86_64', 'busybox', 'cpio', 'setpriv'].filter(
    (name) => spawnSync(name, ['--version']).error,
  );
  return missing.length > 0 ? `needs ${missing.join(', ')} (packages qemu-system-x86, busybox-static, cpio)` : null;
}

/**
 * Boots a guest and waits for its end. Nothing of it is hardware, so it runs on any machine, and slowly.
 *
 * @throws with all that it printed, if it does not end in time or its task fails
 */
export async function visit(machine: Machine): Promise<Results> {
  const folder = temporaryFolder('guest');
  try {
    const archive = path.join(folder, 'archive');
    emptyFile(archive, resultsBytes);
    const initramfs = path.join(folder, 'initramfs');
    await buildInitramfs(initramfs, machine.kernel, machine.contents);
    const [command = '', ...words] = [...(machine.link?.within ?? []), ...qemu(machine, initramfs, archive)];
    const { output, timedOut } = await runToEnd(command, words, { timeoutMs: machine.limitMs });
    if (timedOut) throw new Error(`The guest did not end within ${machine.limitMs / 1000} s:\n${output}`);
    const results = await unpack(archive, path.join(folder, 'results'));
    if (results.get('status') !== '0\n') throw new Error(`The task of the guest failed:\n${output}`);
    return results;
  } finally {
    removeFolder(folder);
  }
}

/**
 * Should this process be killed, the kernel kills qemu. One CPU: nobody spins for a lock, which in software would be most
 * of what the sampler sees.
 */
function qemu(machine: Machine, initramfs: string, archive: string): readonly string[] {
  const drive = (file: string, snapshot: 'on' | 'off') => [
    '-drive',
    `file=${file},if=virtio,format=raw,cache=unsafe,snapshot=${snapshot}`,
  ];
  return [
    ...['setpriv', '--pdeathsig', 'KILL', 'qemu-system-x86_64', '-nodefaults', '-no-user-config', '-no-reboot'],
    ...['-display', 'none', '-serial', 'stdio', '-accel', 'tcg', '-cpu', machine.cpu],
    ...['-smp', '1', '-m', String(machine.memoryMib)],
    ...['-kernel', machine.kernel.image, '-initrd', initramfs, '-append', 'console=ttyS0 quiet panic=-1'],
    ...(machine.disks ?? []).flatMap((disk) => drive(disk, 'on')),
    ...drive(archive, 'off'),
    ...(machine.link?.device ?? []),
  ];
}

async function unpack(archive: string, folder: string): Promise<Results> {
  mkdirSync(folder);
  await run('tar', ['--extract', '--file', archive, '--directory', folder], { what: 'Unpacking what a guest left' });
  return new Map(readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]));
}
