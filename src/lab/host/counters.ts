/** What the kernel has counted so far; what it grew by says what happened meanwhile. Null where it is not to be had. */
import { readText } from './readings.ts';

/**
 * Bytes this process made the disks read and write, by proc_pid_io(5): what is written to a file counts as its pages
 * get dirty. Those of other processes it started are not among them.
 */
export interface DiskBytes {
  readonly readBytes: number;
  readonly writtenBytes: number;
}

/** Bytes of an interface, headers included, whoever sent them. */
export interface InterfaceBytes {
  readonly sentBytes: number;
  readonly receivedBytes: number;
}

export interface ByteCounts {
  readonly disk: DiskBytes | null;
  readonly interface: InterfaceBytes | null;
}

/** The counts of this moment. @param link those of the interface the bytes leave by; null where there is none */
export function byteCounts(link: InterfaceBytes | null): ByteCounts {
  return { disk: parseDiskBytes(readText('/proc/self/io') ?? ''), interface: link };
}

/** What an interface of this network namespace counted so far. */
export function countedAt(interfaceName: string): InterfaceBytes | null {
  return parseInterfaceBytes(readText('/proc/net/dev') ?? '', interfaceName);
}

/** The sums of what each transfer added, from its counts before and after. */
export function grownBy(sum: ByteCounts, before: ByteCounts, after: ByteCounts): ByteCounts {
  return {
    disk: grown(sum.disk, before.disk, after.disk, (each) => ({
      readBytes: each('readBytes'),
      writtenBytes: each('writtenBytes'),
    })),
    interface: grown(sum.interface, before.interface, after.interface, (each) => ({
      sentBytes: each('sentBytes'),
      receivedBytes: each('receivedBytes'),
    })),
  };
}

function grown<T extends Record<keyof T, number>>(
  sum: T | null,
  before: T | null,
  after: T | null,
  build: (each: (name: keyof T) => number) => T,
): T | null {
  if (sum === null || before === null || after === null) return null;
  return build((name) => sum[name] + after[name] - before[name]);
}

export function parseDiskBytes(text: string): DiskBytes | null {
  const readBytes = /^read_bytes: (\d+)$/m.exec(text)?.[1];
  const writtenBytes = /^write_bytes: (\d+)$/m.exec(text)?.[1];
  if (readBytes === undefined || writtenBytes === undefined) return null;
  return { readBytes: Number(readBytes), writtenBytes: Number(writtenBytes) };
}

/** From the table of this network namespace; the first number behind a name came in, the ninth went out (proc_pid_net(5)). */
export function parseInterfaceBytes(text: string, name: string): InterfaceBytes | null {
  const line = text
    .split('\n')
    .map((each) => each.trim())
    .find((each) => each.startsWith(`${name}:`));
  const numbers =
    line
      ?.slice(name.length + 1)
      .trim()
      .split(/\s+/)
      .map(Number) ?? [];
  const [receivedBytes, sentBytes] = [numbers[0], numbers[8]];
  return receivedBytes === undefined || sentBytes === undefined ? null : { sentBytes, receivedBytes };
}
