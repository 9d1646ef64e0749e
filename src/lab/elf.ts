/** The head of an ELF file (elf(5)), as far as it tells whether a file can be loaded here. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

export interface Elf {
  /** e_machine, such as 62. */
  readonly machine: number;
  readonly bits: 32 | 64;
  /** Whether the file is as long as its head says: a shorter one kills the process that maps it. */
  readonly whole: boolean;
}

/** Of <elf.h>, by the name that Node has for the machine. */
const MACHINES: Readonly<Record<string, number>> = {
  ia32: 3,
  mips: 8,
  ppc64: 21,
  s390x: 22,
  arm: 40,
  x64: 62,
  arm64: 183,
  riscv64: 243,
  loong64: 258,
};

/** Of a 64-bit ELF header; a 32-bit one is shorter. */
const HEADER_BYTES = 64;
const BIG_ENDIAN = 2;

/** Node's name of a machine, or its number where Node runs on none of the kind. */
export function machineName(machine: number): string {
  return Object.keys(MACHINES).find((name) => MACHINES[name] === machine) ?? String(machine);
}

/** @param arch as in process.arch */
export function machineOf(arch: string): number | undefined {
  return MACHINES[arch];
}

/**
 * @returns null for what is no ELF file
 * @throws the system's error where the file cannot be read
 */
export function readElf(file: string): Elf | null {
  const header = Buffer.alloc(HEADER_BYTES);
  const fd = openSync(file, 'r');
  try {
    if (readSync(fd, header) < HEADER_BYTES || header.toString('latin1', 0, 4) !== '\u007fELF') return null;
    const bits = header[4] === 2 ? 64 : 32;
    const big = header[5] === BIG_ENDIAN;
    const machine = big ? header.readUInt16BE(18) : header.readUInt16LE(18);
    // Of another machine only that is of interest.
    if (bits === 32 || big) return { machine, bits, whole: true };
    // The table of sections is the last thing in the file: e_shoff + e_shentsize * e_shnum.
    const end = Number(header.readBigUInt64LE(40)) + header.readUInt16LE(58) * header.readUInt16LE(60);
    return { machine, bits, whole: fstatSync(fd).size >= end };
  } finally {
    closeSync(fd);
  }
}
