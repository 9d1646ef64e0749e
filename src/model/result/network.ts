/** Interfaces, and the networks of a laboratory. */
import * as v from 'valibot';
import { count, fraction, sinceThen } from './numbers.ts';

/** What an interface is set to, for TCP over IPv4 on the way out. */
export const interfaceSchema = v.object({
  name: v.string(),
  mtu: v.nullable(count),
  scatterGather: v.nullable(v.boolean()),
  tso: sinceThen(v.boolean()),
  gso: sinceThen(v.boolean()),
  txChecksum: sinceThen(v.boolean()),
  virtio: sinceThen(v.boolean()),
  /** Without a device of its own: loopback, veth, a bridge, a tunnel. What its packets leave this host by is another one. */
  virtual: sinceThen(v.boolean()),
  /** What the link is rated at; null where the driver does not know, and for virtual interfaces, whose number means nothing. */
  linkBytesPerSecond: sinceThen(count),
});

/** The sender's end of a laboratory's veth pair, as the kernel said it was set. */
export const laboratoryInterfaceSchema = v.object({
  ...interfaceSchema.entries,
  /** By its queueing discipline; null: as fast as it goes. */
  bytesPerSecond: v.nullable(count),
  delayUs: count,
  /** Share of the packets that are dropped. */
  loss: fraction,
});
export type LaboratoryInterface = v.InferOutput<typeof laboratoryInterfaceSchema>;

/**
 * How the veth pair of a laboratory is asked to be set (src/model/laboratory/switches.ts); what is left out stays as the
 * kernel makes it. What came of it is in `interface` of the cases.
 */
export const laboratorySchema = v.object({
  scatterGather: v.exactOptional(v.boolean()),
  tso: v.exactOptional(v.boolean()),
  gso: v.exactOptional(v.boolean()),
  txChecksum: v.exactOptional(v.boolean()),
  mtu: v.exactOptional(v.pipe(count, v.minValue(1500), v.maxValue(65535))),
  bytesPerSecond: v.exactOptional(v.pipe(count, v.minValue(1))),
  delayUs: v.exactOptional(count),
  loss: v.exactOptional(fraction),
});
export type Laboratory = v.InferOutput<typeof laboratorySchema>;
