/** Who a process is, so that a result left `running` can be told from one whose run is still under way. */
import { readFileSync } from 'node:fs';
import type { Result } from '../model/result/result.ts';

export type ProcessIdentity = Result['process'];

/** This process. `startTicks` is field 22 of /proc/PID/stat (proc_pid_stat(5)): clock ticks after boot. */
export function thisProcess(): ProcessIdentity {
  return { pid: process.pid, bootId: bootId(), startTicks: startTicks(process.pid) };
}

/** False when the process is gone, another took its pid, or the host was booted since. */
export function isAlive(identity: ProcessIdentity): boolean {
  if (identity.bootId !== bootId()) return false;
  const ticks = startTicks(identity.pid);
  return ticks !== null && (identity.startTicks === null || identity.startTicks === ticks);
}

/** Whether there is a process of this number, as far as this user may know. */
export function isRunning(pid: number): boolean {
  return startTicks(pid) !== null;
}

function bootId(): string {
  return readText('/proc/sys/kernel/random/boot_id') ?? 'unknown';
}

function startTicks(pid: number): number | null {
  const stat = readText(`/proc/${pid}/stat`);
  if (stat === null) return null;
  // The second field is the command in parentheses and may hold spaces; fields count on from the last parenthesis.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // A zombie still has a pid, but will never write again.
  return fields[0] === 'Z' ? null : Number(fields[22 - 3]);
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return null;
  }
}
