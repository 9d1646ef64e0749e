/** What the product knows about a mode; menus, tables, diagrams, docs and tests are derived from it. */
import type { Flow } from '../flow.ts';
import type { Peer, ReceiverKind } from '../result/experiment.ts';
import type { PathId } from '../result/path.ts';

export interface ModeDescriptor {
  readonly id: string;
  /** As an engineer writes it: `read + write`. */
  readonly name: string;
  /** One sentence: what it does. */
  readonly summary: string;
  readonly paths: readonly PathId[];
  /** `buffer`: one call moves at most a buffer. `whole`: one call moves all it can, up to MAX_CALL_BYTES. */
  readonly chunk: 'buffer' | 'whole';
  /** What else bounds a call of a `buffer` mode; absent: nothing does. */
  readonly fit?: CallFit;
  /** Which settings of an experiment the mode heeds; they are part of its cases' identity. */
  readonly options: readonly ModeOption[];
  /**
   * Whether it waits for the acknowledgement of its bytes: of each buffer before it is used again, or of all at the end.
   * Absent: it does not.
   */
  readonly awaits?: 'each' | 'end';
  /** `data`: bytes are moved. `sharing`: blocks are shared and no data moves, so that a speed would mean nothing. */
  readonly moves: 'data' | 'sharing';
  /** First kernel that has it on these paths. */
  readonly since: string;
  /** Textbook flows for one chunk; none where no textbook draws the mode. */
  readonly classic: readonly ClassicFlow[];
  /** What this kernel does on this path. */
  readonly here: (facts: FlowFacts) => Flow;
  /** Where minor faults of the timed window are taken; `user` ones are crossings. */
  readonly faults: 'user' | 'kernel';
  /** What to know before using it. */
  readonly caveats: readonly string[];
}

/**
 * `blocks`: the buffer is rounded up to whole blocks, for O_DIRECT. `pipe`: a call fills a pipe that is empty, and moves
 * no more than that holds. `pipe-per-buffer`: the same, but no call reaches from one buffer into the next. `slots`: a
 * call fills what room a pipe has that somebody else empties, a slot at least.
 */
export type CallFit = 'blocks' | 'pipe' | 'pipe-per-buffer' | 'slots';

export type ModeOption = 'pipeBytes' | 'queueDepth';

/**
 * `nic`: a device of a real machine. `virtual`: no device, as of veth or a bridge. `unknown`: what the run knows is not
 * enough, or the device is that of a virtual machine, whose DMA is work of the host around.
 */
export type Port = 'nic' | 'virtual' | 'unknown';

export interface ClassicFlow {
  readonly path: PathId;
  /** `sendfile, scatter-gather DMA`: the title of the diagram. */
  readonly title: string;
  readonly flow: Flow;
}

/** What a flow here depends on. */
export interface FlowFacts {
  readonly path: PathId;
  /** The source was not in the page cache. */
  readonly cold: boolean;
  /** To a file: the transfer ends when fdatasync returned. */
  readonly durable: boolean;
  /** The transfer is a multiple of 4 KiB, hence of every usual block size: O_DIRECT leaves nothing over. */
  readonly wholeBlocks: boolean;
  /** What the receiver of a socket does; null on other paths. */
  readonly receiver: ReceiverKind | null;
  /**
   * Where packets go: to a socket of this host, to the other end of a laboratory, to another host, straight or `forwarded`
   * by ssh; null where there are none.
   */
  readonly delivery: 'local' | 'laboratory' | 'host' | 'forwarded' | null;
  /** What packets to another host leave this one by, and what they come in by there; null where they go to none. */
  readonly outOf: Port | null;
  readonly into: Port | null;
  /** The kernel said of every send by reference that it copied the data after all; null where it was not asked. */
  readonly undone: boolean | null;
  /** The receiver had pages of the payload mapped; null where none tried. */
  readonly mapped: boolean | null;
  /** Scatter-gather of the interface of the route; null where unknown or where there is none. */
  readonly scatterGather: boolean | null;
  /** The interface computes TCP checksums itself; null where unknown or where there is none. */
  readonly checksumOffload: boolean | null;
  /** Type of the filesystem the unnamed files are on: `ext4`, `btrfs`. */
  readonly filesystem: string;
  /** copy_file_range was seen to share blocks here, or not to; null where nobody looked. */
  readonly sharesBlocks: boolean | null;
  /** Release of the running kernel: `6.18.5`. */
  readonly kernel: string;
  /** Thread or process at the far end of process-to-process; null on other paths. */
  readonly peer: Peer | null;
  /** Requests io_uring modes keep under way, buffers MSG_ZEROCOPY modes go round in. */
  readonly queueDepth: number;
}
