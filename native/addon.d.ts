/**
 * The native addon, as the bench process sees it. Nothing here throws: a call that can fail answers with an `Outcome`.
 * Payload bytes never enter JavaScript. Sizes are bytes, durations integer nanoseconds; both stay below 2^53.
 */

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: NativeError };

/** Why a native call failed. */
export interface NativeError {
  /**
   * The errno by name (`ENOSPC`), or one of our own: `SHORT` (the source ended before its size), `CHANGED` (size or
   * mtime of the source moved under us), `SIGBUS` (a page of a mapped file was not to be had: `path` tells which file;
   * where a plain call for the same byte gives an errno, as ENOSPC of a full disk, that is the code), `CORRUPT` (a
   * consumer's sum is not that of what was produced), `CONSUMER_DIED` (its process ended, and not by itself),
   * `CANCELLED`, `BAD_ARGUMENT`, `UNKNOWN_MODE`, `NOT_A_FILE`.
   */
  readonly code: string;
  /** The system call or step that failed: `write`, `sendfile`, `open`. */
  readonly call: string;
  /** What the C library says about the errno, or a sentence for our own codes. */
  readonly message: string;
  /** The path concerned, where there is one. */
  readonly path?: string;
}

/** A file of the user's, opened read-only, or a generated one without a name that vanishes with its last descriptor. */
export type SourceRequest =
  | { readonly kind: 'file'; readonly path: string }
  | {
      readonly kind: 'generated';
      readonly directory: string;
      readonly bytes: number;
      readonly seed: number;
      /** It may be given a name later, as the hazard `source-deleted` does. */
      readonly linkable?: boolean;
    }
  /**
   * `count` generated files of `bytes` each, without names, all of them open all the while: RLIMIT_NOFILE is raised for
   * them, and EMFILE says that the hard limit is too low.
   */
  | {
      readonly kind: 'objects';
      readonly directory: string;
      readonly bytes: number;
      readonly count: number;
      readonly seed: number;
    };

export interface NativeSource {
  /** Of the file, or of all distinct objects together. */
  readonly bytes: number;
  /** Share of the file's pages in the page cache, 0 to 1; null where the kernel does not tell this user the truth. */
  residency(): Outcome<number | null>;
  /** Reads the whole file once, so that it is in the page cache as far as memory allows. */
  warm(): Promise<Outcome<null>>;
  /** Writes back and drops the file's pages from the page cache (POSIX_FADV_DONTNEED). In a VM the host may still cache. */
  drop(): Promise<Outcome<null>>;
  /** Fails with `CHANGED` if size or mtime differ from when the source was opened. */
  unchanged(): Outcome<null>;
  close(): void;
}

export type DestinationRequest =
  /** A fresh unnamed file (O_TMPFILE, else exclusive and unlinked at once) in `directory`. */
  | { readonly kind: 'file'; readonly directory: string }
  /** A receiver thread over TCP, on 127.0.0.1 or through a laboratory. `directory`: where a receiver that saves makes its unnamed file. */
  | {
      readonly kind: 'socket';
      readonly receiver?: ReceiverKind;
      readonly receiverBufferBytes: number;
      readonly directory?: string;
    }
  /**
   * A receiver of another host (docs/protocol.md). Errors of it have its address as their `path`, and their `call` begins
   * with `receiver: `; their code is an errno, or what the receiver said (`TOKEN`, `VERSION`, `NO_FOLDER`, ...).
   */
  | {
      readonly kind: 'remote';
      readonly remote: RemoteReceiver;
      readonly receiver?: ReceiverKind;
      readonly receiverBufferBytes: number;
    };

/** Where a receiver of another host listens. */
export interface RemoteReceiver {
  /** In numbers: IPv4, or IPv6 without brackets, with a zone where it needs one. */
  readonly address: string;
  readonly port: number;
  /** 32 hexadecimal digits. */
  readonly token: string;
}

/** What a receiver of another host tells about it, and how this host gets there. */
export interface ReceiverDescription {
  /** By the names of docs/protocol.md; what it does not know is not there. */
  readonly facts: Readonly<Record<string, string>>;
  /** The interface of this host that bytes for it leave by; null where that cannot be told. */
  readonly interface: string | null;
}

/**
 * What the receiver does with the bytes, `receiverBufferBytes` per call: `read` (recv into a buffer, the default),
 * `discard` (recv with MSG_TRUNC), `splice-null` (splice over a pipe to /dev/null; the pipe is as large as the buffer,
 * from 64 KiB to 1 MiB), `zerocopy-receive` (TCP_ZEROCOPY_RECEIVE into a window of whole pages, the buffer rounded up;
 * what cannot be mapped is copied), `save` (recv and write), `save-splice` (splice over a pipe into the file).
 *
 * What a transfer with `verify` compares: `read` and `zerocopy-receive` hash what comes in (`separate-pass`), the files
 * of `save` and `save-splice` are read back (`readback`). `discard` and `splice-null` never see the bytes: there a
 * transfer with `verify` has a `read` receiver instead, so that the way of sending is what is verified
 * (`separate-pass`), and without `verify` the bytes are counted.
 */
export type ReceiverKind = 'read' | 'discard' | 'splice-null' | 'zerocopy-receive' | 'save' | 'save-splice';

/** What a case may set beside the buffer; a mode ignores what it has no use for. */
export interface ModeOptions {
  /** Size of the mode's own pipe; absent: as large as the buffer, from 64 KiB to 1 MiB. */
  readonly pipeBytes?: number;
  /** Requests kept under way by io_uring modes, buffers gone round in by MSG_ZEROCOPY modes. 1 to 1024; absent: 8. */
  readonly queueDepth?: number;
}

export interface TransferRequest {
  readonly mode: string;
  readonly destination: DestinationRequest;
  /** Bytes per call of a buffer mode; ignored by whole-transfer modes. 1 to 2^30. */
  readonly bufferBytes: number;
  readonly options?: ModeOptions;
  /** Hash source and destination in blocks and compare them. The times of such a transfer mean nothing. */
  readonly verify: boolean;
  /**
   * The CPUs that the threads of sender and receiver (producer and consumer) are bound to before they do anything; EINVAL
   * of sched_setaffinity for one that does not exist or that this process may not use. Workers of io_uring share the
   * sender's since Linux 6.2; before, they run wherever the process may.
   */
  readonly senderCpu?: number;
  readonly receiverCpu?: number;
  /**
   * Moves no faster than this: the sender sleeps before a chunk, and at the end, when it is ahead by 1 ms or more. Its
   * sleeps (`clock_nanosleep`) are among its calls, and what they cost in CPU time is among its cost. Calls that would
   * move everything are asked for about 5 ms worth, 64 KiB at least. BAD_ARGUMENT for `reflink`, which moves nothing.
   */
  readonly bytesPerSecond?: number;
  /** Times every single call of the sender. The other times of such a transfer mean nothing. */
  readonly latency?: boolean;
  /** Counts the sender's system calls by the tracepoint raw_syscalls:sys_enter; fails where that cannot be opened. */
  readonly traceCalls?: boolean;
  /**
   * To a file: the window ends when fdatasync has returned, which is counted among the sender's calls. A cancel takes
   * effect when it has returned: nothing interrupts it. BAD_ARGUMENT for a socket.
   */
  readonly durable?: boolean;
  /**
   * Of an `objects` source: move so many objects, one after the other, going round in those there are. Each is opened,
   * set up for, moved and closed within the window, and the calls of all that are among the sender's; a file gets a
   * destination of its own, made and closed within the window too, a socket has one connection for all. At least 1, and
   * not with `verify`. Absent: the first object alone.
   */
  readonly objects?: number;
  /**
   * Over sockets: so many connections, 1 to 64, each with a receiver and a range of the source of its own, and but for
   * the first with a thread of its own. All are let go at one moment; when one fails, all end. Absent: 1.
   */
  readonly streams?: number;
  /**
   * Over sockets: each stream sends its range again and again until this time is over, which is looked at about every
   * 50 ms. Not with `verify` or `objects`.
   */
  readonly durationNs?: number;
  /** Over sockets: how the sending ones are set. */
  readonly tcp?: TcpSettings;
  /** Test hook: the sending socket is O_NONBLOCK, so that every mode meets EAGAIN. */
  readonly nonBlocking?: boolean;
}

/**
 * What is left out stays as the kernel makes it. Errors are those of setsockopt: EINVAL for an MSS out of bounds, ENOENT
 * for a congestion control that there is not, EPERM for one that this user may not have.
 */
export interface TcpSettings {
  readonly mssBytes?: number;
  readonly congestion?: string;
  readonly sendBufferBytes?: number;
  readonly noDelay?: boolean;
  /** Set before the first byte, and taken away behind the last by a call that is the sender's. */
  readonly cork?: boolean;
  /**
   * Every call but the last says that more is to come (MSG_MORE, SPLICE_F_MORE). What would be write(2), which cannot, is
   * send(2); `splice` says so always, and within a call of sendfile(2), which has no flag for it, the kernel does.
   */
  readonly msgMore?: boolean;
}

/** One of the connections of a transfer. */
export interface StreamMeasurement {
  readonly bytes: number;
  /** From the start of the window until its last byte had arrived. */
  readonly doneNs: number;
  /** Smoothed, as the sender's TCP_INFO has it when everything has arrived; null where the kernel does not tell. */
  readonly rttNs: number | null;
  /** Segments sent again over the life of the connection. */
  readonly retransmits: number | null;
}

/** What one transfer measured: the part of a sample that the native core knows. */
export interface TransferMeasurement {
  /** Bytes that reached the destination (file size, or bytes the receiver took). */
  readonly bytes: number;
  /**
   * From before the mode's first call until its last call returned and, over a socket, the receiver had the last byte.
   * The later of the two, because a mode may have something to take apart (munmap) when the last byte is there already.
   * A receiver of another host says so, which takes half a round trip.
   */
  readonly wallNs: number;
  /** From before the mode's first call until the sender's last call returned. */
  readonly senderDoneNs: number;
  /** Opening, connecting and allocating, outside the timed window. */
  readonly setupNs: number;
  /** Start of the window by CLOCK_MONOTONIC, the clock of the sampler. */
  readonly startedNs: number;
  readonly sender: ThreadCost;
  /**
   * The receiver thread, between its first and last call; null for files. With `save` and `save-splice` the last one is
   * the call that put the last byte into the file.
   */
  readonly receiver: ThreadCost | null;
  /** Sends that asked not to be copied and what the kernel reported of them; null for modes that do not ask. */
  readonly zerocopy: { readonly sent: number; readonly completed: number; readonly copied: number } | null;
  /**
   * What the mode found out or did differently, by name: `pipeBytes` (size the pipe really got), `directBufferBytes`
   * (buffer rounded up for O_DIRECT), `bufferedTailBytes` (bytes moved without O_DIRECT at the unaligned end),
   * `sharedBytes` (bytes of the destination whose extents are FIEMAP_EXTENT_SHARED), `ioWorkers` and `ioWorkerCpuNs`
   * (io_uring worker threads, whose CPU time is part of `sender.cpuNs`), `zerocopyUnreported` (1: this kernel completes
   * sends without saying whether it copied), `callBytes` (most that a mode without a buffer asked for per call, to be
   * kept to a pace). And what the receiver found out: `receiverMappedBytes` and
   * `receiverCopiedBytes` (how `zerocopy-receive` got the bytes), `receiverPipeBytes` (size the pipe of `splice-null` and
   * `save-splice` really got).
   * What the kernel made of `tcp`, of what was asked for: `tcpMssBytes`, `tcpSendBufferBytes`, `tcpNoDelay`.
   * Of a transfer to another host also what TCP knew when the last byte was there: `tcpRttNs` (smoothed), `tcpMinRttNs`,
   * `tcpMssBytes`, `tcpRetransmits` (segments), `tcpDeliveryBytesPerSecond`; and, in ticks of 10 ms that mean something only
   * in sums, what all CPUs of this host spent in the meantime: `hostBusyNs`, and of that in softirqs `hostSoftirqNs`. The
   * same of the receiver and its host: `receiverTcpRttNs`, `receiverTcpRetransmits`, `receiverHostBusyNs`,
   * `receiverHostSoftirqNs`.
   */
  readonly observed: Readonly<Record<string, number>>;
  /** Present when `verify` was asked for. */
  readonly verification: VerificationResult | null;
  /** Present when `latency` was asked for: every call of the sender, by name. */
  readonly latency: readonly CallLatency[] | null;
  /**
   * Present when `traceCalls` was asked for: all system calls of the sender within the window, by the kernel's count. As
   * many as `sender.calls` has, where no signal disturbs it: each that is handled comes back by a call, rt_sigreturn(2).
   */
  readonly tracedCalls: number | null;
  /** Of a transfer over sockets, but not of objects. */
  readonly streams: readonly StreamMeasurement[] | null;
  /** What had arrived in each interval of a transfer over sockets, where it lasted for several; the last may be shorter. */
  readonly intervals: { readonly everyNs: number; readonly bytes: readonly number[] } | null;
}

/** How long calls of one name took: quantiles of log-linear buckets, exact to 1/32 of their value. */
export interface CallLatency {
  readonly call: string;
  readonly count: number;
  readonly p50Ns: number;
  readonly p99Ns: number;
  readonly p999Ns: number;
  readonly maxNs: number;
}

/** CPU time and events of one side inside the window: of a thread, or of all of its threads together. */
export interface ThreadCost {
  /** CLOCK_THREAD_CPUTIME_ID. */
  readonly cpuNs: number;
  /** RUSAGE_THREAD: sampled by the tick, only meaningful pooled over many transfers. */
  readonly userNs: number;
  readonly systemNs: number;
  readonly voluntarySwitches: number;
  readonly involuntarySwitches: number;
  readonly minorFaults: number;
  readonly majorFaults: number;
  /** System calls made, by name, as the mode counted them: `{ "read": 1024, "write": 1024 }`. */
  readonly calls: Readonly<Record<string, number>>;
}

/** Block-wise comparison of what left with what arrived. */
export type VerificationResult =
  | { readonly ok: true; readonly how: 'separate-pass' | 'readback'; readonly bytes: number; readonly hash: string }
  | {
      readonly ok: false;
      readonly how: 'separate-pass' | 'readback';
      /**
       * `truncated`: everything agrees up to the end of what arrived, then nothing came. `dropped`: bytes are missing and
       * what follows is shifted. `reordered`: the same blocks in another order. `corrupt`: as many bytes, other contents.
       * `extra`: more arrived than was sent.
       */
      readonly kind: 'truncated' | 'dropped' | 'reordered' | 'corrupt' | 'extra';
      /** Offset of the first block that differs (a multiple of blockBytes), or where the data ended. */
      readonly atByte: number;
      readonly blockBytes: number;
      readonly sentBytes: number;
      readonly arrivedBytes: number;
    };

/**
 * One transfer between a producer on a thread of its own and a consumer, a thread or a process. The producer writes
 * every payload byte once, the consumer reads every byte once, whatever the mode.
 */
export interface ExchangeRequest {
  readonly mode: string;
  readonly bytes: number;
  readonly seed: number;
  /** Bytes produced and handed over at a time. 1 to 2^30. */
  readonly bufferBytes: number;
  readonly peer: 'thread' | 'process';
  readonly options?: ModeOptions;
  /** Hash what was consumed and compare it with what was to be produced; else the word sums of both are compared. */
  readonly verify: boolean;
  /**
   * The CPUs that the threads of sender and receiver (producer and consumer) are bound to before they do anything; EINVAL
   * of sched_setaffinity for one that does not exist or that this process may not use. Workers of io_uring share the
   * sender's since Linux 6.2; before, they run wherever the process may.
   */
  readonly senderCpu?: number;
  readonly receiverCpu?: number;
  /**
   * Moves no faster than this: the sender sleeps before a chunk, and at the end, when it is ahead by 1 ms or more. Its
   * sleeps (`clock_nanosleep`) are among its calls, and what they cost in CPU time is among its cost. Calls that would
   * move everything are asked for about 5 ms worth, 64 KiB at least. BAD_ARGUMENT for `reflink`, which moves nothing.
   */
  readonly bytesPerSecond?: number;
  /** Times every single call of the sender. The other times of such a transfer mean nothing. */
  readonly latency?: boolean;
  /** Counts the sender's system calls by the tracepoint raw_syscalls:sys_enter; fails where that cannot be opened. */
  readonly traceCalls?: boolean;
}

/** Something that goes wrong around a transfer; the names are those of the result document. */
export type HazardKind =
  | 'source-truncated'
  | 'source-appended'
  | 'source-overwritten'
  | 'source-deleted'
  | 'destination-full'
  | 'receiver-stalls'
  | 'receiver-closes'
  | 'receiver-resets';

export interface HazardRequest extends TransferRequest {
  readonly hazard: HazardKind;
  readonly atByte: number;
  /**
   * Who brings the moment about for a hazard of the source: the sender before the chunk at `atByte`, or the receiver
   * when it has taken so much, which is all there is for modes that move everything in one call.
   */
  readonly moment: 'sender' | 'receiver';
}

/** What the system did. */
export interface HazardReport {
  readonly happened: boolean;
  readonly arrivedBytes: number;
  readonly error: NativeError | null;
  /** Start of the first block that is not what the source held at the start; null when all that arrived is. */
  readonly differsFromByte: number | null;
}

export interface NativeHazard {
  /** Fails only where the hazard could not be set up at all; what the transfer then met is the report. */
  readonly done: Promise<Outcome<HazardReport>>;
  /** Whether the moment has come. */
  happened(): boolean;
  /** As for a transfer; the report is then what had happened until now, with `CANCELLED` as its error. */
  cancel(): void;
}

export interface NativeTransfer {
  readonly done: Promise<Outcome<TransferMeasurement>>;
  /** Raises the flag and sends the signal; `done` then fails with `CANCELLED`. Safe at any time, also after the end. */
  cancel(): void;
  /** Test hook: sends the signal without the flag, so that blocking calls meet EINTR and short counts. */
  nudge(): void;
  /** Bytes at the destination so far, read from outside the timed loop (statx, receiver's counter). */
  bytesSoFar(): number;
}

/** What an interface does on the way out for TCP over IPv4, as it is set now (ethtool -k). */
export interface InterfaceFeatures {
  readonly scatterGather: boolean;
  readonly tso: boolean;
  readonly gso: boolean;
  readonly txChecksum: boolean;
}

/** How the sender's end of a laboratory's veth pair is to be set; what is left out stays as the kernel makes it. */
export interface LaboratorySettings extends Partial<InterfaceFeatures> {
  /** Of both ends, 68 to 65535. */
  readonly mtu?: number;
  /** By the queueing discipline tbf. At least 1. */
  readonly bytesPerSecond?: number;
  /** By the queueing discipline netem. */
  readonly delayUs?: number;
  /** By netem: share of the packets that are dropped, 0 to 1. */
  readonly loss?: number;
}

/** How it is set, as the kernel tells it now. */
export interface LaboratoryReading extends InterfaceFeatures {
  /** Of the sender's end. */
  readonly name: string;
  readonly mtu: number;
  /** Null: as fast as it goes. */
  readonly bytesPerSecond: number | null;
  readonly delayUs: number;
  readonly loss: number;
  /** Of the sender's end since it was made, headers included. */
  readonly sentBytes: number;
  readonly receivedBytes: number;
}

/** Gone with the last transfer through it once it is closed, and with this process however that ends. */
export interface NativeLaboratory {
  read(): Outcome<LaboratoryReading>;
  close(): void;
}

/** Which events of the kernel this process may have, each tried by opening one; null: it may. */
export interface EvidenceRights {
  readonly taskSamples: NativeError | null;
  readonly cpuWide: NativeError | null;
  readonly tracepoint: NativeError | null;
}

/** Samples of the CPU clock, taken while it lives. */
export interface NativeSampler {
  /**
   * What was sampled between two moments of CLOCK_MONOTONIC, summed up by thread and stack. Samples of earlier moments
   * are forgotten.
   */
  collect(fromNs: number, toNs: number): Outcome<SampledStacks>;
  close(): void;
}

export interface SampledStacks {
  /** CPU time one sample stands for. */
  readonly periodNs: number;
  /** Samples the kernel had to drop (PERF_RECORD_LOST). */
  readonly lost: number;
  readonly stacks: readonly SampledStack[];
}

export interface SampledStack {
  /**
   * By the names that threads give themselves: `sender` (zcl-sender), `receiver` (zcl-receiver, zcl-consumer), `worker`
   * (iou-wrk-*); `kernel` for kernel threads and the idle task (CPU-wide only), with the softirqs on top of them. Those
   * on top of other processes are left out with them: a sample does not tell the two apart.
   */
  readonly thread: 'sender' | 'receiver' | 'worker' | 'kernel';
  /**
   * Kernel addresses, leaf first, each as its low 52 bits, which tell them apart and fit into a double. Empty for a
   * sample in user mode.
   */
  readonly kernel: readonly number[];
  /** Of a sample in user mode: `memcpy` in the C library's copying routines, else the name of the mapped file, or ''. */
  readonly user: string | null;
  readonly count: number;
}

export interface NativeLock {
  release(): void;
}

export interface CalibrationMeasurement {
  readonly durationNs: number;
  /** Repeated measurements of each unit cost: ns per occurrence, or ns per byte. */
  readonly unitCosts: Readonly<Record<string, readonly number[]>>;
}

export interface NativeAddon {
  /** Ids of the modes compiled in, sorted. */
  readonly modes: readonly string[];
  openSource(request: SourceRequest): Promise<Outcome<NativeSource>>;
  /**
   * Starts a transfer on a thread of its own. Problems of any kind, bad arguments too, come through `done`.
   * @param laboratory whose two namespaces the ends of a socket are in; a transfer to a file has no use for it
   */
  startTransfer(source: NativeSource, request: TransferRequest, laboratory?: NativeLaboratory): NativeTransfer;
  /** The same between a producer and a consumer; there is no source file. */
  startExchange(request: ExchangeRequest): NativeTransfer;
  /** A transfer during which something goes wrong. The source must be a generated one; it is damaged. */
  startHazard(source: NativeSource, request: HazardRequest): NativeHazard;
  /**
   * Takes an exclusive flock on `file` (created 0644, O_NOFOLLOW, must be the caller's) and writes `note` into it.
   * Fails with EWOULDBLOCK and the holder's note as message when another process has it.
   */
  lockFile(file: string, note: string): Outcome<NativeLock>;
  /** True when some process holds an flock on `file`; for lock files of other users. */
  isLocked(file: string): Outcome<boolean>;
  /** Which kernel events may be had. */
  evidenceRights(): EvidenceRights;
  /**
   * Samples this process, with all threads it starts from now on and the consumers it starts, or with `cpuWide` all CPUs.
   * @param samplesPerSecond of every CPU; the kernel may give fewer (kernel.perf_event_max_sample_rate)
   */
  openSampler(samplesPerSecond: number, cpuWide: boolean): Outcome<NativeSampler>;
  /** Unit costs of this host, by the names of src/model/cost/units.ts. Files it needs are unnamed, in `directory`. */
  calibrate(directory: string): Promise<Outcome<CalibrationMeasurement>>;
  /** Asks a receiver of another host who it is; whether it can be reached, and the token is right, is known then. */
  describeReceiver(remote: RemoteReceiver): Promise<Outcome<ReceiverDescription>>;
  /**
   * Makes a network of two namespaces joined by a veth pair, set as asked. EPERM of `unshare` where this process may make
   * no network namespaces; ENOENT of `RTM_NEWQDISC tbf` or `RTM_NEWQDISC netem` where this kernel has no such thing.
   */
  openLaboratory(settings: LaboratorySettings): Promise<Outcome<NativeLaboratory>>;
  /** Features of an interface of this network namespace; ENODEV where there is none of that name. */
  interfaceFeatures(name: string): Outcome<InterfaceFeatures>;
  /**
   * Name of the interface that bytes for an address in numbers leave by, `lo` for one of this host. Nothing is sent for
   * it. ENETUNREACH where no route leads there.
   */
  interfaceTowards(address: string, port: number): Outcome<string>;
}
