/**
 * The result document (`*.zcresult.json`), the product's one exchange format. The schemas below are the single source:
 * the TypeScript types, the validation at the edges and the JSON schema in schemas/ all come from them.
 * Names are only ever added, never renamed; where a meaning changes the version does, and src/model/migrations.ts brings
 * older documents up to it. Durations are integer nanoseconds, sizes integer bytes.
 */

import * as v from 'valibot';
import { RESULT_FORMAT, RESULT_VERSION } from './resultFormat.ts';

/** What a double counts exactly. */
const LARGEST = Number.MAX_SAFE_INTEGER;
const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(LARGEST));
/** A measured or predicted amount: nothing here is below zero. */
const amount = v.pipe(v.number(), v.minValue(0), v.maxValue(LARGEST));
const fraction = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** A path is where bytes go. */
export const pathSchema = v.picklist(['file-to-file', 'file-to-socket', 'process-to-process']);
export type PathId = v.InferOutput<typeof pathSchema>;

/** A median with its 95 % interval. From fewer than six values none can be claimed: `low` and `high` are null. */
export const intervalSchema = v.object({
  median: amount,
  low: v.nullable(amount),
  high: v.nullable(amount),
});
export type Interval = v.InferOutput<typeof intervalSchema>;

export const verdictSchema = v.picklist(['faster', 'slower', 'same', 'unsettled']);
export type Verdict = v.InferOutput<typeof verdictSchema>;

const ratioSchema = v.object({
  ...intervalSchema.entries,
  verdict: verdictSchema,
  /**
   * Paired t on the log ratios, by Holm within the cases of one buffer size; null where there are too few rounds. The
   * verdict does not depend on it.
   */
  p: v.optional(v.nullable(fraction), null),
});
export type Ratio = v.InferOutput<typeof ratioSchema>;

/** CPU time and events of one thread inside the timed window. */
const costSchema = v.object({
  cpuNs: count,
  userNs: count,
  systemNs: count,
  voluntarySwitches: count,
  involuntarySwitches: count,
  minorFaults: count,
  majorFaults: count,
  calls: v.record(v.string(), count),
});
export type Cost = v.InferOutput<typeof costSchema>;

/** Sends that asked the kernel not to copy: calls sent, completions received, and completions that said COPIED. */
const zerocopySchema = v.object({ sent: count, completed: count, copied: count });
export type ZerocopyCount = v.InferOutput<typeof zerocopySchema>;

/** What one transfer measured. */
export const sampleSchema = v.object({
  round: count,
  warmup: v.boolean(),
  wallNs: count,
  senderDoneNs: count,
  setupNs: count,
  /** Share of the source in the page cache before the transfer; null where this user may not know it. */
  residency: v.nullable(amount),
  outlier: v.nullable(v.picklist(['mild', 'severe'])),
  /** Why it is kept and not counted: a cold transfer whose source was in the page cache. */
  excluded: v.optional(v.nullable(v.picklist(['not-cold'])), null),
  sender: costSchema,
  receiver: v.nullable(costSchema),
  zerocopy: v.optional(v.nullable(zerocopySchema), null),
  /** What the mode found out or did differently, by the names of `TransferMeasurement.observed`. */
  observed: v.optional(v.record(v.string(), count), {}),
});
export type Sample = v.InferOutput<typeof sampleSchema>;

/** Why something did not work: a stable code, a sentence naming the thing, and a way out. */
export const problemSchema = v.object({ code: v.string(), message: v.string(), hint: v.string() });
export type Problem = v.InferOutput<typeof problemSchema>;

const summarySchema = v.object({
  wallNs: intervalSchema,
  mibPerSecond: intervalSchema,
  cpuSecondsPerGib: intervalSchema,
  receiverCpuSecondsPerGib: v.nullable(intervalSchema),
  /** Both sides of the same transfers together; null where there is only one. */
  totalCpuSecondsPerGib: v.optional(v.nullable(intervalSchema), null),
  crossingsPerMib: intervalSchema,
  faultsPerMib: intervalSchema,
  contextSwitchesPerGib: intervalSchema,
  /**
   * To the baseline of the same round; null for the baseline itself and where the baseline did not run. Of throughput, so
   * above 1 is faster. Of `equal-rate`: how often the CPU seconds per GiB of both sides go into those of the baseline, so
   * `faster` means less CPU time.
   */
  ratioToBaseline: v.nullable(ratioSchema),
});
export type Summary = v.InferOutput<typeof summarySchema>;

/** How long single system calls took, from a pass of its own. A mode that moves everything by one call has one here. */
export const callLatencySchema = v.object({
  call: v.string(),
  count,
  p50Ns: count,
  p99Ns: count,
  p999Ns: count,
  maxNs: count,
});
export type CallLatency = v.InferOutput<typeof callLatencySchema>;

/** A share of samples with its Wilson 95 % interval, 0 to 1. */
const shareSchema = v.object({ share: fraction, low: fraction, high: fraction });

/** Who was running when a sample was taken. `worker`: io_uring's; `kernel`: softirq and kernel threads. */
export const samplerThreadSchema = v.picklist(['sender', 'receiver', 'worker', 'kernel']);
export type SamplerThread = v.InferOutput<typeof samplerThreadSchema>;

const labelShareSchema = v.object({
  /** A label of src/model/evidence/labels.ts. */
  label: v.string(),
  thread: samplerThreadSchema,
  samples: count,
  ...shareSchema.entries,
  msPerGib: amount,
});
export type LabelShare = v.InferOutput<typeof labelShareSchema>;

/** What the measurements say of one step of a flow. */
const arrowVerdictSchema = v.object({
  /** `here`, or a classic flow of the mode and path by its place: `classic-0` on. */
  flow: v.string(),
  /** Index into the steps of that flow. */
  step: count,
  verdict: v.picklist(['seen', 'not-seen', 'not-observable']),
  /** Of all samples; null where the verdict does not come from samples. */
  share: v.nullable(shareSchema),
  msPerGib: v.nullable(amount),
  /** Where the verdict comes from, or why there is none. */
  reason: v.string(),
});
export type ArrowVerdict = v.InferOutput<typeof arrowVerdictSchema>;

/** A copy that was seen and that a flow does not have. */
const contradictionSchema = v.object({
  /** As of a verdict; or `promised`, for what the mode is meant for. */
  flow: v.string(),
  label: v.string(),
  ...shareSchema.entries,
  text: v.string(),
});
export type Contradiction = v.InferOutput<typeof contradictionSchema>;

/** What the evidence pass found out about a case. */
export const evidenceSchema = v.object({
  transfers: count,
  /** Moved by all of these transfers together. */
  bytes: count,
  /** Kernel and user samples within the windows of the transfers; 0 without a tier that samples. */
  samples: count,
  lost: count,
  /** CPU time one sample stands for. */
  periodNs: count,
  labels: v.array(labelShareSchema),
  /** System calls of the sender per transfer: by the mode's own count and by the kernel's tracepoint. */
  calls: v.nullable(v.object({ counted: count, traced: count })),
  /** /proc/self/io over the pass; null where it cannot be read. */
  disk: v.nullable(v.object({ readBytes: count, writtenBytes: count })),
  /** Byte counters of the interface over the pass; null on other paths. */
  interface: v.nullable(v.object({ sentBytes: count, receivedBytes: count })),
  arrows: v.array(arrowVerdictSchema),
  contradictions: v.array(contradictionSchema),
});
export type Evidence = v.InferOutput<typeof evidenceSchema>;

/** A kind of evidence: whether it was to be had, and how it could be. */
export const tierSchema = v.object({
  id: v.picklist(['always', 'task-samples', 'cpu-wide', 'tracepoint', 'symbols']),
  available: v.boolean(),
  /** Why it is missing, which one command would allow it, and which one undo that (null: none does); null where it is there. */
  missing: v.nullable(v.object({ reason: v.string(), allow: v.nullable(v.string()), undo: v.nullable(v.string()) })),
});
export type Tier = v.InferOutput<typeof tierSchema>;

/** A mode's time as the calibration predicts it: the sum of counts times unit costs. */
export const predictionSchema = v.object({
  totalNs: amount,
  parts: v.array(
    v.object({
      /** A unit cost of `calibration.unitCosts`. */
      unit: v.string(),
      /** How often, or how many bytes. */
      count: amount,
      ns: amount,
    }),
  ),
  /**
   * The same sum by the steps of the flow here, by their index: of the side that is predicted, and of it those that have a
   * cost of their own. Older documents have none.
   */
  steps: v.optional(v.array(v.object({ step: count, ns: v.number() })), []),
});
export type Prediction = v.InferOutput<typeof predictionSchema>;

/** What tells two measurements apart; where it is small, noise can turn it round. */
const difference = v.pipe(v.number(), v.minValue(-LARGEST), v.maxValue(LARGEST));

/** Unit costs of this host, measured apart from the samples they predict. */
export const calibrationSchema = v.object({
  durationNs: count,
  /** By the names of src/model/cost/units.ts: ns per occurrence, or ns per byte. Most are one gauge less another. */
  unitCosts: v.record(
    v.string(),
    v.object({ median: difference, low: v.nullable(difference), high: v.nullable(difference) }),
  ),
});
export type Calibration = v.InferOutput<typeof calibrationSchema>;

/** From which size on one case beats another. */
export const crossoverSchema = v.object({
  mode: v.string(),
  baseline: v.string(),
  over: v.picklist(['buffer', 'object']),
  /** Whether it beats the other from a size on, or only up to one. */
  wins: v.optional(v.picklist(['from', 'up-to']), 'from'),
  /** The size the cost model gives; null where it knows none within the sizes that ran. */
  predictedBytes: v.nullable(amount),
  /** The two neighbouring sizes between which the measured verdict turns; null where it does not. */
  measured: v.nullable(v.object({ above: count, upTo: count })),
});
export type Crossover = v.InferOutput<typeof crossoverSchema>;

/** What else happened on the host while the run was under way. */
export const noiseReadingSchema = v.object({
  /** Since the start of the run. */
  atMs: count,
  /** Share of CPU time the hypervisor gave to others since the last reading, 0 to 1. */
  stealShare: v.nullable(amount),
  /** Tasks that wanted to run, ours among them. */
  runnable: v.nullable(count),
  /** Share of time in which some task waited for a CPU, or for I/O (PSI "some"), since the last reading. */
  cpuPressure: v.nullable(amount),
  ioPressure: v.nullable(amount),
  /** Mean frequency of the CPUs. */
  mhz: v.nullable(amount),
  /** What others wrote to the disk of the source since the last reading. */
  othersWrittenBytes: v.nullable(count),
});
export type NoiseReading = v.InferOutput<typeof noiseReadingSchema>;

/** Something that goes wrong around a transfer, made to happen at one byte of it. */
export const hazardKindSchema = v.picklist([
  'source-truncated',
  'source-appended',
  'source-overwritten',
  'source-deleted',
  'destination-full',
  'receiver-stalls',
  'receiver-closes',
  'receiver-resets',
]);
export type HazardKind = v.InferOutput<typeof hazardKindSchema>;

/** What the system did when a hazard met a mode. */
const hazardReportSchema = v.object({
  /** False when the transfer was over before its moment came. */
  happened: v.boolean(),
  arrivedBytes: count,
  /** How the transfer failed, in the words of the system; null when it did not. */
  error: v.nullable(v.object({ code: v.string(), call: v.string(), message: v.string() })),
  /** Start of the first block that is not what the source held at the start; null when all that arrived is. */
  differsFromByte: v.nullable(count),
  /** The transfer would have waited for ever and was ended. */
  waited: v.boolean(),
});
export type HazardReport = v.InferOutput<typeof hazardReportSchema>;

const verifiedSchema = v.object({
  how: v.picklist(['separate-pass', 'readback', 'count-only']),
  ok: v.boolean(),
  /** What was wrong, in words; null when nothing was. */
  difference: v.nullable(v.string()),
});
export type Verified = v.InferOutput<typeof verifiedSchema>;

/** A fact that older documents do not have, and that not every host tells. */
function sinceThen<const S extends v.GenericSchema>(schema: S) {
  return v.optional(v.nullable(schema), null);
}

/** What an interface is set to, for TCP over IPv4 on the way out. */
const interfaceSchema = v.object({
  name: v.string(),
  mtu: v.nullable(count),
  scatterGather: v.nullable(v.boolean()),
  tso: sinceThen(v.boolean()),
  gso: sinceThen(v.boolean()),
  txChecksum: sinceThen(v.boolean()),
  virtio: sinceThen(v.boolean()),
});

/** The sender's end of a laboratory's veth pair, as the kernel said it was set. */
const laboratoryInterfaceSchema = v.object({
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

export const caseSchema = v.object({
  mode: v.string(),
  path: pathSchema,
  /** null for modes whose chunk is the whole transfer. */
  bufferBytes: v.nullable(count),
  bytes: count,
  options: v.record(v.string(), v.union([v.string(), v.number(), v.boolean()])),
  /** Of a case in a laboratory: the interface its bytes left by; null before that was made, and elsewhere. */
  interface: sinceThen(laboratoryInterfaceSchema),
  /** Run as somebody's baseline without having been asked for. */
  implied: v.boolean(),
  /** The baseline's second copy: its ratio to the first is the noise floor. */
  control: v.boolean(),
  status: v.picklist(['pending', 'ok', 'unsupported', 'failed', 'cancelled']),
  reason: v.nullable(problemSchema),
  verified: v.nullable(verifiedSchema),
  samples: v.array(sampleSchema),
  summary: v.nullable(summarySchema),
  /** False when `rounds: auto` ended at its limit before the interval was narrow enough; null with a fixed number. */
  settled: v.nullable(v.boolean()),
  /** Sums over the counted samples; null for modes that do not ask. */
  zerocopy: v.nullable(zerocopySchema),
  latency: v.optional(v.nullable(v.array(callLatencySchema)), null),
  evidence: v.nullable(evidenceSchema),
  predicted: v.optional(v.nullable(predictionSchema), null),
  /** Of an experiment with hazards: which one this case meets, and what came of it. */
  hazard: v.optional(
    v.nullable(v.object({ kind: hazardKindSchema, atByte: count, report: v.nullable(hazardReportSchema) })),
    null,
  ),
});
export type Case = v.InferOutput<typeof caseSchema>;

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
  /** Of the target `host`: where its receiver listens, as it was asked for, and the address that name stood for. */
  remote: sinceThen(v.object({ host: v.string(), address: v.string(), port: count })),
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

/** What a finding rests on, as a part of the page that shows it. `case` is an index into `cases`. */
export const evidenceLinkSchema = v.variant('part', [
  v.object({ part: v.literal('ranking'), case: count }),
  v.object({ part: v.literal('chart'), chart: v.picklist(['throughput', 'size']), case: count }),
  /** The flow of the case's mode: `here`, `promised` or `classic-0` on; null for what was sampled of the case. */
  v.object({ part: v.literal('flow'), case: count, flow: v.nullable(v.string()) }),
  v.object({ part: v.literal('crossovers'), mode: v.string() }),
  v.object({ part: v.literal('hazards'), case: count }),
  v.object({ part: v.literal('tiers') }),
  v.object({ part: v.literal('noise') }),
  v.object({ part: v.literal('host') }),
]);
export type EvidenceLink = v.InferOutput<typeof evidenceLinkSchema>;

/**
 * What a finding answers. `won`: what came out, which mode won and by how much. `cost`: what that cost in CPU time.
 * `contradiction`: what did not do what it promises, or what a textbook says. `confirmed`: what did. `caution`: what makes
 * numbers of this run less than they seem. `limit`: what of this host held a mode back. `cannot-tell`: what a run of this
 * kind leaves open.
 */
export const questionSchema = v.picklist([
  'contradiction',
  'won',
  'cost',
  'caution',
  'cannot-tell',
  'limit',
  'confirmed',
]);
export type Question = v.InferOutput<typeof questionSchema>;

export const findingSchema = v.object({
  kind: v.string(),
  text: v.string(),
  /** Indexes into `cases`. */
  cases: v.array(count),
  question: questionSchema,
  evidence: v.optional(v.array(evidenceLinkSchema), []),
});
export type Finding = v.InferOutput<typeof findingSchema>;

/** The case the findings praise: the best of those the intervals support to be better than their baseline. */
export const winnerSchema = v.object({
  mode: v.string(),
  bufferBytes: v.nullable(count),
  /** Of `objects`: the size of the files. */
  objectBytes: v.nullable(count),
  mibPerSecond: intervalSchema,
  /** As in the summary of the case: of `equal-rate` it compares CPU time. */
  ratioToBaseline: ratioSchema,
});
export type Winner = v.InferOutput<typeof winnerSchema>;

/** What comes before `cases` is all that a list of results needs; `inFileOrder` of src/lab/resultFile.ts keeps it there. */
export const resultSchema = v.object({
  format: v.literal(RESULT_FORMAT),
  /** Later versions open where they fit, and are never rewritten. */
  version: v.pipe(v.number(), v.integer(), v.minValue(RESULT_VERSION)),
  id: v.string(),
  startedAt: v.pipe(v.string(), v.isoTimestamp()),
  endedAt: v.nullable(v.pipe(v.string(), v.isoTimestamp())),
  tool: v.string(),
  status: v.picklist(['running', 'complete', 'partial', 'failed']),
  /** Why a result is partial or failed. */
  reason: v.nullable(problemSchema),
  /** A name the user gave. */
  label: v.optional(v.nullable(v.string()), null),
  /** Null while the run is under way, and where no mode was better than its baseline. */
  winner: v.optional(v.nullable(winnerSchema), null),
  /** The bench process; `startTicks` tells it from a later process with the same pid. */
  process: v.object({ pid: count, bootId: v.string(), startTicks: v.nullable(count) }),
  experiment: experimentSchema,
  host: hostSchema,
  /** Of a receiver on another host; null for those of this one. */
  receiverHost: v.nullable(receiverHostSchema),
  cases: v.array(caseSchema),
  /** What the baseline's ratio to its own copy allows: differences below this relative size are not called differences. */
  noiseFloor: v.nullable(amount),
  calibration: v.nullable(calibrationSchema),
  /** Why there is none, where the run tried. */
  calibrationProblem: v.optional(v.nullable(problemSchema), null),
  /** The kinds of evidence there were; null where no pass was asked for. */
  tiers: v.optional(v.nullable(v.array(tierSchema)), null),
  noise: v.optional(v.array(noiseReadingSchema), []),
  crossovers: v.optional(v.array(crossoverSchema), []),
  /** The rate all cases of `equal-rate` were paced to. */
  pacedBytesPerSecond: v.optional(v.nullable(count), null),
  findings: v.array(findingSchema),
});
export type Result = v.InferOutput<typeof resultSchema>;
