/** Names of kernel addresses, from /proc/kallsyms. */
import { readFileSync } from 'node:fs';
import { systemErrorOf } from './systemError.ts';

const KALLSYMS = '/proc/kallsyms';

/** Where code lies; the same letters in capitals are global symbols, W and w are weak ones (nm(1)). */
const TEXT = 'tTwW';

/** What compilers and link-time optimisation put behind the name of a function of which they made a copy or a part. */
const SUFFIXES = /\.(?:isra|constprop|part|cold|llvm)\b.*$/;

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
 * know them the kernel shows all as 0 (kernel/kallsyms.c: s_show).
 */
export function parseKernelSymbols(text: string): KernelSymbols | null {
  const names = new Map<number, string[]>();
  for (const line of text.split('\n')) {
    const [digits, type, name] = line.split(/[ \t]/, 3);
    if (digits === undefined || type === undefined || name === undefined || !TEXT.includes(type)) continue;
    const address = Number.parseInt(digits.slice(-DIGITS), 16);
    if (address === 0) continue;
    const plain = name.replace(SUFFIXES, '');
    const others = names.get(address);
    if (others === undefined) names.set(address, [plain]);
    else if (!others.includes(plain)) others.push(plain);
  }
  if (names.size === 0) return null;
  const starts = Float64Array.from(names.keys()).sort();
  return {
    namesAt(address) {
      let [from, to] = [0, starts.length];
      while (from < to) {
        const middle = (from + to) >>> 1;
        if ((starts[middle] as number) <= address) from = middle + 1;
        else to = middle;
      }
      return from === 0 ? [] : (names.get(starts[from - 1] as number) ?? []);
    },
  };
}
