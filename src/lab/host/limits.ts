/** Limits of this process and settings of the kernel that decide which modes work, and how well. */
import os from 'node:os';
import type { Host } from '../../model/result/host.ts';
import { readNumber, readText } from './readings.ts';

export function limits(): Host['limits'] {
  return {
    // proc_sys_fs(5): bytes; then pages of all pipes of one user, where 0 stands for no limit.
    pipeMaxSize: readNumber('/proc/sys/fs/pipe-max-size'),
    pipeUserPagesSoft: readNumber('/proc/sys/fs/pipe-user-pages-soft'),
    pipeUserPagesHard: readNumber('/proc/sys/fs/pipe-user-pages-hard'),
    // Documentation/admin-guide/sysctl/net.rst: bytes a socket may take for options, and for notes on zero-copy sends.
    optmemMax: readNumber('/proc/sys/net/core/optmem_max'),
    // getrlimit(2), soft limits: bytes, descriptors.
    memlock: softLimit('Max locked memory'),
    openFiles: softLimit('Max open files'),
    cgroupMemory: cgroupMemory(),
    // Documentation/admin-guide/sysctl/kernel.rst, both since 6.6.
    ioUringDisabled: readNumber('/proc/sys/kernel/io_uring_disabled'),
    ioUringGroup: readNumber('/proc/sys/kernel/io_uring_group'),
    // Documentation/admin-guide/LSM/Yama.rst; not there where Yama is not built in.
    yamaPtraceScope: readNumber('/proc/sys/kernel/yama/ptrace_scope'),
    perfEventParanoid: readNumber('/proc/sys/kernel/perf_event_paranoid'),
    kptrRestrict: readNumber('/proc/sys/kernel/kptr_restrict'),
  };
}

/** From proc_pid_limits(5). */
function softLimit(name: string): number | string | null {
  const value = new RegExp(`^${name}\\s+(\\S+)`, 'm').exec(readText('/proc/self/limits') ?? '')?.[1];
  if (value === undefined) return null;
  return value === 'unlimited' ? value : Number(value);
}

/** The least of this control group and those above it, as libuv reads them (uv_get_constrained_memory), in bytes. */
function cgroupMemory(): number | string | null {
  const bytes = process.constrainedMemory();
  if (bytes === undefined || bytes === 0) return null;
  return bytes > os.totalmem() ? 'unlimited' : bytes;
}
