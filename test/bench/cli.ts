/** The command line as a child process, with a look at its bench process from outside. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { inRepository, removeFolder, temporaryFolder } from '../../scripts/lib/folders.mjs';

export interface Watched {
  readonly seconds: number;
  readonly exitCode: number;
  /** Most anonymous memory of the bench process seen: what it allocated, not the page cache it maps. */
  readonly peakAnonymousBytes: number;
  /** Most resident memory, mapped pages of files included. */
  readonly peakResidentBytes: number;
}

/** Runs `zero-copy-lab run` with these options in a folder of its own, and watches /proc/PID/status of its bench process. */
export async function watchRun(parent: string, args: readonly string[]): Promise<Watched> {
  const folder = mkdtempSync(path.join(parent, 'bench-'));
  const locks = temporaryFolder('bench-locks');
  const started = performance.now();
  const child = spawn(process.execPath, [inRepository('dist', 'cli.js'), 'run', '--quiet', ...args], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ZERO_COPY_LAB_LOCK_PARENT: locks },
  });
  const peak = { anonymous: 0, resident: 0 };
  const watch = setInterval(() => {
    const status = statusOfChild(child.pid ?? 0);
    peak.anonymous = Math.max(peak.anonymous, kibibytes(status, 'RssAnon'));
    peak.resident = Math.max(peak.resident, kibibytes(status, 'VmHWM'));
  }, 10);
  const exitCode = await new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? -1)));
  clearInterval(watch);
  const seconds = (performance.now() - started) / 1000;
  removeFolder(folder);
  removeFolder(locks);
  return { seconds, exitCode, peakAnonymousBytes: peak.anonymous * 1024, peakResidentBytes: peak.resident * 1024 };
}

/** /proc/PID/status of the first child, empty when there is none. */
function statusOfChild(parent: number): string {
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const status = readFileSync(`/proc/${name}/status`, 'utf8');
      if (new RegExp(`^PPid:\\s+${parent}$`, 'm').test(status)) return status;
    } catch {
      // It ended while we looked.
    }
  }
  return '';
}

function kibibytes(status: string, field: string): number {
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? 0);
}
