/** The hosts at both ends. */
import * as v from 'valibot';
import { interfaceSchema } from './network.ts';
import { count, sinceThen } from './numbers.ts';

/** A block device below a filesystem, or below another such device. */
export const blockDeviceSchema = v.object({
  /** `vda1`, `dm-0`, `loop3`. */
  name: v.string(),
  /** What a device-mapper calls it, or the file behind a loop device. */
  alias: v.nullable(v.string()),
  model: v.nullable(v.string()),
  rotational: v.nullable(v.boolean()),
  scheduler: v.nullable(v.string()),
  logicalBlockBytes: v.nullable(count),
  /** Its DMA is the work of the machine around this one. */
  virtio: v.boolean(),
});
export type BlockDevice = v.InferOutput<typeof blockDeviceSchema>;

export const hostSchema = v.object({
  name: v.string(),
  kernel: v.string(),
  arch: v.string(),
  distribution: v.nullable(v.string()),
  cpu: v.object({
    model: v.string(),
    logical: count,
    flags: v.array(v.string()),
    /** Of frequency scaling; several where CPUs differ. */
    governor: sinceThen(v.string()),
  }),
  memoryBytes: count,
  /** Maker of the virtual machine, `VM` where it hides its name, null on bare metal. */
  virtualised: v.nullable(v.string()),
  /** `docker`, `podman`, `lxc`, ... or null outside a container. */
  container: v.nullable(v.string()),
  /** How the system calls of the bench process are filtered. */
  seccomp: sinceThen(v.picklist(['off', 'strict', 'filter'])),
  /** `always`, `madvise` or `never`. */
  transparentHugePages: sinceThen(v.string()),
  filesystem: v.object({ type: v.string(), mountPoint: v.string(), device: v.string(), options: v.string() }),
  /** The device the filesystem is on, and then those it is made of; none for a filesystem without one. */
  blockDevices: v.optional(v.array(blockDeviceSchema), []),
  /** The interface the bytes of a socket leave by; null in a laboratory, where the cases have their own. */
  interface: v.nullable(interfaceSchema),
  /** Of this process and of the kernel: bytes, pages or settings by name, `unlimited`, null where it cannot be read. */
  limits: v.record(v.string(), v.nullable(v.union([v.number(), v.string()]))),
});
export type Host = v.InferOutput<typeof hostSchema>;

/** A receiver's host, as far as the receiver tells. */
export const receiverHostSchema = v.object({
  name: v.string(),
  kernel: v.string(),
  arch: v.string(),
  distribution: v.nullable(v.string()),
  cpu: v.object({ model: v.nullable(v.string()), logical: v.nullable(count) }),
  memoryBytes: v.nullable(count),
  virtualised: v.nullable(v.string()),
  /** What the bytes came in by. */
  interface: v.nullable(interfaceSchema),
});
export type ReceiverHost = v.InferOutput<typeof receiverHostSchema>;
