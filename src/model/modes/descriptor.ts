/** What the product knows about a mode; menus, tables, diagrams, docs and tests are derived from it. */
import type { Flow } from '../flow.ts';
import { MAX_CALL_BYTES } from '../flow.ts';
import type { PathId, Peer, ReceiverKind } from '../result.ts';

export interface ModeDescriptor {
  readonly id: string;
  /** As an engineer writes it: `read + write`. */
  readonly name: string;
  /** One sentence: what it does. */
  readonly summary: string;
  readonly paths: readonly PathId[];
  /** `buffer`: one call moves at most a buffer. `whole`: one call moves all it can, up to MAX_CALL_BYTES. */
  readonly chunk: 'buffer' | 'whole';
  /** Which settings of an experiment the mode heeds; they are part of its cases' identity. */
  readonly options: readonly ModeOption[];
  /** `data`: bytes are moved. `sharing`: blocks are shared and no data moves, so that a speed would mean nothing. */
  readonly moves: 'data' | 'sharing';
  /** First kernel that has it on these paths. */
  readonly since: string;
  /** Textbook flows for one chunk. */
  readonly classic: readonly ClassicFlow[];
  /** What this kernel does on this path. */
  readonly here: (facts: FlowFacts) => Flow;
  /** Where minor faults of the timed window are taken; `user` ones are crossings. */
  readonly faults: 'user' | 'kernel';
  /** What to know before using it. */
  readonly caveats: readonly string[];
}

export type ModeOption = 'pipeBytes' | 'queueDepth';

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
  /** What the receiver of a socket does; null on other paths. */
  readonly receiver: ReceiverKind | null;
  /** Scatter-gather of the interface of the route; null where unknown or where there is none. */
  readonly scatterGather: boolean | null;
  /** Type of the filesystem the unnamed files are on: `ext4`, `btrfs`. */
  readonly filesystem: string;
  /** Release of the running kernel: `6.18.5`. */
  readonly kernel: string;
  /** Thread or process at the far end of process-to-process; null on other paths. */
  readonly peer: Peer | null;
}

/** The most one call of the mode moves, in bytes. */
export function callBytes(mode: ModeDescriptor, bufferBytes: number | null): number {
  return mode.chunk === 'whole' || bufferBytes === null ? MAX_CALL_BYTES : Math.min(bufferBytes, MAX_CALL_BYTES);
}
