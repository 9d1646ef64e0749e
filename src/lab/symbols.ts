/** Names of kernel addresses, from /proc/kallsyms. */
import { readFileSync } from 'node:fs';
import { systemErrorOf } from './systemError.ts';

const KALLSYMS = '/proc/kallsyms';

/** Where code lies; the same letters in capitals are global symbols, W and w are weak ones (nm(1)). */
const TEXT = 'tTwW';

/** What compilers and link-time optimisation put behind the name of a function of which they made a copy or a part. */
const SUFFIXES = /\.(?:isra|constprop|part|cold|llvm)\b.*$/;

/** KSYM_NAME_LEN, include/linux/kallsyms.h. */
const LONGEST_NAME = 512;

/** 52 bits, as many as the addresses of the sampler have: in hexadecimal the last 13 digits. */
const DIGITS = 13;

export interface KernelSymbols {
  /**
   * All names of the function an address lies in, without what compilers append; none where nothing is known.
   * @param address its low 52 bits
   */
  namesAt(address: number): readonly string[];
}

/** The kernel's symbols, or the code of the error that says why they are not to be had. */
export type SymbolTable =
  | { readonly kind: 'readable'; readonly symbols: KernelSymbols }
  | { readonly kind: 'hidden'; readonly code: string };

/** Reads the symbols of the kernel that runs. Some 10 MB of text, read once in a run. */
export function readKernelSymbols(): SymbolTable {
  try {
    const symbols = parseKernelSymbols(readFileSync(KALLSYMS, 'latin1'));
    return symbols === null ? { kind: 'hidden', code: 'EPERM' } : { kind: 'readable', symbols };
  } catch (error) {
    return { kind: 'hidden', code: systemErrorOf(error, KALLSYMS).code };
  }
}

/**
 * Lines `ffffffff81000000 T name`, of modules with `[module]` behind. Null where no address is told: to those who may not
 * know them the kernel shows all as 0 (kernel/kallsyms.c: s_show). Names are taken out of the text when they are asked
 * for: a hundred thousand small strings would be the largest thing in the process.
 */
export function parseKernelSymbols(text: string): KernelSymbols | null {
  const lines: { readonly address: number; readonly nameAt: number }[] = [];
  for (let start = 0, end = 0; start < text.length; start = end + 1) {
    end = text.indexOf('\n', start);
    if (end < 0) end = text.length;
    const typeAt = text.indexOf(' ', start) + 1;
    if (typeAt === 0 || typeAt >= end || !TEXT.includes(text.charAt(typeAt))) continue;
    const address = Number.parseInt(text.slice(Math.max(start, typeAt - 1 - DIGITS), typeAt - 1), 16);
    if (address !== 0) lines.push({ address, nameAt: typeAt + 2 });
  }
  if (lines.length === 0) return null;
  lines.sort((a, b) => a.address - b.address); // modules lie behind one another, but are not listed so
  const addresses = Float64Array.from(lines, ({ address }) => address);
  const namesAt = Uint32Array.from(lines, ({ nameAt }) => nameAt);
  return { namesAt: (address) => namesOf(lastAtOrBelow(addresses, address)) };

  /** Of all symbols that begin where the one at `last` does. */
  function namesOf(last: number): readonly string[] {
    let first = last;
    while (first > 0 && addresses[first - 1] === addresses[last]) first--;
    return last < 0 ? [] : [...new Set(Array.from(namesAt.slice(first, last + 1), nameFrom))];
  }

  function nameFrom(start: number): string {
    const [name = ''] = /^\S*/.exec(text.slice(start, start + LONGEST_NAME)) ?? [];
    return name.replace(SUFFIXES, '');
  }
}

/** Index of the last of the sorted numbers that is not above `wanted`; -1 where all are. */
function lastAtOrBelow(sorted: Float64Array, wanted: number): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((sorted[middle] as number) <= wanted) from = middle + 1;
    else to = middle;
  }
  return from - 1;
}
