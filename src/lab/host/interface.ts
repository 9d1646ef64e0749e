/** The interface that the bytes of a socket leave by. */
import type { NativeAddon } from '../../../native/addon.d.ts';
import type { Host } from '../../model/result/host.ts';
import { readNumber, resolveLink } from './readings.ts';

/** The kernel calls it so in every network namespace (drivers/net/loopback.c: loopback_net_init). */
export const LOOPBACK = 'lo';

/** MTU and bus from Documentation/ABI/testing/sysfs-class-net, features by ethtool's ioctl. */
export function interfaceFacts(addon: NativeAddon, name: string): NonNullable<Host['interface']> {
  const folder = `/sys/class/net/${name}`;
  const features = addon.interfaceFeatures(name);
  const { scatterGather, tso, gso, txChecksum } = features.ok
    ? features.value
    : { scatterGather: null, tso: null, gso: null, txChecksum: null };
  const device = resolveLink(folder);
  return {
    name,
    mtu: readNumber(`${folder}/mtu`),
    scatterGather,
    tso,
    gso,
    txChecksum,
    virtio: device === null ? null : /\/virtio\d+\//.test(device),
  };
}
