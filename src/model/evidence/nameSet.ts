/** Sets of kernel function names, with patterns. */

/**
 * What compilers and kallsyms put behind a name: `.isra.0`, `.constprop.0`, `.part.0`, `.cold`, `.llvm.123` and the
 * module, ` [ext4]`.
 */
const SUFFIX = /(\.(isra|constprop|part|cold|llvm|lto_priv)\b.*)?(\s*\[\w+\])?$/;

export interface NameSet {
  /** Whether any of the alias names of one address is in the set. */
  has(names: readonly string[]): boolean;
}

/** @param patterns exact names; `tcp_*` stands for all that begin so, `*_page_mkwrite` for all that end so */
export function nameSet(patterns: readonly string[]): NameSet {
  const exact = new Set(patterns.filter((pattern) => !pattern.includes('*')));
  const prefixes = patterns.filter((pattern) => pattern.endsWith('*')).map((pattern) => pattern.slice(0, -1));
  const suffixes = patterns.filter((pattern) => pattern.startsWith('*')).map((pattern) => pattern.slice(1));
  // The same few hundred names come again in every stack.
  const known = new Map<string, boolean>();
  const matches = (name: string) => {
    const plain = name.replace(SUFFIX, '');
    return (
      exact.has(plain) ||
      prefixes.some((prefix) => plain.startsWith(prefix)) ||
      suffixes.some((suffix) => plain.endsWith(suffix))
    );
  };
  const isIn = (name: string) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const found = matches(name);
    known.set(name, found);
    return found;
  };
  return { has: (names) => names.some(isIn) };
}
