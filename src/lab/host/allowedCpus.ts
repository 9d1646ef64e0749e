/** The CPUs this process may run on. */
import { readText } from './readings.ts';

/** `0-2,5`: `Cpus_allowed_list` of /proc/self/status (proc_pid_status(5)); null where it cannot be read. */
export function allowedCpuList(): string | null {
  return /^Cpus_allowed_list:\s*(\S+)$/m.exec(readText('/proc/self/status') ?? '')?.[1] ?? null;
}

/** Whether a CPU is in such a list; the "List Format" of cpuset(7). */
export function isInCpuList(list: string, cpu: number): boolean {
  return list.split(',').some((range) => {
    const [first = Number.NaN, last = first] = range.split('-').map(Number);
    return cpu >= first && cpu <= last;
  });
}
