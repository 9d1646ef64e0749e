/** The small files of /proc and /sys. What cannot be read is null, never guessed. */
import { readdirSync, readFileSync, realpathSync } from 'node:fs';

export function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return null;
  }
}

export function readNumber(file: string): number | null {
  const text = readText(file);
  return text === null || text === '' || !Number.isFinite(Number(text)) ? null : Number(text);
}

/** True for 1 and false for 0. */
export function readFlag(file: string): boolean | null {
  const number = readNumber(file);
  return number === null ? null : number !== 0;
}

/** The choice in brackets: `madvise` of `always [madvise] never`. */
export function readChoice(file: string): string | null {
  return /\[([^\]]+)\]/.exec(readText(file) ?? '')?.[1] ?? null;
}

export function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

/** Where a link leads in the end. */
export function resolveLink(link: string): string | null {
  try {
    return realpathSync(link);
  } catch {
    return null;
  }
}
