/** The machine, real or not, and what this process may do on it. */
import os from 'node:os';
import type { Host } from '../../model/result/host.ts';
import { list, readChoice, readText } from './readings.ts';

export type Machine = Pick<
  Host,
  | 'name'
  | 'kernel'
  | 'arch'
  | 'distribution'
  | 'cpu'
  | 'memoryBytes'
  | 'virtualised'
  | 'container'
  | 'seccomp'
  | 'transparentHugePages'
>;

export function machineFacts(): Machine {
  const cpuinfo = readText('/proc/cpuinfo') ?? '';
  const hasFlag = (flag: string) => new RegExp(`^flags\\s*:.*\\b${flag}\\b`, 'm').test(cpuinfo);
  return {
    name: os.hostname(),
    kernel: os.release(),
    arch: os.machine(),
    // os-release(5)
    distribution: /^PRETTY_NAME="?([^"\n]*)"?$/m.exec(readText('/etc/os-release') ?? '')?.[1] ?? null,
    cpu: {
      model: os.cpus()[0]?.model ?? 'unknown',
      logical: os.availableParallelism(),
      // rep movsb is inlined in the kernel's copies on CPUs with fsrm; erms decides which copy routine others use.
      flags: ['fsrm', 'erms'].filter(hasFlag),
      governor: governor(),
    },
    memoryBytes: os.totalmem(),
    virtualised: hasFlag('hypervisor') ? readText('/sys/class/dmi/id/sys_vendor') || 'VM' : null,
    container: container(),
    seccomp: seccomp(),
    // Documentation/admin-guide/mm/transhuge.rst
    transparentHugePages: readChoice('/sys/kernel/mm/transparent_hugepage/enabled'),
  };
}

/** Documentation/admin-guide/pm/cpufreq.rst; a machine without frequency scaling has no policies. */
function governor(): string | null {
  const policies = '/sys/devices/system/cpu/cpufreq';
  const governors = list(policies).map((policy) => readText(`${policies}/${policy}/scaling_governor`));
  const known = new Set(governors.filter((each) => each !== null));
  return known.size === 0 ? null : [...known].join(', ');
}

/** systemd writes the container manager's name there (systemd CONTAINER_INTERFACE); Docker and Podman leave a marker file. */
function container(): string | null {
  const manager = readText('/run/systemd/container');
  if (manager !== null && manager !== '') return manager;
  if (readText('/run/.containerenv') !== null) return 'podman';
  return readText('/.dockerenv') === null ? null : 'docker';
}

/** Field `Seccomp` of proc_pid_status(5). */
function seccomp(): Host['seccomp'] {
  const mode = /^Seccomp:\s*(\d)$/m.exec(readText('/proc/self/status') ?? '')?.[1];
  return ({ 0: 'off', 1: 'strict', 2: 'filter' } as const)[mode as '0' | '1' | '2'] ?? null;
}
