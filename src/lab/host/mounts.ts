/** Which mount a path lies on, by /proc/self/mountinfo (proc_pid_mountinfo(5)). */
import { readText } from './readings.ts';

export interface Mount {
  readonly type: string;
  readonly point: string;
  readonly device: string;
  /** Of this mount, not of its filesystem: `rw,noexec,relatime`. */
  readonly options: string;
}

/** A device number taken apart, written as the kernel writes it in /proc and /sys: `254:0`. */
export function deviceNumber(dev: bigint): string {
  // makedev(3): 12 bits of major and 20 of minor, interleaved.
  const major = ((dev >> 8n) & 0xfffn) | ((dev >> 32n) & ~0xfffn);
  const minor = (dev & 0xffn) | ((dev >> 12n) & ~0xffn & 0xffffffffn);
  return `${major}:${minor}`;
}

/** @param real a path without symbolic links @param dev its device @returns null where /proc does not say */
export function mountOf(real: string, dev: bigint): Mount | null {
  const number = deviceNumber(dev);
  const above = (readText('/proc/self/mountinfo') ?? '')
    .split('\n')
    .map((line) => line.split(' '))
    .filter((fields) => isWithin(real, unescapeField(fields[4] ?? '')))
    .sort((a, b) => (b[4] ?? '').length - (a[4] ?? '').length);
  // Btrfs subvolumes have device numbers of their own that no mount line names.
  const here = above.find((fields) => fields[2] === number) ?? above[0];
  if (here === undefined) return null;
  const separator = here.indexOf('-');
  return {
    type: here[separator + 1] ?? 'unknown',
    point: unescapeField(here[4] ?? '/'),
    device: unescapeField(here[separator + 2] ?? 'unknown'),
    options: here[5] ?? '',
  };
}

function isWithin(path: string, mountPoint: string): boolean {
  return path === mountPoint || path.startsWith(mountPoint.endsWith('/') ? mountPoint : `${mountPoint}/`);
}

/** mountinfo(5) writes space, tab, newline and backslash as octal escapes. */
function unescapeField(field: string): string {
  return field.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
