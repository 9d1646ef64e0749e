/** Facts about this host. A fact that cannot be read is null, never guessed; each reader names its source. */
import type { NativeAddon } from '../../native/addon.d.ts';
import type { Host, PathId } from '../model/result.ts';
import { blockDevicesOf } from './host/blockDevices.ts';
import { filesystemOf } from './host/filesystem.ts';
import { interfaceFacts, LOOPBACK } from './host/interface.ts';
import { limits } from './host/limits.ts';
import { machineFacts } from './host/machine.ts';

/** @param directory decides filesystem and device @param path decides the interface: loopback for sockets, none for others */
export async function hostFacts(addon: NativeAddon, directory: string, path: PathId | null): Promise<Host> {
  const filesystem = await filesystemOf(directory);
  return {
    ...machineFacts(),
    filesystem,
    blockDevices: await blockDevicesOf(directory, filesystem.device),
    interface: path === 'file-to-socket' ? interfaceFacts(addon, LOOPBACK) : null,
    limits: limits(),
  };
}
