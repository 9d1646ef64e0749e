/** What was asked for. */
import * as v from 'valibot';
import { laboratorySchema } from './network.ts';
import { amount, count, sinceThen } from './numbers.ts';
import { pathSchema } from './path.ts';

/** What the receiver of a socket does with the bytes. */
export const receiverKindSchema = v.picklist([
  'read',
  'discard',
  'splice-null',
  'zerocopy-receive',
  'save',
  'save-splice',
]);
export type ReceiverKind = v.InferOutput<typeof receiverKindSchema>;

/** Whether producer and consumer are two threads of one process or two processes. */
export const peerSchema = v.picklist(['thread', 'process']);
export type Peer = v.InferOutput<typeof peerSchema>;

/**
 * The way to a receiver on another host. `direct`: somebody started it there. `ssh`: the OpenSSH client did, and the data
 * goes straight to it. `ssh-forwarded`: the data goes through ssh as well, which copies and encrypts every byte of it.
 */
export const remoteWaySchema = v.picklist(['direct', 'ssh', 'ssh-forwarded']);
export type RemoteWay = v.InferOutput<typeof remoteWaySchema>;

/** How the sending sockets are set; what is left out stays as the kernel makes it. */
export const tcpSchema = v.object({
  /** TCP_MAXSEG. */
  mssBytes: v.exactOptional(v.pipe(count, v.minValue(1))),
  /** TCP_CONGESTION, by the kernel's name for it. */
  congestion: v.exactOptional(v.string()),
  /** SO_SNDBUF, of which the kernel makes twice as much. */
  sendBufferBytes: v.exactOptional(v.pipe(count, v.minValue(1))),
  /** TCP_NODELAY. */
  noDelay: v.exactOptional(v.boolean()),
  /** TCP_CORK, set before the first byte and taken away behind the last. */
  cork: v.exactOptional(v.boolean()),
  /** MSG_MORE, or SPLICE_F_MORE, with every call but the last. */
  msgMore: v.exactOptional(v.boolean()),
});
export type TcpShape = v.InferOutput<typeof tcpSchema>;

export const experimentSchema = v.object({
  /**
   * `measurement`: how fast and at what cost. `objects`: many small files, with open, close and set-up. `equal-rate`: every
   * mode paced to one rate. `hazards`: what the system does when something goes wrong.
   */
  kind: v.optional(v.picklist(['measurement', 'objects', 'equal-rate', 'hazards']), 'measurement'),
  path: pathSchema,
  preset: v.nullable(v.string()),
  modes: v.pipe(v.array(v.string()), v.minLength(1)),
  /** How the modes were chosen: only a mode named explicitly makes the run fail when it is unsupported. */
  modesChosen: v.picklist(['named', 'all', 'preset']),
  bytes: count,
  buffers: v.pipe(v.array(v.pipe(count, v.minValue(1))), v.minLength(1)),
  rounds: v.union([v.literal('auto'), v.pipe(count, v.minValue(1))]),
  timeLimitSeconds: v.nullable(amount),
  cache: v.picklist(['warm', 'cold']),
  source: v.variant('kind', [
    v.object({ kind: v.literal('generated') }),
    v.object({ kind: v.literal('file'), path: v.string() }),
  ]),
  /** Folder of the unnamed files this run makes: the generated source and, for file-to-file, the destination. */
  directory: v.string(),
  target: v.picklist(['file', 'loopback', 'peer', 'lab', 'host']),
  /**
   * Of the target `host`: its name as it was asked for, the way there, and where the data is sent to. By ssh the address
   * is not known before a receiver has been started there; until then it is empty, and the port 0.
   */
  remote: sinceThen(
    v.object({
      host: v.string(),
      address: v.string(),
      port: count,
      way: v.optional(remoteWaySchema, 'direct'),
    }),
  ),
  /** Of the target `lab`: the networks that every case runs through, one after the other in each round; else null. */
  laboratories: sinceThen(v.pipe(v.array(laboratorySchema), v.minLength(1))),
  receiver: v.nullable(
    v.object({
      kind: receiverKindSchema,
      bufferBytes: v.pipe(count, v.minValue(1)),
      /** Where a receiver that saves makes its unnamed file; null for the others. */
      directory: v.optional(v.nullable(v.string()), null),
    }),
  ),
  /** Connections that move the source together, each a range of its own: every case runs with each of these counts. */
  streams: v.optional(v.pipe(v.array(v.pipe(count, v.minValue(1), v.maxValue(64))), v.minLength(1)), [1]),
  /** The source is sent again and again until this time is over; null: once. */
  durationSeconds: sinceThen(amount),
  tcp: sinceThen(tcpSchema),
  /** The consumer of process-to-process; null on other paths. */
  peer: v.optional(v.nullable(peerSchema), null),
  /** Size of the pipe of modes that make one; null: as large as the buffer, from 64 KiB to 1 MiB. */
  pipeBytes: v.optional(v.nullable(v.pipe(count, v.minValue(1))), null),
  /** Requests io_uring modes keep under way, buffers MSG_ZEROCOPY modes go round in. */
  queueDepth: v.optional(v.pipe(count, v.minValue(1), v.maxValue(1024)), 8),
  /** The window of a transfer to a file ends when fdatasync returned. */
  durable: v.optional(v.boolean(), false),
  /** The CPUs that sender and receiver are bound to; null: wherever the scheduler likes. */
  pin: v.optional(v.nullable(v.object({ sender: count, receiver: v.nullable(count) })), null),
  /** The evidence pass: `require` makes the run fail where no tier can sample. */
  evidence: v.optional(v.picklist(['off', 'auto', 'require']), 'off'),
  /** A pass of its own that times every single call. */
  latency: v.optional(v.boolean(), false),
  /** Sizes of the files of `objects`; each case moves as many as make up `bytes`. Null for other kinds. */
  objectSizes: v.optional(v.nullable(v.pipe(v.array(v.pipe(count, v.minValue(1))), v.minLength(1))), null),
  /** The rate of `equal-rate`; null: half of what the slowest case did in its warm-up. */
  bytesPerSecond: v.optional(v.nullable(v.pipe(count, v.minValue(1))), null),
  seed: count,
});
export type Experiment = v.InferOutput<typeof experimentSchema>;
