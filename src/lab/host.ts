/** Facts about this host. A fact that cannot be read is null, never guessed; each reader names its source. */
import type { NativeAddon } from '../../native/addon.d.ts';
import type { Host } from '../model/result/host.ts';
import { blockDevicesOf } from './host/blockDevices.ts';
import { filesystemOf } from './host/filesystem.ts';
import { interfaceFacts } from './host/interface.ts';
import { limits } from './host/limits.ts';
import { machineFacts } from './host/machine.ts';

/** @param directory decides filesystem and device @param link name of the interface that bytes leave by; null for none */
export async function hostFacts(addon: NativeAddon, directory: string, link: string | null): Promise<Host> {
  const filesystem = await filesystemOf(directory);
  return {
    ...machineFacts(),
    filesystem,
    blockDevices: await blockDevicesOf(directory, filesystem.device),
    interface: link === null ? null : interfaceFacts(addon, link),
    limits: limits(),
  };
}
