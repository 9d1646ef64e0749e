import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** The bench processes of the extension that is installed below a folder: those of another test are not among them. */
export function benchProcessesBelow(folder: string): number[] {
  return programsBelow(folder, '/dist/bench.js');
}

/** The same of its receivers. */
export function receiversBelow(folder: string): number[] {
  return programsBelow(folder, '/build/Release/zcl-receiver');
}

/** The process that started another one. */
export function parentOf(pid: number): number {
  const [, parent] = /^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(parent);
}

export function isThere(pid: number): boolean {
  return existsSync(`/proc/${pid}`);
}

function programsBelow(folder: string, ending: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => commandLine(pid).some((part) => part.startsWith(folder) && part.endsWith(ending)));
}

function commandLine(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    // Ended since the folder was listed.
    return [];
  }
}
