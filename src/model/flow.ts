/**
 * Flows: the steps a transfer takes through user space, kernel and hardware, as data. Diagrams, numbered explanations
 * and every count are derived from the steps; no count is ever typed beside them.
 */

/** The most one read, write or sendfile moves: MAX_RW_COUNT, INT_MAX rounded down to a page (include/linux/fs.h). */
export const MAX_CALL_BYTES = 0x7ffff000;
/** Base page of x86-64 and of arm64 with 4 KiB granules. */
export const PAGE_BYTES = 4096;

export type Band = 'user' | 'kernel' | 'hardware';

/** Somewhere bytes can be. `column` orders places from source (0) to destination (6) for the diagram. */
export interface Place {
  readonly id: PlaceId;
  readonly band: Band;
  readonly column: number;
  readonly name: string;
}
export type PlaceId =
  | 'disk'
  | 'page-cache'
  | 'user-buffer'
  | 'buffer-ring'
  | 'registered-buffers'
  | 'mapping'
  | 'pipe'
  | 'user-pipe'
  | 'socket-buffer'
  | 'destination-mapping'
  | 'destination-cache'
  | 'destination-disk'
  | 'packets'
  | 'nic'
  | 'receiver-nic'
  | 'receive-queue'
  | 'receiver-buffer'
  | 'receiver-mapping'
  | 'receiver-pipe'
  | 'null-device'
  | 'receiver-cache'
  | 'receiver-disk'
  | 'producer-buffer'
  | 'producer-mapping'
  | 'memfd'
  | 'shared-ring'
  | 'consumer-buffer';

/** How often a step happens: once per transfer, per system call of the mode, per batch of bytes, or per page. */
export type Per =
  | { readonly each: 'transfer' }
  | { readonly each: 'call' }
  | { readonly each: 'batch'; readonly bytes: number }
  | { readonly each: 'page' };

interface StepBase {
  readonly per: Per;
  /** One plain sentence, for the numbered explanation and the screen reader. */
  readonly text: string;
  /** Happens after the call that caused it returned: write-back, the NIC's DMA. */
  readonly later?: boolean;
  /** Done by the receiver, not by the mode under test. */
  readonly receiver?: boolean;
  /** As textbooks have it: nothing that the run knows of the hosts says that it is so. */
  readonly textbook?: boolean;
  /** `per` is the most there can be: requests are batched, or it happens only when there is something to wait for. */
  readonly atMost?: boolean;
  /** Ties the step to lines of a listing; see `markOf`. */
  readonly mark?: string;
}

/** What happens in one place. */
export type EventKind = 'fault' | 'touch' | 'wait';
/** `wire`: from one host to another, whatever carries it; no copy of either. */
export type MoveKind = 'cpu-copy' | 'dma-copy' | 'page-reference' | 'mapping' | 'wire';

export type Step =
  /** User to kernel and back: two crossings. `into` is the place whose column the call is drawn at. */
  | (StepBase & { readonly kind: 'system-call'; readonly call: string; readonly into: PlaceId })
  | (StepBase & { readonly kind: MoveKind; readonly from: PlaceId; readonly to: PlaceId })
  /** A page fault; taken from user mode it is two crossings, inside a system call it costs time but crosses nothing. */
  | (StepBase & { readonly kind: 'fault'; readonly at: PlaceId; readonly taken: 'user' | 'kernel' })
  /** A pass of the CPU over the payload that copies nothing: producing it, summing it up, zero-filling its place. */
  | (StepBase & { readonly kind: 'touch'; readonly at: PlaceId })
  | (StepBase & { readonly kind: 'wait'; readonly at: PlaceId });

export type StepKind = Step['kind'];

export interface Flow {
  readonly steps: readonly Step[];
}

/** Counts for one chunk, the way textbooks give them: every step happens once. */
export interface ChunkCounts {
  readonly crossings: number;
  /** Some of the crossings need not happen: `crossings` is the most there can be. */
  readonly atMost: boolean;
  readonly cpuCopies: number;
  readonly dmaCopies: number;
}

/** Counts for a whole transfer of N bytes. */
export interface TransferCounts {
  /** 2 per system call and per fault taken in user mode, sender side. */
  readonly crossings: number;
  /** Sender's system calls by name. */
  readonly calls: Readonly<Record<string, number>>;
  /** Names of those `calls` whose number is only the most there can be. */
  readonly callsAtMost: readonly string[];
  /** `crossings` is the most there can be. */
  readonly atMost: boolean;
  /** Bytes the CPU copied, both sides: N times the copies each byte goes through. */
  readonly cpuCopiedBytes: number;
  /** Bytes moved by devices. */
  readonly dmaBytes: number;
}

/** What `per` is measured against. */
export interface TransferShape {
  readonly bytes: number;
  /** How often the mode makes each of its calls that move bytes; see modes/calls.ts. */
  readonly calls: number;
  /** `calls` is the most there can be. */
  readonly callsAtMost: boolean;
}

/** How often a step with this `per` happens in a transfer. An empty transfer does nothing at all. */
export function occurrences(per: Per, shape: TransferShape): number {
  if (shape.bytes === 0) return 0;
  switch (per.each) {
    case 'transfer':
      return 1;
    case 'call':
      return shape.calls;
    case 'batch':
      return Math.ceil(shape.bytes / per.bytes);
    case 'page':
      return Math.ceil(shape.bytes / PAGE_BYTES);
  }
}

/** Crossings one occurrence of a step makes. A system call goes in and comes back, as the seeds count: read+write is 4. */
function crossingsOf(step: Step): number {
  if (step.kind === 'system-call') return 2;
  return step.kind === 'fault' && step.taken === 'user' ? 2 : 0;
}

/** Copies of both sides, crossings of the sender: a receiver is nothing that the modes differ by. */
export function countsForChunk({ steps }: Flow): ChunkCounts {
  const { crossings, atMost } = countsOf(steps.filter((step) => step.receiver !== true));
  return { ...countsOf(steps), crossings, atMost };
}

export interface SideCounts {
  readonly sender: ChunkCounts;
  readonly receiver: ChunkCounts;
}

/** The counts of each side by itself, the receiver's crossings too. */
export function countsOfSides({ steps }: Flow): SideCounts {
  return {
    sender: countsOf(steps.filter((step) => step.receiver !== true)),
    receiver: countsOf(steps.filter((step) => step.receiver === true)),
  };
}

function countsOf(steps: readonly Step[]): ChunkCounts {
  const copies = (kind: MoveKind) => steps.filter((step) => step.kind === kind).length;
  return {
    crossings: steps.reduce((sum, step) => sum + crossingsOf(step), 0),
    atMost: steps.some((step) => step.atMost === true && crossingsOf(step) > 0),
    cpuCopies: copies('cpu-copy'),
    dmaCopies: copies('dma-copy'),
  };
}

export function countsForTransfer(flow: Flow, shape: TransferShape): TransferCounts {
  const calls: Record<string, number> = {};
  const callsAtMost = new Set<string>();
  let crossings = 0;
  let atMost = false;
  for (const step of flow.steps) {
    const times = occurrences(step.per, shape);
    const bound = step.atMost === true || (step.per.each === 'call' && shape.callsAtMost);
    if (step.receiver === true || crossingsOf(step) === 0 || times === 0) continue;
    crossings += crossingsOf(step) * times;
    if (bound) atMost = true;
    if (step.kind !== 'system-call') continue;
    calls[step.call] = (calls[step.call] ?? 0) + times;
    if (bound) callsAtMost.add(step.call);
  }
  const chunk = countsForChunk(flow);
  return {
    crossings,
    calls,
    callsAtMost: [...callsAtMost],
    atMost,
    cpuCopiedBytes: chunk.cpuCopies * shape.bytes,
    dmaBytes: chunk.dmaCopies * shape.bytes,
  };
}

/** The places a flow touches, in diagram order. */
export function placesOf(flow: Flow, all: readonly Place[]): readonly Place[] {
  const used = new Set<PlaceId>();
  for (const step of flow.steps) {
    if (step.kind === 'system-call') used.add(step.into);
    else if ('at' in step) used.add(step.at);
    else used.add(step.from).add(step.to);
  }
  return all.filter((place) => used.has(place.id));
}

/**
 * The mark that the lines of a listing carry which cause step `index`: its own, else the name of its call, else that of
 * the step before it. Empty where there is no such step.
 */
export function markOf(flow: Flow, index: number): string {
  for (const step of flow.steps.slice(0, index + 1).reverse()) {
    if (step.mark !== undefined) return step.mark;
    if (step.kind === 'system-call') return step.call;
  }
  return '';
}

/** What a step does and where: `read at page-cache`, `cpu-copy page-cache to user-buffer`, `fault at mapping`, with the receiver's marked. */
export function signature(step: Step): string {
  const who = step.receiver === true ? 'receiver: ' : '';
  if (step.kind === 'system-call') return `${who}${step.call} at ${step.into}`;
  if ('from' in step) return `${who}${step.kind} ${step.from} to ${step.to}`;
  return `${who}${step.kind} at ${step.at}${step.kind === 'fault' ? `, ${step.taken}` : ''}`;
}
