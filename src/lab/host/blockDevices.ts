/** What a filesystem is on: its block device, and the devices that one is made of (Documentation/ABI/stable/sysfs-block). */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { BlockDevice } from '../../model/result/host.ts';
import { deviceNumber } from './mounts.ts';
import { list, readChoice, readFlag, readNumber, readText, resolveLink } from './readings.ts';

/**
 * The device of the file or folder first, then all below it, each once. None where the filesystem has no device.
 * @param source what mountinfo calls the device, for filesystems such as Btrfs that have numbers of their own
 */
export async function blockDevicesOf(file: string, source: string): Promise<BlockDevice[]> {
  const folder =
    (await folderOfNumber(file, 'dev')) ?? (source.startsWith('/') ? await folderOfNumber(source, 'rdev') : null);
  return folder === null ? [] : devicesFrom(folder);
}

/** The device's folder below /sys/devices. */
async function folderOfNumber(file: string, which: 'dev' | 'rdev'): Promise<string | null> {
  try {
    const entry = await stat(file, { bigint: true });
    return resolveLink(`/sys/dev/block/${deviceNumber(entry[which])}`);
  } catch {
    return null;
  }
}

async function devicesFrom(folder: string): Promise<BlockDevice[]> {
  // A partition has no queue and no parts of its own: its disk, the folder around it, has.
  const disk = readText(path.join(folder, 'partition')) === null ? folder : path.dirname(folder);
  const backingFile = readText(path.join(disk, 'loop', 'backing_file'));
  const below = await Promise.all([
    ...list(path.join(disk, 'slaves')).map((part) => foldersBelow(path.join(disk, 'slaves', part))),
    ...(backingFile === null ? [] : [blockDevicesOf(backingFile, '')]),
  ]);
  const parts = below.flat();
  const device: BlockDevice = {
    name: path.basename(folder),
    alias: readText(path.join(disk, 'dm', 'name')) ?? backingFile,
    // SCSI and NVMe call it model, MMC name.
    model: readText(path.join(disk, 'device', 'model')) ?? readText(path.join(disk, 'device', 'name')),
    rotational: readFlag(path.join(disk, 'queue', 'rotational')),
    scheduler: readChoice(path.join(disk, 'queue', 'scheduler')),
    logicalBlockBytes: readNumber(path.join(disk, 'queue', 'logical_block_size')),
    // A virtio device is on a bus of its own, so every path below it goes through a folder virtioN.
    virtio: /\/virtio\d+\//.test(`${disk}/`),
  };
  return [device, ...parts.filter((part, nth) => parts.findIndex((other) => other.name === part.name) === nth)];
}

async function foldersBelow(link: string): Promise<BlockDevice[]> {
  const folder = resolveLink(link);
  return folder === null ? [] : devicesFrom(folder);
}
