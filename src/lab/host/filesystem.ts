/** The mount that holds a folder, by its device number in /proc/self/mountinfo (proc_pid_mountinfo(5)). */
import { realpath, stat } from 'node:fs/promises';
import type { Host } from '../../model/result/host.ts';
import { readText } from './readings.ts';

/** A device number taken apart, written as the kernel writes it in /proc and /sys: `254:0`. */
export function deviceNumber(dev: bigint): string {
  // makedev(3): 12 bits of major and 20 of minor, interleaved.
  const major = ((dev >> 8n) & 0xfffn) | ((dev >> 32n) & ~0xfffn);
  const minor = (dev & 0xffn) | ((dev >> 12n) & ~0xffn & 0xffffffffn);
  return `${major}:${minor}`;
}

export async function filesystemOf(directory: string): Promise<Host['filesystem']> {
  const { dev } = await stat(directory, { bigint: true });
  const number = deviceNumber(dev);
  const real = await realpath(directory);
  const above = (readText('/proc/self/mountinfo') ?? '')
    .split('\n')
    .map((line) => line.split(' '))
    .filter((fields) => isWithin(real, unescapeField(fields[4] ?? '')))
    .sort((a, b) => (b[4] ?? '').length - (a[4] ?? '').length);
  // Btrfs subvolumes have device numbers of their own that no mount line names.
  const here = above.find((fields) => fields[2] === number) ?? above[0];
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
