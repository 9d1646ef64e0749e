/** The interface that the bytes of a socket leave by. */
import type { NativeAddon } from '../../../native/addon.d.ts';
import type { Host } from '../../model/result/host.ts';
import { readNumber, resolveLink } from './readings.ts';

/** The kernel calls it so in every network namespace (drivers/net/loopback.c: loopback_net_init). */
export const LOOPBACK = 'lo';

export const MEGABIT_BYTES = 1e6 / 8;

/** MTU, speed and device from Documentation/ABI/testing/sysfs-class-net, features by ethtool's ioctl. */
export function interfaceFacts(addon: NativeAddon, name: string): NonNullable<Host['interface']> {
  const folder = `/sys/class/net/${name}`;
  const features = addon.interfaceFeatures(name);
  const { scatterGather, tso, gso, txChecksum } = features.ok
    ? features.value
    : { scatterGather: null, tso: null, gso: null, txChecksum: null };
  const device = resolveLink(folder);
  const virtual = device === null ? null : device.startsWith('/sys/devices/virtual/');
  const megabits = readNumber(`${folder}/speed`);
  return {
    name,
    mtu: readNumber(`${folder}/mtu`),
    scatterGather,
    tso,
    gso,
    txChecksum,
    virtio: device === null ? null : /\/virtio\d+\//.test(device),
    virtual,
    // A driver that does not know says -1; a veth says 10 Gbit/s, whatever it does.
    linkBytesPerSecond: virtual === false && megabits !== null && megabits > 0 ? megabits * MEGABIT_BYTES : null,
  };
}
