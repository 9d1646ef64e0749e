/** The facts of a host in groups, as tables and terminals show them. */
import * as l10n from '@vscode/l10n';
import { listed } from './punctuation.ts';
import type { BlockDevice, Host } from './result/host.ts';
import { formatBytes, formatLinkSpeed } from './units.ts';

export type Fact = readonly [name: string, value: string];

export interface FactGroup {
  readonly heading: string;
  readonly facts: readonly Fact[];
}

/** Called late, when the language is known. */
export function hostFactGroups(host: Host): readonly FactGroup[] {
  return [
    { heading: l10n.t('Machine'), facts: machineFacts(host) },
    { heading: l10n.t('Storage'), facts: storageFacts(host) },
    ...(host.interface === null ? [] : [{ heading: l10n.t('Network'), facts: networkFacts(host.interface) }]),
    { heading: l10n.t('Limits and settings'), facts: Object.entries(host.limits).map(limitFact) },
  ];
}

function machineFacts(host: Host): readonly Fact[] {
  const { cpu } = host;
  return [
    [l10n.t('Name'), host.name],
    [l10n.t('Kernel'), `${host.kernel} (${host.arch})`],
    [l10n.t('Distribution'), known(host.distribution)],
    [l10n.t('CPU'), l10n.t('{0}, {1} logical', cpu.model, cpu.logical)],
    [l10n.t('Fast string copies'), cpu.flags.length === 0 ? l10n.t('nothing says so') : cpu.flags.join(', ')],
    [l10n.t('Frequency governor'), known(cpu.governor)],
    [l10n.t('Memory'), formatBytes(host.memoryBytes)],
    [l10n.t('Transparent huge pages'), known(host.transparentHugePages)],
    [l10n.t('Virtualised'), host.virtualised ?? l10n.t('nothing says so')],
    [l10n.t('Container'), host.container ?? l10n.t('nothing says so')],
    [l10n.t('System-call filter (seccomp)'), known(host.seccomp)],
  ];
}

function storageFacts({ filesystem, blockDevices }: Host): readonly Fact[] {
  return [
    [l10n.t('Filesystem'), l10n.t('{0} at {1}', filesystem.type, filesystem.mountPoint)],
    [l10n.t('Mounted from'), filesystem.device],
    [l10n.t('Mount options'), filesystem.options],
    ...blockDevices.map((device): Fact => [l10n.t('Device {0}', device.name), describeDevice(device)]),
  ];
}

function describeDevice(device: BlockDevice): string {
  return listed([
    ...present(device.alias),
    ...present(device.model),
    ...(device.virtio ? [l10n.t('virtio: its DMA is work of the host around')] : []),
    ...(device.rotational === null ? [] : [device.rotational ? l10n.t('rotational') : l10n.t('not rotational')]),
    ...(device.scheduler === null ? [] : [l10n.t('scheduler {0}', device.scheduler)]),
    ...(device.logicalBlockBytes === null ? [] : [l10n.t('blocks of {0}', formatBytes(device.logicalBlockBytes))]),
  ]);
}

/** Of an interface, as it is set. */
export function networkFacts(link: NonNullable<Host['interface']>): readonly Fact[] {
  return [
    [
      l10n.t('Interface'),
      link.virtio ? l10n.t('{0}, virtio: its DMA is work of the host around', link.name) : link.name,
    ],
    ...(link.linkBytesPerSecond === null ? [] : [[l10n.t('Link'), formatLinkSpeed(link.linkBytesPerSecond)] as const]),
    ['MTU', String(link.mtu ?? l10n.t('unknown'))],
    [l10n.t('Scatter-gather'), onOrOff(link.scatterGather)],
    [l10n.t('TCP segmentation (TSO)'), onOrOff(link.tso)],
    [l10n.t('Generic segmentation (GSO)'), onOrOff(link.gso)],
    [l10n.t('TX checksum'), onOrOff(link.txChecksum)],
  ];
}

/** What a limit is called where one sets it, and what it counts. */
const LIMITS: Readonly<Record<string, { readonly name: string; readonly unit?: 'bytes' | 'pages' }>> = {
  pipeMaxSize: { name: 'fs.pipe-max-size', unit: 'bytes' },
  pipeUserPagesSoft: { name: 'fs.pipe-user-pages-soft', unit: 'pages' },
  pipeUserPagesHard: { name: 'fs.pipe-user-pages-hard', unit: 'pages' },
  optmemMax: { name: 'net.core.optmem_max', unit: 'bytes' },
  memlock: { name: 'memlock (ulimit -l)', unit: 'bytes' },
  openFiles: { name: 'nofile (ulimit -n)' },
  cgroupMemory: { name: 'cgroup memory', unit: 'bytes' },
  ioUringDisabled: { name: 'kernel.io_uring_disabled' },
  ioUringGroup: { name: 'kernel.io_uring_group' },
  yamaPtraceScope: { name: 'kernel.yama.ptrace_scope' },
  perfEventParanoid: { name: 'kernel.perf_event_paranoid' },
  kptrRestrict: { name: 'kernel.kptr_restrict' },
};

function limitFact([key, value]: readonly [string, number | string | null]): Fact {
  const { name, unit } = LIMITS[key] ?? { name: key };
  if (value === null) return [name, l10n.t('unknown')];
  if (value === 'unlimited') return [name, l10n.t('unlimited')];
  if (unit === 'bytes' && typeof value === 'number') return [name, formatBytes(value)];
  // proc_sys_fs(5): 0 stands for no limit.
  if (unit === 'pages') return [name, value === 0 ? l10n.t('unlimited') : l10n.t('{0} pages', value)];
  return [name, String(value)];
}

function known(fact: string | null): string {
  return fact ?? l10n.t('unknown');
}

function present(fact: string | null): readonly string[] {
  return fact === null ? [] : [fact];
}

export function onOrOff(flag: boolean | null): string {
  if (flag === null) return l10n.t('unknown');
  return flag ? l10n.t('on') : l10n.t('off');
}
