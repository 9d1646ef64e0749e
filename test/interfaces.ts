/** Network interfaces of made-up hosts. */
import type { LaboratoryInterface } from '../src/model/result/network.ts';

/** As the kernel makes a virtual one: every offload is on. */
const VIRTUAL = {
  scatterGather: true,
  tso: true,
  gso: true,
  txChecksum: true,
  virtio: false,
  virtual: true,
  linkBytesPerSecond: null,
};

export const LOOPBACK = { ...VIRTUAL, name: 'lo', mtu: 65536 };

/** The sender's end of a laboratory without switches. */
export const VETH: LaboratoryInterface = {
  ...VIRTUAL,
  name: 'lab0',
  mtu: 1500,
  bytesPerSecond: null,
  delayUs: 0,
  loss: 0,
};
