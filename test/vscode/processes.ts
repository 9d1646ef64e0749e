import { readdirSync, readFileSync } from 'node:fs';

/** The bench processes of the extension that is installed below a folder: those of another test are not among them. */
export function benchProcessesBelow(folder: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => commandLine(pid).some((part) => part.startsWith(folder) && part.endsWith('/dist/bench.js')));
}

function commandLine(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    // Ended since the folder was listed.
    return [];
  }
}
