/** Facts about this host, read from /proc and /sys. A fact that cannot be read is null, never guessed. */
import { readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import os from 'node:os';
import type { Host, PathId } from '../model/result.ts';

/** @param directory decides the filesystem @param path decides the interface: loopback for sockets, none for files */
export async function hostFacts(directory: string, path: PathId | null): Promise<Host> {
  const cpuinfo = read('/proc/cpuinfo') ?? '';
  return {
    name: os.hostname(),
    kernel: os.release(),
    arch: os.machine(),
    distribution: distribution(),
    cpu: {
      model: os.cpus()[0]?.model ?? 'unknown',
      logical: os.availableParallelism(),
      // rep movsb is inlined in the kernel's copies on CPUs with fsrm; erms decides which copy routine others use.
      flags: ['fsrm', 'erms'].filter((flag) => new RegExp(`^flags\\s*:.*\\b${flag}\\b`, 'm').test(cpuinfo)),
    },
    memoryBytes: os.totalmem(),
    virtualised: virtualised(cpuinfo),
    container: container(),
    filesystem: await filesystemOf(directory),
    interface:
      path === 'file-to-socket'
        ? // Scatter-gather is fixed on for lo (drivers/net/loopback.c: NETIF_F_SG in its features).
          { name: 'lo', mtu: number('/sys/class/net/lo/mtu'), scatterGather: true }
        : null,
    limits: {
      pipeMaxSize: number('/proc/sys/fs/pipe-max-size'),
      optmemMax: number('/proc/sys/net/core/optmem_max'),
      memlock: softLimit('Max locked memory'),
      openFiles: softLimit('Max open files'),
      ioUringDisabled: number('/proc/sys/kernel/io_uring_disabled'),
      perfEventParanoid: number('/proc/sys/kernel/perf_event_paranoid'),
      kptrRestrict: number('/proc/sys/kernel/kptr_restrict'),
    },
  };
}

/** The mount that holds a folder, by its device number in /proc/self/mountinfo (proc_pid_mountinfo(5)). */
async function filesystemOf(directory: string): Promise<Host['filesystem']> {
  const { dev } = await stat(directory, { bigint: true });
  // makedev(3): 12 bits of major and 20 of minor, interleaved.
  const major = ((dev >> 8n) & 0xfffn) | ((dev >> 32n) & ~0xfffn);
  const minor = (dev & 0xffn) | ((dev >> 12n) & ~0xffn & 0xffffffffn);
  const mounts = (read('/proc/self/mountinfo') ?? '').split('\n').map((line) => line.split(' '));
  const here =
    mounts
      .filter((fields) => fields[2] === `${major}:${minor}` && isWithin(directory, unescapeField(fields[4] ?? '')))
      .sort((a, b) => (b[4] ?? '').length - (a[4] ?? '').length)[0] ??
    // Btrfs subvolumes have device numbers of their own that no mount line names.
    mounts
      .filter((fields) => isWithin(directory, unescapeField(fields[4] ?? '')))
      .sort((a, b) => (b[4] ?? '').length - (a[4] ?? '').length)[0];
  if (here === undefined) return { type: 'unknown', mountPoint: '/', device: 'unknown', options: '' };
  const separator = here.indexOf('-');
  return {
    type: here[separator + 1] ?? 'unknown',
    mountPoint: unescapeField(here[4] ?? '/'),
    device: unescapeField(here[separator + 2] ?? 'unknown'),
    options: here[5] ?? '',
  };
}

function isWithin(directory: string, mountPoint: string): boolean {
  return directory === mountPoint || directory.startsWith(mountPoint.endsWith('/') ? mountPoint : `${mountPoint}/`);
}

/** mountinfo(5) writes space, tab, newline and backslash as octal escapes. */
function unescapeField(field: string): string {
  return field.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}

function virtualised(cpuinfo: string): string | null {
  if (!/^flags\s*:.*\bhypervisor\b/m.test(cpuinfo)) return null;
  const maker = read('/sys/class/dmi/id/sys_vendor')?.trim();
  return maker === undefined || maker === '' ? 'VM' : maker;
}

/** systemd writes the container manager's name there; Docker and Podman leave a marker file. */
function container(): string | null {
  const manager = read('/run/systemd/container')?.trim();
  if (manager !== undefined && manager !== '') return manager;
  if (read('/run/.containerenv') !== null) return 'podman';
  return read('/.dockerenv') === null ? null : 'docker';
}

function distribution(): string | null {
  return /^PRETTY_NAME="?([^"\n]*)"?$/m.exec(read('/etc/os-release') ?? '')?.[1] ?? null;
}

function softLimit(name: string): number | string | null {
  const value = new RegExp(`^${name}\\s+(\\S+)`, 'm').exec(read('/proc/self/limits') ?? '')?.[1];
  if (value === undefined) return null;
  return value === 'unlimited' ? value : Number(value);
}

function number(file: string): number | null {
  const text = read(file);
  return text === null ? null : Number(text);
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
